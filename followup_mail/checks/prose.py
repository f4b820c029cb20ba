"""Text prepared for searching: its normal form, its words, and where each word stands.

The normal form has the same length as the text, so that every offset found in it points into the text as written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from followup_mail.regex import regex

_WORD: Final = regex(r"\w+(?:['-]\w+)*")
_HEAD: Final = regex(r"\w+")
# Typographic and straight forms count as the same; so do the spaces that word processors and web mail leave behind.
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ´`", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\t\u000b\u000c", " "),
    }
)


NAMES_LOOKED_AT: Final = 1_000
"""How many capitalised words are compared with names; a follow-up has thirty."""


class Word(NamedTuple):
    """A word in its normal form, and its place."""

    plain: str
    start: int
    end: int


class Prose(Struct, frozen=True):
    """A text, its normal form and its words."""

    written: str
    plain: str
    """Lower case, straight quotes, plain spaces; as long as ``written``."""
    words: tuple[Word, ...]
    starts: Mapping[str, Sequence[int]]
    """Where each word begins."""
    capitalised: tuple[Word, ...]
    """The words written with a capital, the first thousand of them."""
    heads: Set[str] = frozenset()
    """How the words begin, up to a hyphen or apostrophe."""
    next_heads: Mapping[int, str] = field(default_factory=dict)
    """How the word begins that follows the one at an offset; empty after the last."""

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        return self.written.count("\n", 0, offset) + 1, offset - self.written.rfind("\n", 0, offset)

    def around(self, offset: int, reach: int = 200) -> str:
        """Return the line that an offset lies in, as written, as far as it is within reach."""
        first, last = max(0, offset - reach), offset + reach
        start, end = self.written.rfind("\n", first, offset), self.written.find("\n", offset, last)
        return self.written[max(first, start + 1) : end if end >= 0 else last]

    def is_quoted(self, offset: int) -> bool:
        """Return whether a double quote opens in the line before an offset, and is still open there."""
        start = max(self.plain.rfind("\n", 0, offset) + 1, offset - 200, 0)
        return self.plain.count('"', start, offset) % 2 == 1

    def has_any(self, words: Set[str]) -> bool:
        """Return whether any of ``words`` stands in the text: a quick test before a slow search."""
        return not words.isdisjoint(self.starts)


def read_prose(text: str) -> Prose:
    """Take a text apart. Linear in its length."""
    plain = normal(text)
    words = tuple([Word(match[0], match.start(), match.end()) for match in _WORD.finditer(plain)])
    starts: dict[str, list[int]] = {}
    for word in words:
        starts.setdefault(word.plain, []).append(word.start)
    capitalised = [word for word in words if text[word.start].isupper()]
    heads = [word.plain if word.plain.isalnum() else _HEAD.match(word.plain)[0] for word in words]  # type: ignore[index]
    next_heads = dict(zip([word.start for word in words], [*heads[1:], ""], strict=False))
    return Prose(text, plain, words, starts, tuple(capitalised[:NAMES_LOOKED_AT]), frozenset(heads), next_heads)


def one_form(text: str) -> str:
    """Return ``text`` with straight quotes, plain hyphens and plain spaces; as long as it was."""
    return text.translate(_SAME)


def normal(text: str) -> str:
    """Return the normal form of a text: lower case, straight quotes, plain spaces.

    It is as long as the text: the few letters that would grow in lower case stay as they are.
    """
    text = one_form(text)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low) == 1 else letter for letter in text for low in (letter.lower(),))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in their normal form."""
    return tuple(_WORD.findall(text.translate(_SAME).lower()))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that has spaces between them."""
    return frozenset(text.split())


@cache
def read_words(name: str) -> dict[str, Any]:
    """Return the lists of words in a file of ``words/``, each as a text. Nobody may change what it returns."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{name}.toml").read_text("utf-8"))
