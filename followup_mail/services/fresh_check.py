"""The check of a mail directly before it is sent: do the facts, the plan and the clock still agree with it?

``make_check`` reads what the check of one due entry needs (its facts file, the method, attached files) before the entry
is claimed. What it returns decides inside the claiming transaction (``outbox.pre_send_check``), with the history that
this transaction sees, and reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec import Struct

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import make_context
from followup_mail.cadence.set_aside import mark_of_hold, say_set_aside
from followup_mail.cadence.step import History, Step, Touch
from followup_mail.cadence.wording import say_list
from followup_mail.cadence.worktime import Place
from followup_mail.checks import CheckContext, check_mail, choose_rules, with_facts
from followup_mail.checks.plan_objections import RULE_AGAINST
from followup_mail.errors import FactsError, NotFoundError
from followup_mail.facts.application import Application, Status
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mailbox_checks import check_answered, check_looked
from followup_mail.outbox.pre_send_check import (
    GO,
    Action,
    PreSendCheck,
    Ruling,
    SendContext,
    check_in_turn,
    rewrite_command,
    rule_on_attachments,
)
from followup_mail.regex import regex
from followup_mail.services.contact_checks import FactsRead, check_contacts, check_thread
from followup_mail.services.history_matching import FormerNames, recall
from followup_mail.services.sending_rules import (
    check_away,
    check_crowding,
    check_office,
    check_working_time,
    find_place,
)
from followup_mail.services.why_then import say_why_now
from followup_mail.services.written_elsewhere import check_by_hand, find_by_hand
from followup_mail.settings.mailbox_choices import WhenUnread
from followup_mail.workspace import Workspace

_RELATIVE_DAY = regex(r"\b(?:today|yesterday|this (?:morning|afternoon))\b", re.IGNORECASE)
_LOOK_HOLDS = timedelta(minutes=10)
"""How old a look into the mailbox may be that came to its end."""
T = TypeVar("T")


def make_check(workspace: Workspace, due: Entry) -> PreSendCheck:
    """Read what decides about a due entry, and return all checks that it must pass directly before it is sent."""
    # A worker of an office is another machine than that of the preview; the bytes that were seen are in the database.
    attachments = _read_ahead(lambda: GO if workspace.in_office else rule_on_attachments(due))

    def check_attachments(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        if entry.message.attached != due.message.attached:
            return Ruling(Action.POSTPONE, "its attached files were changed a moment ago", now)
        return attachments()

    checks: tuple[PreSendCheck, ...] = (
        _FactsCheck.read(workspace, due),
        check_thread,
        check_attachments,
        check_crowding(workspace),
        check_by_hand(_read_ahead(lambda: find_by_hand(workspace, workspace.now()))),
        check_looked(_LOOK_HOLDS, workspace.reads_mailbox and workspace.settings.unread_mailbox is WhenUnread.WAIT),
        *check_office(workspace),
    )
    return check_in_turn(checks)


def _read_ahead(read: Callable[[], T]) -> Callable[[], T]:
    """Read now; what is returned hands out the value, or raises what reading raised: perhaps nobody asks for it."""
    try:
        value = read()
    except Exception as error:
        failure = error

        def fail() -> T:
            raise failure

        return fail
    return lambda: value


class _FactsCheck(Struct, frozen=True):
    """The check by the facts file as it is now, and by everything that follows from it."""

    workspace: Workspace
    facts: Callable[[], Application]
    cadence: Callable[[], Cadence]
    slugs: Callable[[], frozenset[str]]
    """The names of all facts files."""

    @classmethod
    def read(cls, workspace: Workspace, due: Entry) -> _FactsCheck:
        """Read the files."""
        facts = _read_ahead(lambda: workspace.facts.load(due.step.application))
        cadence = _read_ahead(lambda: workspace.cadence_of(facts()))
        return cls(workspace, facts, cadence, _read_ahead(lambda: frozenset(workspace.facts.slugs())))

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
        local = now.astimezone(workspace.own_zone)
        planning = make_context(application, self.cadence(), history, local, workspace.planning_defaults)
        plan = plan_from(planning)
        done = next((touch for touch in history.touches if touch.step == entry.step and touch.reached), None)
        if done and "FM505" in _heeded(entry):
            fix = f"Cancel it: `followup-mail outbox cancel {entry.id}`."
            return Ruling(Action.BLOCK, _say_done(done, context), fix=fix)
        if says := find_done(entry, history):
            return Ruling(Action.BLOCK, says, fix=f"Cancel it: `followup-mail outbox cancel {entry.id}`.")
        step = plan.step(entry.step)
        against = weigh(entry, step) if step else ""
        if not against:
            return Ruling(Action.GO, why=say_why_now(step, entry, now) if step else "")
        fix = f"Give it another moment with `followup-mail outbox reschedule {entry.id} --at WHEN`, or cancel it."
        if step and step.person is None:
            fix = (
                "Cancel it and write it again for the name that the facts have now; or, if that is the wrong one, "
                f"put the name back and run `followup-mail outbox retry {entry.id}`."
            )
        return Ruling(Action.BLOCK, against, fix=fix)


def _say_done(done: Touch, context: SendContext) -> str:
    """Return that the step was done: by a mail of the outbox, under a former name perhaps, or by the user's hand."""
    sent = context.entries(states={State.SENT}) if done.message_id else ()
    ours = next((entry for entry in sent if entry.message.message_id == done.message_id), None)
    if ours:
        return f"{ours.label} was sent for it on {done.at:%Y-%m-%d}"
    return f"you did this yourself on {done.at:%Y-%m-%d}, by {done.channel}"


def find_done(entry: Entry, history: History) -> str:
    """Return that the step of a mail was done already, in words; empty where it was not, or may be done twice."""
    done = next((touch for touch in history.touches if touch.step == entry.step and touch.reached), None)
    return (
        f"you did this yourself on {done.at:%Y-%m-%d}, by {done.channel}" if done and "FM505" in _heeded(entry) else ""
    )


def judge_by_decision(application: Application, today: date) -> Ruling:
    """Hold what belongs to an application that the user paused or archived."""
    return Ruling(Action.HOLD, mark_of_hold(application)) if say_set_aside(application, today) else GO


def judge_by_facts(entry: Entry, application: Application) -> Ruling:
    """Decide by the facts as they are now."""
    status = application.outcome.status
    outcomes = entry.step.kind.traits.outcomes
    if status not in outcomes:
        if Status.WAITING not in outcomes:
            return Ruling(Action.CANCEL, f"the outcome is {status} now, not {say_list(sorted(outcomes), 'or')}")
        if status.is_end:
            return Ruling(Action.CANCEL, f"outcome: {status}")
        return Ruling(Action.HOLD, "they replied")
    unwanted = judge_by_wishes(entry, application)
    if unwanted.action is not Action.GO:
        return unwanted
    known = {person.email.casefold() for person in application.everyone() if person.email}
    if application.outcome.by:
        known.add(application.outcome.by.casefold())
    if entry.message.to.email.casefold() not in known:
        fix = (
            "Cancel it and write it again, or put the address back into the facts and run "
            f"`followup-mail outbox retry {entry.id}`."
        )
        return Ruling(Action.BLOCK, f"{entry.message.to.email} is not in the facts any more", fix=fix)
    return GO


def judge_by_wishes(entry: Entry, application: Application) -> Ruling:
    """Block what they asked not to get: any contact, or a mail where they want a call."""
    if "FM503" not in _heeded(entry):
        return GO
    if not application.said.contact:
        return Ruling(Action.BLOCK, "they asked for no contact", fix="Cancel it.")
    asked = application.said.channel
    if entry.step.kind.traits.presses and asked and not asked.traits.is_sent:
        fix = f"Cancel it; `followup-mail plan {entry.step.application}` says what to do instead."
        return Ruling(Action.BLOCK, f"they asked to be followed up by {asked}", fix=fix)
    return GO


def judge_by_interview(entry: Entry, application: Application, now: datetime) -> Ruling:
    """Block a thank-you for an interview that was moved to a later day, or called off."""
    if not entry.step.kind.traits.thanks_for_interview:
        return GO
    starts = sorted(
        (interview.start for interview in application.interviews if interview.round == entry.step.round),
        key=datetime.timestamp,
    )
    if starts and starts[0] <= now:
        return GO
    says = f"begins on {starts[0]:%a} {starts[0].day} {starts[0]:%b %Y}" if starts else "is not in the facts any more"
    fix = "Cancel it, and write it again after the interview."
    return Ruling(Action.BLOCK, f"the interview that it thanks for {says}", fix=fix)


def judge_by_days(entry: Entry, application: Application, now: datetime) -> Ruling:
    """Block a mail that says "today" or "yesterday" of an interview, and leaves on a later day than it was to."""
    words = f"{entry.message.subject}\n{entry.message.text}"
    if "FM206" not in _heeded(entry) or not _RELATIVE_DAY.search(words):
        return GO
    mail = CheckContext(
        entry.message.subject, entry.message.text, entry.step.kind, recipient=entry.message.to,
        sends_at=now, defaults=entry.timing.place,
    )  # fmt: skip
    wrong = check_mail(with_facts(mail, application), choose_rules(["FM206"]))
    if not wrong:
        return GO
    fix = f"Write it again with `followup-mail {rewrite_command(entry)}`."
    return Ruling(Action.BLOCK, f"by now it names the wrong day: {wrong[0].message}", fix=fix)


def weigh(entry: Entry, step: Step) -> str:
    """Return what speaks against the mail, save what the user chose to ignore when it was queued."""
    heeded = _heeded(entry)
    objections = (objection.words for objection in step.objections if RULE_AGAINST[objection.kind] in heeded)
    objection = next(objections, "")
    return objection or (step.too_early if "FM501" in heeded else "")


def _heeded(entry: Entry) -> frozenset[str]:
    """Return the codes of the rules that still count for an entry."""
    return frozenset(rule.code for rule in choose_rules(ignored_before=entry.ignored_rules))
