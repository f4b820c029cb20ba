"""Lines that fit a screen: broken between words, measured in columns, not in characters. Pure text in, text out."""

from __future__ import annotations

import unicodedata
from typing import Final

from followup_mail.regex import regex

_STYLE: Final = regex(r"\x1b\[\d{0,2}m")
_WORDS: Final = regex(r"( *)([^ ]+)")


def fold(text: str, width: int, hang: str | None = None) -> str:
    """Return text with every line broken between words so that it fits ``width`` columns.

    What is broken off stands below ``hang``, or below the line's own indentation. A word is never broken: a path or an
    address can still be copied.
    """
    return "\n".join(_fold_line(line, width, hang) for line in text.split("\n"))


def width_of(text: str) -> int:
    """Return how many columns text takes on a screen: two for a wide character, none for marks and styles."""
    bare = _STYLE.sub("", text)
    return len(bare) if bare.isascii() else sum(map(_columns, bare))


def shorten_to(text: str, width: int) -> str:
    """Return a line without styles that takes at most ``width`` columns; what is cut off ends in "..."."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 3:
        text = text[:-1]
    return f"{text.rstrip(' ,:;')}..."


def _fold_line(line: str, width: int, hang: str | None) -> str:
    if width_of(line) <= width:
        return line
    bare = line.lstrip(" ")
    current = line[: len(line) - len(bare)]
    below = current if hang is None else hang
    done = []
    for gap, word in _WORDS.findall(bare):
        if current.strip() and width_of(current + gap + word) > width:
            done.append(current)
            current = below + word
        else:
            current += gap + word
    return "\n".join([*done, current])


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
