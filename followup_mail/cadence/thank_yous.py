"""Thank-yous: everyone met, in every round, nobody left out; the mails to one panel a few minutes apart."""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import Route, choose_way, find_route, missing_facts
from followup_mail.cadence.large_panels import count_others, thanks_through
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import shift
from followup_mail.cadence.panel_turns import spread
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal, step_id
from followup_mail.cadence.roster import Meeting, Round
from followup_mail.cadence.step import Against, Kind, Objection, StepId
from followup_mail.cadence.step_dates import Dated, after_interview, fit_in
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import closing_at, is_permitted
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
        return [_end_within(proposal) for proposal in spread(every)]
    # Their mail is about the others, so it needs no facts about a conversation.
    by_mail = replace(cadence_step, channel=Channel.EMAIL, needs=())
    meeting = Meeting(coordinator, coordinator.person, round_.last)
    one = _propose(context, by_mail, round_.number, meeting, nth)
    words = f"to be passed on to the {count_others(round_, coordinator)} people you met"
    due = Dated(one.due.at, f"{one.due.reason}, {words}") if one.due else None
    return [_end_within(replace(one, due=due, thanks_all=True))]


def _propose(context: PlanningContext, cadence_step: CadenceStep, number: int, meeting: Meeting, nth: int) -> Proposal:
    way = choose_way(cadence_step, context.application.said, context.cadence.calls)
    route = find_route(context, meeting.member, meeting.person, way)
    handle = meeting.member.handle
    step = step_id(context, cadence_step, number, handle, nth)
    return Proposal(
        id=step,
        cadence_step=cadence_step,
        route=route,
        due=_date(context, cadence_step, meeting, route),
        ruled_out=way.ruled_out or _met_again(context, step, meeting),
        needs=(*route.needs, *missing_facts(context, cadence_step, meeting.person, handle)),
        known_from=meeting.interview.end,
    )


def _met_again(context: PlanningContext, step: StepId, meeting: Meeting) -> Objection | None:
    """Return that the thank-you of a later round, over by now, is for this one too; None once it is under way."""
    later = (
        again.interview
        for round_ in context.rounds
        if meeting.interview.end < round_.end <= context.now and round_.number != step.round
        for again in round_.meetings
        if again.member.handle == meeting.member.handle and again.interview.start > meeting.interview.end
    )
    again = next(later, None)
    if again is None or context.waiting_for(step):
        return None
    day = say_day(again.start.date(), context.year)
    return Objection(Against.PLAN, f"you met again on {day}: one thank-you is for both")


def _date(context: PlanningContext, cadence_step: CadenceStep, meeting: Meeting, route: Route) -> Dated | None:
    interview, place = meeting.interview, route.place
    try:
        dated = after_interview(context, interview, cadence_step, place)
        dated = fit_in(dated, place, any_hour=route.any_hour)
    except WhenError:
        return None
    within, closes = cadence_step.within, closing_at(interview.end.astimezone(place.clock).date(), place)
    if within is None or dated.at <= shift(interview.end, within, place):
        return dated
    # Sooner rather than later: before offices close on the day itself.
    if interview.end > closes or not is_permitted(closes, place):
        return dated
    return Dated(closes, f"within {within} of your interview on {say_day(interview.start.date(), context.year)}")


def _end_within(proposal: Proposal) -> Proposal:
    """End the window of a thank-you where its span after the interview is over; not before its first office day is."""
    within, due, place = proposal.cadence_step.within, proposal.due, proposal.route.place
    if within is None or due is None or proposal.known_from is None:
        return proposal
    ends_at = shift(proposal.known_from, within, place)
    return replace(proposal, ends_at=ends_at if ends_at > due.at else closing_at(due.at.date(), place))
