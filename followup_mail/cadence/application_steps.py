"""The two follow-ups that need no interview: did the application arrive, and thanks for a rejection."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import Route, Way, choose_way, find_route, missing_facts
from followup_mail.cadence.contact_gap import Contact, keep_off, list_contacts, reached
from followup_mail.cadence.kinds import Anchor, Audience, Kind
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import Offset, Unit, shift_day
from followup_mail.cadence.planning_context import COUNTS_AS_TAKEN, PlanningContext, addressee, place_of
from followup_mail.cadence.proposal import Proposal, as_done, step_id
from followup_mail.cadence.roster import Member
from followup_mail.cadence.step import Against, Objection, StepId
from followup_mail.cadence.step_dates import Dated, fit_in, latest, named_dates
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, closing_at, next_permitted
from followup_mail.errors import WhenError
from followup_mail.facts.application import Channel, Person, Status
from followup_mail.facts.no_reply import is_unread

_NEXT_DAY: Final = Offset(1, Unit.WORKING_DAY)
_HIRING_TEAM: Final = "hiring team"
_USUAL_ANSWER: Final = CadenceStep(
    kind=Kind.REJECTION_THANKS,
    channel=Channel.EMAIL,
    audience=Audience.WHOEVER_WROTE,
    anchor=Anchor.REJECTION,
    offset=_NEXT_DAY,
)
"""Part of every cadence, also of one that does not mention it."""


def propose_checks(context: PlanningContext) -> tuple[Proposal, ...]:
    """Return the checks whether the application arrived. An interview answers the question: then there are none."""
    if context.rounds:
        return ()
    steps = context.cadence.steps_of(Kind.APPLICATION_CHECK)
    checks: list[Proposal] = []
    for nth, cadence_step in enumerate(steps, start=1):
        checks.append(_check(context, cadence_step, nth, list_contacts(context, checks)))
    return tuple(checks)


def propose_rejection(context: PlanningContext) -> tuple[Proposal, ...]:
    """Return the answer to a rejection: one for the application, whatever round it ended in."""
    if context.application.outcome.status is not Status.REJECTED:
        return ()
    cadence_step = next(iter(context.cadence.steps_of(Kind.REJECTION_THANKS)), _USUAL_ANSWER)
    member = who_wrote(context)
    # Counted from the facts, not from the clock: the identity must not change when a called-off interview passes.
    number = max((round_.number for round_ in context.rounds), default=0)
    step = _unanswered(context, step_id(context, cadence_step, number, member.handle if member else "", 1))
    route = find_route(context, member, member.person if member else None, Way(cadence_step.channel))
    try:
        due = _rejection_date(context, cadence_step, route)
    except WhenError:
        due = None
    return (
        Proposal(
            id=step,
            cadence_step=cadence_step,
            route=route,
            due=due,
            undated="they said no",
            needs=(*route.needs, *missing_facts(context, cadence_step, route.person, step.person)),
        ),
    )


def _unanswered(context: PlanningContext, step: StepId) -> StepId:
    """Return the identity of the answer to this rejection; what was answered before its day was an earlier one."""
    day, clock = context.application.outcome.on, place_of(context, None).clock
    answers = [(touch.step, touch.at) for touch in context.history.touches if touch.step.kind is step.kind]
    queued = (entry for entry in context.history.waiting if entry.state in COUNTS_AS_TAKEN)
    answers += [(entry.step, entry.due_at) for entry in queued if entry.step.kind is step.kind]
    earlier = {answer for answer, at in answers if day and at.astimezone(clock).date() < day}
    this_one = next((answer for answer, _ in answers if answer not in earlier), None)
    if this_one:
        return step if step in {answer for answer, _ in answers} - earlier else this_one
    while step in earlier:
        step = replace(step, nth=step.nth + 1)
    return step


def _check(context: PlanningContext, cadence_step: CadenceStep, nth: int, contacts: tuple[Contact, ...]) -> Proposal:
    way = choose_way(cadence_step, context.application.said, context.cadence.calls)
    member = addressee(context, None, way.channel)
    step = as_done(context, step_id(context, cadence_step, 0, member.handle if member else "", nth), any_round=True)
    route = find_route(context, member, member.person if member else None, way)
    unknown = () if context.application.applied else ("the day you applied",)
    people = reached(context, step.person, route) | ({member.handle} if member else set())
    before = tuple(contact for contact in contacts if contact.step != step)
    off = keep_off(context, before, people, route.place, is_call=way.channel.traits.is_call)
    due = _check_date(context, cadence_step, route, off)
    return Proposal(
        id=step,
        cadence_step=cadence_step,
        route=route,
        due=due,
        ends_at=_end_of_window(context, cadence_step, route.place),
        undated=f"{cadence_step.offset or _NEXT_DAY} after you applied",
        ruled_out=way.ruled_out or _decided(context),
        needs=(*unknown, *route.needs, *missing_facts(context, cadence_step, route.person, step.person)),
    )


def _decided(context: PlanningContext) -> Objection | None:
    """Return that they named the day by which they decide: then the application arrived."""
    day = context.decision(context.application.applied)
    if day is None:
        return None
    return Objection(
        Against.PLAN, f"they decide by {say_day(day, context.year)}: whether it arrived is no question then"
    )


def _end_of_window(context: PlanningContext, cadence_step: CadenceStep, place: Place) -> datetime | None:
    """Return when the span is over in which the source wants it done."""
    applied, window = context.application.applied, cadence_step.window
    try:
        return closing_at(shift_day(applied, window, place).date(), place) if applied and window else None
    except WhenError:
        return None


def _check_date(
    context: PlanningContext, cadence_step: CadenceStep, route: Route, away: tuple[Dated, ...]
) -> Dated | None:
    applied = context.application.applied
    if applied is None:
        return None
    offset, place = cadence_step.offset or _NEXT_DAY, route.place
    try:
        at = shift_day(applied, offset, place)
        base = Dated(at, f"you applied on {say_day(applied, context.year)}, plus {offset}")
        bounds = (base, *named_dates(context, context.decision(applied), place), *away)
        return fit_in(latest(bounds), place, any_hour=route.any_hour)
    except WhenError:
        return None


def _rejection_date(context: PlanningContext, cadence_step: CadenceStep, route: Route) -> Dated:
    day, place = context.application.outcome.on, route.place
    if day is None:
        # Rounded up to the minute, so that the plan of one minute reads the same.
        now = context.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return Dated(next_permitted(now, place), "they said no; thanks are due once offices are open")
    at = shift_day(day, cadence_step.offset or _NEXT_DAY, place)
    return fit_in(
        Dated(at, f"their answer came on {say_day(day, context.year)}; thanks follow the next working morning"),
        place,
        any_hour=route.any_hour,
    )


def who_wrote(context: PlanningContext) -> Member | None:
    """Return who sent the rejection; for an address nobody reads, or none, whom follow-ups go to.

    Someone the user named is read, whatever their address looks like.
    """
    by = context.application.outcome.by
    known = (member for member in context.members if by and (member.person.email or "").casefold() == by.casefold())
    if member := next(known, None):
        return member
    if by is None or is_unread(by):
        return addressee(context, context.latest, Channel.EMAIL)
    return Member(_HIRING_TEAM.replace(" ", "-"), _hiring_team(by))


def _hiring_team(address: str) -> Person:
    return Person(name=_HIRING_TEAM.capitalize(), address_as=_HIRING_TEAM, email=address)
