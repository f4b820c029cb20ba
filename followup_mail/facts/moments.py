"""Days and moments as people and TOML files write them, placed in a time zone without guessing.

A wall time that a zone skips (DST gap) or passes twice (DST fold) is refused with the reason: a mail planned from a
moment that never was goes out at a moment nobody meant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY_FORM = "write the year first: 2026-11-18"
MOMENT_FORM = "write the year first and a 24-hour time: 2026-11-18 14:30"


def read_day(given: object) -> object:
    """Turn ``2026-11-18`` (a TOML date or text) into a ``date``; refuse every other order of day and month."""
    if isinstance(given, datetime):
        raise ValueError(f"holds a time of day, but only a day is wanted; {DAY_FORM}")
    if isinstance(given, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given.strip()):
            raise ValueError(f"'{given}' is not a day; {DAY_FORM}")
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            raise ValueError(f"'{given}' is not in the calendar; {DAY_FORM}") from None
    return given


def read_moment(given: object) -> object:
    """Turn a TOML date-time or ``2026-11-18 14:30`` into a ``datetime``: naive unless it names its UTC offset."""
    if isinstance(given, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", given.strip()):
            raise ValueError(f"'{given}' is not a moment; {MOMENT_FORM}")
        try:
            return datetime.fromisoformat(given.strip())
        except ValueError:
            raise ValueError(f"'{given}' is not in the calendar; {MOMENT_FORM}") from None
    if isinstance(given, date) and not isinstance(given, datetime):
        raise ValueError(f"{given} has no time of day; {MOMENT_FORM}")
    return given


def place_in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return ``moment`` as an aware datetime in ``zone``.

    A naive moment is wall time there. Raises ``ValueError`` when the clocks skip that time or pass it twice.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    placed = moment.replace(tzinfo=zone)
    if placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(f"{moment:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks skip that hour on that day")
    if placed.utcoffset() != placed.replace(fold=1).utcoffset():
        first, second = (
            placed.isoformat(sep=" ", timespec="minutes"),
            placed.replace(fold=1).isoformat(sep=" ", timespec="minutes"),
        )
        raise ValueError(
            f"{moment:%Y-%m-%d %H:%M} happens twice in {zone.key}, where the clocks go back; write {first} or {second}"
        )
    return placed
