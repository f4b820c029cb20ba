"""A timer and a service for the user's own systemd (systemd.service(5), systemd.timer(5), systemd.unit(5)).

``Persistent=true``, which needs ``OnCalendar``, makes up at once for a run that was due while the machine slept or was
off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from followup_mail.background.changes import Change, Command, CommandResult, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, parse_command_line
from followup_mail.errors import ServiceError
from followup_mail.regex import regex

_TOOL: Final = ("systemctl", "--user")
_WORD: Final = regex(r'"((?:[^"\\]|\\.)*)"')
_MOMENT: Final = "%a %Y-%m-%d %H:%M:%S UTC"

_TIMES: Final = "--property=ActiveState,LastTriggerUSec,NextElapseUSecRealtime"
VERSION: Final = Command((*_TOOL, "show", "--property=Version"))
"""Succeeds when the user's own systemd is running and can be reached."""
LINGER: Final = (
    "It runs while you are logged in. To have it run before you log in and after you log out too, type "
    "`loginctl enable-linger`: then the system starts your services with the machine."
)


def file_paths(machine: Machine, name: str = NAME) -> tuple[Path, Path]:
    """Return where the files of the service and its timer belong."""
    folder = machine.config / "systemd" / "user"
    return folder / f"{name}.service", folder / f"{name}.timer"


def status_command(name: str) -> Command:
    """Return the command for ``read_times``. Run it with ``TZ=UTC``, so that the times can be read."""
    return Command((*_TOOL, "show", f"{name}.timer", _TIMES))


def write_service(service: Service) -> str:
    """Return the text of the service."""
    # Without the colon, a dollar sign would start the name of a variable, even in the path of the program.
    colon = ":" if any("$" in word for word in service.words) else ""
    path = f"Environment={_quote(f'PATH={service.search_path}')}\n" if service.search_path else ""
    return (
        f"# {MARK}.\n"
        "[Unit]\n"
        "Description=Deliver the follow-up mails that are due\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={_protect_end(service.home).replace('%', '%%')}\n"
        f"{path}"
        f"ExecStart={colon}{' '.join(map(_quote, service.words))}\n"
        "# 7: a mail was not delivered. The log says which; the service itself worked.\n"
        "SuccessExitStatus=7\n"
    )


def write_timer(service: Service) -> str:
    """Return the text of the timer."""
    when = "*:00" if service.every == 60 else f"*:0/{service.every}"
    return (
        f"# {MARK}.\n"
        "[Unit]\n"
        "Description=Look for follow-up mails that are due\n\n"
        "[Timer]\n"
        f"OnCalendar={when}\n"
        "Persistent=true\n"
        "AccuracySec=20s\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def plan_install(service: Service, machine: Machine, was_there: bool) -> Procedure:
    """Return the changes that install it; ``was_there``: there is an earlier timer to replace.

    Raises ``ServiceError`` for a program whose path systemd refuses, however it is quoted.
    """
    if any(character in service.executable for character in "\"'\\"):
        raise ServiceError(
            f"systemd starts no program with quotes or backslashes in its path: {service.executable}.",
            fix="Install followup-mail in another folder, or choose another scheduler with --kind.",
        )
    timer = f"{service.name}.timer"
    texts = zip(file_paths(machine, service.name), (write_service(service), write_timer(service)), strict=True)
    files: list[Change] = [Write(path, text.encode(), text) for path, text in texts]
    reload, restart = _systemctl("daemon-reload"), _systemctl("restart", timer)
    changes = (*files, reload, _systemctl("enable", timer), restart)
    if was_there:
        return Procedure(changes, undo_last=(reload, restart))
    return Procedure(changes, undo_first=(_systemctl("disable", "--now", timer),), undo_last=(reload,))


def plan_removal(machine: Machine, name: str = NAME) -> Procedure:
    """Return the changes that remove it."""
    timer = f"{name}.timer"
    deleted = [Delete(path) for path in file_paths(machine, name)]
    again = (_systemctl("daemon-reload"), _systemctl("enable", "--now", timer))
    # Makes systemd forget when the timer last fired; older versions can't.
    clean = _systemctl("clean", "--what=state", timer, may_fail=True)
    changes: list[Change] = [
        _systemctl("disable", "--now", timer),
        clean,
        *deleted,
        _systemctl("daemon-reload", may_fail=True),
    ]
    return Procedure(tuple(changes), undo_last=again)


def read_files(files: Mapping[str, bytes], name: str = NAME) -> Service | None:
    """Return the service that the two files (by name) describe; None when they were changed."""
    text, timer = (files.get(file, b"").decode("utf-8", "replace") for file in (f"{name}.service", f"{name}.timer"))
    command = re.search(r"^ExecStart=:?(.*)$", text, re.MULTILINE)
    when = re.search(r"^OnCalendar=\*:(?:00|0/(\d+))$", timer, re.MULTILINE)
    if not command or not when:
        return None
    variables = re.search(r'^Environment=("PATH=.*")$', text, re.MULTILINE)
    path = _unquote(variables[1])[0].removeprefix("PATH=") if variables else ""
    return parse_command_line(_unquote(command[1]), int(when[1] or 60), path, name)


def read_times(result: CommandResult) -> tuple[bool, datetime | None, datetime | None]:
    """Return whether the timer is active, when it last fired and fires next (UTC); from ``status_command``."""
    values = dict(line.partition("=")[::2] for line in result.out.decode("utf-8", "replace").splitlines())
    last_at, next_at = (_read_moment(values.get(name, "")) for name in ("LastTriggerUSec", "NextElapseUSecRealtime"))
    return values.get("ActiveState") == "active", last_at, next_at


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _systemctl(*words: str, may_fail: bool = False) -> Command:
    return Command((*_TOOL, *words), may_fail=may_fail)


def _quote(word: str) -> str:
    """Quote a word for a unit file: C-style escapes inside quotes, percent signs doubled."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _unquote(line: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", found).replace("%%", "%") for found in _WORD.findall(line)]


def _protect_end(folder: str) -> str:
    """A folder stands unquoted: a space at its end would be lost, a backslash would continue the line."""
    return f"{folder}/" if folder[-1:] in {"\\", " "} else folder
