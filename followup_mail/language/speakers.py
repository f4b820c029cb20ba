"""Whose sentence is being built: the candidate's, or one to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.language.lexicon import WordClass

THEY: Final = frozenset({"he", "she", "they"})
"""How notes name the reader."""


_OTHERS: Final = frozenset({"who", "whom", "whoever", "somebody", "someone", "anybody", "anyone"})


def is_of_another(reflexive: str, following: str, before: Sequence[str]) -> bool:
    """Return whether "himself" or "his own" is of somebody named before: "somebody who trains the cooks himself"."""
    is_own = reflexive in {"his", "her"} and following.rstrip(",") == "own"
    return (is_own or reflexive in {"himself", "herself"}) and not _OTHERS.isdisjoint(before)


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
