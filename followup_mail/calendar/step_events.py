"""A step of the plan as an event: when, for whom, why then, and what to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.calendar.event import (
    DESCRIPTION_LIMIT,
    NAME_LIMIT,
    OFF,
    Event,
    EventStatus,
    as_title,
    clean_text,
    in_utc,
    shorten,
    step_uid,
)
from followup_mail.drafts.write_script import Part
from followup_mail.facts.application import Application, Channel, Person

_STATUSES: Final = {
    StepState.DONE: EventStatus.DONE,
    StepState.QUEUED: EventStatus.CONFIRMED,
    StepState.DUE: EventStatus.CONFIRMED,
    StepState.UPCOMING: EventStatus.TENTATIVE,
    StepState.BLOCKED: EventStatus.TENTATIVE,
    StepState.SKIPPED: EventStatus.CALLED_OFF,
    StepState.MISSED: EventStatus.MISSED,
}
_TITLES: Final = {
    Channel.EMAIL: "Mail to",
    Channel.PHONE: "Call",
    Channel.POST: "Letter to",
    Channel.LINKEDIN: "LinkedIn message to",
}
_CATEGORIES: Final = {
    Channel.EMAIL: "Mail",
    Channel.PHONE: "Call",
    Channel.POST: "Letter",
    Channel.LINKEDIN: "LinkedIn",
}
_PURPOSES: Final = {
    Kind.THANK_YOU: "thank-you",
    Kind.ADDITIONAL_DETAIL: "second note",
    Kind.STATUS_INQUIRY: "status inquiry",
    Kind.REJECTION_THANKS: "answer to the rejection",
    Kind.APPLICATION_CHECK: "did my application arrive",
}
_LOGGED_AS: Final = {Channel.PHONE: "call", Channel.POST: "letter", Channel.LINKEDIN: "linkedin"}
_LENGTHS: Final = {Channel.POST: timedelta(minutes=30)}
_USUAL_LENGTH: Final = timedelta(minutes=15)
# A call wants a quiet place and the script at hand.
_CALL_ALARM: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Words:
    """What to say or print for a step that is not a mail."""

    parts: tuple[Part, ...] = ()
    missing: str = ""
    """Why there are none, and what to do about it."""


def make_step_event(application: Application, step: Step, words: Words) -> Event | None:
    """Return the event of one step, or None for a step without a date."""
    if step.moment is None:
        return None
    status = _status(step)
    start_at = in_utc(step.moment)
    is_open = status in {EventStatus.TENTATIVE, EventStatus.CONFIRMED}
    is_call = step.channel is Channel.PHONE
    return Event(
        uid=step_uid(step.id),
        application=application.slug,
        title=as_title(_title(application, step)),
        start_at=start_at,
        end_at=start_at + _LENGTHS.get(step.channel, _USUAL_LENGTH),
        status=status,
        description=_describe(application, step, status, words),
        categories=("Job search", "Follow-up", _CATEGORIES[step.channel]),
        alarm_before=(_CALL_ALARM if is_call else timedelta()) if is_open else None,
        busy=is_call and is_open,
    )


def _status(step: Step) -> EventStatus:
    """Return the status of a step. A queued step with an objection will not be sent."""
    if step.state is StepState.QUEUED and step.objection:
        return EventStatus.CALLED_OFF
    return _STATUSES[step.state]


def _title(application: Application, step: Step) -> str:
    person = shorten(_name(step), NAME_LIMIT)
    company = shorten(application.company, NAME_LIMIT)
    again = f", no. {step.id.nth}" if step.id.nth > 1 else ""
    return f"{_TITLES[step.channel]} {person} ({company}): {_PURPOSES[step.kind]}{again}"


def _name(step: Step) -> str:
    return step.person.name if step.person else step.id.person or "somebody to be named"


def _describe(application: Application, step: Step, status: EventStatus, words: Words) -> str:
    lines = list(_reasons(step, status))
    if status not in OFF:
        lines += _whereabouts(application, step)
    if status in {EventStatus.TENTATIVE, EventStatus.CONFIRMED}:
        lines += ["", _next_command(application, step), *_script(words)]
    return shorten(clean_text("\n".join(lines)).strip("\n"), DESCRIPTION_LIMIT)


def _reasons(step: Step, status: EventStatus) -> Iterator[str]:
    if status in OFF:
        yield f"Not to be done any more: {step.note.rstrip('.') or 'it is not in the plan'}."
        return
    if step.reason:
        yield f"Why then: {step.reason.rstrip('.')}."
    if step.note:
        yield f"Note: {step.note.rstrip('.')}."


def _whereabouts(application: Application, step: Step) -> Iterator[str]:
    assert step.moment is not None
    zone = step.place.clock
    yield f"Their time: {describe_moment(step.moment, zone, zone)}"
    yield f"About: {application.role} at {application.company}"
    if step.person:
        yield f"To: {', '.join(filter(None, (step.person.name, step.person.title)))}"
    if step.via:
        yield f"Passed on by: {step.via.name}"
    reached = step.via or step.person
    if reached:
        yield from _how_to_reach(reached, step.channel)


def _how_to_reach(person: Person, channel: Channel) -> Iterator[str]:
    if channel is Channel.EMAIL and person.email:
        yield f"E-mail: {person.email}"
    if channel is Channel.LINKEDIN and person.linkedin:
        yield f"Profile: {person.linkedin}"
    if channel is Channel.POST and person.postal_address:
        yield f"Address: {', '.join((person.name, *person.postal_address))}"
    # The number also helps when a mail bounces.
    if person.phone:
        yield f"Phone: {person.phone}"


def _next_command(application: Application, step: Step) -> str:
    """Return what to do next, with the command to type."""
    to = f" --to {step.id.person}" if step.id.person else ""
    if step.state is StepState.QUEUED:
        return "It is in the outbox. Once its time has come, this sends it: followup-mail run"
    if step.state is StepState.BLOCKED:
        return f"Add what is missing: followup-mail edit {application.slug}"
    if step.note:  # a draft of it, or a mail that failed or missed its time
        return "Decide about it first: followup-mail outbox list"
    if step.channel is Channel.EMAIL:
        return f"Look at it and send it: followup-mail send {application.slug} {step.kind}{to}"
    return f"When it is done: followup-mail log {application.slug} {_LOGGED_AS[step.channel]}{to}"


def _script(words: Words) -> Iterator[str]:
    if words.missing:
        yield ""
        yield f"What to say cannot be written yet. {words.missing}"
    for part in words.parts:
        yield ""
        yield f"{part.heading}:"
        yield part.text
