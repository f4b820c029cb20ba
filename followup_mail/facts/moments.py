"""Days, moments and spans as people and TOML files write them, placed in a time zone without guessing.

A wall time that a zone skips (DST gap) or passes twice (DST fold) is refused with the reason: a mail planned from a
moment that never was goes out at a moment nobody meant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

Point = TypeVar("Point", date, datetime)

DAY_FORM = "write the year first: 2026-11-18"
MOMENT_FORM = 'write the year first and a 24-hour time: "2026-11-18 14:30"'
SPAN_FORM = 'write "45 min", "1 h 30 min", "10 days" or "2 weeks"'

# Wide enough for any application, narrow enough to catch a slip in the year and to add weeks without overflow.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
LONGEST_SPAN: Final = timedelta(days=366)

_MOMENT: Final = regex(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII | re.IGNORECASE
)
_SPAN_PART: Final = regex(
    r"([0-9]{1,6})\s*(weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m)(?![a-z])\.?\s*(?:and\b|,)?\s*",
    re.IGNORECASE,
)
_HOURS_AND_MINUTES: Final = regex(r"(?i)([0-9]{1,2}) ?h(?:ours?|rs?)? ?([0-5][0-9])")
_SPAN_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}


def read_day(given: object) -> date:
    """Turn ``2026-11-18`` (a TOML date or text) into a ``date``; refuse every other order of day and month."""
    if isinstance(given, datetime):
        raise UnfitError("contains a time of day, but only a day is wanted", DAY_FORM)
    if isinstance(given, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given.strip(), re.ASCII):
            raise UnfitError(f"{quoted(given)} is not a day", DAY_FORM)
        given = _in_calendar(given, date)
    if not isinstance(given, date):
        raise UnfitError("is not a day", DAY_FORM)
    _refuse_far_years(given)
    return given


def read_moment(given: object) -> datetime:
    """Turn a TOML date-time or ``2026-11-18 14:30`` into a ``datetime``: naive unless it names its UTC offset."""
    if isinstance(given, str):
        if not _MOMENT.fullmatch(given.strip()):
            raise UnfitError(f"{quoted(given)} is not a moment", MOMENT_FORM)
        given = _in_calendar(given, datetime)
    if not isinstance(given, datetime):
        shown = f"{given} has no time of day" if isinstance(given, date) else "is not a moment"
        raise UnfitError(shown, MOMENT_FORM)
    _refuse_far_years(given)
    return given


def read_span(given: object) -> timedelta:
    """Read a span such as ``45 min``, ``1 h 30`` or ``2 weeks``. Never zero; a bare number is refused."""
    if isinstance(given, timedelta):
        if timedelta() < given <= LONGEST_SPAN:
            return given
        raise UnfitError("must be longer than nothing and at most a year", SPAN_FORM)
    if not isinstance(given, str) or len(given) > 80:
        raise UnfitError("is not a span of time", SPAN_FORM)
    if clocked := _HOURS_AND_MINUTES.fullmatch(given.strip()):
        given = f"{clocked[1]} h {clocked[2]} min"
    rest, span = given.strip(), timedelta()
    while match := _SPAN_PART.match(rest):
        span += int(match[1]) * _SPAN_UNITS[match[2][0].lower()]
        rest = rest[match.end() :]
    if rest or not span:
        raise UnfitError(f"{quoted(given)} is not a span of time", SPAN_FORM)
    if span > LONGEST_SPAN:
        raise UnfitError(f"{quoted(given)} is longer than a year", "a span may be 366 days at most")
    return span


def write_span(span: timedelta) -> str:
    """Return a span as ``read_span`` takes it, in whole minutes, one at least: "2 weeks", "1 h 30 min"."""
    minutes = int(span.total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60)
    if days and not minutes and days % 7 == 0:
        return f"{days // 7} week{'s' * (days > 7)}"
    hours, minutes = divmod(minutes, 60)
    parts = [
        f"{days} day{'s' * (days > 1)}" if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or "1 min"


def place_in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return ``moment`` as an aware datetime in ``zone``.

    A naive moment is wall time there. Raises ``UnfitError`` when the clocks skip that time or pass it twice.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    placed = moment.replace(tzinfo=zone)
    if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise UnfitError(
            f"{moment:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks skip that hour on that day",
            "look at the invitation again for the time or the time zone",
        )
    later = placed.replace(fold=1)
    if placed.utcoffset() != later.utcoffset():
        first, second = (one.isoformat(sep=" ", timespec="minutes") for one in (placed, later))
        raise UnfitError(
            f"{moment:%Y-%m-%d %H:%M} happens twice in {zone.key}, where the clocks go back",
            f'write "{first}" or "{second}"',
        )
    return placed


def _in_calendar(text: str, kind: type[Point]) -> Point:
    try:
        return kind.fromisoformat(text.strip().upper())
    except ValueError:
        form = MOMENT_FORM if issubclass(kind, datetime) else DAY_FORM
        raise UnfitError(f"{quoted(text)} is not in the calendar", form) from None


def _refuse_far_years(given: date) -> None:
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise UnfitError(f"the year {given.year} cannot be meant", f"years {FIRST_YEAR} to {LAST_YEAR} are accepted")
