"""Working time at a place: which moments are right for a mail, a call or a letter, and when the next one is.

Used twice: when a plan is made, and again when a mail is about to leave. Office hours include both their ends.
Comparisons are made in UTC: two times of one zone compare by their wall clocks, which lie where clocks go back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup_mail.cadence.days_off import days_off
from followup_mail.errors import SettingsError, WhenError

# zoneinfo and arithmetic fail near both ends of datetime's range; nobody follows up there.
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9990
# The longest stretch without a working day anywhere is a few weeks; past this the place is misdescribed.
_SEARCH_DAYS: Final = 200


class Place(Struct, frozen=True, cache_hash=True):
    """Where somebody works: what their working time depends on."""

    zone: str = "UTC"
    """IANA name."""
    country: str = ""
    """ISO 3166-1, two letters; empty when unknown: then only Saturdays and Sundays are days off."""
    region: str = ""
    """A part of the country with holidays of its own, e.g. ``BY``; empty for the national ones."""
    opens: time = time(8, 30)
    closes: time = time(16, 30)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise SettingsError(
                f"Office hours from {self.opens:%H:%M} to {self.closes:%H:%M} never begin",
                fix="Set office hours that open before they close, like 08:30-16:30.",
            )

    @property
    def clock(self) -> ZoneInfo:
        """The time zone."""
        return _find_zone(self.zone)


_find_zone = lru_cache(maxsize=512)(ZoneInfo)

NOWHERE: Final = Place()
"""UTC, and no country."""


def is_working_day(day: date, place: Place) -> bool:
    """Return whether offices are open on ``day``: neither the country's weekend nor a public holiday."""
    return why_closed(day, place) == ""


def why_closed(day: date, place: Place) -> str:
    """Return the name of the day off, ``WEEKEND`` for a weekend day, or nothing for a working day."""
    year = day.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        _within_reach(day)
    return days_off(place.country, place.region, year).get(day, "")


def is_permitted(moment: datetime, place: Place, *, any_hour: bool = False) -> bool:
    """Return whether ``moment`` is working time at ``place``; with ``any_hour``, whether its day is a working day."""
    local = local_at(moment, place)
    return is_working_day(local.date(), place) and (any_hour or place.opens <= local.time() <= place.closes)


def next_permitted(moment: datetime, place: Place, *, any_hour: bool = False) -> datetime:
    """Return the first moment of working time at or after ``moment``, in the zone of ``place``.

    ``moment`` itself when it is permitted. Raises ``WhenError`` outside the calendar's reach.
    """
    local = local_at(moment, place)
    if type(local) is not datetime:  # one that is watched is asked itself
        return _search(local, place, any_hour=any_hour) or local
    return _search_from(local.replace(tzinfo=None), local.fold, place, any_hour) or local


@lru_cache(maxsize=8192)
def _search_from(wall: datetime, fold: int, place: Place, any_hour: bool) -> datetime | None:
    """Do as ``_search``. The fold is asked for by itself: Python takes two times for equal that differ only in it."""
    return _search(wall.replace(tzinfo=place.clock, fold=fold), place, any_hour=any_hour)


def _search(local: datetime, place: Place, *, any_hour: bool) -> datetime | None:
    """Return the next opening after a moment that is on the clock of ``place``; None when that is permitted itself."""
    if is_permitted(local, place, any_hour=any_hour):
        return None
    day = local.date()
    for _ in range(_SEARCH_DAYS):
        opening = opening_at(day, place, not_before=local) if is_working_day(day, place) else None
        if opening is not None:
            return opening
        day += timedelta(days=1)
    raise WhenError(f"No working day was found within {_SEARCH_DAYS} days of {local:%Y-%m-%d}")


def opening_at(day: date, place: Place, *, not_before: datetime | None = None) -> datetime | None:
    """Return when offices open on ``day``; None when they have opened before ``not_before``, or that day never was.

    Where the clocks skip the opening hour, offices open with the first hour there is. Where it comes twice, the
    first is taken, or the second when only that is left.
    """
    earliest = not_before.astimezone(UTC) if not_before else None
    openings = (opening for opening in _openings(day, place) if earliest is None or opening.astimezone(UTC) >= earliest)
    return next(openings, None)


@lru_cache(maxsize=4096)
def _openings(day: date, place: Place) -> tuple[datetime, ...]:
    wall = datetime.combine(day, place.opens)
    found = (place_on_clock(wall.replace(fold=fold), place) for fold in (0, 1))
    return tuple(
        opening for opening in found if opening.date() == day and place.opens <= opening.time() <= place.closes
    )


@lru_cache(maxsize=4096)
def closing_at(day: date, place: Place) -> datetime:
    """Return the last moment of office hours on ``day``, whether or not it is a working day."""
    _within_reach(day)
    return place_on_clock(datetime.combine(day, place.closes).replace(fold=1), place)


@lru_cache(maxsize=4096)
def add_working_days(day: date, count: int, place: Place) -> date:
    """Return the ``count``-th working day after ``day``; ``day`` itself, working or not, for 0."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day, place):
            day += timedelta(days=1)
    return day


@lru_cache(maxsize=4096)
def closed_between(start: date, end: date, place: Place) -> tuple[str, ...]:
    """Return the names of the days off from ``start`` up to, not including, ``end``: each once, in order.

    Looks at a few weeks at most.
    """
    days = (start + timedelta(days=n) for n in range(min((end - start).days, 40)))
    return tuple(dict.fromkeys(name for day in days if (name := why_closed(day, place))))


def place_on_clock(wall: datetime, place: Place) -> datetime:
    """Return a naive wall time at ``place``; one that the clocks skip is moved on by as much as they jump."""
    _within_reach(wall.date())
    clock = _find_zone(place.zone)
    return wall.replace(tzinfo=clock).astimezone(UTC).astimezone(clock)


@lru_cache(maxsize=4096)
def start_of(day: date, place: Place) -> datetime:
    """Return the first moment of ``day`` at ``place``."""
    return place_on_clock(datetime.combine(day, time()), place)


def local_at(moment: datetime, place: Place) -> datetime:
    """Return ``moment`` on the clock of ``place``. Raises ``WhenError`` when it is naive or out of reach."""
    zone = moment.tzinfo
    if zone is None:
        raise WhenError(f"{moment:%Y-%m-%d %H:%M} has no time zone")
    day = moment.date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _within_reach(day)
    clock = _find_zone(place.zone)
    return moment if zone is clock else moment.astimezone(clock)


def _within_reach(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WhenError(
            f"{day} is outside the years that this program can plan in",
            fix=f"Use days of the years {FIRST_YEAR} to {LAST_YEAR}.",
        )
