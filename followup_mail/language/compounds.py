"""Words that a trade makes of two nouns, and that no list has: *toolroom*, *worksheet*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, classes_of

_SHORTEST: Final = 3


def noun_halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield each pair of nouns that a word can be made of, in small letters."""
    bare = word.lower()
    for at in range(_SHORTEST, len(bare) - _SHORTEST + 1):
        first, second = bare[:at], bare[at:]
        if classes_of(first) & NOUN_CLASSES and classes_of(second) & NOUN_CLASSES:
            yield first, second
