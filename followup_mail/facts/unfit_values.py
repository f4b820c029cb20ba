"""A value that is not fit to be a fact, and how a sentence shows it without harm."""

from __future__ import annotations

import unicodedata
from typing import Final, Literal, TypeAlias

Wrong: TypeAlias = Literal["value", "shape", "number", "choice", "entries", "missing", "unknown"]
"""What is wrong: a check refused the value (``reason``), it is of another type, not such a number, none of the words
of a choice, a list that is too long; the field is missing, or there is no such field."""

_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that are drawn as a blank, and that Python would print: fillers of Hangul, the empty Braille cell."""
_UNSEEN: Final = frozenset(map(chr, (*range(0x2061, 0x2065), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC))))
"""Signs of formulas and annotations that nobody types and nobody sees."""
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


class Finding:
    """One thing wrong with a table of facts, and where in it; ``given`` is the value, or the table that lacks it."""

    __slots__ = ("allowed", "given", "reason", "where", "wrong")

    def __init__(
        self,
        where: tuple[str | int, ...],
        wrong: Wrong,
        given: object,
        reason: ValueError | None = None,
        allowed: tuple[str, ...] = (),
    ) -> None:
        self.where = where
        self.wrong = wrong
        self.given = given
        self.reason = reason
        self.allowed = allowed
        """What would be right: the words of a choice, how many entries at most."""

    def below(self, place: str | int) -> Finding:
        """Return the same, seen from the table or list that has this one at ``place``."""
        return Finding((place, *self.where), self.wrong, self.given, self.reason, self.allowed)


class UnfitFactsError(ValueError):
    """A table that cannot become facts: everything that is wrong with it, in the order of its fields."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = tuple(findings)

    def __str__(self) -> str:
        told = (f"{'.'.join(map(str, one.where))}: {one.reason or one.wrong}" for one in self.findings)
        return "; ".join(told)


def is_invisible(character: str) -> bool:
    """Return whether a character may not stand in a fact: controls, line separators, bidi overrides, surrogates,
    and what is drawn as a blank or as nothing and nobody writes.

    Zero-width joiners and direction marks stay: names in several scripts need them.
    """
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _BIDI or character in _UNSEEN or character == "\ufeff" or ord(character) in TAGS
    if character in BLANKS:
        return True
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
