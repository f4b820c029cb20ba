"""Whose sentence is being built: the candidate's, or one to the reader."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.language.lexicon import WordClass

THEY: Final = frozenset({"he", "she", "they"})
"""How notes name the reader."""


class Whose(Struct, frozen=True):
    """Whose clause is being built from the words of a note."""

    turned: dict[str, str]
    """What words on somebody become."""
    article: str = ""
    """What a thing gets that the note has without an article; without it, such a clause is refused."""


MINE: Final = Whose({"himself": "myself", "herself": "myself", "yourself": "myself"}, "a")
YOURS: Final = Whose({"himself": "yourself", "herself": "yourself", "his": "your"}, "the")
NOBODYS: Final = Whose({})
"""What the candidate used is new to the reader, what the reader has is known to both."""


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
