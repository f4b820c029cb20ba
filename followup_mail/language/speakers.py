"""Whose sentence is being built: the candidate's, or one to the reader."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.language.lexicon import WordClass

THEY: Final = frozenset({"he", "she", "they"})
"""What stands for the reader in notes."""


class Speaker(Struct, frozen=True):
    """Whose sentence is being built: which words stand for them, and what form their verbs have."""

    own: str
    reflexive: str
    turned: frozenset[str]
    refused: frozenset[str]
    form: WordClass
    article: str = ""


CANDIDATE: Final = Speaker(
    own="my",
    reflexive="myself",
    turned=frozenset(),
    refused=frozenset({"his", "her", "your", "you", "their"}),
    form=WordClass.PAST,
)
_TURNED: Final = frozenset({"his", "her"})
_NOT_YOURS: Final = frozenset({"you", "your", "i", "we", "our", "us", "my", "their"})
READER: Final = Speaker("your", "yourself", _TURNED, _NOT_YOURS, WordClass.VERB_S)
READER_THEN: Final = Speaker("your", "yourself", _TURNED, _NOT_YOURS, WordClass.PAST)
READER_BEFORE: Final = Speaker("your", "yourself", _TURNED, _NOT_YOURS, WordClass.PARTICIPLE)
READER_THANKED: Final = Speaker("your", "yourself", _TURNED, _NOT_YOURS, WordClass.ING, "the")
"""The candidate; the reader now, then, before then, and in what follows "Thank you for"."""
