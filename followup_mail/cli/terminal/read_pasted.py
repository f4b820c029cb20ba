"""Read a text that somebody pastes into the terminal, or that comes through a pipe."""

from __future__ import annotations

import os
import select
import stat
import sys

from followup_mail.cli.terminal import screen

_LIMIT = 41 * 1024 * 1024
_WAIT = 2.0
"""Seconds to wait for the first byte of a pipe that nobody promised."""
_END = "."


def read_pipe(*, is_promised: bool) -> bytes:
    """Return what comes through standard input; nothing where there is no pipe.

    Some programs hand over a pipe into which nobody will ever write: only a promised one is waited for.
    """
    if sys.stdin is None or sys.stdin.isatty():
        return b""
    if not is_promised and not _is_written_to():
        return b""
    return sys.stdin.buffer.read(_LIMIT)


def _is_written_to() -> bool:
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    if stat.S_ISREG(mode):
        return True
    if os.name == "nt" or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return False
    return bool(select.select([sys.stdin], [], [], _WAIT)[0])


def paste(heading: str, plain_heading: str = "") -> str:
    """Ask for a text that may have several lines; where the terminal can show lines alone, under ``plain_heading``."""
    if screen.can_be_live():
        from followup_mail.cli.terminal.live_paste import read_paste

        # Said when the terminal is ready: what is pasted before is cut by the system at the end of a long line.
        return read_paste(heading)
    screen.note(plain_heading or heading)
    screen.note(f"End with Ctrl-D, or with a line that has only a full stop ({_END}).")
    return _read_lines()


def _read_lines() -> str:
    """Return what is typed or pasted up to Ctrl-D or a line with a full stop; an empty first line ends at once.

    For terminals that do not tell what was pasted.
    """
    lines: list[str] = []
    while True:
        line = sys.stdin.readline()
        if not line or line.strip() == _END or (not lines and not line.strip()):
            return "".join(lines)
        lines.append(line)
