"""The looks that need facts: what came of the application since the mail was queued, and is it still the same person.

They run inside the transaction that claims an entry (``outbox.look``), so between a look and the sending nothing of
ours can change.
"""

from __future__ import annotations

from datetime import datetime

from followup_mail.cadence.model import FOLLOW_UPS
from followup_mail.cadence.step import Kind
from followup_mail.cadence.worktime import next_permitted
from followup_mail.errors import FactsError, NotFoundError
from followup_mail.facts.model import Application, Channel, Status
from followup_mail.outbox.entry import Entry, Timing, in_zone
from followup_mail.outbox.look import (
    GO,
    Limits,
    Look,
    Ruling,
    Surroundings,
    Verb,
    look_at_attachments,
    look_at_limits,
    look_at_time,
    look_in_turn,
)
from followup_mail.wiring import House

_CONTACTS_LIMIT = 3
_NOT_COUNTED = frozenset({Kind.APPLICATION_CHECK, Kind.REJECTION_THANKS})


def make_look(house: House) -> Look:
    """Return every look that a mail must pass directly before it is sent."""
    limits = Limits(per_minute=house.settings.per_minute, per_day=house.settings.per_day)
    return look_in_turn(
        [
            look_at_facts(house),
            look_at_contacts,
            look_at_time(_next_permitted),
            look_at_attachments,
            look_at_limits(limits),
        ]
    )


def look_at_facts(house: House) -> Look:
    """Return the look that reads the facts file again: outcome, and the addressee."""

    def look(entry: Entry, _: Surroundings, now: datetime) -> Ruling:
        try:
            application = house.facts.load(entry.step.application)
        except NotFoundError:
            return Ruling(Verb.BLOCK, "its facts file is gone", fix="Put it back, or cancel the entry.")
        except FactsError as error:
            first = error.sentence.split("\n", 1)[0]
            return Ruling(Verb.BLOCK, f"its facts file cannot be read: {first}", fix="Mend it, then `outbox retry`.")
        ruling = judge_by_facts(entry, application)
        return ruling if ruling.verb is not Verb.GO else judge_by_word(entry, application, now)

    return look


def judge_by_facts(entry: Entry, application: Application) -> Ruling:
    """Decide by the facts as they are now."""
    status = application.outcome.status
    answers_rejection = entry.step.kind is Kind.REJECTION_THANKS
    if answers_rejection and status is not Status.REJECTED:
        return Ruling(Verb.CANCEL, f"the outcome is {status} now, not rejected")
    if not answers_rejection and status in {Status.REJECTED, Status.OFFER, Status.WITHDRAWN}:
        return Ruling(Verb.CANCEL, f"outcome: {status}")
    if not answers_rejection and status is Status.REPLIED:
        return Ruling(Verb.HOLD, "they replied")
    if not application.said.contact and "FM503" not in entry.ignored_rules:
        return Ruling(Verb.BLOCK, "they asked for no contact", fix="Cancel it.")
    known = {one.email.casefold() for one in application.everyone() if one.email}
    if application.outcome.by:
        known.add(application.outcome.by.casefold())
    if entry.mail.to.email.casefold() not in known:
        fix = "Cancel it and write it anew, or put the address back into the facts and `outbox retry` it."
        return Ruling(Verb.BLOCK, f"{entry.mail.to.email} is not in the facts any more", fix=fix)
    return GO


def judge_by_word(entry: Entry, application: Application, now: datetime) -> Ruling:
    """Decide by what they said, perhaps after the mail was queued: a later day, another channel."""
    if entry.step.kind not in FOLLOW_UPS:
        return GO
    said, today = application.said, in_zone(now, entry.timing.place.zone).date()
    fix = f"Give it another moment with `followup-mail outbox reschedule {entry.id} --at WHEN`, or cancel it."
    if not {"FM501", "too-early"} & set(entry.ignored_rules):
        if said.not_before and today < said.not_before:
            return Ruling(Verb.BLOCK, f"they asked for no follow-up before {said.not_before}", fix=fix)
        latest = max((one.end.date() for one in application.interviews if one.end <= now), default=None)
        if said.decision_by and today <= said.decision_by and (latest is None or said.decision_by >= latest):
            return Ruling(Verb.BLOCK, f"they decide by {said.decision_by}, and that day has not passed", fix=fix)
    if said.channel not in {None, Channel.EMAIL} and not {"FM503", "ruled-out"} & set(entry.ignored_rules):
        return Ruling(Verb.BLOCK, f"they asked to be followed up by {said.channel}", fix="Cancel it.")
    return GO


def look_at_contacts(entry: Entry, around: Surroundings, _: datetime) -> Ruling:
    """Block a fourth contact with one person since the latest round (G3), unless the user chose to ignore that."""
    if entry.step.kind in _NOT_COUNTED or {"FM502", "over-limit"} & set(entry.ignored_rules):
        return GO
    contacts = [
        touch
        for touch in around.history().touches
        if (touch.step.person, touch.step.round) == (entry.step.person, entry.step.round)
        and touch.step.kind not in _NOT_COUNTED
        and touch.reached
    ]
    if len(contacts) >= _CONTACTS_LIMIT:
        return Ruling(Verb.BLOCK, "three contacts with this person are the limit", fix="Let it rest: cancel it.")
    return GO


def _next_permitted(timing: Timing, now: datetime) -> datetime:
    return next_permitted(now, timing.place)
