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
from followup_mail.services.context.sending_rules import find_place

if TYPE_CHECKING:
    from followup_mail.cadence.method import Cadence
    from followup_mail.cadence.planning_context import PlanningContext
    from followup_mail.cadence.step import History
    from followup_mail.cadence.worktime import Place
    from followup_mail.facts.application import Application

_WAIT_FOR_THREAD: Final = timedelta(minutes=5)
_EARLY: Final = frozenset({"FM501", "FM506"})
"""The rules that somebody ignores who wants a mail to leave before its day."""


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
    """Let a follow-up wait for its distance from what happened since it was queued: by the plan, and from any contact.

    At least three working days lie between two contacts with one person; the plan often has more. A moment that the
    user chose keeps those three, unless they chose it in spite of them.
    """

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        if not entry.step.kind.traits.presses or (entry.timing.insisted and "FM507" in entry.ignored_rules):
            return GO
        read = facts_of(entry)
        if read is None:
            return GO
        planning = _make_planning(read, entry, context, now)
        return _rule_on_gap(planning, read, entry, now) or _rule_on_plan(planning, entry, now) or GO

    return check


def waits_for_plan(entry: Entry, history: History) -> bool:
    """Return whether a follow-up waits for its day in the plan as it is by now: something happened since it was queued.

    When facts have changed, the user decides about its moment, and one who wanted it early has.
    """
    free = entry.timing.insisted or not entry.step.kind.traits.presses or not _EARLY.isdisjoint(entry.ignored_rules)
    return not free and any(touch.at > entry.created_at for touch in history.touches)


def _make_planning(read: FactsRead, entry: Entry, context: SendContext, now: datetime) -> PlanningContext:
    # Whoever only looks at a queue of thank-yous is spared the planner.
    from followup_mail.cadence.planning_context import make_context
    from followup_mail.services.context.history_matching import FormerNames, recall

    history = recall(context, read.application, FormerNames(lambda: read.slugs))
    return make_context(read.application, read.cadence, history, now, read.defaults)


def _rule_on_gap(planning: PlanningContext, read: FactsRead, entry: Entry, now: datetime) -> Ruling | None:
    """Return that it waits for the end of the latest gap after a contact that has happened, if there is one."""
    from followup_mail.cadence.contact_gap import keep_off, list_contacts
    from followup_mail.cadence.worktime import local_at

    others = (contact for contact in list_contacts(planning, ()) if contact.step != entry.step and contact.at <= now)
    place = find_place(read.application, entry.message.to.email, read.defaults)
    bounds = keep_off(planning, others, frozenset({entry.step.person}), place, is_call=False)
    until = max((bound.at for bound in bounds), key=datetime.timestamp, default=now)
    if until <= now or (entry.timing.insisted and local_at(until, place).date() <= local_at(now, place).date()):
        return None
    return Ruling(Action.POSTPONE, "less than three working days after another contact with the same person", until)


def _rule_on_plan(planning: PlanningContext, entry: Entry, now: datetime) -> Ruling | None:
    """Return that it waits for the day that the plan has for it by now, if not past its last sensible moment."""
    if not waits_for_plan(entry, planning.history):
        return None
    from followup_mail.cadence.plan import plan_from

    step = plan_from(planning).step(entry.step)
    due_at = step.due_at if step else None
    if step is None or due_at is None or due_at.date() <= now.astimezone(due_at.tzinfo).date():
        return None
    if entry.timing.last_at is not None and due_at > entry.timing.last_at:
        return None
    return Ruling(Action.POSTPONE, f"planned for later by now: {step.reason}", due_at)


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
