"""A month at the place where somebody works: what each day is to them, for choosing the day of a mail."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.worktime import Place, why_closed
from followup_mail.facts.said_days import FARTHEST_DAYS

_LEAST_WEEKS: Final = 4
"""So that the end of a month leaves a choice."""


class MonthDay(Struct, frozen=True):
    """One day of it."""

    day: date
    closed: str
    """Why offices are closed there; empty on a working day."""
    is_past: bool
    is_late: bool
    """Whether the mail makes no sense any more."""
    is_planned: bool


class WorkingMonth(Struct, frozen=True):
    """Weeks from Monday to Sunday, at least four that are not past; None for days before the month."""

    first: date
    weeks: tuple[tuple[MonthDay | None, ...], ...]
    before: date | None
    """The first of the month before; None when that is past."""
    after: date | None


def lay_out_month(
    place: Place, any_day: date, today: date, planned: Collection[date] = (), last: date | None = None
) -> WorkingMonth:
    """Return the month of ``any_day``. ``today`` is the day there; ``planned`` are the days on which the mails leave,
    ``last`` is their last sensible day."""
    farthest = today + timedelta(days=FARTHEST_DAYS)
    first = min(max(any_day, today), farthest).replace(day=1)

    def look(day: date) -> MonthDay | None:
        if day < first:
            return None
        is_late = last is not None and day > last
        return MonthDay(day, why_closed(day, place), day < today, is_late, day in planned)

    weeks = [week for week in Calendar().monthdatescalendar(first.year, first.month) if week[-1] >= today]
    while len(weeks) < _LEAST_WEEKS:
        weeks.append([day + timedelta(days=7) for day in weeks[-1]])
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return WorkingMonth(
        first,
        tuple(tuple(map(look, week)) for week in weeks),
        before if before >= today.replace(day=1) else None,
        after if after <= farthest else None,
    )
