"""Lines in the user's crontab (crontab(1), crontab(5)), one for each home, between two marks; all others stay.

cron gives a command a short ``PATH`` and no desktop. It does not catch up after sleep, but the next start is only
minutes away.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection
from typing import Final

from followup_mail.background.changes import Command, CommandResult, Procedure
from followup_mail.background.service_definition import MARK, NAME, Service, is_name, parse_command_line
from followup_mail.errors import ServiceError
from followup_mail.regex import regex

READ: Final = Command(("crontab", "-l"))
_MARKS: Final = regex(rb"# (?:>>> (\S+): " + re.escape(MARK).encode() + rb"|<<< (\S+) <<<)")
_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"})
_NO_CRONTAB: Final = regex(r"no crontab|can't open .*no such file", re.IGNORECASE)


def begin_mark(name: str = NAME) -> str:
    """Return the line above ours."""
    return f"# >>> {name}: {MARK} >>>"


def end_mark(name: str = NAME) -> str:
    """Return the line below ours."""
    return f"# <<< {name} <<<"


def find_names(table: bytes) -> tuple[str, ...]:
    """Return the names of the services whose lines, or parts of them, are in the table."""
    found = (next(filter(None, mark.groups())).decode("utf-8", "replace") for mark in _MARKS.finditer(table))
    return tuple(name for name in dict.fromkeys(found) if is_name(name))


def write_block(service: Service) -> str:
    """Return our lines: the command between the marks."""
    minutes = {1: "*", 60: "0"}.get(service.every, f"*/{service.every}")
    path = f"PATH={_quote(service.search_path)} " if service.search_path else ""
    command = " ".join(map(_quote, service.words))
    # cron would send all output as a mail; everything worth knowing is in the log.
    line = f"{minutes} * * * * cd {_quote(service.home)} && {path}{command} >/dev/null 2>&1"
    return f"{begin_mark(service.name)}\n{line}\n{end_mark(service.name)}\n"


def read_table(result: CommandResult) -> bytes:
    """Return the user's crontab from the result of ``READ``.

    Raises ``ServiceError`` for any other error: a table that only seems empty would be overwritten.
    """
    if result.code == 0:
        return result.out
    if _NO_CRONTAB.search(result.err):
        return b""
    raise ServiceError(
        f"Your crontab cannot be read: {result.err or f'crontab ended with code {result.code}'}.",
        fix="Nothing was changed. Try `crontab -l` in a terminal.",
    )


def with_block(table: bytes, service: Service) -> bytes:
    """Return the table with our lines in it once: where they were before, else at the end."""
    block, ours = write_block(service).encode(), _block(service.name)
    if found := ours.search(table):
        return table[: found.start()] + block + ours.sub(b"", table[found.end() :])
    return table + (b"\n" if table and not table.endswith(b"\n") else b"") + block


def without_block(table: bytes, name: str = NAME) -> bytes:
    """Return the table without our lines."""
    return _block(name).sub(b"", table)


def plan_install(service: Service, table: bytes) -> Procedure:
    """Return the changes that install it.

    Raises ``ServiceError`` when our lines were changed, or the table sets a shell that would not understand them.
    """
    _check_marks(table, service.name)
    for shell in re.findall(rb"^\s*SHELL\s*=\s*[\"']?([^\"'\s]*)", table, re.MULTILINE):
        name = shell.decode("utf-8", "replace").rpartition("/")[2]
        if name not in _SHELLS:
            raise ServiceError(
                f"Your crontab sets SHELL to {name or 'nothing'}, which would not understand the line.",
                fix="Set SHELL=/bin/sh there, or choose another scheduler with --kind.",
            )
    shown = f"your crontab, with these lines in it:\n{write_block(service)}"
    return Procedure((Command(("crontab", "-"), with_block(table, service), shown),))


def plan_removal(table: bytes, names: Collection[str] = (NAME,)) -> Procedure:
    """Return the changes that remove these. Raises ``ServiceError`` when our lines were changed."""
    rest = table
    for name in names:
        _check_marks(table, name)
        rest = without_block(rest, name)
    if not rest:
        return Procedure((Command(("crontab", "-r"), shown="your crontab contains nothing else"),))
    ours = b"".join(found[0] for name in names for found in _block(name).finditer(table)).decode("utf-8", "replace")
    return Procedure((Command(("crontab", "-"), rest, f"your crontab, without these lines:\n{ours}"),))


def read_block(table: bytes, name: str = NAME) -> Service | None:
    """Return the service that our lines describe; None when they were changed."""
    found = _block(name).search(table)
    line = found[1].decode("utf-8", "replace").strip("\n") if found else ""
    parts = re.fullmatch(r"(\*|0|\*/(\d+)) \* \* \* \* cd (.*) >/dev/null 2>&1", line)
    if not parts:
        return None
    try:
        words = shlex.split(parts[3])
    except ValueError:
        return None
    every = {"*": 1, "0": 60}.get(parts[1]) or int(parts[2])
    path = words[2].removeprefix("PATH=") if words[2:3] and words[2].startswith("PATH=") else ""
    return parse_command_line(words[3 if path else 2 :], every, path, name)


def _check_marks(table: bytes, name: str) -> None:
    if name in find_names(without_block(table, name)):
        raise ServiceError(
            f"The lines of {name} in your crontab were changed.",
            fix=f'Type `crontab -e` and delete them, and the lines that start with "# >>> {name}" and "# <<< {name}".',
        )


def _block(name: str) -> re.Pattern[bytes]:
    # Exactly one line between the marks: if a mark were lost, a longer match would take the user's lines for ours.
    begin, end = (re.escape(mark).encode() for mark in (begin_mark(name), end_mark(name)))
    return re.compile(rb"^" + begin + rb"\n(.*)\n" + end + rb"$\n?", re.M)


def _quote(word: str) -> str:
    """Quote a word for the shell, and percent signs for cron, which would turn them into line ends."""
    return "'" + word.replace("'", "'\\''").replace("%", "'\\%'") + "'"
