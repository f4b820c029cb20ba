"""Wall clocks of a zone: a wall time placed on them without guessing, and a moment described by the clocks of a zone.

The planner moves a skipped hour on (``worktime``); here a user named that very time, so it is refused with the reason.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError

# Keys such as US/Eastern or Etc/GMT+5, where the last part alone names no place.
_NOT_BY_CITY: Final = ("US/", "Etc/", "Canada/", "Brazil/", "Chile/", "Mexico/")


def place_wall_time(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return a naive wall time as an aware one in ``zone``.

    Raises ``WhenError``, with the reason, for a time that the clocks skip or pass twice (RFC 5545 calls them
    nonexistent and ambiguous local times).
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = offset_of(first), offset_of(second)
    if before == after:
        return first
    raise _skipped(wall, zone) if before < after else _repeated(first, second, zone)


def describe_moment(at: datetime, zone: ZoneInfo, own_zone: ZoneInfo) -> str:
    """Return a moment for both sides: ``Tue 8 Dec 2026, 08:30 in Chicago (15:30 in Berlin)``.

    The day of the second is added when it differs, the offset when the clocks pass that time twice. A single zone is
    named once.
    """
    theirs, ours = at.astimezone(zone), at.astimezone(own_zone)
    said = f"{say_day(theirs.date(), year=0)}, {_say_clock(theirs)} in {city_of(zone)}"
    if zone.key == own_zone.key:
        return said
    day = "" if ours.date() == theirs.date() else f"{say_day(ours.date(), theirs.year)}, "
    return f"{said} ({day}{_say_clock(ours)} in {city_of(own_zone)})"


def city_of(zone: ZoneInfo) -> str:
    """Return the name of a zone as people say it: ``New York`` for ``America/New_York``."""
    key = zone.key
    return key if key.startswith(_NOT_BY_CITY) else key.rpartition("/")[2].replace("_", " ")


def offset_of(moment: datetime) -> timedelta:
    """Return the offset of an aware moment from UTC."""
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _skipped(wall: datetime, zone: ZoneInfo) -> WhenError:
    last, first = _find_jump(wall, zone)
    days = ("", "") if last.date() == first.date() else (f"{_say_day(last)}, ", f"{_say_day(first)}, ")
    return WhenError(
        f"{wall:%H:%M} on {_say_day(wall)} does not exist in {city_of(zone)}: "
        f"the clocks skip from {days[0]}{last:%H:%M} to {days[1]}{first:%H:%M}.",
        fix=f'Write "{first:%Y-%m-%d %H:%M}", the first time after it, or an earlier one.',
    )


def _repeated(first: datetime, second: datetime, zone: ZoneInfo) -> WhenError:
    early, late = (moment.isoformat(sep=" ", timespec="minutes") for moment in (first, second))
    return WhenError(
        f"{first:%H:%M} on {_say_day(first)} comes twice in {city_of(zone)}, where the clocks go back.",
        fix=f'Write "{early}" for the first time, "{late}" for the second.',
    )


def _find_jump(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the wall times between which the clocks skip ``wall``: just before the jump, and just after it."""
    before, after = (offset_of(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    start = wall.replace(microsecond=0) - after  # in UTC: before the jump, and after it once the gap has been added
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        moment = (start + timedelta(seconds=middle)).replace(tzinfo=UTC)
        low, high = (middle, high) if offset_of(moment.astimezone(zone)) == before else (low, middle)
    jump = start + timedelta(seconds=high)
    return jump + before, jump + after


def _say_day(moment: datetime) -> str:
    return say_day(moment.date(), moment.year)


def _say_clock(moment: datetime) -> str:
    twice = offset_of(moment.replace(fold=0)) > offset_of(moment.replace(fold=1))
    return f"{moment:%H:%M} UTC{moment.isoformat()[-6:]}" if twice else f"{moment:%H:%M}"
