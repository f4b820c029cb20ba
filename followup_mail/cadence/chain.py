"""The chain of follow-ups after a round: which, in which order, and each one's date from the one before it.

What keeps them apart is what really happened: a follow-up later than planned pushes the next one on. Two rules
follow from "adding to the history never brings a date forward": the slot of a link only depends on links before it,
and nothing done early pulls anything in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec import Struct

from followup_mail.cadence.contact_gap import CALL_GAP, least_gap
from followup_mail.cadence.kinds import Anchor, Kind
from followup_mail.cadence.method import CadenceStep, When
from followup_mail.cadence.offset import shift, shift_day
from followup_mail.cadence.planning_context import PlanningContext, goes_out, place_of
from followup_mail.cadence.roster import Round
from followup_mail.cadence.step import StepId
from followup_mail.cadence.step_dates import (
    Dated,
    after_decision,
    after_interview,
    interval_after_round,
)
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, local_at, start_of
from followup_mail.facts.terms import Status


class ChainLink(Struct, frozen=True):
    """One follow-up of the chain."""

    cadence_step: CadenceStep
    nth: int
    again: bool = False
    """True for a question about a day that they named after the questions of the chain had been asked."""


class Past(Struct, frozen=True):
    """A follow-up that happened, or goes out by itself: what the next one must keep away from."""

    step: StepId
    at: datetime
    words: str
    """What it was; a day follows."""
    is_call: bool = False


class Chain(Struct, frozen=True):
    """The chain of follow-ups after one round."""

    context: PlanningContext
    round: Round
    decision: date | None
    """The day by which they decide, unless it is older than the round."""

    @property
    def day_named_in_reply(self) -> date | None:
        """The day of a reply that the user has taken up again, if it named a day for the next follow-up."""
        return self.context.day_named_in_reply(self.decision)


def list_links(context: PlanningContext, round_: Round, decision: date | None) -> tuple[ChainLink, ...]:
    """Return the follow-ups that the cadence has for this situation, in order."""
    wanted = When.DATED if decision else When.UNDATED
    links: list[ChainLink] = []
    for cadence_step in context.cadence.steps:
        if not cadence_step.kind.traits.in_chain:
            continue
        if cadence_step.when not in {When.ALWAYS, wanted} or (cadence_step.anchor is Anchor.DECISION and not decision):
            continue
        before = sum(link.cadence_step.kind is cadence_step.kind for link in links)
        times = calls_in_series(context, cadence_step, round_.number) if cadence_step.repeat else 1
        links += [ChainLink(cadence_step, before + n) for n in range(1, times + 1)]
    return tuple(_ask_again(context, round_, decision, links))


def _ask_again(
    context: PlanningContext, round_: Round, decision: date | None, links: list[ChainLink]
) -> list[ChainLink]:
    """Put another question after those that were asked before the day that they named: it is about that day."""
    asking = [link for link in links if link.cadence_step.kind.traits.asks]
    if not asking or any(link.cadence_step.repeat for link in asking):
        return links
    last = asking[-1]
    early = asked(context, (last.cadence_step.kind, round_.number), decision, early=True)
    done = [link for link in asking if link.nth in early]
    if not done:
        return links
    free = next(nth for nth in range(last.nth + 1, len(early) + last.nth + 2) if nth not in early)
    again = [ChainLink(done[-1].cadence_step, nth, again=True) for nth in range(last.nth + 1, free + 1)]
    return [*done, *again, *(link for link in links if link not in done)]


def asked(context: PlanningContext, of: tuple[Kind, int], decision: date | None, *, early: bool) -> frozenset[int]:
    """Return the numbers of the questions of a round that were asked before the day that they named, or since."""
    clock, not_before = place_of(context, None).clock, context.application.said.not_before
    found = set()
    for touch in context.history.touches:
        if (touch.step.kind, touch.step.round) != of:
            continue
        day = touch.at.astimezone(clock).date()
        before = (decision is not None and day <= decision) or (not_before is not None and day < not_before)
        if before is early:
            found.add(touch.step.nth)
    return frozenset(found)


def calls_in_series(context: PlanningContext, cadence_step: CadenceStep, number: int) -> int:
    """Return how long a series is by now: an attempt that reached nobody adds another one, up to the limit."""
    limit = context.cadence.limit
    tried = [
        touch for touch in context.history.touches if (touch.step.kind, touch.step.round) == (cadence_step.kind, number)
    ]
    reached = sum(touch.reached for touch in tried)
    left = min(limit.calls_reached - reached, limit.calls_tried - len(tried))
    return max((touch.step.nth for touch in tried), default=0) + max(0, left)


def list_past(context: PlanningContext, round_: Round) -> tuple[Past, ...]:
    """Return every follow-up since the round, to whomever it went."""
    recent = [
        Past(touch.step, touch.at, f"your {touch.step.kind.traits.in_sentence} of", touch.channel.traits.is_call)
        for touch in context.history.touches
        if touch.step.kind.traits.in_chain and (touch.step.round == round_.number or touch.at >= round_.end)
    ]
    waiting = [
        Past(entry.step, entry.due_at, f"your {entry.step.kind.traits.in_sentence} queued for")
        for entry in context.history.waiting
        if entry.step.kind.traits.in_chain and goes_out(entry)
    ]
    return (*recent, *waiting)


def first_slot(chain: Chain, cadence_step: CadenceStep, place: Place) -> Dated:
    """Return where the chain begins: at the decision date, or after the interview."""
    context, decision = chain.context, chain.decision
    if cadence_step.anchor is Anchor.DECISION and decision:
        return after_decision(context, decision, cadence_step.offset or context.cadence.after_decision, place)
    if context.application.said.interval and not decision:
        return interval_after_round(context, chain.round, place)
    return after_interview(context, chain.round.last, cadence_step, place)


def next_slot(chain: Chain, cadence_step: CadenceStep, before: Dated, words: str, place: Place) -> Dated:
    """Return the slot after another: later by the interval that they named, or by the cadence's."""
    context = chain.context
    named = context.application.said.interval is not None
    offset = context.interval if named or cadence_step.offset is None else cadence_step.offset
    by_them = ", the interval they named" if named else ""
    left_out = f"{offset} after {_say_planned(chain, before, words, place)}{by_them}"
    return Dated(shift(before.at, offset, place), f"{offset} after {words}{by_them}", left_out)


def _say_planned(chain: Chain, before: Dated, words: str, place: Place) -> str:
    """Return the day from which the next one counts when the one before it was done on another."""
    replied = tuple(bound.reason for bound in after_reply(chain, place))
    if replied and before.reason.startswith(replied):
        # What was done before the reply was never planned for this day.
        return f"{say_day(before.at.date(), chain.context.year)}, which is {before.reason}"
    return f"the day planned for {words}"


def apart(chain: Chain, before: Dated, words: str, place: Place, *, both_calls: bool) -> tuple[Dated, ...]:
    """Return the bounds that a follow-up sets for the next one, however short the interval is."""
    spans = (least_gap(chain.context), *((CALL_GAP,) if both_calls else ()))
    return tuple(
        Dated(
            shift(before.at, span, place),
            f"{span} after {words}",
            f"{span} after the day planned for {words}",
        )
        for span in spans
    )


def away_from(chain: Chain, past: tuple[Past, ...], place: Place, *, is_call: bool = False) -> tuple[Dated, ...]:
    """Return the bounds that each of ``past`` sets: one interval after it, and a week between two calls.

    Where a reply named a day, that day goes before the interval after what was written before the reply.
    """
    context, answered = chain.context, chain.day_named_in_reply
    bounds = []
    for earlier in sorted(past, key=lambda earlier: earlier.at.astimezone(UTC), reverse=True):
        day = local_at(earlier.at, place).date()
        span = least_gap(context) if answered and day <= answered else context.interval
        if is_call and earlier.is_call:
            span = max(span, CALL_GAP, key=lambda offset: offset.days)
        bounds.append(
            Dated(shift(earlier.at, span, place), f"{span} after {earlier.words} {say_day(day, context.year)}")
        )
    return tuple(bounds)


def after_thanks(chain: Chain, handle: str, place: Place) -> tuple[Dated, ...]:
    """Return the bound that a thank-you really sent sets, where the source counts from there: whole days."""
    context, span = chain.context, chain.context.cadence.after_thanks
    sent = [
        touch.at
        for touch in context.history.touches
        if touch.step.kind.traits.thanks_for_interview
        and (touch.step.round, touch.step.person) == (chain.round.number, handle)
    ]
    if span is None or not sent:
        return ()
    day = max(sent).astimezone(place.clock).date()
    at = start_of(shift_day(day, span, place).date(), place)
    return (Dated(at, f"{span} after your thank-you of {say_day(day, context.year)}"),)


def after_reply(chain: Chain, place: Place) -> tuple[Dated, ...]:
    """Return the bound that a reply sets which the user has taken up again: one interval, unless it named a day."""
    context, outcome = chain.context, chain.context.application.outcome
    if outcome.status is not Status.WAITING or outcome.on is None or chain.day_named_in_reply:
        return ()
    at = shift_day(outcome.on, context.interval, place)
    return (Dated(at, f"{context.interval} after their reply of {say_day(outcome.on, context.year)}"),)
