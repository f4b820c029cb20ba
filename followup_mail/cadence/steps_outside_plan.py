"""What the history holds beside the plan: done or queued outside the cadence, or for people gone from the facts."""

from __future__ import annotations

from followup_mail.cadence.channel_choice import Route, Way
from followup_mail.cadence.method import unplanned
from followup_mail.cadence.planning_context import COUNTS_AS_TAKEN, PlanningContext, place_of
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.step import Against, Objection, StepId
from followup_mail.cadence.step_dates import Dated, named_dates
from followup_mail.cadence.step_dates import latest as latest_of
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place
from followup_mail.errors import WhenError
from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Status


def propose_remains(context: PlanningContext, planned: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Return a proposal for everything in the history that the plan does not hold yet, each identity once."""
    known = {proposal.id for proposal in planned}
    found: dict[StepId, Proposal] = {}
    for touch in sorted(context.history.touches, key=lambda touch: touch.at):
        if touch.step not in known:
            found[touch.step] = _remains(context, touch.step, touch.channel, "you did this")
    for waiting in context.history.waiting:
        if waiting.step not in known | found.keys() and waiting.state in COUNTS_AS_TAKEN:
            found[waiting.step] = _remains(context, waiting.step, Channel.EMAIL, "you queued this")
    return tuple(found.values())


def _remains(context: PlanningContext, step: StepId, channel: Channel, reason: str) -> Proposal:
    member = context.member(step.person)
    person = member.person if member else None
    place = place_of(context, person)
    return Proposal(
        id=step,
        cadence_step=unplanned(step.kind, channel),
        route=Route(Way(channel), person, place),
        due=None,
        undated=reason,
        ruled_out=_pointless(context, step),
        named=_named(context, step, place),
    )


def _pointless(context: PlanningContext, step: StepId) -> Objection | None:
    """Return why something still queued has lost its point, or None."""
    latest = context.latest
    if step.kind.traits.answers_rejection:
        rejected = context.application.outcome.status is Status.REJECTED
        return None if rejected else Objection(Against.PLAN, "no rejection is on record")
    if context.member(step.person) is None:
        return Objection(Against.PLAN, f"the facts file has nobody called '{step.person}'")
    if latest is None:
        return None
    day = say_day(latest.last.start.date(), context.year)
    if step.kind.traits.answered_by_interview:
        return Objection(Against.ANSWERED, f"they have answered: an interview on {day} is on record")
    if step.kind.traits.in_chain and step.round != latest.number:
        return Objection(Against.PLAN, f"round {latest.number} on {day} comes after what it asks about")
    return None


def _named(context: PlanningContext, step: StepId, place: Place) -> Dated | None:
    if not step.kind.traits.presses:
        return None
    since = context.latest.last.start.date() if context.latest else context.application.applied
    try:
        named = named_dates(context, context.decision(since), place)
    except WhenError:
        return None
    return latest_of(named) if named else None
