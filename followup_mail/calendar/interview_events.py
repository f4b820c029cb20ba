"""Interviews as events: who will be there, and what to ask before leaving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from followup_mail.cadence.clocks import describe_moment
from followup_mail.calendar.event import (
    DESCRIPTION_LIMIT,
    NAME_LIMIT,
    Event,
    EventStatus,
    as_title,
    clean_text,
    in_utc,
    interview_uid,
    shorten,
)
from followup_mail.facts.application import Application, Format, Interview, Person, Status

_ALARM: Final = timedelta(hours=1)
_FORMATS: Final = {Format.VIDEO: "by video", Format.PHONE: "by phone", Format.ONSITE: "on site"}


def make_interview_events(application: Application, ask: tuple[str, ...]) -> tuple[Event, ...]:
    """Return one event for each interview; ``ask`` lists the questions that the cadence suggests for it.

    Nobody is an attendee in the sense of RFC 5545: a calendar would send them invitations.
    """
    seen: Counter[int] = Counter()
    events = []
    for interview in sorted(application.interviews, key=lambda interview: in_utc(interview.start)):
        seen[interview.round] += 1
        uid = interview_uid(application.slug, interview.round, seen[interview.round])
        events.append(_make_event(application, interview, uid, ask))
    return tuple(events)


def _make_event(application: Application, interview: Interview, uid: str, ask: tuple[str, ...]) -> Event:
    is_off = _is_called_off(application, interview)
    return Event(
        uid=uid,
        application=application.slug,
        title=as_title(_title(application, interview)),
        start_at=in_utc(interview.start),
        end_at=in_utc(interview.end),
        status=EventStatus.CALLED_OFF if is_off else EventStatus.CONFIRMED,
        description=shorten(clean_text("\n".join(_describe(application, interview, ask))), DESCRIPTION_LIMIT),
        categories=("Job search", "Interview"),
        alarm_before=None if is_off else _ALARM,
        busy=not is_off,
    )


def _title(application: Application, interview: Interview) -> str:
    role, company = (shorten(name, NAME_LIMIT) for name in (application.role, application.company))
    return f"Interview (round {interview.round}): {role} at {company}"


def _is_called_off(application: Application, interview: Interview) -> bool:
    """Return whether it comes after a rejection or withdrawal. After an offer they may want to meet again."""
    outcome = application.outcome
    ended = outcome.status in {Status.REJECTED, Status.WITHDRAWN}
    return ended and outcome.on is not None and interview.start.date() > outcome.on


def _describe(application: Application, interview: Interview, ask: tuple[str, ...]) -> Iterator[str]:
    yield f"{application.role} at {application.company}, round {interview.round}, {_FORMATS[interview.format]}"
    yield f"Time there: {describe_moment(interview.start, interview.zone, interview.zone)}"
    if interview.people:
        yield "You meet:"
        yield from (f"- {_introduce(person)}" for person in interview.people)
    if ask:
        yield ""
        yield "Before you leave:"
        yield from (f"- {question}" for question in ask)
    yield ""
    yield f"Afterwards, write down what was said: followup-mail edit {application.slug}"


def _introduce(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.title, person.phone)))
