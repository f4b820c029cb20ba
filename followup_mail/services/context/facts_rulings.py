"""What the facts of today say about a mail that waits: does it still have its point, its reader, its interview?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from followup_mail.cadence.set_aside import mark_of_hold, say_set_aside
from followup_mail.cadence.step import History, Step
from followup_mail.cadence.wording import say_list
from followup_mail.checks import CheckContext, check_mail, choose_rules, with_facts
from followup_mail.checks.plan_objections import RULE_AGAINST
from followup_mail.facts.application import Application, Status
from followup_mail.outbox.entry import OPEN_IN_EDITOR, TO_DRAFTS, Entry
from followup_mail.outbox.pre_send_check import GO, Action, Ruling, rewrite_command
from followup_mail.regex import regex

_RELATIVE_DAY = regex(r"\b(?:today|yesterday|this (?:morning|afternoon))\b", re.IGNORECASE)


def mark_staying(history: History, others: Iterable[Entry], application: Application, now: datetime) -> History:
    """Return a history in which a mail that waits is no contact where it does not leave, whatever the plan says."""
    stays = {other.label: why for other in others if (why := _find_stop(other, history, application, now))}
    if not stays:
        return history
    return replace(
        history,
        waiting=tuple(
            replace(waiting, stays=stays[waiting.entry]) if waiting.entry in stays else waiting
            for waiting in history.waiting
        ),
    )


def _find_stop(entry: Entry, history: History, application: Application, now: datetime) -> str:
    """Return what stops a mail for good by the facts, or until the user says so; empty where nothing does."""
    if entry.held and entry.held not in {OPEN_IN_EDITOR, TO_DRAFTS}:
        return entry.held
    rulings = (
        judge_by_facts(entry, application),
        judge_by_interview(entry, application, max(entry.ready_at, now)),
    )
    stop = next((ruling.reason for ruling in rulings if ruling.action is not Action.GO), "")
    return find_done(entry, history) or stop


def find_done(entry: Entry, history: History) -> str:
    """Return that the step of a mail was done already, in words; empty where it was not, or may be done twice."""
    done = next((touch for touch in history.touches if touch.step == entry.step and touch.reached), None)
    return (
        f"you did this yourself on {done.at:%Y-%m-%d}, by {done.channel}" if done and "FM505" in heeded(entry) else ""
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
            f"Cancel it with `followup-mail outbox cancel {entry.id}` and write it again, or put the address back into "
            "the facts."
        )
        return Ruling(Action.BLOCK, f"{entry.message.to.email} is not in the facts any more", fix=fix)
    return GO


def judge_by_wishes(entry: Entry, application: Application) -> Ruling:
    """Block what they asked not to get: any contact, or a mail where they want a call."""
    if "FM503" not in heeded(entry):
        return GO
    if not application.said.contact:
        cancel = f"Cancel it: `followup-mail outbox cancel {entry.id}`."
        return Ruling(Action.BLOCK, "they asked for no contact", fix=cancel)
    asked = application.said.channel
    if entry.step.kind.traits.presses and asked and not asked.traits.is_sent:
        fix = (
            f"Cancel it: `followup-mail outbox cancel {entry.id}`. "
            f"`followup-mail plan {entry.step.application}` says what to do instead."
        )
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
    fix = f"Cancel it with `followup-mail outbox cancel {entry.id}`, and write it again after the interview."
    return Ruling(Action.BLOCK, f"the interview that it thanks for {says}", fix=fix)


def judge_by_days(entry: Entry, application: Application, now: datetime) -> Ruling:
    """Block a mail that says "today" or "yesterday" of an interview, and leaves on a later day than it was to."""
    words = f"{entry.message.subject}\n{entry.message.text}"
    if "FM206" not in heeded(entry) or not _RELATIVE_DAY.search(words):
        return GO
    mail = CheckContext(
        entry.message.subject, entry.message.text, entry.step.kind, recipient=entry.message.to,
        sends_at=now, defaults=entry.timing.place,
        thread_subject=entry.message.subject if entry.message.references else "",
    )  # fmt: skip
    wrong = check_mail(with_facts(mail, application), choose_rules(["FM206"]))
    if not wrong:
        return GO
    fix = f"Write it again with `followup-mail {rewrite_command(entry)}`."
    return Ruling(Action.BLOCK, f"by now it names the wrong day: {wrong[0].message}", fix=fix)


def weigh(entry: Entry, step: Step) -> str:
    """Return what speaks against the mail, save what the user chose to ignore when it was queued."""
    codes = heeded(entry)
    objections = (objection.words for objection in step.objections if RULE_AGAINST[objection.kind] in codes)
    objection = next(objections, "")
    return objection or (step.too_early if "FM501" in codes else "")


def heeded(entry: Entry) -> frozenset[str]:
    """Return the codes of the rules that still count for an entry."""
    return frozenset(rule.code for rule in choose_rules(ignored_before=entry.ignored_rules))
