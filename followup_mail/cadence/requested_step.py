"""The step that the user asks for: from the plan, or made for the request when the plan does not have it."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.application_steps import who_wrote
from followup_mail.cadence.chain import Chain, away_from, list_past
from followup_mail.cadence.channel_choice import Route, choose_way, find_route, missing_facts
from followup_mail.cadence.contact_gap import keep_off, list_contacts, reached
from followup_mail.cadence.entry_state import State
from followup_mail.cadence.follow_ups import met_as, suspended
from followup_mail.cadence.kinds import Audience
from followup_mail.cadence.large_panels import is_thanked_for_all
from followup_mail.cadence.method import CadenceStep, Calls, unplanned
from followup_mail.cadence.offset import Offset, Unit, shift
from followup_mail.cadence.planning_context import PlanningContext, addressee, with_addressee
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.roster import Member, Round
from followup_mail.cadence.step import Kind, Plan, Step, StepId, StepState
from followup_mail.cadence.step_dates import Dated, fit_in, latest, named_dates
from followup_mail.cadence.step_states import judge_one
from followup_mail.facts.application import Channel

OPEN = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED})
"""States in which a step is still ahead."""
GAVE_WAY: Final = frozenset({State.FAILED, State.MISSED})
"""States of an entry that a new one for the same step replaces."""
_AFTER_INTERVIEW: Final = Offset(2, Unit.HOUR)
_LAST_RESORT = (StepState.MISSED, StepState.SKIPPED, StepState.DONE)


class Wish(Struct, frozen=True):
    """A follow-up that the user wants, whatever the cadence says."""

    kind: Kind
    person: str = ""
    """The person's handle; empty for the usual one."""
    channel: Channel = Channel.EMAIL
    round: int = 0
    """The round that it is about; 0 for the latest one that it can be about."""


def find_step(plan: Plan, kind: Kind, person_key: str | None = None) -> Step | None:
    """Return the step of a kind that comes next, for one person or for anybody; None when the plan has none.

    Open steps go first, then missed, skipped and done ones.
    """
    return next(iter(find_steps(plan, kind, person_key)), None)


def find_steps(plan: Plan, kind: Kind, person_key: str | None = None) -> tuple[Step, ...]:
    """Return the next step of a kind for each person concerned: of a series, only the next call.

    For thank-yous of several rounds, those of the latest round that has any to write, else of the latest.
    """
    of_kind = [step for step in plan.steps if step.kind is kind and person_key in (None, step.id.person)]
    best: dict[str, Step] = {}
    for step in sorted(of_kind, key=_turn):
        best.setdefault(step.id.person, step)
    if not best:
        return ()
    group = _group(min(best.values(), key=_turn))
    return tuple(step for step in best.values() if _group(step) == group)


def make_step(context: PlanningContext, wish: Wish) -> Step:
    """Return a step that the plan does not have: as soon as what they said and working time permit.

    What speaks against it is in ``objections``, with the state ``skipped``; whether to insist is for the user.
    Raises ``NotFoundError`` when the person is nobody.
    """
    context = with_addressee(context, wish.person)
    round_ = _round(context, wish)
    member = _member(context, wish, round_)
    number = round_.number if round_ else 0
    step = StepId(context.application.slug, wish.kind, number, member.handle if member else "", 1)
    return judge_one(context, _propose(context, wish, round_, member, _next_free(context, step)), 0)


def _propose(
    context: PlanningContext, wish: Wish, round_: Round | None, member: Member | None, step: StepId
) -> Proposal:
    usual = next(iter(context.cadence.steps_of(wish.kind)), None)
    cadence_step = replace(unplanned(wish.kind, wish.channel), strict=True, needs=usual.needs if usual else ())
    person = met_as(round_, member) if round_ else (member.person if member else None)
    way = choose_way(cadence_step, context.application.said, Calls.UNLESS_REFUSED)
    route = find_route(context, member, person, way)
    thanks_all = round_ is not None and member is not None and is_thanked_for_all(context, round_, member, cadence_step)
    if thanks_all:
        cadence_step = replace(cadence_step, needs=())
    return Proposal(
        id=step,
        cadence_step=cadence_step,
        route=route,
        due=_date(context, cadence_step, round_, route, step),
        ruled_out=way.ruled_out or (suspended(context) if wish.kind.traits.in_chain else None),
        needs=(*route.needs, *missing_facts(context, cadence_step, route.person, step.person)),
        thanks_all=thanks_all,
        known_from=round_.end if round_ else None,
    )


def _date(
    context: PlanningContext, cadence_step: CadenceStep, round_: Round | None, route: Route, step: StepId
) -> Dated:
    """Return the first moment from now on that is not too early."""
    place = route.place
    # Up to the next minute: a plan has no seconds.
    soon = context.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    bounds = [Dated(soon, "you asked for it")]
    if round_ and cadence_step.kind.traits.waits_for_interview:
        bounds.append(Dated(shift(round_.end, _AFTER_INTERVIEW, place), "you asked for it; after your interview"))
    if cadence_step.kind.traits.presses:
        after = round_.last.start.date() if round_ else context.application.applied
        bounds += [_asked(bound) for bound in named_dates(context, context.decision(after), place)]
        people = reached(context, step.person, route)
        contacts = list_contacts(context, ())
        bounds += [
            _asked(bound)
            for bound in keep_off(context, contacts, people, place, is_call=route.way.channel.traits.is_call)
        ]
    if cadence_step.kind.traits.in_chain and round_:
        earlier = away_from(Chain(context, round_, None), list_past(context, round_), place)
        bounds += [_asked(bound) for bound in earlier]
    return fit_in(latest(bounds), place, any_hour=route.any_hour)


def _asked(bound: Dated) -> Dated:
    return Dated(bound.at, f"you asked for it; {bound.reason}")


def _round(context: PlanningContext, wish: Wish) -> Round | None:
    """Return the round that a wish is about: somebody is thanked for the one in which they were met."""
    over = [round_ for round_ in reversed(context.rounds) if round_.end <= context.now]
    if named := next((round_ for round_ in context.rounds if round_.number == wish.round), None):
        return named
    if wish.kind.traits.thanks_for_interview:
        met = (round_ for round_ in over if wish.person in {meeting.member.handle for meeting in round_.meetings})
        over = [*met, *over]
    return next(iter(over), context.latest)


def _member(context: PlanningContext, wish: Wish, round_: Round | None) -> Member | None:
    if wish.person:
        return context.member(wish.person)
    if wish.kind.traits.audience is Audience.WHOEVER_WROTE:
        return who_wrote(context)
    return addressee(context, round_, wish.channel)


def _next_free(context: PlanningContext, step: StepId) -> StepId:
    """Return the identity with the next number that nothing in the history has.

    A mail that failed or was missed has none: the new one takes its place, so that not both can be sent.
    """
    waiting = (entry.step for entry in context.history.waiting if entry.state not in GAVE_WAY)
    past = (*(touch.step for touch in context.history.touches), *waiting)
    taken = [other.nth for other in past if replace(other, nth=1) == step]
    return replace(step, nth=max(taken, default=0) + 1)


def _turn(step: Step) -> tuple[int, float]:
    rank = 0 if step.state in OPEN else 2 + _LAST_RESORT.index(step.state)
    thanks = step.kind.traits.thanks_for_interview or step.kind.traits.answers_rejection
    if thanks and step.state is StepState.QUEUED:
        rank = 1  # Thanks for another interview, or another answer, may still be to write.
    return rank, step.moment.timestamp() if step.moment else math.inf


def _group(step: Step) -> tuple[int, int]:
    return _turn(step)[0], step.id.round
