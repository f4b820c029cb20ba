"""The questions of the debrief, as a table that a terminal, a page or a form can go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from followup_mail.facts.channels import Channel
from followup_mail.facts.clean import (
    clean_name,
    clean_passage,
    clean_person,
    clean_phone,
    clean_title,
)
from followup_mail.facts.pasted import read_address_told
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_places import read_country_said, read_zone_said
from followup_mail.facts.said_readings import Side, read_rows, read_table
from followup_mail.facts.said_spans import read_length_said, read_span_said
from followup_mail.facts.terms import Format, Role
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

Reader = Callable[[str, date], object]
"""Turns what was typed, and the day on which it was, into a value; raises ``ValueError`` with a sentence."""


class Question(Struct, frozen=True):
    """One question. An empty answer leaves the field out, unless it is required."""

    field: str
    """The field of ``Answers``, or ``people.`` and a field of ``MetPerson``."""
    ask: str
    hint: str
    read: Reader
    required: bool = False
    many: bool = False
    """True: ask again for another, until the answer is empty."""
    needs: str = ""
    """Ask only when this field was answered."""


def _as_read(read: Callable[[str], object]) -> Reader:
    return lambda text, _today: read(text)


def _title(text: str, _today: date) -> str:
    """Read a title; whoever types an address here does not know the fields of the file."""
    try:
        return clean_title(text)
    except UnfitError as error:
        raise UnfitError(error.wrong, "write the title alone; the address has a place of its own") from None


def _day(side: Side) -> Reader:
    return lambda text, today: read_day_said(text, today, side)


def _moment(text: str, today: date) -> datetime:
    return read_moment_said(text, today, Side.INTERVIEW)


def read_flag_told(text: str, _today: date) -> bool:
    """Read yes or no."""
    word = text.strip().lower()
    if word not in {"y", "yes", "n", "no"}:
        raise UnfitError(f"{quoted(text)} is neither yes nor no", "type y or n")
    return word[0] == "y"


def _choice(kind: type[StrEnum], spoken: Mapping[str, str] = MappingProxyType({})) -> Reader:
    """Return a reader for one word of ``kind``, a beginning that only one of them has, or another ``spoken`` name."""

    def read(text: str, _today: date) -> StrEnum:
        word = " ".join(text.strip().lower().split())
        if word in spoken:
            return kind(spoken[word])
        meant = [one for one in kind if word and (one.value.startswith(word) or word in one.value.split())]
        if len(meant) != 1:
            raise UnfitError(f"{quoted(text)} is not one of them", f"type {', '.join(kind)}")
        return meant[0]

    return read


def _format(text: str, today: date) -> object:
    """Read how an interview was held; who names a place of work was there."""
    words = " ".join(text.lower().split())
    if _ONSITE.fullmatch(words):
        return Format.ONSITE
    bare = _BY_MEANS_OF.sub("", words)
    first, sign, _ = words.partition(next((sign for sign in words if sign in ",;(:"), ","))
    if sign and bare not in _FORMATS and first.strip():
        return _format(first, today)  # "on site, ward 4 West"
    try:
        return Format(_FORMATS[bare]) if bare in _FORMATS else _NAMED_FORMAT(text, today)
    except UnfitError:
        raise UnfitError(f"{quoted(text)} is not one of them", "type video, phone or in person") from None


def read_format(text: str) -> Format:
    """Read how an interview is held."""
    return Format(str(_format(text, date.min)))


_ONSITE: Final = regex(read_rows("onsite")["where"])
_BY_MEANS_OF: Final = regex(r"^(?:by|in|on|over|via) (?:(?:a|an|the) )?")
_FORMATS: Final = read_table("formats")
_NAMED_FORMAT: Final = _choice(Format, _FORMATS)
_CHANNEL_WORDS: Final = {word: channel.value for channel in Channel for word in channel.traits.words} | {
    "mail": "email",
    "e-mail": "email",
    "letter": "post",
}


OF_PERSON: Final = ("moment", "link", "offer")
"""What is asked about each person, to be told in a sentence."""

QUESTIONS: Final[tuple[Question, ...]] = (
    Question("company", "Which company?", "as it should stand in a mail", _as_read(clean_name), required=True),
    Question("role", "Which position?", "as their advert names it", _as_read(clean_name), required=True),
    Question("applied", "When did you apply?", "2 nov, or yesterday", _day(Side.PAST)),
    Question("time_zone", "Where are they?", "a city, state or country", _as_read(read_zone_said), required=True),
    Question("country", "In which country?", "like Germany: for the public holidays", _as_read(read_country_said)),
    Question(
        "start",
        "When did the interview begin, by their clock?",
        "today 2pm, or 18 nov 14:30; empty: none yet",
        _moment,
    ),
    Question(
        "duration", "How long did it take?", "45, or an hour", _as_read(read_length_said), required=True, needs="start"
    ),
    Question("format", "How was it held?", "video, phone or onsite", _format, needs="start"),
    Question(
        "people.name", "Whom did you meet?", "one full name; empty when that was everybody", _as_read(clean_person)
    ),
    Question("people.title", "Their title?", "like Head of Data", _title),
    Question("people.role", "Their part in it?", "interviewer, hiring manager, recruiter, coordinator", _choice(Role)),
    Question("people.email", "Their e-mail address?", "like priya@example.com", _as_read(read_address_told)),
    Question("people.phone", "Their telephone number?", "like +1 312 555 0142", _as_read(clean_phone)),
    Question(
        "people.discussed",
        "Notes on them, as you jot them?",
        "what was talked about, what they said; optional",
        _as_read(clean_passage),
        many=True,
    ),
    Question("fit", "Why do you fit?", "a note, as you jot it", _as_read(clean_passage), many=True),
    Question(
        "not_mentioned",
        "What did you not get to say?",
        "a note on a point for a second mail",
        _as_read(clean_passage),
        many=True,
    ),
    Question("decision_by", "By when do they decide?", "a day, like friday or 4 dec", _day(Side.RATHER_COMING)),
    Question("not_before", "Are you to wait until some day?", "the first day to follow up", _day(Side.RATHER_COMING)),
    Question("channel", "How do they want to hear from you?", ", ".join(Channel), _choice(Channel, _CHANNEL_WORDS)),
    Question("interval", "How often, did they say?", "like two weeks", _as_read(read_span_said)),
    Question("calls", "Are calls welcome?", "y or n; empty when nothing was said", read_flag_told),
    Question("quote", "Their own words about the next steps?", "to come back to", _as_read(clean_passage)),
    Question("promised", "Did you promise to send anything?", "like the case study", _as_read(clean_name), many=True),
)
