"""One thing to look at twice before a proposal is accepted."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from followup_mail.facts.unfit_values import quoted

_PLAIN_NAME: Final = 40
"""A longer name than this many letters is quoted: it could pass for a sentence of ours."""


class CautionKind(StrEnum):
    """What a caution is about."""

    ADDRESS = "address"
    """Mails would go elsewhere."""
    LINK = "link"
    """Words with a link or an address in them."""
    PERSON = "person"
    """Somebody new, gone, or by another name."""
    COMPANY = "company"
    """Another company or role."""
    DATE = "date"
    """A day or an interview that they named, or another moment or way of mails."""
    SENTENCE = "sentence"
    """A note that says more than the sentence it comes from, or that somebody else said."""


_ASKED_TWICE: Final = frozenset({CautionKind.ADDRESS, CautionKind.LINK})


class Caution(Struct, frozen=True):
    """One thing to look at twice."""

    kind: CautionKind
    words: str
    """A sentence."""

    @property
    def is_asked_twice(self) -> bool:
        """Whether a person says yes to it by itself: addresses and links are what a deceiver needs a yes for."""
        return self.kind in _ASKED_TWICE


def say_name(name: str) -> str:
    """Return a name for a caution: as it is, or quoted and shortened where it is as long as a sentence."""
    return name if len(name) <= _PLAIN_NAME else quoted(name)
