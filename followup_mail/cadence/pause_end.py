"""A pause that ends by itself: whatever the plan has before that day waits for it, or is over by then."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import Route
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.step import Against, Objection, StepId
from followup_mail.cadence.step_dates import Dated
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import next_permitted


def wait_for_pauses_end(context: PlanningContext, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Move what the plan has during a pause to its end; rule out what makes no sense any more by then."""
    until = _paused_until(context)
    return tuple(_wait(context, proposal, until) for proposal in proposals) if until else proposals


def after_pause(context: PlanningContext, step: StepId, route: Route, due: Dated) -> Dated:
    """Return when one step may go: at the end of a pause, where that comes later than its day."""
    until = _paused_until(context)
    if until is None or context.last_touch(step) or context.waiting_for(step):
        return due
    ends = _end(context, until)
    if due.at.astimezone(UTC) >= ends:
        return due
    moved = next_permitted(ends.astimezone(route.place.clock), route.place, any_hour=route.any_hour)
    return Dated(moved, f"{due.reason}, past your pause until {say_day(until, context.year)}")


def _wait(context: PlanningContext, proposal: Proposal, until: date) -> Proposal:
    if proposal.due is None:
        return proposal
    last_at = proposal.last_at
    due = after_pause(context, proposal.id, proposal.route, proposal.due)
    if due is proposal.due or (last_at and last_at < context.now):
        return proposal
    if last_at and last_at.astimezone(UTC) < _end(context, until):
        passes = Objection(Against.PLAN, f"its time passes during your pause until {say_day(until, context.year)}")
        return replace(proposal, ruled_out=proposal.ruled_out or passes)
    return replace(proposal, due=due)


def _paused_until(context: PlanningContext) -> date | None:
    """Return the day on which a pause ends by itself; None where there is none, or it has ended."""
    application, until = context.application, context.application.paused_until
    if until is None or application.paused or application.archived:
        return None
    return until if context.now.astimezone(context.defaults.clock).date() < until else None


def _end(context: PlanningContext, until: date) -> datetime:
    return datetime.combine(until, time(), context.defaults.clock).astimezone(UTC)
