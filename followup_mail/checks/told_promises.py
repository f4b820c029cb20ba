"""Whether the facts tell a promise with its day: "I will send you the cert tonight", "names I send on Monday".

A note is jotted, and what is to come on a day may come from the others: "she sends the contract Fri". So a promise is
told only by the candidate's own words, with the same thing, the same deed and the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from followup_mail.checks.context import Briefing
from followup_mail.checks.day_mentions import MONTHS
from followup_mail.checks.fact_index import Held, index_facts, read_fact, spelt_out
from followup_mail.checks.jotted_days import weekdays_jotted
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import normal, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR
from followup_mail.regex import regex

SOON: Final = word_set("today tomorrow tonight weekend week month morning afternoon evening noon")
_MONTHS: Final = {month[:3]: month for month in MONTHS}
_SAME_DEEDS: Final = tuple(
    map(word_set, ("send email mail post forward share sending", "call ring phone telephone calling", "bring bringing"))
)
_QUOTED: Final = regex(r"\"[^\"]*\"?")
_SENTENCE: Final = regex(r"[.!?;\n]+(?:\s|\Z)|\s[-\u2013\u2014>\u2192]+\s")
_PIECE: Final = regex(r",\s|\s(?=(?:and|but|so)\s+(?:i|he|she|they|you|we)\b)")
_NO: Final = regex(r"\b(?:not|no|never|cannot|without|instead|nothing)\b|n't\b|\b(?:could|might|would|if)\b")
_OTHERS: Final = word_set(
    "he she they you we who it he'll she'll they'll you'll we'll he'd she'd they'd his her their our your him them us "
    "me"
)
_WILL: Final = (
    r"(?:'ll|ll)?(?: (?:will|shall|can|must|should|also|then|just|gladly|have to|need to|am going to|promised to|said|"
    r"i'd|i'll|to))*"
)
_ORDINAL: Final = regex(r"\b([0-3]?\d)(?:st|nd|rd|th)\b")
_DATE: Final = regex(rf"\b([0-3]?\d) (?:of )?(?:{'|'.join(_MONTHS)})|\b(?:{'|'.join(_MONTHS)})[a-z]*\.? ([0-3]?\d)\b")
_MISSING: Final = 4
"""At most every fourth word of what is promised may be missing in the fact."""


class Told(IntEnum):
    """How far the facts tell a promise."""

    NOT = 0
    MAYBE = 1
    """They have the thing and the day, and do not say that it is the candidate's to do."""
    YES = 2


def is_told(deed: str, rest: str, briefing: Briefing) -> Told:
    """Return whether the facts tell that the candidate will do ``deed``; ``rest`` follows it and names a day."""
    things = [word for word in words_of(rest) if word not in GRAMMAR and not _days(word) and not word.isdigit()]
    own = frozenset(normal(text) for text in briefing.own)
    best = Told.NOT
    for text in index_facts(briefing).texts:
        for piece in _pieces(_QUOTED.sub(" ", text)):
            told = Told.NOT
            if _days(rest) <= _days(piece) and not _NO.search(piece) and _has(things, piece, text):
                told = _whose(piece, deed, things)
            best = max(best, told if text in own else min(told, Told.MAYBE))
    return best


def _pieces(text: str) -> Iterator[str]:
    """Yield the sentences of a fact, and what stands between their commas."""
    for sentence in _SENTENCE.split(text):
        pieces = _PIECE.split(sentence)
        yield from (piece.strip() for piece in {sentence, *pieces})


def _has(things: list[str], piece: str, text: str) -> bool:
    """Return whether a fact has nearly all of some words, and the part of it that names the day half of them."""
    part, whole = read_fact(piece), read_fact(text)
    held = sum(part.held(word) is not Held.NOT for word in things)
    missing = sum(whole.held(word) is Held.NOT for word in things)
    return missing * _MISSING <= len(things) <= 2 * held


def _whose(piece: str, deed: str, things: list[str]) -> Told:
    deeds = next((same for same in _SAME_DEEDS if deed in same), {deed})
    named = "|".join(sorted(deeds))
    if regex(rf"\bi{_WILL} (?:{named})\b|\A(?:(?:to|will|must|shall) )?(?:{named})\b").search(piece):
        return Told.YES
    is_theirs = not _OTHERS.isdisjoint(words_of(piece)) or any(f"{verb}s" in words_of(piece) for verb in deeds)
    return Told.MAYBE if things and not is_theirs else Told.NOT


def _days(text: str) -> frozenset[str]:
    """Return the days that a text names, each in one form: "monday", "tonight", "december", "10"."""
    words = {word.removesuffix("'s") for word in spelt_out(text)}
    found = {word for word in words if word in SOON or word in WEEKDAYS or word in MONTHS}
    found |= {WEEKDAYS[at] for at in weekdays_jotted(text)}
    found |= {_MONTHS[word] for word in words & _MONTHS.keys()}
    found |= set(_ORDINAL.findall(text)) | {day for pair in _DATE.findall(text) for day in pair if day}
    return frozenset(found - {"may", "march"})
