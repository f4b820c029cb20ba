"""Thank-yous: everyone met, in every round, nobody left out; the mails to one panel a few minutes apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followup_mail.cadence.channel_choice import Route, choose_way, find_route, missing_facts
from followup_mail.cadence.large_panels import count_others, thanks_through
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal, step_id
from followup_mail.cadence.roster import Meeting, Round
from followup_mail.cadence.step import Kind
from followup_mail.cadence.step_dates import Dated, after_interview, fit_in
from followup_mail.cadence.turns import take_turn
from followup_mail.cadence.worktime import next_permitted
from followup_mail.errors import WhenError
from followup_mail.facts.channels import Channel


def propose_thanks(context: PlanningContext) -> tuple[Proposal, ...]:
    """Return the thank-yous of all rounds."""
    steps = context.cadence.steps_of(Kind.THANK_YOU)
    return tuple(
        proposal
        for round_ in context.rounds
        for nth, cadence_step in enumerate(steps, start=1)
        for proposal in _of_round(context, cadence_step, round_, nth)
    )


def _of_round(context: PlanningContext, cadence_step: CadenceStep, round_: Round, nth: int) -> list[Proposal]:
    coordinator = thanks_through(context, round_)
    if coordinator is None:
        every = [_propose(context, cadence_step, round_.number, meeting, nth) for meeting in round_.meetings]
        return _spread(every)
    # Their mail is about the others, so it needs no facts about a conversation.
    by_mail = replace(cadence_step, channel=Channel.EMAIL, needs=())
    meeting = Meeting(coordinator, coordinator.person, round_.last)
    one = _propose(context, by_mail, round_.number, meeting, nth)
    words = f"to be passed on to the {count_others(round_, coordinator)} people you met"
    due = Dated(one.due.at, f"{one.due.reason}, {words}") if one.due else None
    return [replace(one, due=due, thanks_all=True)]


def _propose(context: PlanningContext, cadence_step: CadenceStep, number: int, meeting: Meeting, nth: int) -> Proposal:
    way = choose_way(cadence_step, context.application.said, context.cadence.calls)
    route = find_route(context, meeting.member, meeting.person, way)
    handle = meeting.member.handle
    return Proposal(
        id=step_id(context, cadence_step, number, handle, nth),
        cadence_step=cadence_step,
        route=route,
        due=_date(context, cadence_step, meeting, route),
        ruled_out=way.ruled_out,
        needs=(*route.needs, *missing_facts(context, cadence_step, meeting.person, handle)),
        known_from=meeting.interview.end,
    )


def _date(context: PlanningContext, cadence_step: CadenceStep, meeting: Meeting, route: Route) -> Dated | None:
    try:
        dated = after_interview(context, meeting.interview, cadence_step, route.place)
        return fit_in(dated, route.place, any_hour=route.any_hour)
    except WhenError:
        return None


def _spread(proposals: list[Proposal]) -> list[Proposal]:
    """Move mails that would leave together a few minutes apart, in the order of the file.

    Everybody keeps their turn whether or not their mail was sent: a date never depends on what is done already.
    """
    taken: list[datetime] = []
    return [_take_turn(proposal, taken) for proposal in proposals]


def _take_turn(proposal: Proposal, taken: list[datetime]) -> Proposal:
    due = proposal.due
    if due is None or not proposal.route.way.channel.traits.is_sent:
        return proposal
    place = proposal.route.place
    at = take_turn(due.at, taken, lambda moment: next_permitted(moment, place))
    return (
        proposal if at == due.at else replace(proposal, due=Dated(at, f"{due.reason}, minutes apart from the others"))
    )
