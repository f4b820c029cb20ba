"""The chain of follow-ups after a round: which, in which order, and each one's date from the one before it.

What keeps them apart is what really happened: a follow-up later than planned pushes the next one on. Two rules
follow from "adding to the history never brings a date forward": the slot of a link only depends on links before it,
and nothing done early pulls anything in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from followup_mail.cadence.kinds import Anchor
from followup_mail.cadence.method import CadenceStep, When
from followup_mail.cadence.offset import shift, shift_day
from followup_mail.cadence.planning_context import GOES_OUT, PlanningContext
from followup_mail.cadence.roster import Round
from followup_mail.cadence.step import StepId
from followup_mail.cadence.step_dates import (
    Dated,
    after_decision,
    after_interview,
    fit_in,
    interval_after_round,
    latest,
    named_dates,
)
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, local_at, start_of
from followup_mail.facts.terms import Status


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One follow-up of the chain."""

    move: CadenceStep
    nth: int


@dataclass(frozen=True, slots=True)
class Past:
    """A follow-up that happened, or goes out by itself: what the next one must keep away from."""

    step: StepId
    at: datetime
    words: str
    """What it was; a day follows."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What dating one chain needs."""

    scene: PlanningContext
    of: Round
    decision: date | None


def list_links(scene: PlanningContext, of: Round, decision: date | None) -> tuple[ChainLink, ...]:
    """Return the follow-ups that the cadence has for this situation, in order."""
    wanted = When.DATED if decision else When.UNDATED
    links: list[ChainLink] = []
    for move in scene.cadence.moves:
        if not move.kind.traits.in_chain:
            continue
        if move.when not in {When.ALWAYS, wanted} or (move.anchor is Anchor.DECISION and not decision):
            continue
        before = sum(link.move.kind is move.kind for link in links)
        times = calls_in_series(scene, move, of.number) if move.repeat else 1
        links += [ChainLink(move, before + n) for n in range(1, times + 1)]
    return tuple(links)


def calls_in_series(scene: PlanningContext, move: CadenceStep, number: int) -> int:
    """Return how long a series is by now: an attempt that reached nobody adds another one, up to the limit."""
    limit = scene.cadence.limit
    tried = [one for one in scene.history.touches if (one.step.kind, one.step.round) == (move.kind, number)]
    reached = sum(touch.reached for touch in tried)
    left = min(limit.calls_reached - reached, limit.calls_tried - len(tried))
    return max((touch.step.nth for touch in tried), default=0) + max(0, left)


def list_past(scene: PlanningContext, of: Round) -> tuple[Past, ...]:
    """Return every follow-up since the round, to whomever it went."""
    recent = [
        Past(one.step, one.at, f"your {one.step.kind.traits.in_sentence} of")
        for one in scene.history.touches
        if one.step.kind.traits.in_chain and (one.step.round == of.number or one.at >= of.end)
    ]
    waiting = [
        Past(one.step, one.due_at, f"your {one.step.kind.traits.in_sentence} queued for")
        for one in scene.history.waiting
        if one.step.kind.traits.in_chain and one.state in GOES_OUT
    ]
    return (*recent, *waiting)


def first_slot(setting: Setting, move: CadenceStep, place: Place) -> Dated:
    """Return where the chain begins: at the decision date, or after the interview."""
    scene, decision = setting.scene, setting.decision
    if move.anchor is Anchor.DECISION and decision:
        return after_decision(scene, decision, move.offset or scene.cadence.after_decision, place)
    if scene.application.said.interval and not decision:
        return interval_after_round(scene, setting.of, place)
    return after_interview(scene, setting.of.last, move, place)


def next_slot(setting: Setting, move: CadenceStep, before: Dated, words: str, place: Place) -> Dated:
    """Return the slot after another one: the cadence's interval, or the one that they named."""
    scene = setting.scene
    named = scene.application.said.interval is not None
    offset = scene.interval if named or move.offset is None else move.offset
    by_them = ", the interval they named" if named else ""
    return Dated(shift(before.at, offset, place), f"{offset} after {words}{by_them}")


def away_from(setting: Setting, past: tuple[Past, ...], place: Place) -> tuple[Dated, ...]:
    """Return the bound that the latest of ``past`` sets: one interval after it."""
    if not past:
        return ()
    last = max(past, key=lambda one: one.at.astimezone(UTC))
    scene = setting.scene
    day = say_day(local_at(last.at, place).date(), scene.year)
    return (Dated(shift(last.at, scene.interval, place), f"{scene.interval} after {last.words} {day}"),)


def after_thanks(setting: Setting, handle: str, place: Place) -> tuple[Dated, ...]:
    """Return the bound that a thank-you really sent sets, where the source counts from there: whole days."""
    scene, span = setting.scene, setting.scene.cadence.after_thanks
    sent = [
        one.at
        for one in scene.history.touches
        if one.step.kind.traits.thanks_for_interview
        and (one.step.round, one.step.person) == (setting.of.number, handle)
    ]
    if span is None or not sent:
        return ()
    day = max(sent).astimezone(place.clock).date()
    at = start_of(shift_day(day, span, place).date(), place)
    return (Dated(at, f"{span} after your thank-you of {say_day(day, scene.year)}"),)


def after_reply(setting: Setting, place: Place) -> tuple[Dated, ...]:
    """Return the bound that a reply sets which the user has taken up again: one interval, unless it named a day."""
    scene, outcome = setting.scene, setting.scene.application.outcome
    if outcome.status is not Status.WAITING or outcome.on is None:
        return ()
    named = (setting.decision, scene.application.said.not_before)
    if any(day and day >= outcome.on for day in named):
        return ()
    at = shift_day(outcome.on, scene.interval, place)
    return (Dated(at, f"{scene.interval} after their reply of {say_day(outcome.on, scene.year)}"),)


def date_link(bounds: tuple[Dated, ...], place: Place, *, any_hour: bool) -> Dated:
    """Return the first permitted moment that keeps every bound."""
    return fit_in(latest(bounds), place, any_hour=any_hour)


def before(moment: datetime) -> datetime:
    """Return the minute before: the last sensible moment of a step that the next one replaces."""
    return moment - timedelta(minutes=1)


def bounds_named(setting: Setting, place: Place) -> tuple[Dated, ...]:
    """Return what they named as days: no follow-up before them."""
    return named_dates(setting.scene, setting.decision, place)
