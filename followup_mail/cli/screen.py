"""Everything that is printed goes through here: plain text, colour only where it is wanted, tables that fit.

Text from facts and servers is printed as it is, never as markup; control characters were refused on the way in, and
are shown as U+FFFD here should one come another way (a file name, an argument).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def out(text: str = "") -> None:
    """Print a line of a result to stdout."""
    _write(sys.stdout, text)


def note(text: str = "") -> None:
    """Print a line that is not the result, such as advice, to stderr; broken at words when somebody reads along."""
    _write(sys.stderr, _folded(text) if sys.stderr.isatty() else text)


def strong(text: str) -> str:
    """Mark text as important."""
    return _styled(text, "1")


def dim(text: str) -> str:
    """Mark text as less important."""
    return _styled(text, "2")


def good(text: str) -> str:
    """Mark text as good news."""
    return _styled(text, "32")


def bad(text: str) -> str:
    """Mark text as bad news."""
    return _styled(text, "31")


def doubtful(text: str) -> str:
    """Mark text as something to look at."""
    return _styled(text, "33")


def emit_json(value: Any) -> None:
    """Print a value as JSON to stdout; moments as ISO 8601 with offset, paths as text."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=encoding != "utf8", default=_as_json) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings. On a screen long cells fold; in a pipe every row stays one line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        grid.add_column(name, overflow="fold")
    for row in rows:
        grid.add_row(*(Text.from_ansi(cell) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 2_000
    console = Console(width=width, highlight=False, markup=False, no_color=not _wants_colour(), record=False)
    with console.capture() as capture:
        console.print(grid)
    for line in capture.get().split("\n")[:-1]:
        sys.stdout.write(line.rstrip() + "\n")


def wrap(text: str, indent: str = "") -> str:
    """Return text broken at the width of the screen; unbroken in a pipe."""
    return _folded(text, indent) if sys.stdout.isatty() else indent + text


def is_interactive() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Ask yes or no on stderr; no is the default, and also what silence means."""
    sys.stderr.write(f"{_folded(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def ask(question: str) -> str:
    """Ask for a line on stderr. Raises ``EOFError`` when the input ends."""
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _folded(text: str, indent: str = "") -> str:
    from textwrap import TextWrapper

    width = min(shutil.get_terminal_size().columns, 100)
    wrapper = TextWrapper(width, indent, indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(wrapper.fill(line) for line in text.split("\n"))


def _write(stream: TextIO, text: str) -> None:
    shown = text if "\x1b[" in text else _CONTROLS.sub("\ufffd", text)
    stream.write(shown + "\n")


def _styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _wants_colour() else text


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _as_json(value: Any) -> Any:
    from dataclasses import asdict, is_dataclass
    from datetime import date, datetime
    from enum import Enum
    from pathlib import Path

    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
