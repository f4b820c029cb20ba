"""Text made ready for looking things up: one normal form, its words, and where each word stands.

The normal form has the same length as the text, so that every offset found in it points into the text as written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
# Typographic and straight forms count as one; so do the spaces that word processors and web mail leave behind.
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ´`", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\t\u000b\u000c", " "),
    }
)


class Word(NamedTuple):
    """A word in its normal form, and its place."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A text, its normal form and its words."""

    written: str
    plain: str
    """Lower case, straight quotes, plain spaces; as long as ``written``."""
    words: tuple[Word, ...]
    starts: Mapping[str, tuple[int, ...]]
    """Where each word begins."""
    line_starts: tuple[int, ...]

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


def read_prose(text: str) -> Prose:
    """Take a text apart. Linear in its length."""
    plain = lower(text.translate(_SAME))
    words = tuple(Word(match[0], *match.span()) for match in _WORD.finditer(plain))
    starts: dict[str, list[int]] = {}
    for word in words:
        starts.setdefault(word.plain, []).append(word.start)
    lines = (0, *(position + 1 for position, letter in enumerate(text) if letter == "\n"))
    return Prose(text, plain, words, {key: tuple(found) for key, found in starts.items()}, lines)


def lower(text: str) -> str:
    """Return ``text`` in lower case and of the same length: the few letters that would grow stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(one if len(one) == 1 else letter for letter in text for one in (letter.lower(),))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in their normal form."""
    return tuple(_WORD.findall(text.translate(_SAME).lower()))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list as it stands in the source."""
    return frozenset(text.split())
