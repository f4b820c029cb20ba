"""Days from left to right: a column for each, but long stretches in which nothing happens are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from msgspec import Struct

_NARROW: Final = 22.0
"""How wide a day is at least."""
_WIDE: Final = 40.0
_WHOLE: Final = 900.0
"""Days become wider until the axis is as wide as this, where there are few."""
BREAK: Final = 30.0
"""How wide a stretch is that was left out."""
_AROUND: Final = 2
"""So many days are shown before and after each day on which something happens."""
_KEPT: Final = 10
"""A stretch of so many days is never left out."""


class Column(Struct, frozen=True):
    """One day, or a stretch of days that was left out."""

    x: float
    width: float
    day: date | None
    """None for a stretch that was left out."""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


class Axis(Struct, frozen=True):
    """All columns, from left to right without a gap."""

    columns: tuple[Column, ...]

    @property
    def end(self) -> float:
        """Where the last column ends."""
        return self.columns[-1].x + self.columns[-1].width

    def find(self, day: date, part: float = 0.0) -> float:
        """Return where a moment lies, after ``part`` of its day. Raises ``KeyError`` for a day that is not shown."""
        column = next((column for column in self.columns if column.day == day), None)
        if column is None:
            raise KeyError(day)
        return column.x + part * column.width


def make_axis(days: Iterable[date], left: float) -> Axis:
    """Return an axis that begins at ``left`` and shows each of ``days``, which may not be empty."""
    columns: list[Column] = []
    x = left
    shown = _list_days(sorted(set(days)))
    wide = min(max(_WHOLE / len(shown), _NARROW), _WIDE)
    for day in shown:
        width = BREAK if day is None else wide
        columns.append(Column(x, width, day))
        x += width
    return Axis(tuple(columns))


def _list_days(days: list[date]) -> list[date | None]:
    """Return every day that is shown, and None for each stretch between them."""
    shown: list[date | None] = [*_from_to(_move(days[0], -_AROUND), days[0])]
    for before, after in pairwise(days):
        if (after - before).days <= _KEPT:
            shown += _from_to(before + timedelta(days=1), after)
        else:
            shown += _from_to(before + timedelta(days=1), before + timedelta(days=_AROUND))
            shown += [None, *_from_to(after - timedelta(days=_AROUND), after)]
    return [*shown, *_from_to(_move(days[-1], 1), _move(days[-1], _AROUND))]


def _from_to(first: date, last: date) -> list[date | None]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _move(day: date, days: int) -> date:
    """Return another day; at the ends of the calendar, the nearest that there is."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)
