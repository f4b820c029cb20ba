"""Lines that fit a screen: broken between words, measured in columns, not in characters. Pure text in, text out."""

from __future__ import annotations

import unicodedata
from typing import Final

from followup_mail.regex import regex

_STYLE: Final = regex(r"\x1b\[\d{0,2}m")
_WORDS: Final = regex(r"( *)([^ ]+)")
_LETTERS: Final = regex(r"\x1b\[\d{0,2}m|.")
_BLANKS: Final = regex(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164\u115f\u1160\uffa0]")
"""What looks like a space and is none: a line is not broken there, and a terminal breaks it where it likes."""


def fold(text: str, width: int, hang: str | None = None, *, breaks_words: bool = False) -> str:
    """Return text with every line broken between words so that it fits ``width`` columns.

    What is broken off stands below ``hang``, or below the line's own indentation. A word is never broken: a path or an
    address can still be copied. With ``breaks_words`` no line is longer, whatever stands in it: a terminal would put
    the rest of a longer word below our margin, where somebody else's words could look like ours.
    """
    fold_line = _fold_all if breaks_words else _fold_line
    return "\n".join(fold_line(line, width, hang) for line in text.split("\n"))


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


def _fold_all(line: str, width: int, hang: str | None) -> str:
    """Fold a line of which nothing is trusted: blanks are spaces, and words, margins and tabs have an end."""
    line = _BLANKS.sub(" ", line.replace("\t", "    "))
    if width_of(line) <= width:
        return line
    bare = line.lstrip(" ")
    margin = line[: min(len(line) - len(bare), width // 2)]
    room = max(2, width - width_of(max(margin, hang or "", key=width_of)))
    cut = _WORDS.sub(lambda found: f"{found[1]}{' '.join(_cut(found[2], room))}", bare)
    return _fold_line(margin + cut, width, hang)


def _cut(word: str, room: int) -> list[str]:
    """Return a word in pieces of at most so many columns; a style stays whole."""
    if width_of(word) <= room:
        return [word]
    pieces, current, taken = [], "", 0
    for letter in _LETTERS.findall(word):
        columns = width_of(letter)
        if taken + columns > room:
            pieces.append(current)
            current, taken = "", 0
        current, taken = current + letter, taken + columns
    return [*pieces, current]


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
    if character == "\ufe0f" or "\U0001f1e6" <= character <= "\U0001f1ff":
        # Terminals differ about a sign that is shown as a picture, and about half a flag: as wide as any has it.
        return 1 if character == "\ufe0f" else 2
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
