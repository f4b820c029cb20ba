"""A step of the plan as an event: when, for whom, why then, and what to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.step import Step, StepState
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
# A call wants a quiet place and the script at hand.
_CALL_ALARM: Final = timedelta(minutes=10)


class Words(Struct, frozen=True):
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
    channel = step.channel.traits
    return Event(
        uid=step_uid(step.id),
        application=application.slug,
        title=as_title(_title(application, step)),
        start_at=start_at,
        end_at=start_at + channel.event_length,
        status=status,
        description=_describe(application, step, status, words),
        categories=("Job search", "Follow-up", channel.event_category),
        alarm_before=(_CALL_ALARM if channel.is_call else timedelta()) if is_open else None,
        busy=channel.is_call and is_open,
    )


def _status(step: Step) -> EventStatus:
    """Return the status of a step. A queued mail that does not leave, as things stand, is called off."""
    if step.state is StepState.QUEUED and (step.stays or step.objection):
        return EventStatus.CALLED_OFF
    return _STATUSES[step.state]


def _title(application: Application, step: Step) -> str:
    person = shorten(_name(step), NAME_LIMIT)
    company = shorten(application.company, NAME_LIMIT)
    again = f", no. {step.id.nth}" if step.id.nth > 1 else ""
    return f"{step.channel.traits.event_title} {person} ({company}): {step.kind.traits.in_calendar}{again}"


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
        why = step.stays or step.note or step.objection or "it is not in the plan"
        yield f"Not to be done any more: {why.rstrip('.')}."
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
    traits = channel.traits
    address = getattr(person, traits.address_field) if traits.address_field else None
    if address and traits.address_field != "phone":
        lines = (address,) if isinstance(address, str) else (person.name, *address)
        yield f"{traits.address_label}: {', '.join(lines)}"
    # The number helps with a mail that bounces as well.
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
    if step.channel.traits.is_sent:
        return f"Look at it and send it: followup-mail send {application.slug} {step.kind}{to}"
    return f"When it is done: followup-mail log {application.slug} {step.channel.word}{to}"


def _script(words: Words) -> Iterator[str]:
    if words.missing:
        yield ""
        yield f"What to say cannot be written yet. {words.missing}"
    for part in words.parts:
        yield ""
        yield f"{part.heading}:"
        yield part.text
