"""Which days are no working days in a country: its weekend (not Saturday and Sunday everywhere) and its holidays.

Everything comes from the ``holidays`` package, which is slow to import and to ask: it is imported on the first
question, and a year of a country is worked out once. Country and region unknown to it fall back, never fail:
``holiday_gap`` says so in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKEND: Final = "the weekend"
_SATURDAY: Final = 5


@lru_cache(maxsize=512)
def days_off(country: str, region: str, year: int) -> Mapping[date, str]:
    """Return the days of ``year`` on which offices are closed, each with its name, e.g. ``Thanksgiving Day``.

    A weekend day is called ``WEEKEND``, also when a holiday falls on it. A Saturday that a country makes a working
    day (China, in exchange for a long holiday) is not among them.
    """
    known = _calendar(country, region)
    first = date(year, 1, 1)
    year_days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    if known is None:
        return MappingProxyType({day: WEEKEND for day in year_days if day.weekday() >= _SATURDAY})
    closed = (day for day in year_days if not known.is_working_day(day))
    return MappingProxyType({day: WEEKEND if day.weekday() in known.weekend else _name(known, day) for day in closed})


@lru_cache(maxsize=512)
def holiday_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what is not known about the holidays of a place in ``year``; empty when all is known."""
    if not country:
        return "No country is on record, so only Saturdays and Sundays count as days off: add `country` to the facts"
    known = _calendar(country, region)
    if known is None:
        return f"Public holidays of '{country}' are not known, so only Saturdays and Sundays count as days off"
    if region and not known.subdiv:
        return f"Holidays of the region '{region}' in {country} are not known, so the national ones count"
    if not known.start_year <= year <= known.end_year:
        return f"Public holidays of {country} are not known for {year}, so only weekends count as days off"
    return ""


@lru_cache(maxsize=256)
def _calendar(country: str, region: str) -> HolidayBase | None:
    """Return the calendar of a region, else of its country; None for a country that is missing or unknown."""
    import holidays

    try:
        national = holidays.country_holidays(country, language="en_US") if country else None
    except NotImplementedError:
        return None
    if national is None or not region:
        return national
    codes = {code.casefold(): code for code in national.subdivisions}
    codes |= {name.casefold(): code for name, code in national.subdivisions_aliases.items()}
    # ISO 3166-2 writes "DE-BY"; people do too.
    wanted = region.casefold().removeprefix(f"{country.casefold()}-")
    if wanted not in codes:
        return national
    return holidays.country_holidays(country, subdiv=codes[wanted], language="en_US")


def _name(known: HolidayBase, day: date) -> str:
    """Return the first name of a holiday without its remarks; a day off without a name was a weekend day back then."""
    name = known.get(day) or WEEKEND
    return name.split(";")[0].split(" (")[0].strip() or "a public holiday"
