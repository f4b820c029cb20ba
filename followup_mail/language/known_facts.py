"""What an answer is compared with: the names, notes and figures of its application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from followup_mail.facts.application import Application
from followup_mail.facts.people import Person
from followup_mail.language.known_words import Known


def known_for(application: Application, person: Person | None = None) -> Known:
    """Return what is known when a sentence to this person is typed; without a person, to anybody there."""
    names = tuple(other.name for other in application.everyone())
    country = (person.country if person else None) or application.country or ""
    return Known(person.name if person else "", names, tuple(_texts_of(application)), application.company, country)


def notes_of(application: Application) -> tuple[str, ...]:
    """Return every note of an application."""
    about_people = (note for person in application.everyone() for note in (*person.discussed, person.convinced))
    return tuple(filter(None, (*application.fit, *application.not_mentioned, *about_people)))


def _texts_of(application: Application) -> Iterator[str]:
    yield from notes_of(application)
    yield from (promise.what for promise in application.promised)
    for interview in application.interviews:
        yield _day(interview.start.date())
        yield from (person.title for person in interview.people)
    said, outcome = application.said, application.outcome
    yield from filter(None, (said.quote, outcome.reason, application.notes, application.role, application.company))
    yield from (_day(day) for day in (said.decision_by, said.not_before, application.applied) if day)


def _day(day: date) -> str:
    return f"{day.day} {day.year}"
