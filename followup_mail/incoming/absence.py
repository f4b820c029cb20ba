"""Notes of absence: from which day on somebody is there again, and whether a person wrote more than such a note.

A note says "back on 14 December", "until 11 December" or "from 7 to 11 December", in its subject or its text. The words
are in ``absence.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.facts.closings import is_closing, is_sent_from
from followup_mail.incoming.absence_days import NamedDay, Place, find_days
from followup_mail.incoming.letter_parts import is_greeting
from followup_mail.incoming.machine_words import AWAY
from followup_mail.regex import regex

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_WEEKDAY_LEAD: Final = rf"(?:\s*(?:the|dem|den|le|el|il|la|de|het|day|{'|'.join(_WORDS['next'])})\b\.?)*[\s:,(]*\Z"


def _before(name: str) -> re.Pattern[str]:
    """Return a pattern for the words that stand directly before a day."""
    return regex(rf"(?:^|(?<=[\s(:,])|(?<=\d)|(?<=\.))(?:{'|'.join(_WORDS[name])}){_WEEKDAY_LEAD}")


_UNTIL, _FROM, _BACK = (_before(name) for name in ("until", "from", "back"))
_RETURNS: Final = regex("|".join(_WORDS["returns"]))
_ENDS: Final = {name: regex(rf"\b(?:{'|'.join(words)})\b") for name, words in _WORDS["ends"].items()}
_FORMULAS: Final = regex("|".join(_WORDS["said"]["formulas"]), re.IGNORECASE)
_BUT: Final = regex(_WORDS["said"]["but"], re.IGNORECASE)
_LEFT: Final = regex(_WORDS["said"]["left"])
_FOR_HELP: Final = regex(_WORDS["said"]["asks_for_help"])
_FOR_OTHERS: Final = regex(_WORDS["said"]["for_others"])
_SPEAKS: Final = regex(_WORDS["said"]["speaks"], re.IGNORECASE)
_SENTENCE: Final = regex(r"(?<=[^\d\s.][.!?])\s+(?=[^\W\d_])|(?<=\d[!?])\s+|(?<=20\d\d\.)\s+|\n\s*\n")
_ENGLISH: Final = regex(r"\b(?:the|i|am|will|of|office|until|back|on|be|and|my|out)\b")
_OTHER: Final = regex(
    r"\b(?:ich|bin|nicht|und|der|im|bis|ab|am|je|suis|du|le|de|et|el|hasta|estaré|yo|ik|het|tot|ben|van|sono|il|fino|dal)\b"
)
_TEXT_LIMIT: Final = 4_000
_SENTENCE_LIMIT: Final = 600
_BEFORE: Final = 40
"""Characters before a day that tell what it is."""
_FARTHEST: Final = timedelta(days=366)
_LONG_PAST: Final = timedelta(days=7)
_FEWEST_WORDS: Final = 2


class _Sort(Enum):
    """What a day in a note is."""

    RETURN = auto()
    LAST = auto()
    FIRST = auto()
    OTHER = auto()


class _Said(Struct, frozen=True):
    sort: _Sort
    day: date
    is_weekday: bool = False
    """Whether a weekday alone names it: of the first week after the mail, unless something tells otherwise."""


def find_return(subject: str, text: str, on: date, offset: int | None) -> date | None:
    """Return the first day on which somebody is there again; None where a note of absence names none.

    ``on``: the day of the mail; ``offset``: minutes of its zone from UTC, None where it tells nothing. What they name
    as their last day away gives the next calendar day. A day long past or more than a year ahead is none.
    """
    whole = f"{subject}\n\n{text[:_TEXT_LIMIT]}".replace("\u2019", "'").lower()
    place = Place(on, offset or None, len(_ENGLISH.findall(whole)) >= len(_OTHER.findall(whole)))
    head, _, body = whole.partition("\n\n")
    return _find_in(body, place) or _find_in(head, place)


def _find_in(text: str, place: Place) -> date | None:
    """Return the first day of a return that is named; else the last day after one that is away."""
    said = [one for sentence in _sentences(text) for one in _read(sentence, place)]
    said = [_after_leave(one, said) for one in said]
    first, last = place.on - _LONG_PAST, place.on + _FARTHEST
    for sort, choose in ((_Sort.RETURN, min), (_Sort.LAST, max)):
        if days := [one.day for one in said if one.sort is sort and first <= one.day <= last]:
            return choose(days)
    return None


def _after_leave(one: _Said, said: Sequence[_Said]) -> _Said:
    """Return a return that a weekday named, moved behind the last day away: "until Tuesday 8, back on Wednesday"."""
    until = max((its.day for its in said if its.sort is _Sort.LAST), default=one.day)
    if one.sort is not _Sort.RETURN or not one.is_weekday or one.day >= until:
        return one
    return _Said(one.sort, until + timedelta(days=(one.day.weekday() - until.weekday()) % 7), is_weekday=True)


def find_leaving(text: str) -> str:
    """Return the sentence that says that somebody has left the company for good; nothing where none does."""
    sentences = (one.replace("\u2019", "'") for one in _sentences(_without_signature(text)))
    return next((one for one in sentences if _LEFT.search(one)), "")


def says_more(text: str) -> bool:
    """Return whether somebody's own words are more than a note of absence: "I'm out until Monday, but it's a yes"."""
    for sentence in _sentences(_without_signature(text)):
        for piece in _BUT.split(sentence):
            if _FOR_OTHERS.search(piece) or ("?" in piece and not _FOR_HELP.search(piece)):
                return True
            is_formula = AWAY.search(piece) or _FORMULAS.search(piece)
            if not is_formula and len(piece.split()) >= _FEWEST_WORDS and _SPEAKS.search(piece):
                return True
    return False


def _without_signature(text: str) -> str:
    """Return a text without its greeting, and without what stands from the closing on."""
    kept: list[str] = []
    for line in text[:_TEXT_LIMIT].split("\n"):
        bare = line.strip()
        if kept and (is_closing(bare) or bare == "--" or is_sent_from(bare)):
            break
        if not (is_greeting(bare) and len(bare.split()) < 6):
            kept.append(bare)
    return "\n".join(kept)


def _sentences(text: str) -> Iterator[str]:
    for one in _SENTENCE.split(text):
        if sentence := " ".join((one or "").split())[:_SENTENCE_LIMIT]:
            yield sentence


def _read(sentence: str, place: Place) -> Iterator[_Said]:
    """Yield what the days of a sentence are."""
    found = find_days(sentence, place)
    sorts = {one: _sort(sentence, one) for one in found}
    open_ones = [one for one in found if sorts[one] is _Sort.OTHER]
    if open_ones and (returns := list(_RETURNS.finditer(sentence))):
        later = [one for one in open_ones if one.start >= returns[0].start()]
        sorts[later[0] if later else open_ones[-1]] = _Sort.RETURN
    for at, one in enumerate(found):
        if sorts[one] is _Sort.FIRST and not one.begins and _is_return(sentence, found, sorts, at):
            sorts[one] = _Sort.RETURN
    for one, sort in sorts.items():
        is_today = sort is _Sort.OTHER and one.day == place.on and AWAY.search(sentence)
        if sort is _Sort.LAST or is_today:
            yield _Said(_Sort.LAST, _after(one))
        elif sort is _Sort.RETURN:
            yield _Said(sort, one.day, is_weekday=one.is_weekday)
    yield from _read_ends(sentence, place.on)


def _is_return(sentence: str, found: Sequence[NamedDay], sorts: Mapping[NamedDay, _Sort], at: int) -> bool:
    """Return whether the first day of a span is that of the return: "from 14 December I am back", no last one named."""
    following = found[at + 1] if at + 1 < len(found) else None
    if following and sorts[following] in {_Sort.LAST, _Sort.RETURN}:
        return False
    begin, end = found[at - 1].end if at else 0, following.start if following else len(sentence)
    return bool(_RETURNS.search(sentence[begin:end]))


def _sort(sentence: str, one: NamedDay) -> _Sort:
    if one.begins:
        return _Sort.FIRST
    before = sentence[max(0, one.start - _BEFORE) : one.start]
    if _BACK.search(before):
        return _Sort.RETURN
    if _UNTIL.search(before):
        return _Sort.LAST
    return _Sort.FIRST if _FROM.search(before) else _Sort.OTHER


def _after(one: NamedDay) -> date:
    """Return the day after a last one; after a month, the first of the next."""
    if one.is_month:
        return (one.day + timedelta(days=31)).replace(day=1)
    return one.day + timedelta(days=1)


def _read_ends(sentence: str, on: date) -> Iterator[_Said]:
    """Yield the days after the end of a week, a month or a year that a sentence names."""
    following = {
        "this": on + timedelta(days=7 - on.weekday()),
        "week": on + timedelta(days=7 - on.weekday()),
        "month": (on.replace(day=1) + timedelta(days=31)).replace(day=1),
        "year": date(on.year + 1, 1, 1),
    }
    for name, pattern in _ENDS.items():
        for found in pattern.finditer(sentence):
            is_end = _UNTIL.search(sentence[max(0, found.start() - _BEFORE) : found.start()])
            if is_end or (AWAY.search(sentence) if name == "this" else _RETURNS.search(sentence) and name == "year"):
                yield _Said(_Sort.LAST, following[name])
