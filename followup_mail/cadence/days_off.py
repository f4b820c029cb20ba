"""Which days are no working days in a country: its weekend (not Saturday and Sunday everywhere) and its holidays.

Everything comes from the ``holidays`` package, which is slow to import and to ask: it is imported on the first
question, and a year of a country is worked out once. Country and region unknown to it fall back, never fail:
``holiday_gap`` says so in words. Where no region is known, days count that most regions share (``regions``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from followup_mail.cadence.regions import find_region, regions_differ, shared_holidays

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKEND: Final = "the weekend"
_SATURDAY: Final = 5
_REGIONS_NAMED: Final = 5


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
    shared = {} if known.subdiv else shared_holidays(country, year)
    closed = (day for day in year_days if day in shared or not known.is_working_day(day))
    return MappingProxyType(
        {
            day: WEEKEND if day.weekday() in known.weekend else _name(shared.get(day) or known.get(day) or WEEKEND)
            for day in closed
        }
    )


@lru_cache(maxsize=512)
def holiday_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what is not known about the holidays of a place in ``year``; empty when all is known."""
    if not country:
        return "No country is on record, so only Saturdays and Sundays count as days off: add `country` to the facts"
    known = _calendar(country, region)
    if known is None:
        return f"Public holidays of '{country}' are not known, so only Saturdays and Sundays count as days off"
    if regional := region_gap(country, region, year):
        return regional
    if not known.start_year <= year <= known.end_year:
        return f"Public holidays of {country} are not known for {year}, so only weekends count as days off"
    return ""


@lru_cache(maxsize=512)
def region_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what a region would add: where none is given and it matters, or where it is not known."""
    known = _calendar(country, region)
    if known is None or known.subdiv:
        return ""
    counted = "those that most of its regions share" if shared_holidays(country, year) else "the national ones"
    if region:
        missing = f"Holidays of the region '{region}' in {country} are not known, so only {counted} are counted"
        return f"{missing}. Known are {_names_of(known)}" if known.subdivisions else missing
    if not regions_differ(country, year):
        return ""
    return (
        f"{country} has holidays by region and none is set, so only {counted} are counted. "
        f'Add `region`, for example "{next(iter(known.subdivisions))}"'
    )


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
    code = find_region(country, region, national)
    return holidays.country_holidays(country, subdiv=code, language="en_US") if code else national


def _names_of(known: HolidayBase) -> str:
    """Return the codes of the regions of a country, quoted: the first few, and how many there are beyond them."""
    codes = known.subdivisions
    more = len(codes) - _REGIONS_NAMED
    named = ", ".join(f'"{code}"' for code in codes[:_REGIONS_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _name(name: str) -> str:
    """Return the first name of a holiday without its remarks. (One without a name was a weekend day back then.)"""
    return name.split(";", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip() or "a public holiday"
