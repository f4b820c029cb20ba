"""Thank-yous: everyone met, in every round, nobody left out; the mails to one panel a few minutes apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from followup_mail.cadence.channel_choice import choose_way, find_route, missing_facts
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.planning_context import PlanningContext, place_of
from followup_mail.cadence.proposal import Proposal, deadline, step_id
from followup_mail.cadence.roster import Meeting
from followup_mail.cadence.step import Kind
from followup_mail.cadence.step_dates import Dated, after_interview, fit_in
from followup_mail.cadence.worktime import Place, next_permitted
from followup_mail.errors import WhenError

PANEL_GAP: Final = timedelta(minutes=4)
"""Between two mails to people who sit together: a burst of the same minute looks like a mailing."""


def propose_thanks(scene: PlanningContext) -> tuple[Proposal, ...]:
    """Return the thank-yous of all rounds."""
    moves = scene.cadence.moves_of(Kind.THANK_YOU)
    return tuple(
        proposal
        for of in scene.rounds
        for nth, move in enumerate(moves, start=1)
        for proposal in _spread([_propose(scene, move, of.number, meeting, nth) for meeting in of.meetings])
    )


def _propose(scene: PlanningContext, move: CadenceStep, number: int, meeting: Meeting, nth: int) -> Proposal:
    way = choose_way(move, scene.application.said, scene.cadence.calls)
    route = find_route(scene, meeting.member, meeting.person, way.channel)
    place = place_of(scene, route.via or route.person)
    due = _date(scene, move, meeting, place, any_hour=not way.channel.traits.keeps_office_hours)
    handle = meeting.member.handle
    return Proposal(
        id=step_id(scene, move, number, handle, nth),
        move=move,
        channel=way.channel,
        person=route.person,
        via=route.via,
        place=place,
        due_at=due.at if due else None,
        last_at=None,
        reason=due.reason if due else "after your interview",
        ruled_out=way.ruled_out,
        needs=(*route.needs, *missing_facts(scene, move, meeting.person, handle)),
        known_from=meeting.interview.end,
    )


def _date(scene: PlanningContext, move: CadenceStep, meeting: Meeting, place: Place, *, any_hour: bool) -> Dated | None:
    try:
        return fit_in(after_interview(scene, meeting.interview, move, place), place, any_hour=any_hour)
    except WhenError:
        return None


def _spread(proposals: list[Proposal]) -> list[Proposal]:
    """Move mails that would leave together a few minutes apart, in the order of the file.

    Everybody keeps their turn whether or not their mail was sent: a date never depends on what is done already.
    """
    taken: list[datetime] = []
    return [_take_turn(one, taken) for one in proposals]


def _take_turn(proposal: Proposal, taken: list[datetime]) -> Proposal:
    if proposal.due_at is None:
        return proposal
    at = _free_turn(proposal.due_at, proposal.place, taken) if proposal.channel.traits.is_sent else proposal.due_at
    apart = ", minutes apart from the others" if at != proposal.due_at else ""
    last_at = deadline(proposal.move, at, proposal.place)
    return replace(proposal, due_at=at, last_at=last_at, reason=proposal.reason + apart)


def _free_turn(at: datetime, place: Place, taken: list[datetime]) -> datetime:
    while (crowd := _too_close(at, taken)) is not None:
        at = next_permitted(crowd + PANEL_GAP, place)
    insort(taken, at.astimezone(UTC))
    return at


def _too_close(at: datetime, taken: list[datetime]) -> datetime | None:
    """Return the latest moment taken that is less than the gap away from ``at``."""
    moment = at.astimezone(UTC)
    first, last = bisect_right(taken, moment - PANEL_GAP), bisect_left(taken, moment + PANEL_GAP)
    return taken[last - 1] if last > first else None
