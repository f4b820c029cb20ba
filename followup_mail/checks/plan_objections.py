"""What speaks against a follow-up before it is sent: by the plan, and by the facts alone.

The plan (a ``Step``) knows the history; the facts do for a mail that no plan made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from followup_mail.cadence.kept_off import was_kept_off
from followup_mail.cadence.step import Against, Kind, Objection, Step, StepState
from followup_mail.cadence.wording import say_day
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


def outcome_missing(context: CheckContext) -> bool:
    """Return whether a mail answers a no of which the facts know nothing."""
    if context.facts is None or context.kind is None:
        return False
    return context.kind.traits.answers_rejection and context.facts.outcome.status is Status.WAITING


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


def interview_against(context: CheckContext) -> str:
    """Return that the interview is not over at the moment of sending; else nothing."""
    at, traits = context.sends_at, context.kind.traits if context.kind else None
    if context.facts is None or at is None:
        return ""
    interviews = interviews_with_recipient(context)
    may_precede = context.is_no_follow_up or (
        traits is not None and (traits.answered_by_interview or not traits.waits_for_interview)
    )
    if may_precede or not interviews or any(interview.end <= at for interview in interviews):
        return ""
    end = interviews[0].end.astimezone(at.tzinfo)
    return f"the interview ends on {say_day(end.date(), at.year)} at {end:%H:%M}"


def named_day_against(context: CheckContext) -> str:
    """Return the day they named that a follow-up would leave before; else nothing."""
    at, facts, kind = context.sends_at, context.facts, context.kind
    if facts is None or at is None or kind not in FOLLOW_UPS or kind.traits.answered_by_interview:
        return ""
    return _named_day_against(facts, kind, at)


def planned_day_against(context: CheckContext) -> str:
    """Return that a mail leaves on another day than the plan lets it, where nothing but the plan speaks against that.

    Thanks may come sooner than planned, but not on a day on which the same person hears about another application.
    """
    kept_off = context.shared_day or (context.step is not None and was_kept_off(context.step.reason))
    if not (kept_off or context.kind in FOLLOW_UPS) or interview_against(context) or named_day_against(context):
        return ""
    if waits := _waits(context.step, context.sends_at):
        return waits
    name = context.person.name if context.person else "the same person"
    return f"is for a day on which {name} hears from you about another application" if context.shared_day else ""


def _waits(step: Step | None, at: datetime | None) -> str:
    """Return the planned day of a mail that is to leave on an earlier one."""
    if step is None or step.state is not StepState.UPCOMING:
        return ""
    if step.due_at is None or at is None:
        return f"is planned for later{': ' if step.reason else ''}{step.reason}"
    day = step.due_at.date()
    return f"is planned for {day:%a} {day.day} {day:%b}: {step.reason}" if at.date() < day else ""


def _named_day_against(facts: Application, kind: Kind, at: datetime) -> str:
    """Return the day they named that is still to come. One that is older than the latest interview is stale.

    The day of their decision holds back who asks for it; what helps them to decide comes best before it.
    """
    said, day = facts.said, at.date()
    latest = max((interview.start.date() for interview in facts.interviews if interview.end <= at), default=None)
    if said.not_before and day < said.not_before:
        return f"they asked not to be followed up before {say_day(said.not_before, at.year)}"
    decision = said.decision_by if kind.traits.asks else None
    if decision and day <= decision and (latest is None or decision >= latest):
        return f"they wanted to decide by {say_day(decision, at.year)}, which has not passed"
    return ""
