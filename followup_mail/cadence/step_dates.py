"""Moments with their reasons: where a step's date comes from, and how working time moves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.days_off import WEEKEND
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import Offset, Unit, say_range, shift, shift_day
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.roster import Round
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.cadence.worktime import Place, closed_between, local_at, next_permitted, start_of
from followup_mail.facts.application import Interview


class Dated(Struct, frozen=True):
    """A moment and why it is that one."""

    at: datetime
    reason: str
    if_left_out: str = ""
    """The reason where it counts from a follow-up that did not take place then; empty where it counts from none."""

    @property
    def left_out(self) -> Dated:
        """The same moment with the reason for when the follow-up that it counts from did not take place."""
        return Dated(self.at, self.if_left_out or self.reason)


def latest(bounds: Iterable[Dated]) -> Dated:
    """Return the bound that holds a step back longest; the first of equals."""
    return max(bounds, key=lambda bound: bound.at.astimezone(UTC))


def fit_in(dated: Dated, place: Place, *, any_hour: bool) -> Dated:
    """Move a moment to working time, and say what it was moved past."""
    at = next_permitted(dated.at, place, any_hour=any_hour)
    was = dated.at.astimezone(place.clock)
    if at.date() == was.date():
        return replace(dated, at=at)
    passed = closed_between(was.date(), at.date(), place)
    words = f"past {say_list(passed)}" if passed else "once offices open again"
    return say_more(replace(dated, at=at), words)


def say_more(dated: Dated, words: str) -> Dated:
    """Return the same moment with more about its reason."""
    left_out = f"{dated.if_left_out}, {words}" if dated.if_left_out else ""
    return Dated(dated.at, f"{dated.reason}, {words}", left_out)


def after_interview(context: PlanningContext, interview: Interview, cadence_step: CadenceStep, place: Place) -> Dated:
    """Return the moment that lies the step's offset after the end of an interview."""
    offset = cadence_step.offset or context.interval
    at = shift(interview.end, offset, place)
    words = _span_words(offset, cadence_step.window)
    # The plan shows the reader's clock, and so does the reason.
    day = say_day(local_at(interview.start, place).date(), context.year)
    return Dated(at, f"{words} your interview on {day}{not_counted(interview.end, at, offset, place)}")


def interval_after_round(context: PlanningContext, round_: Round, place: Place) -> Dated:
    """Return the moment one interval after a round, where they named the interval themselves."""
    day = say_day(local_at(round_.last.start, place).date(), context.year)
    at = shift(round_.end, context.interval, place)
    return Dated(at, f"{context.interval} after your interview on {day}, the interval they named")


def after_decision(context: PlanningContext, day: date, offset: Offset, place: Place) -> Dated:
    """Return the moment that lies ``offset`` after the day by which they decide."""
    at = shift_day(day, offset, place)
    holidays = not_counted(start_of(day, place), at, offset, place)
    return Dated(at, f"they decide by {say_day(day, context.year)}, plus {offset}{holidays}")


def named_dates(context: PlanningContext, decision: date | None, place: Place) -> tuple[Dated, ...]:
    """Return the bounds that they set for every follow-up."""
    bounds = []
    if decision:
        bounds.append(after_decision(context, decision, context.cadence.after_decision, place))
    not_before = context.application.said.not_before
    if not_before:
        bounds.append(
            Dated(start_of(not_before, place), f"not before {say_day(not_before, context.year)}, as they asked")
        )
    return tuple(bounds)


def not_counted(start: datetime, at: datetime, offset: Offset, place: Place) -> str:
    """Return the holidays that counting working days left out: whoever counts along must get the same day."""
    if offset.unit is not Unit.WORKING_DAY:
        return ""
    day = local_at(start, place).date()
    names = [name for name in closed_between(day + timedelta(days=1), at.date(), place) if name != WEEKEND]
    return f", {say_list(names)} not counted" if names else ""


def _span_words(offset: Offset, window: Offset | None) -> str:
    """Return ``two hours after``, ``straight after``, or ``five to seven days after``."""
    if not offset.count:
        return "straight after"
    return f"{say_range(offset, window)} after"
