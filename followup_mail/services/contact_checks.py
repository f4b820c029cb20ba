"""The checks before sending that keep follow-ups away from other contacts with their reader.

As with ``sending_rules``, the check before each send and whatever shows when a mail leaves use the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.outbox.entry import FOLDER, Entry, State
from followup_mail.outbox.pre_send_check import GO, Action, PreSendCheck, Ruling, SendContext, rewrite_command
from followup_mail.services.sending_rules import find_place

if TYPE_CHECKING:
    from followup_mail.cadence.method import Cadence
    from followup_mail.cadence.worktime import Place
    from followup_mail.facts.application import Application

_WAIT_FOR_THREAD: Final = timedelta(minutes=5)


class FactsRead(Struct, frozen=True):
    """What was read of an application before the check, which reads no file."""

    application: Application
    cadence: Cadence
    slugs: frozenset[str]
    """The names of all facts files."""
    defaults: Place
    """As in ``PlanningContext``."""


FactsOf = Callable[[Entry], FactsRead | None]
"""Returns what was read about an entry's application; None where its files cannot be read."""


def check_contacts(facts_of: FactsOf) -> PreSendCheck:
    """Let a follow-up wait where something else reached the same person less than three working days ago."""

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        if entry.timing.insisted or not entry.step.kind.traits.presses:
            return GO
        read = facts_of(entry)
        if read is None:
            return GO
        until = _end_of_gap(read, entry, context, now)
        if until <= now:
            return GO
        return Ruling(Action.POSTPONE, "less than three working days after another contact with the same person", until)

    return check


def _end_of_gap(read: FactsRead, entry: Entry, context: SendContext, now: datetime) -> datetime:
    """Return the end of the latest gap after a contact that has happened; ``now`` where there is none."""
    # Whoever only looks at a queue of thank-yous is spared the planner.
    from followup_mail.cadence.contact_gap import keep_off, list_contacts
    from followup_mail.cadence.planning_context import make_context
    from followup_mail.services.history_matching import FormerNames, recall

    history = recall(context, read.application, FormerNames(lambda: read.slugs))
    planning = make_context(read.application, read.cadence, history, now, read.defaults)
    others = (contact for contact in list_contacts(planning, ()) if contact.step != entry.step and contact.at <= now)
    place = find_place(read.application, entry.message.to.email, read.defaults)
    bounds = keep_off(planning, others, frozenset({entry.step.person}), place, is_call=False)
    return max((bound.at for bound in bounds), key=datetime.timestamp, default=now)


def check_thread(entry: Entry, context: SendContext, now: datetime) -> Ruling:
    """Return whether the mail that a follow-up goes on from has left, leaves first, or never left."""
    if not entry.step.kind.traits.continues_thread or not entry.message.references:
        return GO
    before, history = entry.message.references[-1], context.history(entry.step.application)
    if any(touch.message_id == before for touch in history.touches):
        return GO
    waiting = next((waiting for waiting in history.waiting if waiting.message_id == before), None)
    if waiting and waiting.state == State.IN_FOLDER and entry.account == FOLDER:
        return GO
    if waiting and waiting.state in {State.QUEUED, State.SENDING} and not waiting.stays:
        entries = context.entries(application=entry.step.application)
        ready = (other.ready_at for other in entries if other.message.message_id == before)
        until = max(now + _WAIT_FOR_THREAD, *ready, key=datetime.timestamp)
        return Ruling(Action.POSTPONE, f"{waiting.entry}, which it goes on from, leaves first", until)
    fix = f"Say `followup-mail outbox cancel {entry.id}`, then `followup-mail {rewrite_command(entry)}`."
    return Ruling(Action.BLOCK, "the mail that it goes on from was changed or never left", fix=fix)


def check_thread_unless(stands_alone: Callable[[Entry], bool]) -> PreSendCheck:
    """Return the check of the thread, save for mails that leave as their own where the one before never did."""

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        ruling = check_thread(entry, context, now)
        return GO if ruling.action is Action.BLOCK and stands_alone(entry) else ruling

    return check
