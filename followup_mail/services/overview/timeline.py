"""Everything about one application that has a day, in order of time: what a picture or a table of it shows.

Days are those of the place where each thing happens: a mail for Tokyo goes on a day of Tokyo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from msgspec import Struct

from followup_mail.cadence.planning_context import where
from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_list
from followup_mail.cadence.worktime import Place, why_closed
from followup_mail.facts.application import Application, Interview
from followup_mail.facts.terms import Status
from followup_mail.services.context.application_context import ApplicationContext

_NOBODY: Final = "nobody known yet"
_ANSWERS: Final = {
    Status.WAITING: "Taken up again",
    Status.REPLIED: "They replied",
    Status.REJECTED: "Rejection",
    Status.OFFER: "Offer",
    Status.WITHDRAWN: "Withdrawn",
}


class Sort(StrEnum):
    """What kind of thing a mark stands for."""

    STEP = "step"
    """A step of the plan: done, planned, queued or ruled out."""
    CONTACT = "contact"
    """A contact beside the one by which a step counts as done: a call that reached nobody."""
    INTERVIEW = "interview"
    WORD = "word"
    """A day that they named."""
    EVENT = "event"
    """What else has a day: the application, an answer, the end of a pause."""


class Mark(Struct, frozen=True):
    """One thing with a day."""

    sort: Sort
    label: str
    at: date | None
    """A day, or an aware moment; None for a step that cannot be dated."""
    person: str = ""
    """Whom it concerns; empty for the employer as a whole."""
    standing: str = ""
    """Of a step, where it stands: done, queued, unclear."""
    why: str = ""
    step: int = 0
    """Of a step, its place in the plan, from 1."""

    @property
    def day(self) -> date | None:
        """The day, where it happens."""
        return self.at.date() if isinstance(self.at, datetime) else self.at

    @property
    def part(self) -> float:
        """How much of that day has passed, from 0 to 1; for a whole day, its middle."""
        if not isinstance(self.at, datetime):
            return 0.5
        return (self.at.hour * 60 + self.at.minute) / 1440


class Timeline(Struct, frozen=True):
    """All marks of an application, in order of time, those without a day at the end."""

    marks: tuple[Mark, ...]
    now: datetime
    """By the clock of ``place``."""
    place: Place
    """Where the employer works."""

    def why_closed(self, day: date) -> str:
        """Return why nobody works there on a day: the weekend, or the name of a holiday; empty for a working day."""
        return why_closed(day, self.place)


def make_timeline(context: ApplicationContext) -> Timeline:
    """Gather it from the facts, the plan and the history."""
    place = where(context.application, None, context.planning.defaults)
    found = (*_list_events(context.application), *_list_steps(context), *_list_contacts(context))
    in_order = sorted(found, key=lambda mark: (mark.day is None, mark.day or date.max, _clock_of(mark)))
    return Timeline(tuple(in_order), context.now.astimezone(place.clock), place)


def _clock_of(mark: Mark) -> time:
    return mark.at.time() if isinstance(mark.at, datetime) else time()


def _list_events(application: Application) -> Iterator[Mark]:
    said, outcome = application.said, application.outcome
    if application.applied:
        yield Mark(Sort.EVENT, "You applied", application.applied)
    rounds = {interview.round for interview in application.interviews}
    for interview in application.interviews:
        yield Mark(Sort.INTERVIEW, _call(interview, len(rounds)), interview.start, why=_say_met(interview))
    quote = f'"{said.quote}"' if said.quote else ""
    if said.not_before:
        yield Mark(Sort.WORD, "Not before", said.not_before, why=quote)
    if said.decision_by:
        yield Mark(Sort.WORD, "They decide by", said.decision_by, why=quote)
    if outcome.on:
        yield Mark(Sort.EVENT, _ANSWERS[outcome.status], outcome.on, why=outcome.reason)
    if application.paused_until:
        yield Mark(Sort.EVENT, "Paused until", application.paused_until)
    if application.snoozed_until:
        yield Mark(Sort.EVENT, "Snoozed until", application.snoozed_until)


def _call(interview: Interview, rounds: int) -> str:
    return f"Interview, round {interview.round}" if rounds > 1 else "Interview"


def _say_met(interview: Interview) -> str:
    return f"with {say_list([person.name for person in interview.people])}" if interview.people else ""


def _list_steps(context: ApplicationContext) -> Iterator[Mark]:
    for number, step in enumerate(context.plan.steps, 1):
        name = step.person.name if step.person else _NOBODY
        label = step.kind.traits.in_heading
        yield Mark(Sort.STEP, label, step.moment, name, step.standing, say_why(step), number)


def say_why(step: Step) -> str:
    """Return why a step has its day, and what rules it out or speaks against it."""
    if step.stays:
        return step.note.rstrip(".")
    against = step.objection if step.state is StepState.QUEUED else ""
    said = (step.reason, step.note, f"against it: {against}" if against else "")
    return "; ".join(part.rstrip(".") for part in said if part)


def _list_contacts(context: ApplicationContext) -> Iterator[Mark]:
    """Yield what was done for a step beside the contact that the step shows."""
    shown = {(step.id, step.at.timestamp()): step for step in context.plan.steps if step.at}
    names = {step.id.person: step.person.name for step in context.plan.steps if step.person}
    for touch in context.history.touches:
        if (touch.step, touch.at.timestamp()) in shown:
            continue
        name = names.get(touch.step.person, touch.step.person or _NOBODY)
        label = f"{touch.channel.traits.label.capitalize()}{'' if touch.reached else ', nobody reached'}"
        at = touch.at.astimezone(context.now.tzinfo)
        yield Mark(Sort.CONTACT, label, at, name, "done", touch.why)
