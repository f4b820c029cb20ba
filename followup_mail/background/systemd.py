"""A timer and a service for the user's own systemd (systemd.service(5), systemd.timer(5), systemd.unit(5)).

``Persistent=true`` needs ``OnCalendar``: a run that fell due while the machine slept or was off is made up for at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from followup_mail.background.changes import Act, Command, CommandResult, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, read_words
from followup_mail.errors import ServiceError

TIMER: Final = f"{NAME}.timer"
_TOOL: Final = ("systemctl", "--user")
_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MOMENT: Final = "%a %Y-%m-%d %H:%M:%S UTC"

ASK: Final = Command((*_TOOL, "show", TIMER, "--property=ActiveState,LastTriggerUSec,NextElapseUSecRealtime"))
"""To be run with ``TZ=UTC``, so that moments can be read."""
ANSWERS: Final = Command((*_TOOL, "show", "--property=Version"))
"""Succeeds when a systemd of the user's runs and can be reached."""
LINGER: Final = (
    "It runs while you are logged in. To have it run before you log in and after you log out as well, say "
    "`loginctl enable-linger`: then the system starts your services with the machine."
)


def find_places(machine: Machine) -> tuple[Path, Path]:
    """Return where the service and its timer belong."""
    folder = machine.config / "systemd" / "user"
    return folder / f"{NAME}.service", folder / TIMER


def write_service(service: Service) -> str:
    """Return the text of the service."""
    # Without the colon a dollar sign would begin the name of a variable, also in the path of the program.
    colon = ":" if any("$" in word for word in service.words) else ""
    path = f"Environment={_quote(f'PATH={service.search_path}')}\n" if service.search_path else ""
    return (
        f"# {MARK}.\n"
        "[Unit]\n"
        "Description=Deliver the follow-up mails that are due\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={_end_safely(service.home).replace('%', '%%')}\n"
        f"{path}"
        f"ExecStart={colon}{' '.join(map(_quote, service.words))}\n"
        "# 7: a mail was not delivered. The log says which; the service itself has done its work.\n"
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


def lay_out(service: Service, machine: Machine, was_there: bool) -> Procedure:
    """Return what installs it; ``was_there`` tells whether it replaces an earlier one.

    Raises ``ServiceError`` for a program whose path systemd refuses, however it is quoted.
    """
    if any(character in service.executable for character in "\"'\\"):
        raise ServiceError(
            f"systemd starts no program with quotes or backslashes in its path: {service.executable}.",
            fix="Install followup-mail in another folder, or choose another scheduler with --kind.",
        )
    texts = zip(find_places(machine), (write_service(service), write_timer(service)), strict=True)
    files: list[Act] = [Write(path, text.encode(), text) for path, text in texts]
    reload, restart = _do("daemon-reload"), _do("restart", TIMER)
    acts = (*files, reload, _do("enable", TIMER), restart)
    if was_there:
        return Procedure(acts, undo_last=(reload, restart))
    return Procedure(acts, undo_first=(_do("disable", "--now", TIMER),), undo_last=(reload,))


def clear_away(machine: Machine) -> Procedure:
    """Return what removes it."""
    deleted = [Delete(path) for path in find_places(machine)]
    again = (_do("daemon-reload"), _do("enable", "--now", TIMER))
    # Forgets when it last went off; older systemd can't.
    clean = _do("clean", "--what=state", TIMER, may_fail=True)
    acts: list[Act] = [_do("disable", "--now", TIMER), clean, *deleted, _do("daemon-reload", may_fail=True)]
    return Procedure(tuple(acts), undo_last=again)


def read_files(files: Mapping[str, bytes]) -> Service | None:
    """Return the service that the two files (by name) describe; None when they are not as we write them."""
    text, timer = (files.get(name, b"").decode("utf-8", "replace") for name in (f"{NAME}.service", TIMER))
    command = re.search(r"^ExecStart=:?(.*)$", text, re.MULTILINE)
    when = re.search(r"^OnCalendar=\*:(?:00|0/(\d+))$", timer, re.MULTILINE)
    if not command or not when:
        return None
    variables = re.search(r'^Environment=("PATH=.*")$', text, re.MULTILINE)
    path = _unquote(variables[1])[0].removeprefix("PATH=") if variables else ""
    return read_words(_unquote(command[1]), int(when[1] or 60), path)


def read_times(heard: CommandResult) -> tuple[bool, datetime | None, datetime | None]:
    """Return from the answer to ``ASK`` whether the timer is active, when it last went off, and when next (UTC)."""
    said = dict(line.partition("=")[::2] for line in heard.out.decode("utf-8", "replace").splitlines())
    last_at, next_at = (_read_moment(said.get(name, "")) for name in ("LastTriggerUSec", "NextElapseUSecRealtime"))
    return said.get("ActiveState") == "active", last_at, next_at


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _do(*words: str, may_fail: bool = False) -> Command:
    return Command((*_TOOL, *words), may_fail=may_fail)


def _quote(word: str) -> str:
    """Quote a word for a unit file: C-style escapes inside quotes; a doubled percent sign is no specifier."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _unquote(line: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", found).replace("%%", "%") for found in _WORD.findall(line)]


def _end_safely(folder: str) -> str:
    """A folder stands unquoted: a space at its end would be lost, a backslash would go on in the next line."""
    return f"{folder}/" if folder[-1:] in {"\\", " "} else folder
