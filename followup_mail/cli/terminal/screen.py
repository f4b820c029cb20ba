"""Everything that is printed goes through here: plain text, colour only where it is wanted, tables that fit.

Text from facts and servers is printed as it is, never as markup; control characters were refused on the way in, and
are shown as U+FFFD here should one come another way (a file name, an argument). On a screen lines are broken between
words; in a pipe every line stays whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from followup_mail.cli.terminal.columns import set_in_columns
from followup_mail.cli.terminal.folding import fold, shorten_to, width_of
from followup_mail.regex import regex

_STYLES = regex(r"\x1b\[(?:0|1|2|4|31|32|33)m")
# What could drive a terminal, or turn the order of writing; our own styles are left.
_TURNS = r"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_CONTROLS = regex(rf"\x1b(?!\[(?:0|1|2|4|31|32|33)m)|[\x00-\x08\x0b-\x1a\x1c-\x1f{_TURNS}]")
_NOT_IN_JSON = regex(f"[{_TURNS}]")

_DUMB = frozenset({"", "dumb", "unknown"})

_kept_back: list[tuple[TextIO, str]] | None = None
_breaks_words = False
_said_instead: list[tuple[str, str]] = []


@contextmanager
def keeping_back() -> Iterator[list[tuple[TextIO, str]]]:
    """Collect what ``out`` and ``note`` print, each with its stream, so that it can be measured first."""
    global _kept_back  # noqa: PLW0603  # the streams are as global
    kept: list[tuple[TextIO, str]] = []
    _kept_back = kept
    try:
        yield kept
    finally:
        _kept_back = None


def let_out(kept: Iterable[tuple[TextIO, str]]) -> None:
    """Print what was kept back."""
    for stream, text in kept:
        stream.write(text)


@contextmanager
def breaking_words() -> Iterator[None]:
    """Let no word be longer than the screen in what is printed and asked: it is by somebody who may want to deceive."""
    global _breaks_words  # noqa: PLW0603  # the streams are as global
    before, _breaks_words = _breaks_words, True
    try:
        yield
    finally:
        _breaks_words = before


def count_lines(kept: Iterable[tuple[TextIO, str]]) -> int:
    """Return how many rows of a screen that takes: a line that is longer than the screen takes several."""
    columns = max(1, _size().columns)
    lines = (line for stream, text in kept if stream.isatty() for line in text.split("\n")[:-1])
    return sum(max(1, -(-width_of(line) // columns)) for line in lines)


def height() -> int:
    """Return how many lines the screen has."""
    return _size().lines


def out(text: str = "", hang: str | None = None) -> None:
    """Print a line of a result to stdout. On a screen, what is broken off it stands below ``hang``."""
    _write(sys.stdout, text, hang)


def note(text: str = "", hang: str | None = None) -> None:
    """Print a line that is not the result, such as advice, to stderr."""
    _write(sys.stderr, text, hang)


def advise(fix: str) -> None:
    """Print what to do about what was said, where there is something."""
    if fix:
        note(fix)


def out_whole(text: str) -> None:
    """Print a text that is somebody's to copy or to pipe, such as the source of a wording: no line is broken."""
    sys.stdout.write(_shown(text) + "\n")


def note_whole(text: str) -> None:
    """Print to stderr what somebody copies, such as an address: no line is broken."""
    sys.stderr.write(_shown(text) + "\n")


def strong(text: str) -> str:
    """Mark text as important."""
    return _styled(text, "1")


def dim(text: str) -> str:
    """Mark text as less important."""
    return _styled(text, "2")


def underlined(text: str) -> str:
    """Underline text."""
    return _styled(text, "4")


def has_colour() -> bool:
    """Return whether text is styled at all."""
    return _wants_colour()


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
    import json

    from followup_mail.services.as_json.json_views import to_plain

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    text = json.dumps(value, indent=2, ensure_ascii=encoding != "utf8", default=to_plain)
    for hidden, said in _said_instead:
        text = text.replace(hidden, json.dumps(said, ensure_ascii=encoding != "utf8")[1:-1])
    sys.stdout.write(_NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings. On a screen long cells fold; in a pipe every row stays one line."""
    width = _size().columns if sys.stdout.isatty() else 2_000
    cells = [[_shown(cell) for cell in row] for row in rows]
    for line in set_in_columns(columns, cells, width, colour=_wants_colour()):
        sys.stdout.write(line + "\n")


def cut(text: str, tail: str = "") -> str:
    """Return a line cut to the width of the screen, but for its tail; whole where nothing is a screen."""
    room = _columns() - width_of(tail)
    return f"{shorten_to(text, room) if sys.stdout.isatty() else text}{tail}"


def wrap(text: str, indent: str = "") -> str:
    """Return text with every line indented; broken between words on a screen."""
    indented = "\n".join(indent + line for line in text.split("\n"))
    return fold(indented, _columns(), breaks_words=_breaks_words) if sys.stdout.isatty() else indented


def is_read() -> bool:
    """Return whether somebody sees what is printed."""
    return sys.stdout.isatty()


def is_interactive() -> bool:
    """Return whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def can_be_live() -> bool:
    """Return whether the terminal can show more than lines."""
    return os.name == "nt" or os.environ.get("TERM", "").lower() not in _DUMB


def drop_typed() -> None:
    """Forget what was typed or pasted before a question that is only printed now: it is no answer to it."""
    with suppress(Exception):  # not a terminal, or one that cannot do it
        if sys.platform == "win32":
            import msvcrt

            while msvcrt.kbhit():
                msvcrt.getwch()
        else:
            import termios

            termios.tcflush(sys.stdin, termios.TCIFLUSH)


def confirm(question: str) -> bool:
    """Ask yes or no on stderr; no is the default, and also what silence means."""
    return ask_doubt(question) == "yes"


def ask_doubt(question: str) -> str:
    """Ask yes or no on stderr; return "yes", nothing for no and for silence, else what was typed instead."""
    sys.stderr.write(f"{fold(_shown(question), _columns() - 6, breaks_words=_breaks_words)} [y/N] ")
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    return {"y": "yes", "yes": "yes", "n": "", "no": ""}.get(typed.lower(), typed)


def agree(question: str) -> bool:
    """Ask yes or no on stderr; Enter means yes, the end of the input means no."""
    sys.stderr.write(f"{fold(_shown(question), _columns() - 6)} [Y/n] ")
    sys.stderr.flush()
    return sys.stdin.readline().lower() in {"\n", "\r\n", "y\n", "yes\n", "y\r\n", "yes\r\n"}


def ask(question: str) -> str:
    """Ask for a line on stderr. Raises ``EOFError`` when the input ends."""
    sys.stderr.write(_shown(question))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _write(stream: TextIO, text: str, hang: str | None) -> None:
    shown = _shown(text)
    folded = fold(shown, _columns(), hang, breaks_words=_breaks_words) if stream.isatty() else _STYLES.sub("", shown)
    line = f"{folded}\n"
    if _kept_back is None:
        stream.write(line)
    else:
        _kept_back.append((stream, line))


def say_instead(text: str, said: str) -> None:
    """Print something else wherever this text stands: such as a place that the user is not to go to."""
    _said_instead.append((text, said))


def _shown(text: str) -> str:
    for hidden, said in _said_instead:
        text = text.replace(hidden, said)
    return _CONTROLS.sub("\ufffd", text)


def _size() -> os.terminal_size:
    import shutil

    return shutil.get_terminal_size()


def _columns() -> int:
    return min(_size().columns, 100)


def _styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _wants_colour() else text


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
