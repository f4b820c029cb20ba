"""What else the reader of a mail hears near its moment: about this application, or about another the same day."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from followup_mail.cadence.contact_gap import Contact, least_gap, list_contacts
from followup_mail.cadence.elsewhere import days_of_others
from followup_mail.cadence.offset import shift
from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import Step, StepId
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import local_at
from followup_mail.checks import CheckContext
from followup_mail.errors import WhenError
from followup_mail.services.context.application_context import ApplicationContext, reached_person


def shares_day(context: ApplicationContext, step: Step, at: datetime) -> bool:
    """Return whether a mail is for a day on which the same person hears about another application."""
    days = days_of_others(context.planning, step.kind, reached_person(step), step.place)
    return at.astimezone(step.place.clock).date() in days


def with_close_contact(mail: CheckContext, context: ApplicationContext) -> CheckContext:
    """Return a mail with the contact with the same person that it would leave too close to, if there is one.

    As for the plan, thanks and answers keep away from nothing.
    """
    step, at = mail.step, mail.sends_at
    if step is None or at is None or not step.kind.traits.presses:
        return mail
    people = _reached(context, step.id)
    for contact in list_contacts(context.planning, ()):
        if contact.step != step.id and _reached(context, contact.step) & people:
            try:
                mail = _if_close(mail, context, step, contact) or mail
            except WhenError:  # beyond the calendar nothing is close
                continue
    return mail


def _if_close(mail: CheckContext, context: ApplicationContext, step: Step, contact: Contact) -> CheckContext | None:
    """Return the mail with this contact where that is less than the gap away, in days of its reader."""
    at = mail.sends_at
    assert at is not None
    gap, place, year = least_gap(context.planning), step.place, context.planning.year
    first, second = sorted((at, contact.at), key=datetime.timestamp)
    free = shift(first, gap, place)
    if local_at(second, place).date() >= local_at(free, place).date():
        return None
    comes_after = contact.at < at or local_at(contact.at, place).date() == local_at(at, place).date()
    day = say_day(local_at(contact.at, place).date(), year)
    words = f"less than {gap} {'after' if comes_after else 'before'} {contact.words} {day}"
    free = shift(contact.at, gap, place)
    free_from = say_day(local_at(free, place).date(), year) if comes_after else ""
    return replace(mail, close_contact=words, free_from=free_from)


def _reached(context: ApplicationContext, step_id: StepId) -> frozenset[str]:
    """Return the handles of those whom a step is meant for, and whom it goes through."""
    step = context.plan.step(step_id)
    via = step.via if step else None
    passes_on = (one.handle for one in list_members(context.application) if via and one.person == via)
    return frozenset({step_id.person, *passes_on})
