"""The questions of the debrief, as a table that a terminal, a page or a form can go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from followup_mail.facts.channels import Channel
from followup_mail.facts.clean import (
    clean_country,
    clean_email,
    clean_name,
    clean_passage,
    clean_person,
    clean_phone,
    clean_title,
    clean_zone,
)
from followup_mail.facts.moments import read_day, read_moment, read_span
from followup_mail.facts.terms import Format, Role
from followup_mail.facts.unfit_values import UnfitError, quoted

Reader = Callable[[str, date], object]
"""Turns what was typed, and the day on which it was, into a value; raises ``ValueError`` with a sentence."""


@dataclass(frozen=True, slots=True)
class Question:
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


def read_day_told(text: str, today: date) -> date:
    """Read ``2026-11-18``, ``today``, ``yesterday`` or ``tomorrow``."""
    away = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(text.strip().lower())
    return read_day(text) if away is None else today + timedelta(days=away)


def read_moment_told(text: str, today: date) -> datetime:
    """Read ``2026-11-18 14:30``, ``today 14:30``, ``yesterday 9:00``, or ``14:30`` for today."""
    day, _, clock = text.strip().rpartition(" ")
    if clock.count(":") == 1 and clock.partition(":")[0].isdigit() and len(clock) == len("9:00"):
        clock = f"0{clock}"
    return read_moment(f"{read_day_told(day.strip() or 'today', today)} {clock}" if _is_clock(clock) else text)


def _is_clock(text: str) -> bool:
    hours, colon, minutes = text.partition(":")
    return bool(colon) and hours.isdigit() and minutes.isdigit() and len(hours) == len(minutes) == 2


def read_flag_told(text: str, _today: date) -> bool:
    """Read yes or no."""
    word = text.strip().lower()
    if word not in {"y", "yes", "n", "no"}:
        raise UnfitError(f"{quoted(text)} is neither yes nor no", "type y or n")
    return word[0] == "y"


def _choice(kind: type[StrEnum]) -> Reader:
    """Return a reader for one word of ``kind``, or a beginning that only one of them has."""

    def read(text: str, _today: date) -> StrEnum:
        word = text.strip().lower()
        meant = [one for one in kind if word and one.value.startswith(word)]
        if len(meant) != 1:
            raise UnfitError(f"{quoted(text)} is not one of them", f"type {', '.join(kind)}")
        return meant[0]

    return read


QUESTIONS: Final[tuple[Question, ...]] = (
    Question("company", "Which company?", "as it should stand in a mail", _as_read(clean_name), required=True),
    Question("role", "Which position?", "as their advert names it", _as_read(clean_name), required=True),
    Question("applied", "When did you apply?", "2026-11-02, or yesterday", read_day_told),
    Question("time_zone", "In which time zone are they?", "like Europe/Berlin", _as_read(clean_zone), required=True),
    Question("country", "In which country?", "two letters, like DE: for the public holidays", _as_read(clean_country)),
    Question(
        "start",
        "When did the interview begin, by their clock?",
        "today 14:30, or 2026-11-18 14:30; empty: none yet",
        read_moment_told,
    ),
    Question("duration", "How long did it take?", "like 45 min", _as_read(read_span), required=True, needs="start"),
    Question("format", "How was it held?", "video, phone or onsite", _choice(Format), needs="start"),
    Question(
        "people.name", "Whom did you meet?", "one full name; empty when that was everybody", _as_read(clean_person)
    ),
    Question("people.title", "Their title?", "like Head of Data", _as_read(clean_title)),
    Question("people.role", "Their part in it?", "interviewer, hiring manager, recruiter, coordinator", _choice(Role)),
    Question("people.email", "Their e-mail address?", "like priya@example.com", _as_read(clean_email)),
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
    Question("decision_by", "By when do they decide?", "a day, like 2026-12-04", read_day_told),
    Question("not_before", "Are you to wait until some day?", "the first day to follow up", read_day_told),
    Question("channel", "How do they want to hear from you?", ", ".join(Channel), _choice(Channel)),
    Question("interval", "How often, did they say?", "like 2 weeks", _as_read(read_span)),
    Question("calls", "Are calls welcome?", "y or n; empty when nothing was said", read_flag_told),
    Question("quote", "Their own words about the next steps?", "to come back to", _as_read(clean_passage)),
    Question("promised", "Did you promise to send anything?", "like the case study", _as_read(clean_name), many=True),
)
