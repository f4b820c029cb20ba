"""What speaks against a follow-up before it is sent: by the plan, and by the facts alone.

The plan (a ``Step``) knows the history; the facts do for a mail that no plan made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from followup_mail.cadence.kept_off import was_kept_off
from followup_mail.cadence.step import Against, Kind, Objection, Step, StepState
from followup_mail.checks.context import CheckContext
from followup_mail.checks.day_mentions import interviews_with_recipient
from followup_mail.checks.rule import FOLLOW_UPS
from followup_mail.facts.application import Application, Status

RULE_AGAINST: Final = {Against.LIMIT: "FM502", Against.ASKED: "FM503", Against.PLAN: "FM503", Against.ANSWERED: "FM504"}
"""The rule for each kind of objection; the user names it to ignore the objection."""


def find_objection(context: CheckContext, *kinds: Against) -> Objection | None:
    """Return what the plan says against the step, of these kinds; None when it says nothing."""
    step = context.step
    if step is None or step.state not in {StepState.SKIPPED, StepState.QUEUED}:
        return None
    return next((objection for objection in step.objections if objection.kind in kinds), None)


def outcome_against(context: CheckContext) -> str:
    """Return the outcome of the application when it ends follow-ups of this kind; else nothing."""
    if context.facts is None or context.kind is None:
        return ""
    outcome = context.facts.outcome
    if outcome.status in context.kind.traits.outcomes:
        return ""
    said = {
        Status.REJECTED: "they said no",
        Status.REPLIED: "they replied, and expect an answer rather than another follow-up",
        Status.OFFER: "they made you an offer",
        Status.WITHDRAWN: "you withdrew",
    }.get(outcome.status, "")
    return f"{said} (on {outcome.on:%Y-%m-%d})" if said and outcome.on else said


def asked_against(context: CheckContext) -> str:
    """Return what they asked for that rules this mail out; else nothing."""
    facts = context.facts
    if facts is None:
        return ""
    if not facts.said.contact:
        return "they ask for no contact"
    if context.kind in FOLLOW_UPS and facts.said.channel and not facts.said.channel.traits.is_sent:
        return f"they asked to be followed up by {facts.said.channel}"
    return ""


def first_moment_against(context: CheckContext) -> str:
    """Return why the planned moment is too early, by what they said and by the interview; else nothing."""
    at, facts = context.sends_at, context.facts
    if facts is None or at is None or (context.kind and context.kind.traits.answered_by_interview):
        return ""
    interviews = interviews_with_recipient(context)
    may_precede = context.kind is not None and not context.kind.traits.waits_for_interview
    if interviews and all(interview.end > at for interview in interviews) and not may_precede:
        return f"the interview ends at {interviews[0].end.astimezone(at.tzinfo):%Y-%m-%d %H:%M}"
    return _named_day_against(facts, context.kind, at) if context.kind in FOLLOW_UPS else ""


def planned_day_against(context: CheckContext) -> str:
    """Return that a mail leaves days before the plan has it, where nothing but the plan speaks against that.

    Thanks may come sooner than planned, but not on a day on which the same person hears about another application.
    """
    presses = context.kind in FOLLOW_UPS or (context.step is not None and was_kept_off(context.step.reason))
    if not presses or first_moment_against(context):
        return ""
    return _waits(context.step, context.sends_at)


def _waits(step: Step | None, at: datetime | None) -> str:
    """Return the planned day of a mail that is to leave on an earlier one."""
    if step is None or step.state is not StepState.UPCOMING:
        return ""
    if step.due_at is None or at is None:
        return f"is planned for later{': ' if step.reason else ''}{step.reason}"
    day = step.due_at.date()
    return f"is planned for {day:%a} {day.day} {day:%b}: {step.reason}" if at.date() < day else ""


def _named_day_against(facts: Application, kind: Kind | None, at: datetime) -> str:
    """Return the day they named that is still to come. One that is older than the latest interview is stale.

    The day of their decision holds back who asks for it; what helps them to decide comes best before it.
    """
    said, day = facts.said, at.date()
    latest = max((interview.start.date() for interview in facts.interviews if interview.end <= at), default=None)
    if said.not_before and day < said.not_before:
        return f"they asked not to be followed up before {said.not_before}"
    asks = kind is not None and kind.traits.asks
    if asks and said.decision_by and day <= said.decision_by and (latest is None or said.decision_by >= latest):
        return f"they wanted to decide by {said.decision_by}, which has not passed"
    return ""
