"""A value that is not fit to be a fact, and how a sentence shows it without harm."""

from __future__ import annotations

import unicodedata
from typing import Final

_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TAGS: Final = range(0xE0000, 0xE0080)
"""Characters that tag other text and are never seen (Unicode block E0000)."""


class UnfitError(ValueError):
    """A value that cannot become a fact: what is wrong with it, and what would be right."""

    def __init__(self, wrong: str, right: str = "", *, field: str = "") -> None:
        super().__init__(f"{wrong}; {right}" if right else wrong)
        self.wrong = wrong
        self.right = right
        self.field = field
        """The field it is about, when a check that sees several fields found it."""


def is_invisible(character: str) -> bool:
    """Tell whether a character may not stand in a fact: controls, line separators, bidi overrides, surrogates.

    Zero-width joiners and direction marks stay: names in several scripts need them.
    """
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _BIDI or character == "\ufeff" or ord(character) in TAGS
    return category in {"Cc", "Cs", "Zl", "Zp", "Cn"}


def quoted(text: str, limit: int = 60) -> str:
    """Return ``text`` in single quotes for a sentence: shortened, and with nothing that could steer a terminal."""
    shown = "".join(f"\\u{ord(one):04x}" if is_invisible(one) else one for one in text[:limit])
    return f"'{shown}{'...' if len(text) > limit else ''}'"


def name_of(character: str) -> str:
    """Return what an unwelcome character is called in a sentence."""
    names = {"\n": "a line break", "\r": "a carriage return", "\t": "a tab", "\x00": "a NUL", "\x1b": "an escape"}
    kind = "half a character" if unicodedata.category(character) == "Cs" else "an invisible character"
    return names.get(character, f"{kind} (U+{ord(character):04X})")
