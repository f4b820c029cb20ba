"""The check of a mail directly before it is sent: do the facts, the plan and the clock still agree with it?

``make_check`` reads what the check of one due entry needs (its facts file, the method, attached files) before the entry
is claimed. What it returns decides inside the claiming transaction (``outbox.pre_send_check``), with the history that
this transaction sees, and reads no file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import make_context
from followup_mail.cadence.step import Touch
from followup_mail.cadence.worktime import Place
from followup_mail.errors import FactsError, NotFoundError
from followup_mail.facts.application import Application
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mailbox_checks import check_answered, check_looked
from followup_mail.outbox.pre_send_check import (
    GO,
    Action,
    PreSendCheck,
    Ruling,
    SendContext,
    check_in_turn,
    rule_on_attachments,
)
from followup_mail.services.context.contact_checks import FactsRead, check_contacts, check_thread
from followup_mail.services.context.facts_rulings import (
    heeded,
    judge_by_days,
    judge_by_decision,
    judge_by_facts,
    judge_by_interview,
    mark_staying,
    weigh,
)
from followup_mail.services.context.history_matching import FormerNames, recall
from followup_mail.services.context.sending_rules import (
    check_away,
    check_crowding,
    check_office,
    check_working_time,
    find_place,
)
from followup_mail.services.context.why_then import say_why_now
from followup_mail.services.context.written_elsewhere import check_by_hand, find_by_hand
from followup_mail.settings.mailbox_choices import WhenUnread
from followup_mail.workspace import Workspace

_LOOK_HOLDS = timedelta(minutes=10)
"""How old a look into the mailbox may be that came to its end."""
T = TypeVar("T")


def make_check(workspace: Workspace, due: Entry) -> PreSendCheck:
    """Read what decides about a due entry, and return all checks that it must pass directly before it is sent."""
    # A worker of an office is another machine than that of the preview; the bytes that were seen are in the database.
    attachments = read_ahead(lambda: GO if workspace.in_office else rule_on_attachments(due))

    def check_attachments(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        if entry.message.attached != due.message.attached:
            return Ruling(Action.POSTPONE, "its attached files were changed a moment ago", now)
        return attachments()

    checks: tuple[PreSendCheck, ...] = (
        FactsCheck.read(workspace, due),
        check_thread,
        check_attachments,
        check_crowding(workspace),
        check_by_hand(read_ahead(lambda: find_by_hand(workspace, workspace.now()))),
        check_looked(_LOOK_HOLDS, workspace.reads_mailbox and workspace.settings.unread_mailbox is WhenUnread.WAIT),
        *check_office(workspace),
    )
    return check_in_turn(checks)


def read_ahead(read: Callable[[], T]) -> Callable[[], T]:
    """Read now; what is returned hands out the value, or raises what reading raised: perhaps nobody asks for it."""
    try:
        value = read()
    except Exception as error:
        failure = error

        def fail() -> T:
            raise failure

        return fail
    return lambda: value


class FactsCheck(Struct, frozen=True):
    """The check by the facts file as it is now, and by everything that follows from it."""

    workspace: Workspace
    facts: Callable[[], Application]
    cadence: Callable[[], Cadence]
    slugs: Callable[[], frozenset[str]]
    """The names of all facts files."""

    @classmethod
    def read(cls, workspace: Workspace, due: Entry) -> FactsCheck:
        """Read the files."""
        facts = read_ahead(lambda: workspace.facts.load(due.step.application))
        cadence = read_ahead(lambda: workspace.cadence_of(facts()))
        return cls(workspace, facts, cadence, read_ahead(lambda: frozenset(workspace.facts.slugs())))

    def __call__(self, entry: Entry, context: SendContext, now: datetime) -> Ruling:
        try:
            application = self.facts()
        except NotFoundError:
            path = self.workspace.facts.path(entry.step.application)
            fix = (
                "Put it back, or give it this name again if it was renamed, then run "
                f"`followup-mail outbox retry {entry.id}`; or cancel it."
            )
            return Ruling(Action.BLOCK, f"its facts file is gone: {path}", fix=fix)
        except FactsError as error:
            first = error.sentence.split("\n", 1)[0]
            fix = f"Fix it, then run `followup-mail outbox retry {entry.id}`."
            return Ruling(Action.BLOCK, f"its facts file cannot be read: {first}", fix=fix)

        def place_of(entry: Entry) -> Place:
            return find_place(application, entry.message.to.email, defaults)

        today, defaults = now.astimezone(self.workspace.own_zone).date(), self.workspace.planning_defaults
        checks: tuple[PreSendCheck, ...] = (
            lambda entry, _, __: judge_by_decision(application, today),
            lambda entry, _, __: judge_by_facts(entry, application),
            check_answered,
            lambda entry, _, now: judge_by_interview(entry, application, now),
            lambda entry, _, now: judge_by_days(entry, application, now),
            self._check_plan,
            check_contacts(lambda _: FactsRead(application, self.cadence(), self.slugs(), defaults)),
            check_away(place_of),
            check_working_time(place_of),
        )
        return check_in_turn(checks)(entry, context, now)

    def _check_plan(self, entry: Entry, context: SendContext, now: datetime) -> Ruling:
        """Plan again: what they said since, and the limit of contacts, may speak against the mail."""
        application, workspace = self.facts(), self.workspace
        history = recall(context, application, FormerNames(self.slugs))
        others = context.entries(application=entry.step.application, states={State.QUEUED})
        history = mark_staying(history, (other for other in others if other.id != entry.id), application, now)
        local = now.astimezone(workspace.own_zone)
        planning = make_context(application, self.cadence(), history, local, workspace.planning_defaults)
        plan = plan_from(planning)
        done = next((touch for touch in history.touches if touch.step == entry.step and touch.reached), None)
        cancel = f"Cancel it: `followup-mail outbox cancel {entry.id}`."
        if done and "FM505" in heeded(entry):
            return Ruling(Action.CANCEL, _say_done(done, context), fix=cancel)
        step = plan.step(entry.step)
        against = weigh(entry, step) if step else ""
        if step is None or not against:
            return Ruling(Action.GO, why=say_why_now(step, entry, now) if step else "")
        if step.person is None:
            fix = (
                f"Cancel it with `followup-mail outbox cancel {entry.id}` and write it again for the name that the "
                "facts have now, or put the name back if that is the wrong one."
            )
            return Ruling(Action.BLOCK, against, fix=fix)
        if step.objection:
            return Ruling(Action.CANCEL, against, fix=cancel)
        if step.due_at is None or step.due_at <= now:
            return GO  # their day has come since
        return Ruling(Action.POSTPONE, against, step.due_at, _say_how_to_move(entry))


def _say_how_to_move(entry: Entry) -> str:
    """Return what gives a mail that would go before the day they named its new moment."""
    if entry.timing.insisted:
        return f"Give it another moment: `followup-mail outbox reschedule {entry.id} --at WHEN`."
    return f"Move it to its new moment: `followup-mail outbox rewrite {entry.step.application}`."


def _say_done(done: Touch, context: SendContext) -> str:
    """Return that the step was done: by a mail of the outbox, under a former name perhaps, or by the user's hand."""
    sent = context.entries(states={State.SENT}) if done.message_id else ()
    ours = next((entry for entry in sent if entry.message.message_id == done.message_id), None)
    if ours:
        return f"{ours.label} was sent for it on {done.at:%Y-%m-%d}"
    return f"you did this yourself on {done.at:%Y-%m-%d}, by {done.channel}"
