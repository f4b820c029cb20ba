"""What mails of one writer have in common. A habit is what more than half of them show; what varies is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.terms import Tone
from followup_mail.own_voice.closings import known_closing, register_of
from followup_mail.own_voice.manner import NAME_ALONE, Count, Manner, Named

ENOUGH: Final = 3
"""Mails from which a voice is sure; fewer count all the same."""
_BRIEF: Final = 40
"""Words of a mail up to which somebody writes short mails; ours have up to a hundred."""
_FEW_CHANCES: Final = 3
"""Contractions, used or not, from which on they tell a habit."""
_OFTEN, _SELDOM = 0.6, 0.25
_POINTS: Final = {NAME_ALONE: -1, "Hi": -1, "Hey": -1, "Hiya": -1, "Dear": 1, "Dearest": 1}
_SURE: Final = 1.5
"""Points from which on a register is formal or friendly."""
_WRITTEN: Final = {
    "Hi": "Hi", "Hey": "Hi", "Hiya": "Hi", "Dear": "Dear", "Hello": "Hello", "Greetings": "Hello", "Morning": "Hello",
    "Afternoon": "Hello", "Good morning": "Hello", "Good afternoon": "Hello", "Good evening": "Hello",
    "Good day": "Hello",
}  # fmt: skip
"""How each greeting is written in a mail of ours: nobody knows at what hour it is read, and "Hey" is for friends."""


class OwnWord(Struct, frozen=True, forbid_unknown_fields=True):
    """What the user says about their voice by hand; it goes before what was understood."""

    register: Tone | None = None
    greeting: str = ""
    closing: str = ""
    thanks: str = ""
    contractions: bool | None = None
    words: Count = 0


class Voice(Struct, frozen=True):
    """How somebody writes, as far as a mail of ours can take it over."""

    register: Tone | None = None
    """None: it shows nothing."""
    greeting: str = ""
    """"Dear", "Hello" or "Hi"; empty: no habit."""
    uses_first_name: bool | None = None
    closings: tuple[str, ...] = ()
    """Without their comma, the usual one first."""
    thanks: str = ""
    """"Thanks" or "Thank you"; empty: no habit."""
    contractions: bool | None = None
    """None: sometimes so, sometimes so, or too few to tell."""
    words: int = 0
    """Of a mail without greeting and signature; 0: not known. So the next two."""
    sentence_words: int = 0
    paragraphs: int = 0

    @property
    def is_brief(self) -> bool:
        """Whether mails are so short that a sentence that can be spared is one too many."""
        return 0 < self.words <= _BRIEF


def voice_of(mails: Sequence[Manner], own: OwnWord) -> Voice:
    """Return the voice of some mails, with what the user says about it."""
    contractions = _contractions(mails)
    heard = Voice(
        register=_register(mails, contractions),
        greeting=_WRITTEN.get(_habit(mail.greeting for mail in mails), ""),
        uses_first_name=_uses_first_name(mails),
        closings=_by_use(mail.closing for mail in mails),
        thanks=_habit(mail.thanks for mail in mails),
        contractions=contractions,
        words=_middle(mail.words for mail in mails),
        sentence_words=round(sum(mail.words for mail in mails) / (sum(mail.sentences for mail in mails) or 1)),
        paragraphs=_middle(mail.paragraphs for mail in mails),
    )
    return _with_own(heard, own)


def _with_own(heard: Voice, own: OwnWord) -> Voice:
    closing = known_closing(own.closing)
    return replace(
        heard,
        register=own.register or heard.register,
        greeting=_WRITTEN.get(own.greeting.capitalize(), heard.greeting),
        closings=(closing, *(other for other in heard.closings if other != closing)) if closing else heard.closings,
        thanks=own.thanks or heard.thanks,
        contractions=heard.contractions if own.contractions is None else own.contractions,
        words=own.words or heard.words,
    )


def _habit(found: Iterable[str]) -> str:
    """Return what more than half of those that show anything show; empty where they differ."""
    shown = Counter(filter(None, found))
    usual = shown.most_common(1)
    return usual[0][0] if usual and usual[0][1] * 2 > shown.total() else ""


def _by_use(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(closing for closing, _ in Counter(filter(None, found)).most_common())


def _contractions(mails: Sequence[Manner]) -> bool | None:
    used, spelt_out = sum(mail.contracted for mail in mails), sum(mail.spelt_out for mail in mails)
    if used + spelt_out < _FEW_CHANCES:
        return None
    share = used / (used + spelt_out)
    return True if share >= _OFTEN else False if share <= _SELDOM else None


def _uses_first_name(mails: Sequence[Manner]) -> bool | None:
    named = [mail.named is Named.FIRST for mail in mails if mail.named is not Named.NOBODY]
    return None if not named or sum(named) * 2 == len(named) else sum(named) * 2 > len(named)


def _register(mails: Sequence[Manner], contractions: bool | None) -> Tone | None:
    """Return the register that greetings, closings and contractions point to together."""
    greeted = [_POINTS.get(mail.greeting, 0) + (mail.named is Named.TITLE) for mail in mails if mail.greeting]
    closed = [register_of(mail.closing) for mail in mails if mail.closing]
    if not greeted and not closed:
        return None
    points = _mean(greeted) + _mean(closed) + {True: -1, False: 1, None: 0}[contractions]
    return Tone.FRIENDLY if points <= -_SURE else Tone.FORMAL if points >= _SURE else Tone.NEUTRAL


def _mean(points: Sequence[int]) -> float:
    return sum(points) / len(points) if points else 0.0


def _middle(numbers: Iterable[int]) -> int:
    known = [number for number in numbers if number]
    return round(median(known)) if known else 0
