"""What the ``holidays`` package says about a place in a year, worked out afresh: days off, and what is not known.

The package is slow to import and to ask, so ``days_off`` comes here only for what nobody has asked before. Country and
region unknown to it fall back, never fail. Where no region is known, days count that most regions share (``regions``).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from followup_mail.cadence.days_off import WEEKEND
from followup_mail.cadence.regions import find_region, regions_differ, shared_holidays
from followup_mail.facts.place_tables import say_country

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY: Final = 5
_REGIONS_NAMED: Final = 5
_EXCHANGED: Final = "Day off"
"""What the package calls a working day that is off in exchange for a day of a weekend: no name that tells anything."""
_HOLIDAY_WEEKS: Final = timedelta(days=10)


def work_out_days_off(country: str, region: str, year: int) -> dict[date, str]:
    """Return the days of ``year`` on which offices are closed, in order, each with its name."""
    known = _calendar(country, region)
    first = date(year, 1, 1)
    year_days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    if known is None:
        return {day: WEEKEND for day in year_days if day.weekday() >= _SATURDAY}
    shared = {} if known.subdiv else shared_holidays(country, year)
    closed = (day for day in year_days if day in shared or not known.is_working_day(day))
    found = {
        day: WEEKEND if day.weekday() in known.weekend else _name(shared.get(day) or known.get(day) or WEEKEND)
        for day in closed
    }
    return {day: _name_of_exchanged(day, found) if name == _EXCHANGED else name for day, name in found.items()}


def _name_of_exchanged(day: date, found: dict[date, str]) -> str:
    """Return the name of the holiday beside which a day is off that is worked for on a weekend."""
    named = [other for other, name in found.items() if name not in {WEEKEND, _EXCHANGED}]
    nearest = min(named, key=lambda other: abs(other - day), default=None)
    return found[nearest] if nearest and abs(nearest - day) <= _HOLIDAY_WEEKS else "a public holiday"


def work_out_holiday_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what is not known about the holidays of a country in ``year``; empty when all is known."""
    known = _calendar(country, region)
    if known is None:
        return f"Public holidays of '{country}' are not known, so only Saturdays and Sundays count as days off"
    if regional := work_out_region_gap(country, region, year):
        return regional
    if not known.start_year <= year <= known.end_year:
        return f"Public holidays of {say_country(country)} are not known for {year}, so only weekends count as days off"
    return ""


def work_out_region_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what a region would add: where none is given and it matters, or where it is not known."""
    known = _calendar(country, region)
    if known is None or known.subdiv:
        return ""
    counted = "those that most of its regions share" if shared_holidays(country, year) else "the national ones"
    if region:
        missing = (
            f"Holidays of the region '{region}' in {say_country(country)} are not known, so only {counted} are counted"
        )
        return f"{missing}. Known are {_names_of(known)}" if known.subdivisions else missing
    if not regions_differ(country, year):
        return ""
    name = say_country(country)
    return (
        f"{name[0].upper()}{name[1:]} has holidays by region and none is set, so only {counted} are counted. "
        f"Set it: `followup-mail change APP --region {next(iter(known.subdivisions))}`"
    )


@lru_cache(maxsize=256)
def _calendar(country: str, region: str) -> HolidayBase | None:
    """Return the calendar of a region, else of its country; None for a country that is missing or unknown."""
    if not country:
        return None
    import holidays

    try:
        national = holidays.country_holidays(country, language="en_US")
    except NotImplementedError:
        return None
    if not region:
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
