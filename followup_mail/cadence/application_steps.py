"""The two follow-ups that need no interview: did the application arrive, and thanks for a rejection."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from followup_mail.cadence.channel_choice import choose_way, find_route, missing_facts
from followup_mail.cadence.kinds import Anchor, Audience, Kind
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import Offset, Unit, shift_day
from followup_mail.cadence.planning_context import PlanningContext, addressee, place_of
from followup_mail.cadence.proposal import Proposal, as_done, deadline, step_id
from followup_mail.cadence.roster import Member
from followup_mail.cadence.step_dates import Dated, fit_in, latest, named_dates
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, next_permitted
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


def propose_checks(scene: PlanningContext) -> tuple[Proposal, ...]:
    """Return the checks whether the application arrived. An interview answers the question: then there are none."""
    if scene.rounds:
        return ()
    moves = scene.cadence.moves_of(Kind.APPLICATION_CHECK)
    return tuple(_check(scene, move, nth) for nth, move in enumerate(moves, start=1))


def propose_rejection(scene: PlanningContext) -> tuple[Proposal, ...]:
    """Return the answer to a rejection: one for the application, whatever round it ended in."""
    if scene.application.outcome.status is not Status.REJECTED:
        return ()
    move = next(iter(scene.cadence.moves_of(Kind.REJECTION_THANKS)), _USUAL_ANSWER)
    member = who_wrote(scene)
    # Counted from the facts, not from the clock: the identity must not change when a called-off interview passes.
    number = max((one.number for one in scene.rounds), default=0)
    step = as_done(scene, step_id(scene, move, number, member.handle if member else "", 1), any_round=True)
    route = find_route(scene, member, member.person if member else None, move.channel)
    place = place_of(scene, route.via or route.person)
    try:
        due = _rejection_date(scene, move, place)
    except WhenError:
        due = None
    return (
        Proposal(
            id=step,
            move=move,
            channel=move.channel,
            person=route.person,
            via=route.via,
            place=place,
            due_at=due.at if due else None,
            last_at=deadline(move, due.at, place) if due else None,
            reason=due.reason if due else "they said no",
            needs=(*route.needs, *missing_facts(scene, move, route.person, step.person)),
        ),
    )


def _check(scene: PlanningContext, move: CadenceStep, nth: int) -> Proposal:
    member = addressee(scene, None)
    step = as_done(scene, step_id(scene, move, 0, member.handle if member else "", nth), any_round=True)
    way = choose_way(move, scene.application.said, scene.cadence.calls)
    route = find_route(scene, member, member.person if member else None, way.channel)
    place = place_of(scene, route.via or route.person)
    due = _check_date(scene, move, place, any_hour=not way.channel.traits.keeps_office_hours)
    unknown = () if scene.application.applied else ("the day you applied",)
    reason = due.reason if due else f"{move.offset or _NEXT_DAY} after you applied"
    return Proposal(
        id=step,
        move=move,
        channel=way.channel,
        person=route.person,
        via=route.via,
        place=place,
        due_at=due.at if due else None,
        last_at=deadline(move, due.at, place) if due else None,
        reason=f"{reason}; {way.because}" if way.because else reason,
        ruled_out=way.ruled_out,
        needs=(*unknown, *route.needs, *missing_facts(scene, move, route.person, step.person)),
    )


def _check_date(scene: PlanningContext, move: CadenceStep, place: Place, *, any_hour: bool) -> Dated | None:
    applied = scene.application.applied
    if applied is None:
        return None
    offset = move.offset or _NEXT_DAY
    try:
        at = shift_day(applied, offset, place)
        base = Dated(at, f"you applied on {say_day(applied, scene.year)}, plus {offset}")
        bounds = (base, *named_dates(scene, scene.decision(applied), place))
        return fit_in(latest(bounds), place, any_hour=any_hour)
    except WhenError:
        return None


def _rejection_date(scene: PlanningContext, move: CadenceStep, place: Place) -> Dated:
    day = scene.application.outcome.on
    if day is None:
        # Rounded up to the minute, so that the plan of one minute reads the same.
        now = scene.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return Dated(next_permitted(now, place), "they said no; thanks are due once offices are open")
    at = shift_day(day, move.offset or _NEXT_DAY, place)
    return fit_in(
        Dated(at, f"their answer came on {say_day(day, scene.year)}; thanks follow the next working morning"),
        place,
        any_hour=not move.channel.traits.keeps_office_hours,
    )


def who_wrote(scene: PlanningContext) -> Member | None:
    """Return who sent the rejection; for an address nobody reads, or none, whom follow-ups go to.

    Someone the user named is read, whatever their address looks like.
    """
    by = scene.application.outcome.by
    known = (one for one in scene.members if by and (one.person.email or "").casefold() == by.casefold())
    if member := next(known, None):
        return member
    if by is None or is_unread(by):
        return addressee(scene, scene.latest)
    return Member(_HIRING_TEAM.replace(" ", "-"), _hiring_team(by))


def _hiring_team(address: str) -> Person:
    return Person(name=_HIRING_TEAM.capitalize(), address_as=_HIRING_TEAM, email=address)
