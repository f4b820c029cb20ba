"""The same person in another application: nobody hears about two of them on one day.

Whoever interviewed for both is thanked for both at once: only those who stand between several employers or several jobs
and the candidate get their thanks a day apart.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import Route
from followup_mail.cadence.kept_off import ALONE
from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.step import StepId
from followup_mail.cadence.step_dates import Dated
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, next_permitted, start_of
from followup_mail.errors import WhenError
from followup_mail.facts.people import Person
from followup_mail.facts.terms import Role

_BETWEEN: Final = frozenset({Role.RECRUITER, Role.COORDINATOR})


def keep_off_days(context: PlanningContext, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Move mails off days on which somebody hears from the user about another application, to the next working day."""
    if not context.elsewhere:
        return proposals
    return tuple(
        replace(proposal, due=keep_off_day(context, proposal.id, proposal.route, proposal.due))
        if proposal.due
        else proposal
        for proposal in proposals
    )


def keep_off_day(context: PlanningContext, step: StepId, route: Route, due: Dated) -> Dated:
    """Return when one step may go so; the date itself where nothing moves it."""
    reached = route.via or route.person
    days = days_of_others(context, step.kind, reached, route.place) if route.way.channel.traits.is_sent else frozenset()
    if reached is None or not days or context.last_touch(step) or context.waiting_for(step):
        return due
    # What is overdue would go today.
    at = max(due.at, context.now.astimezone(route.place.clock), key=lambda moment: moment.astimezone(UTC))
    if at.date() not in days:
        return due
    moved = at
    try:
        while moved.date() in days:
            moved = next_permitted(start_of(moved.date() + timedelta(days=1), route.place), route.place)
    except WhenError:
        return due
    other = f"on {_say(context, at.date())} it is another application"
    words = f"a day on which {reached.name} {ALONE}; {other}"
    return Dated(moved, f"{due.reason}, then {words}")


def days_of_others(context: PlanningContext, kind: Kind, reached: Person | None, place: Place) -> frozenset[date]:
    """Return the days that mails of a kind keep off: on them their reader hears about another application."""
    if reached is None or not reached.email or not (kind.traits.presses or reached.role in _BETWEEN):
        return frozenset()
    written = context.elsewhere.get(reached.email.casefold(), ())
    return frozenset(moment.astimezone(place.clock).date() for moment in written)


def _say(context: PlanningContext, day: date) -> str:
    return say_day(day, context.year)
