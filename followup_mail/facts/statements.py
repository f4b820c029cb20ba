"""A TOML file taken apart into its statements, so that one bad line does not hide the others.

tomllib stops at the first fault and tells no places. It is the tokenizer here all the same: each statement is given
to it alone, and a value that opens ``[``, ``{``, ``\"\"\"`` or ``'''`` is lengthened until it is whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from followup_mail.regex import regex

_KEY: Final = r"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')"
DOTTED_KEY: Final = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
KEY_VALUE: Final = regex(rf"\s*({DOTTED_KEY})[ \t]*=(?!=)\s*(.*)", re.DOTALL)
BROKEN_HEADER: Final = regex(rf"\s*\[\[?\s*({DOTTED_KEY})")
_HEADER: Final = regex(rf"\s*\[\[?[ \t]*{DOTTED_KEY}[ \t]*\]\]?\s*(#.*)?")
_OPENING: Final = regex(r"\[|\{|\"\"\"|'''")
_CLOSED_BY: Final = {"[": "]", "{": "}"}
# Only an attack has a key of so many parts: tomllib needs memory for the square of their number.
_LONG_KEY: Final = regex(r"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}")

TOO_DEEP: Final = "nested too deeply"


class Statement(Struct, frozen=True):
    """One table header or key with its value, and what tomllib makes of it."""

    line: int
    """Counted from 1."""
    text: str
    value: dict[str, Any] | None
    """None when tomllib refuses it; ``error`` tells why, ``error_line`` where."""
    error: str = ""
    error_line: int = 0


def read_toml(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return the document, or None and what tomllib has against it. Safe for any text."""
    if _LONG_KEY.search(text):
        return None, TOO_DEEP
    try:
        return tomllib.loads(text), ""
    except RecursionError:
        return None, TOO_DEEP
    except ValueError as error:  # also a number of more than 4,300 digits
        return None, str(error)


def read_statements(text: str) -> Iterator[Statement]:
    """Yield each statement of ``text`` in order; comments and blank lines only when they are invalid."""
    lines = text.replace("\r\n", "\n").split("\n")
    # Trying longer and longer values is quadratic in a file made for it. The budget bounds the characters tried.
    budget = [2 * len(text) + 1_000_000]
    at = 0
    while at < len(lines):
        if not lines[at].strip(" \t") or (lines[at].startswith("#") and lines[at].isprintable()):
            at += 1
            continue
        statement, length = _read_at(lines, at, budget)
        if statement.value != {}:
            yield statement
        at += length


def _read_at(lines: list[str], at: int, budget: list[int]) -> tuple[Statement, int]:
    """Return the statement that begins in ``lines[at]`` and the number of lines it takes."""
    matched = KEY_VALUE.match(lines[at])
    opening = _OPENING.match(matched[2]) if matched else None
    value, error = read_toml(lines[at])
    last = at
    while opening and value is None and is_unfinished(error):
        longer = _next_with(_CLOSED_BY.get(opening[0], opening[0]), lines, last + 1, budget)
        if longer is None:
            break
        last = longer
        chunk = "\n".join(lines[at : last + 1])
        budget[0] -= len(chunk)
        value, error = read_toml(chunk)
    text = "\n".join(lines[at : last + 1])
    if value is not None:
        return Statement(at + 1, text, value), last + 1 - at
    told = re.search(r"at line (\d+)", error)
    statement = Statement(at + 1, text, None, error, at + (int(told[1]) if told else 1))
    return statement, _next_start(lines, at + 1) - at if opening else 1


def key_path(parsed: dict[str, Any]) -> tuple[str, ...]:
    """Return the keys of a document that holds one key or header only."""
    path: list[str] = []
    node: Any = parsed
    while isinstance(node, dict) and node:
        key, node = next(iter(node.items()))
        path.append(key)
    return tuple(path)


def is_unfinished(error: str) -> bool:
    """Return whether tomllib ran out of text rather than into something wrong."""
    return error.endswith("(at end of document)")


def _next_with(closing: str, lines: list[str], start: int, budget: list[int]) -> int | None:
    for place in range(start, len(lines)):
        budget[0] -= 1
        if budget[0] < 0:
            return None
        if closing in lines[place]:
            return place
    return None


def _next_start(lines: list[str], start: int) -> int:
    """Return the next line that looks like a statement: what stands before it belongs to the broken one."""
    for place in range(start, len(lines)):
        if _HEADER.fullmatch(lines[place]) or KEY_VALUE.match(lines[place]):
            return place
    return len(lines)
