"""The looks that need facts: what came of the application since the mail was queued, and is it still the same person.

They run inside the transaction that claims an entry (``outbox.pre_send_check``), so between a look and the sending
nothing of ours can change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from followup_mail.cadence.method import FOLLOW_UPS, PRESSING
from followup_mail.cadence.plan import plan_follow_ups
from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import Kind, Step
from followup_mail.cadence.worktime import next_permitted
from followup_mail.checks import choose_rules
from followup_mail.checks.plan_objections import RULE_AGAINST
from followup_mail.errors import FactsError, NotFoundError
from followup_mail.facts.application import Application, Channel, Status
from followup_mail.outbox.entry import FOLDER, Entry, State, Timing
from followup_mail.outbox.pre_send_check import (
    GO,
    Action,
    PreSendCheck,
    Ruling,
    SendContext,
    SendingLimits,
    known_day_limit,
    look_at_attachments,
    look_at_limits,
    look_at_time,
    look_in_turn,
)
from followup_mail.services.application_context import place_of
from followup_mail.services.history_matching import recall
from followup_mail.workspace import Workspace

_WAIT_FOR_THREAD = timedelta(minutes=5)


def make_look(workspace: Workspace) -> PreSendCheck:
    """Return every look that a mail must pass directly before it is sent."""
    given = workspace.settings
    per_day = min(given.per_day, known_day_limit(given.smtp_host, given.email) or given.per_day)
    limits = SendingLimits(given.per_minute, per_day, timedelta(seconds=given.domain_gap))
    return look_in_turn([look_at_facts(workspace), look_at_thread, look_at_attachments, look_at_limits(limits)])


def look_at_facts(workspace: Workspace) -> PreSendCheck:
    """Return the look that reads the facts file again, once, and makes every look that follows from the facts."""

    def look(entry: Entry, around: SendContext, now: datetime) -> Ruling:
        try:
            application = workspace.facts.load(entry.step.application)
        except NotFoundError:
            path = workspace.facts.path(entry.step.application)
            fix = "Put it back, or give it this name again if it was renamed, then `outbox retry` it; or cancel it."
            return Ruling(Action.BLOCK, f"its facts file is gone: {path}", fix=fix)
        except FactsError as error:
            first = error.sentence.split("\n", 1)[0]
            return Ruling(Action.BLOCK, f"its facts file cannot be read: {first}", fix="Mend it, then `outbox retry`.")
        return look_in_turn(_looks_by(workspace, application))(entry, around, now)

    return look


def _looks_by(workspace: Workspace, application: Application) -> tuple[PreSendCheck, ...]:
    return (
        lambda entry, _, __: judge_by_facts(entry, application),
        lambda entry, _, now: judge_by_interview(entry, application, now),
        look_at_plan(workspace, application),
        look_where_they_are(workspace, application, look_at_time(_next_permitted)),
    )


def judge_by_facts(entry: Entry, application: Application) -> Ruling:
    """Decide by the facts as they are now."""
    status = application.outcome.status
    answers_rejection = entry.step.kind is Kind.REJECTION_THANKS
    if answers_rejection and status is not Status.REJECTED:
        return Ruling(Action.CANCEL, f"the outcome is {status} now, not rejected")
    if not answers_rejection and status.is_end:
        return Ruling(Action.CANCEL, f"outcome: {status}")
    if not answers_rejection and status is Status.REPLIED:
        return Ruling(Action.HOLD, "they replied")
    unwanted = judge_by_wishes(entry, application)
    if unwanted.verb is not Action.GO:
        return unwanted
    known = {one.email.casefold() for one in application.everyone() if one.email}
    if application.outcome.by:
        known.add(application.outcome.by.casefold())
    if entry.mail.to.email.casefold() not in known:
        fix = "Cancel it and write it anew, or put the address back into the facts and `outbox retry` it."
        return Ruling(Action.BLOCK, f"{entry.mail.to.email} is not in the facts any more", fix=fix)
    return GO


def judge_by_wishes(entry: Entry, application: Application) -> Ruling:
    """Block what they asked not to get: any contact, or a mail where they want a call."""
    if "FM503" not in _heeded(entry):
        return GO
    if not application.said.contact:
        return Ruling(Action.BLOCK, "they asked for no contact", fix="Cancel it.")
    asked = application.said.channel
    if entry.step.kind in PRESSING and asked not in {None, Channel.EMAIL}:
        fix = f"Cancel it; `followup-mail plan {entry.step.application}` says what to do instead."
        return Ruling(Action.BLOCK, f"they asked to be followed up by {asked}", fix=fix)
    return GO


def judge_by_interview(entry: Entry, application: Application, now: datetime) -> Ruling:
    """Block a thank-you for an interview that was moved to a later day, or called off."""
    if entry.step.kind is not Kind.THANK_YOU:
        return GO
    starts = sorted(
        (one.start for one in application.interviews if one.round == entry.step.round), key=datetime.timestamp
    )
    if starts and starts[0] <= now:
        return GO
    says = f"begins on {starts[0]:%a} {starts[0].day} {starts[0]:%b %Y}" if starts else "is not in the facts any more"
    fix = "Cancel it, and write it anew after the interview."
    return Ruling(Action.BLOCK, f"the interview that it thanks for {says}", fix=fix)


def look_at_plan(workspace: Workspace, application: Application) -> PreSendCheck:
    """Return the look that plans anew: what they said since, and the limit of contacts, may speak against the mail."""

    def look(entry: Entry, around: SendContext, now: datetime) -> Ruling:
        method = workspace.cadence_of(application)
        history = recall(workspace, application, around.history())
        plan = plan_follow_ups(
            application, method, history, now.astimezone(workspace.own_zone), workspace.planning_defaults
        )
        done = next((one for one in history.touches if one.step == entry.step and one.reached), None)
        if done and "FM505" in _heeded(entry):
            says = f"you did this yourself on {done.at:%Y-%m-%d}, by {done.channel}"
            return Ruling(Action.BLOCK, says, fix=f"Cancel it: `followup-mail outbox cancel {entry.id}`.")
        step = plan.step(entry.step)
        against = _weigh(entry, step) if step else ""
        if not against:
            return GO
        fix = f"Give it another moment with `followup-mail outbox reschedule {entry.id} --at WHEN`, or cancel it."
        if step and step.person is None:
            fix = "Cancel it and write it anew, or put the name back into the facts and `outbox retry` it."
        return Ruling(Action.BLOCK, against, fix=fix)

    return look


def look_where_they_are(workspace: Workspace, application: Application, at_time: PreSendCheck) -> PreSendCheck:
    """Return the look at working time by the place that the facts name now: they may have been put right since."""

    def look(entry: Entry, around: SendContext, now: datetime) -> Ruling:
        wanted = entry.mail.to.email.casefold()
        them = next((one for one in list_members(application) if (one.person.email or "").casefold() == wanted), None)
        place = place_of(workspace, application, them.person if them else None)
        return at_time(replace(entry, timing=replace(entry.timing, place=place)), around, now)

    return look


def look_at_thread(entry: Entry, around: SendContext, now: datetime) -> Ruling:
    """Let a second note wait for the mail that it goes on from, and block it when that one never left."""
    if entry.step.kind not in FOLLOW_UPS or not entry.mail.references:
        return GO
    before, history = entry.mail.references[-1], around.history()
    if any(touch.message_id == before for touch in history.touches):
        return GO
    waiting = next((one for one in history.waiting if one.message_id == before), None)
    if waiting and waiting.state == State.IN_FOLDER and entry.account == FOLDER:
        return GO
    if waiting and waiting.state in {"queued", "sending"}:
        return Ruling(Action.POSTPONE, f"{waiting.entry}, which it goes on from, leaves first", now + _WAIT_FOR_THREAD)
    fix = f"Cancel it with `followup-mail outbox cancel {entry.id}`, and queue it anew."
    return Ruling(Action.BLOCK, "the mail that it goes on from was changed or never left", fix=fix)


def _weigh(entry: Entry, step: Step) -> str:
    """Return what speaks against the mail, save what the user chose to ignore when it was queued."""
    heeded = _heeded(entry)
    objection = next((one.words for one in step.objections if RULE_AGAINST[one.kind] in heeded), "")
    return objection or (step.too_early if "FM501" in heeded else "")


def _heeded(entry: Entry) -> frozenset[str]:
    """Return the codes of the rules that still count for an entry."""
    return frozenset(rule.code for rule in choose_rules(ignore=entry.ignored_rules))


def _next_permitted(timing: Timing, now: datetime) -> datetime:
    return next_permitted(now, timing.place)
