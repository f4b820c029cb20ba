"""A span of planning: "two hours", "one week", "two working days" after something.

The unit decides what is counted. Minutes and hours are real time. Days and weeks keep the wall clock of the place, so
a week stays a week over a change of clocks. Working days lead to the morning of a day on which offices are open.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self

from msgspec import Struct

from followup_mail.cadence.wording import say_number
from followup_mail.cadence.worktime import (
    LAST_YEAR,
    Place,
    add_working_days,
    closing_at,
    local_at,
    opening_at,
    place_on_clock,
    start_of,
)
from followup_mail.errors import WhenError
from followup_mail.regex import regex


class Unit(StrEnum):
    """What is counted."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WORKING_DAY = "working day"


_WRITTEN: Final = regex(r"\s*(\d{1,4})\s+(minute|hour|day|week|working day)s?\s*")
_REAL: Final = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
_WALL_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: 7}


class Offset(Struct, frozen=True):
    """So many of one unit."""

    count: int
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``2 hours``, ``1 week``, ``2 working days``. Raises ``ValueError`` with a sentence for the user."""
        written = _WRITTEN.fullmatch(text)
        if not written:
            raise ValueError(f'\'{text[:60]}\' is not a span; write "2 hours", "1 week" or "2 working days"')
        return cls(int(written[1]), Unit(written[2]))

    @classmethod
    def of(cls, span: timedelta) -> Self:
        """Return a span that somebody named, in weeks or in days, at least one day."""
        days = max(1, span.days + bool(span.seconds or span.microseconds))
        return cls(days // 7, Unit.WEEK) if days % 7 == 0 else cls(days, Unit.DAY)

    @property
    def days(self) -> float:
        """Roughly how many days it is, to compare spans of different units; a working week has five days."""
        per_unit = {Unit.MINUTE: 1 / 1440, Unit.HOUR: 1 / 24, Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.WORKING_DAY: 1.4}
        return self.count * per_unit[self.unit]

    def __str__(self) -> str:
        """Return it in words: ``two working days``."""
        return f"{say_number(self.count)} {self.unit}{'' if self.count == 1 else 's'}"


def say_range(offset: Offset, window: Offset | None) -> str:
    """Return ``five to seven days``, or the offset alone where the window is not of its kind.

    A range of hours is not said: it reads like a promise that a closed office breaks.
    """
    same = window is not None and window.unit is offset.unit and offset.unit in _WALL_DAYS
    if window is None or not same or window.count <= offset.count:
        return str(offset)
    return f"{say_number(offset.count)} to {window}"


def shift(moment: datetime, offset: Offset, place: Place) -> datetime:
    """Return ``moment`` moved on by ``offset`` at ``place``. Raises ``WhenError`` past the calendar's end."""
    local = local_at(moment, place)
    if offset.unit in _REAL:
        _refuse_eternity(local, offset)
        return (local.astimezone(UTC) + offset.count * _REAL[offset.unit]).astimezone(place.clock)
    if offset.unit is Unit.WORKING_DAY:
        day = add_working_days(local.date(), offset.count, place)
        return opening_at(day, place) or start_of(day, place)
    _refuse_eternity(local, offset)
    wall = local.replace(tzinfo=None) + timedelta(days=offset.count * _WALL_DAYS[offset.unit])
    return place_on_clock(wall, place)


@lru_cache(maxsize=8192)
def shift_day(day: date, offset: Offset, place: Place) -> datetime:
    """Return the start of ``day`` moved on by ``offset`` at ``place``."""
    return shift(start_of(day, place), offset, place)


def last_after(moment: datetime, offset: Offset, place: Place) -> datetime:
    """Return the close of offices on the day ``offset`` after ``moment``: a window is open to its last hour."""
    if offset.unit in _REAL:
        return closing_at(shift(moment, offset, place).date(), place)
    return closing_at(shift_day(local_at(moment, place).date(), offset, place).date(), place)


def _refuse_eternity(local: datetime, offset: Offset) -> None:
    if local.year + offset.days / 365 > LAST_YEAR - 1:
        raise WhenError(f"{offset} after {local:%Y-%m-%d} is after the last year that this program can plan in")
