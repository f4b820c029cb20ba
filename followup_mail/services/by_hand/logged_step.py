"""Which step something was that the user did by hand: the planned one that fits best, else one of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import Kind, Step, StepId, StepState
from followup_mail.errors import RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.services.context.application_context import ApplicationContext

_COULD_BE: Final = (
    StepState.DUE,
    StepState.QUEUED,
    StepState.UPCOMING,
    StepState.MISSED,
    StepState.BLOCKED,
    StepState.SKIPPED,
)
"""The likeliest first. Follow-ups that the plan has given up were perhaps made all the same."""
_AS_LIKELY: Final = frozenset({StepState.DUE, StepState.QUEUED, StepState.MISSED})

Choose: TypeAlias = Callable[[tuple[Step, ...]], Step]
"""Picks the step that was meant of several that are as likely."""


class ByHand(Struct, frozen=True):
    """What the user says they did, read."""

    channel: Channel
    at: datetime
    member: Member | None = None
    kind: Kind | None = None


class Guess(Struct, frozen=True):
    """The step that it was taken for."""

    step: StepId
    others: tuple[Step, ...] = ()
    """Steps of another kind that it could have been as well."""


def take_first(steps: tuple[Step, ...]) -> Step:
    """Return the likeliest step: whoever cannot be asked is told."""
    return steps[0]


def guess_step(context: ApplicationContext, done: ByHand, choose: Choose = take_first) -> Guess:
    """Return which step it was. Raises ``RefusedError`` when nothing tells whom it was for."""
    fitting = sorted(_fitting(context, done), key=lambda step: _likelihood(step, done))
    if not fitting:
        return Guess(step_of_its_own(context, done))
    likely = _as_likely(fitting) if done.kind is None else ()
    if len(likely) < 2:
        return Guess(_in_turn(context, fitting[0].id, done))
    chosen = choose(likely)
    return Guess(_in_turn(context, chosen.id, done), tuple(step for step in likely if step is not chosen))


def _in_turn(context: ApplicationContext, step: StepId, done: ByHand) -> StepId:
    """Return the step as the next of its series: a call to the second of a panel comes instead of one to the first.

    Another one to the same person on the same day is the same of the series: whoever calls back has called this week.
    """
    if not any(planned.repeat for planned in context.cadence.steps_of(step.kind)):
        return step
    day = done.at.astimezone(context.now.tzinfo).date()
    for touch in context.history.touches:
        alike = (touch.step.kind, touch.step.round, touch.step.person) == (step.kind, step.round, step.person)
        if alike and touch.channel is done.channel and touch.at.astimezone(context.now.tzinfo).date() == day:
            return touch.step
    series = (one for one in context.plan.steps if (one.kind, one.id.round) == (step.kind, step.round))
    ahead = (one.id.nth for one in series if one.state in {StepState.DUE, StepState.UPCOMING})
    return replace(step, nth=min((step.nth, *ahead)))


def _fitting(context: ApplicationContext, done: ByHand) -> list[Step]:
    """Return the steps of the plan that it can have been: none of a round that had not begun."""
    begun = {0, *(one.round for one in context.application.interviews if one.start <= done.at)}
    return [
        step
        for step in context.plan.steps
        if step.state in _COULD_BE
        and (step.state is not StepState.SKIPPED or step.kind.traits.in_chain)
        and step.id.round in begun
        and (done.member is None or step.id.person == done.member.handle)
        # Something done another way than planned stands for a step only if the user names the kind.
        and (step.kind is done.kind if done.kind else step.channel is done.channel)
    ]


def _likelihood(step: Step, done: ByHand) -> tuple[bool, bool, int]:
    """Return where a step stands among those that fit: thanks that are owed go before every later note."""
    is_owed = step.kind.traits.thanks_for_interview and step.state is not StepState.UPCOMING
    return step.channel is not done.channel, not is_owed, _COULD_BE.index(step.state)


def _as_likely(fitting: list[Step]) -> tuple[Step, ...]:
    """Return the likeliest step, and one of each other kind whose time has come as well."""
    first = fitting[0]
    if first.state not in _AS_LIKELY:
        return ()
    kinds = {step.kind: step for step in reversed(fitting) if step.state in _AS_LIKELY and step.kind is not first.kind}
    return (first, *kinds.values())


def step_of_its_own(context: ApplicationContext, done: ByHand) -> StepId:
    """Return a step beside those of the plan. Raises ``RefusedError`` when nothing tells whom it was for."""
    everybody = list_members(context.application)
    who = done.member or (everybody[0] if len(everybody) == 1 else None)
    if who is None:
        raise RefusedError("The plan does not tell whom that was.", fix="Say --to PERSON, and --kind if it matters.")
    wanted = done.kind or Kind(done.channel.traits.usual_kind)
    number = context.application.latest_round(done.at)
    before = [
        touch.step.nth
        for touch in context.history.touches
        if (touch.step.kind, touch.step.round, touch.step.person) == (wanted, number, who.handle)
    ]
    return StepId(context.application.slug, wanted, number, who.handle, max(before, default=0) + 1)
