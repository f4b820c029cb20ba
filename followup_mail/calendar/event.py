"""One event in a calendar as a value. ``ics`` writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_DNS, uuid5

from msgspec import Struct

from followup_mail.cadence.step import StepId
from followup_mail.facts.unfit_values import is_invisible
from followup_mail.regex import regex

# Google Calendar truncates a description at 8,192 characters; people read titles on a phone.
DESCRIPTION_LIMIT: Final = 8_000
TITLE_LIMIT: Final = 160
NAME_LIMIT: Final = 60
"""For a name within a title."""

_DOMAIN: Final = "followup-mail.invalid"  # RFC 2606: nobody can ever own it
_NAMESPACE: Final = uuid5(NAMESPACE_DNS, _DOMAIN)
_BREAKS: Final = regex("\r\n|[\r\v\f\x85\u2028\u2029]")


class EventStatus(StrEnum):
    """The status of an event, as a calendar shows it."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    DONE = "done"
    MISSED = "missed"
    CALLED_OFF = "called off"


OFF: Final = frozenset({EventStatus.MISSED, EventStatus.CALLED_OFF})
"""The event will not happen."""


class Event(Struct, frozen=True):
    """One follow-up or interview. Times are in UTC and whole seconds; texts are clean."""

    uid: str
    """The same in every export: by it, a calendar finds what it imported before."""
    application: str
    """The slug of the application."""
    title: str
    """One line, without the status."""
    start_at: datetime
    end_at: datetime
    status: EventStatus
    description: str
    categories: tuple[str, ...] = ()
    alarm_before: timedelta | None = None
    """How long before the start to remind; None: no reminder."""
    busy: bool = False
    """True when it takes the user's time."""


def step_uid(step: StepId) -> str:
    """Return the UID of a step: a hash, so any name fits and none is revealed."""
    return _uid(f"step/{step}")


def interview_uid(application: str, round_number: int, number: int) -> str:
    """Return the UID of an interview by its number in its round, from 1, so that a new date keeps it."""
    return _uid(f"interview/{application}/r{round_number}/{number}")


def in_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, in whole seconds as calendars store it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def clean_text(text: str) -> str:
    """Return ``text`` without what RFC 5545 section 3.3.11 forbids or some program reads as a line end.

    Facts are clean already; the user's own templates can contain anything.
    """
    lines = _BREAKS.sub("\n", text).split("\n")
    return "\n".join(line if line.isprintable() else _visible(line) for line in lines)


def as_title(text: str) -> str:
    """Return ``text`` as one line of limited length."""
    return shorten(" ".join(clean_text(text).split()), TITLE_LIMIT)


def shorten(text: str, limit: int) -> str:
    """Return ``text`` with at most ``limit`` characters; a shortened text ends with an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _uid(name: str) -> str:
    return f"{uuid5(_NAMESPACE, name)}@{_DOMAIN}"


def _visible(line: str) -> str:
    return "".join(letter for letter in line if letter == "\t" or not is_invisible(letter))
