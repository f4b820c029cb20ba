"""From a plan to the step that somebody asks for, also one that the plan does not have."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from followup_mail.cadence.application_steps import who_wrote
from followup_mail.cadence.chain import Setting, away_from, list_past
from followup_mail.cadence.channel_choice import choose_way, find_route, missing_facts
from followup_mail.cadence.entry_state import State
from followup_mail.cadence.follow_ups import met_as, suspended
from followup_mail.cadence.kinds import Audience
from followup_mail.cadence.method import Cadence, CadenceStep, Calls, unplanned
from followup_mail.cadence.offset import Offset, Unit, shift
from followup_mail.cadence.planning_context import Choices, PlanningContext, addressee, place_of, set_scene
from followup_mail.cadence.proposal import Proposal, deadline
from followup_mail.cadence.roster import Member, Round
from followup_mail.cadence.step import History, Kind, Plan, Step, StepId, StepState
from followup_mail.cadence.step_dates import Dated, fit_in, latest, named_dates
from followup_mail.cadence.step_states import judge_one
from followup_mail.cadence.worktime import Place
from followup_mail.facts.application import Application, Channel

OPEN = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED})
"""States in which a step is still ahead."""
GAVE_WAY: Final = frozenset({State.FAILED, State.MISSED})
"""States of an entry that a new one for the same step replaces."""
_AFTER_INTERVIEW: Final = Offset(2, Unit.HOUR)
_LAST_RESORT = (StepState.MISSED, StepState.SKIPPED, StepState.DONE)


@dataclass(frozen=True, slots=True)
class Wish:
    """A follow-up that the user wants, whatever the cadence says."""

    kind: Kind
    person: str = ""
    """The person's handle; empty for the usual one."""
    channel: Channel = Channel.EMAIL
    opens: time = time(8, 30)
    closes: time = time(16, 30)


def find_step(plan: Plan, kind: Kind, person_key: str | None = None) -> Step | None:
    """Return the step of a kind that comes next, for one person or for anybody; None when the plan has none.

    An open step goes before a missed one, that before one ruled out, that before one done.
    """
    return next(iter(find_steps(plan, kind, person_key)), None)


def find_steps(plan: Plan, kind: Kind, person_key: str | None = None) -> tuple[Step, ...]:
    """Return the next step of a kind for each person concerned: of a series, only the one whose turn it is.

    For thank-yous of several rounds, those of the latest round that has any to write, else of the latest.
    """
    of_kind = [one for one in plan.steps if one.kind is kind and person_key in (None, one.id.person)]
    best: dict[str, Step] = {}
    for step in sorted(of_kind, key=_turn):
        best.setdefault(step.id.person, step)
    if not best:
        return ()
    group = _group(min(best.values(), key=_turn))
    return tuple(one for one in best.values() if _group(one) == group)


def make_step(application: Application, cadence: Cadence, history: History, now: datetime, wish: Wish) -> Step:
    """Return a step that the plan does not have: as soon as what they said and working time permit.

    What speaks against it is in ``objections``, with the state ``skipped``; whether to insist is for the user.
    Raises ``NotFoundError`` when the person is nobody.
    """
    scene = set_scene(application, cadence, history, now, Choices(wish.person, wish.opens, wish.closes))
    of = scene.ended or scene.latest
    member = _member(scene, wish, of)
    number = of.number if of else 0
    step = StepId(application.slug, wish.kind, number, member.handle if member else "", 1)
    return judge_one(scene, _propose(scene, wish, of, member, _next_free(scene, step)), 0)


def _propose(scene: PlanningContext, wish: Wish, of: Round | None, member: Member | None, step: StepId) -> Proposal:
    usual = next(iter(scene.cadence.moves_of(wish.kind)), None)
    move = replace(unplanned(wish.kind, wish.channel), strict=True, needs=usual.needs if usual else ())
    person = met_as(of, member) if of else (member.person if member else None)
    way = choose_way(move, scene.application.said, Calls.UNLESS_REFUSED)
    route = find_route(scene, member, person, wish.channel)
    place = place_of(scene, route.via or route.person)
    due = _date(scene, move, of, place)
    return Proposal(
        id=step,
        move=move,
        channel=wish.channel,
        person=route.person,
        via=route.via,
        place=place,
        due_at=due.at,
        last_at=deadline(move, due.at, place),
        reason=due.reason,
        ruled_out=way.ruled_out or (suspended(scene) if wish.kind.traits.in_chain else None),
        needs=(*route.needs, *missing_facts(scene, move, route.person, step.person)),
        known_from=of.end if of else None,
    )


def _date(scene: PlanningContext, move: CadenceStep, of: Round | None, place: Place) -> Dated:
    """Return the first moment from now on that is not too early."""
    # Up to the next minute: a plan has no seconds.
    soon = scene.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    bounds = [Dated(soon, "you asked for it")]
    if of and move.kind.traits.waits_for_interview:
        bounds.append(Dated(shift(of.end, _AFTER_INTERVIEW, place), "you asked for it; after your interview"))
    if move.kind.traits.presses:
        after = of.last.start.date() if of else scene.application.applied
        bounds += [_asked(bound) for bound in named_dates(scene, scene.decision(after), place)]
    if move.kind.traits.in_chain and of:
        bounds += [_asked(bound) for bound in away_from(Setting(scene, of, None), list_past(scene, of), place)]
    return fit_in(latest(bounds), place, any_hour=not move.channel.traits.keeps_office_hours)


def _asked(bound: Dated) -> Dated:
    return Dated(bound.at, f"you asked for it; {bound.reason}")


def _member(scene: PlanningContext, wish: Wish, of: Round | None) -> Member | None:
    if wish.person:
        return scene.member(wish.person)
    if wish.kind.traits.audience is Audience.WHOEVER_WROTE:
        return who_wrote(scene)
    return addressee(scene, of)


def _next_free(scene: PlanningContext, step: StepId) -> StepId:
    """Return the identity with the next number that nothing in the history has.

    A mail that failed or was missed has none: the new one takes its place, so that not both can be sent.
    """
    waiting = (one.step for one in scene.history.waiting if one.state not in GAVE_WAY)
    past = (*(one.step for one in scene.history.touches), *waiting)
    taken = [one.nth for one in past if replace(one, nth=1) == step]
    return replace(step, nth=max(taken, default=0) + 1)


def _turn(step: Step) -> tuple[int, float]:
    rank = 0 if step.state in OPEN else 1 + _LAST_RESORT.index(step.state)
    return rank, step.moment.timestamp() if step.moment else math.inf


def _group(step: Step) -> tuple[int, int]:
    return _turn(step)[0], step.id.round
