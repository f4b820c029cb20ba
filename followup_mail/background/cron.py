"""A line in the user's crontab (crontab(1), crontab(5)), between two marks; every other line stays as it is.

cron gives a command little: a short ``PATH``, no desktop. It makes up for nothing after sleep, but the next start is
minutes away.
"""

from __future__ import annotations

import re
import shlex
from typing import Final

from followup_mail.background.changes import Command, CommandResult, Procedure
from followup_mail.background.service_definition import MARK, Service, read_words
from followup_mail.errors import ServiceError

ASK: Final = Command(("crontab", "-l"))
BEGIN: Final = f"# >>> followup-mail: {MARK} >>>"
END: Final = "# <<< followup-mail <<<"
# One line between the marks: were a mark lost, more would take the user's lines for ours.
_BLOCK: Final = re.compile(rb"^" + re.escape(BEGIN).encode() + rb"\n(.*)\n" + re.escape(END).encode() + rb"$\n?", re.M)
_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"})
_NOTHING_YET: Final = re.compile(r"no crontab|can't open .*no such file", re.IGNORECASE)


def write_block(service: Service) -> str:
    """Return our lines: the command between its marks."""
    minutes = {1: "*", 60: "0"}.get(service.every, f"*/{service.every}")
    path = f"PATH={_quote(service.search_path)} " if service.search_path else ""
    command = " ".join(map(_quote, service.words))
    # The log has what is worth knowing. Whatever is printed, cron would send as a mail.
    line = f"{minutes} * * * * cd {_quote(service.home)} && {path}{command} >/dev/null 2>&1"
    return f"{BEGIN}\n{line}\n{END}\n"


def read_table(heard: CommandResult) -> bytes:
    """Return the user's crontab from the answer to ``ASK``.

    Raises ``ServiceError`` when it cannot be told from an error: a table taken for empty would be overwritten.
    """
    if heard.code == 0:
        return heard.out
    if _NOTHING_YET.search(heard.err):
        return b""
    raise ServiceError(
        f"Your crontab cannot be read: {heard.err or f'crontab ended with code {heard.code}'}.",
        fix="Nothing was changed. See whether `crontab -l` works.",
    )


def with_block(table: bytes, service: Service) -> bytes:
    """Return the table with our lines in it, once: where they were before, else at its end."""
    block = write_block(service).encode()
    if _BLOCK.search(table):
        before, _, after = _split(table)
        return before + block + _BLOCK.sub(b"", after)
    return table + (b"\n" if table and not table.endswith(b"\n") else b"") + block


def without_block(table: bytes) -> bytes:
    """Return the table without our lines."""
    return _BLOCK.sub(b"", table)


def lay_out(service: Service, table: bytes) -> Procedure:
    """Return what installs it.

    Raises ``ServiceError`` when our lines were changed, or the table sets a shell that would not understand them.
    """
    _check_marks(table)
    for shell in re.findall(rb"^\s*SHELL\s*=\s*[\"']?([^\"'\s]*)", table, re.MULTILINE):
        name = shell.decode("utf-8", "replace").rpartition("/")[2]
        if name not in _SHELLS:
            raise ServiceError(
                f"Your crontab sets SHELL to {name or 'nothing'}, which would not understand the line.",
                fix="Set SHELL=/bin/sh there, or choose another scheduler with --kind.",
            )
    shown = f"your crontab, with these lines in it:\n{write_block(service)}"
    return Procedure((Command(("crontab", "-"), with_block(table, service), shown),))


def clear_away(table: bytes) -> Procedure:
    """Return what removes it. Raises ``ServiceError`` when our lines were changed."""
    _check_marks(table)
    rest = without_block(table)
    if not rest:
        return Procedure((Command(("crontab", "-r"), shown="nothing else is in your crontab"),))
    ours = b"".join(found[0] for found in _BLOCK.finditer(table)).decode("utf-8", "replace")
    return Procedure((Command(("crontab", "-"), rest, f"your crontab, without these lines:\n{ours}"),))


def read_block(table: bytes) -> Service | None:
    """Return the service that our lines describe; None when they are not as we write them."""
    found = _BLOCK.search(table)
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
    return read_words(words[3 if path else 2 :], every, path)


def has_block(table: bytes) -> bool:
    """Tell whether our lines are in the table, or what is left of them."""
    return BEGIN.encode() in table or END.encode() in table


def _check_marks(table: bytes) -> None:
    if has_block(without_block(table)):
        raise ServiceError(
            "The lines of followup-mail in your crontab were changed.",
            fix=f"Say `crontab -e` and delete them, with the lines that begin with {BEGIN[:19]} and {END[:19]}.",
        )


def _split(table: bytes) -> tuple[bytes, bytes, bytes]:
    found = _BLOCK.search(table)
    assert found
    return table[: found.start()], found[0], table[found.end() :]


def _quote(word: str) -> str:
    """Quote a word for the shell, and hide percent signs from cron, which would make line ends of them."""
    return "'" + word.replace("'", "'\\''").replace("%", "'\\%'") + "'"
