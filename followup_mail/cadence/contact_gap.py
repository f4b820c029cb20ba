"""How far apart contacts with one person lie: three working days of theirs at the least, and a week between two calls.

Two kinds are not held back by it, since each answers something that the employer did: a thank-you for an interview,
and the answer to a rejection. What comes after them keeps away from them all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.channel_choice import Route
from followup_mail.cadence.offset import Offset, Unit, shift
from followup_mail.cadence.planning_context import PlanningContext, goes_out
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.step import StepId
from followup_mail.cadence.step_dates import Dated, not_counted
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, local_at

LEAST_GAP: Final = Offset(3, Unit.WORKING_DAY)
CALL_GAP: Final = Offset(1, Unit.WEEK)


class Contact(Struct, frozen=True):
    """One contact that happened, goes out by itself, or is planned."""

    step: StepId
    people: frozenset[str]
    """The handles of those who hear of it: whom it is meant for, and who passes it on."""
    at: datetime
    words: str
    """What it is; a day follows."""
    is_call: bool = False


def list_contacts(context: PlanningContext, planned: Iterable[Proposal]) -> tuple[Contact, ...]:
    """Return all contacts of an application: those of the history, and of ``planned`` those that are dated.

    A planned one counts although it was done on another day: a date never comes forward because something was done.
    One that was missed does not: nobody heard of it.
    """
    history, ahead = context.history, tuple(planned)
    made = {touch.step for touch in history.touches}
    via = {proposal.id: reached(context, proposal.id.person, proposal.route) for proposal in ahead}
    done = (
        Contact(
            touch.step,
            via.get(touch.step, frozenset({touch.step.person})),
            touch.at,
            f"your {touch.step.kind.traits.in_sentence} of",
            touch.channel.traits.is_call,
        )
        for touch in history.touches
    )
    waiting = (
        Contact(
            entry.step,
            via.get(entry.step, frozenset({entry.step.person})),
            entry.due_at,
            f"your {entry.step.kind.traits.in_sentence} queued for",
        )
        for entry in history.waiting
        if goes_out(entry)
    )
    still = (
        Contact(
            proposal.id,
            via[proposal.id],
            proposal.due_at,
            f"the {proposal.id.kind.traits.in_sentence} of",
            proposal.route.way.channel.traits.is_call,
        )
        for proposal in ahead
        if proposal.due_at and not proposal.ruled_out and (proposal.id in made or not proposal.is_over(context.now))
    )
    return (*done, *waiting, *still)


def reached(context: PlanningContext, handle: str, route: Route) -> frozenset[str]:
    """Return the handles of everybody whom a step reaches."""
    passes_on = next((member.handle for member in context.members if member.person is route.via), handle)
    return frozenset({handle, passes_on})


def least_gap(context: PlanningContext) -> Offset:
    """Return what lies between two contacts at the least: three working days, or less where they named less."""
    named = context.application.said.interval
    return min(LEAST_GAP, Offset.of(named), key=lambda offset: offset.days) if named else LEAST_GAP


def keep_off(
    context: PlanningContext, contacts: Iterable[Contact], people: frozenset[str], place: Place, *, is_call: bool
) -> tuple[Dated, ...]:
    """Return the bounds that earlier contacts with the same people set for another, perhaps a call."""
    gap = least_gap(context)
    bounds = []
    for contact in contacts:
        if not contact.people & people:
            continue
        span = CALL_GAP if contact.is_call and is_call else gap
        day = say_day(local_at(contact.at, place).date(), context.year)
        at = shift(contact.at, span, place)
        holidays = not_counted(contact.at, at, span, place)
        bounds.append(Dated(at, f"{span} after {contact.words} {day}{holidays}"))
    return tuple(bounds)
