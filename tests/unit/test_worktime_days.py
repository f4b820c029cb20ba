"""Working days: the weekend and the public holidays of a place."""

from __future__ import annotations

from datetime import date

import pytest

from followup_mail.cadence.daysoff import WEEKEND, days_off, holiday_gap
from followup_mail.cadence.worktime import Place, add_working_days, closed_between, is_working_day, why_closed
from followup_mail.errors import WhenError

US = Place("America/Chicago", "US")
BAVARIA = Place("Europe/Berlin", "DE", "BY")
GERMANY = Place("Europe/Berlin", "DE")
ISRAEL = Place("Asia/Jerusalem", "IL")
EMIRATES = Place("Asia/Dubai", "AE")
JAPAN = Place("Asia/Tokyo", "JP")
NOWHERE = Place("Europe/London")


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        (US, date(2026, 11, 26), "Thanksgiving Day"),
        (US, date(2026, 11, 27), ""),
        (US, date(2026, 11, 28), WEEKEND),
        (US, date(2026, 7, 3), "Independence Day"),
        (BAVARIA, date(2026, 11, 1), WEEKEND),
        (BAVARIA, date(2027, 11, 1), "All Saints' Day"),
        (GERMANY, date(2027, 11, 1), ""),
        (GERMANY, date(2026, 12, 25), "Christmas Day"),
        (ISRAEL, date(2026, 11, 27), WEEKEND),
        (ISRAEL, date(2026, 11, 29), ""),
        (EMIRATES, date(2026, 11, 27), ""),
        (EMIRATES, date(2026, 11, 28), WEEKEND),
        (EMIRATES, date(2021, 11, 26), WEEKEND),
        (JAPAN, date(2026, 11, 23), "Labor Thanksgiving Day"),
        (JAPAN, date(2026, 5, 6), "Substitute Holiday"),
        (NOWHERE, date(2026, 12, 25), ""),
        (NOWHERE, date(2026, 12, 26), WEEKEND),
    ],
)
def test_days_off(place: Place, day: date, name: str) -> None:
    """Each country has its own weekend, its own holidays, and with a region those of the region."""
    assert why_closed(day, place) == name


def test_worked_saturday() -> None:
    """A Saturday that China makes a working day, in exchange for a long holiday, is one."""
    assert is_working_day(date(2026, 2, 14), Place("Asia/Shanghai", "CN"))


@pytest.mark.parametrize("region", ["BY", "by", "DE-BY", "Bayern"])
def test_region_spellings(region: str) -> None:
    """A region may be written as code, with its country, or by name."""
    place = Place("Europe/Berlin", "DE", region)
    assert why_closed(date(2027, 11, 1), place) == "All Saints' Day"


@pytest.mark.parametrize(
    ("country", "region", "year", "words"),
    [
        ("", "", 2026, "No country is on record"),
        ("QQ", "", 2026, "Public holidays of 'QQ' are not known"),
        ("DE", "Atlantis", 2026, "Holidays of the region 'Atlantis' in DE are not known"),
        ("JP", "", 2150, "Public holidays of JP are not known for 2150"),
        ("DE", "BY", 2026, ""),
        ("US", "", 2026, ""),
    ],
)
def test_gap_in_words(country: str, region: str, year: int, words: str) -> None:
    """What is not known about the holidays of a place is said, and nothing when all is known."""
    assert holiday_gap(country, region, year).startswith(words)
    assert bool(holiday_gap(country, region, year)) == bool(words)


@pytest.mark.parametrize(
    ("place", "day", "count", "then"),
    [
        (US, date(2026, 12, 4), 2, date(2026, 12, 8)),
        (US, date(2026, 11, 25), 1, date(2026, 11, 27)),
        (US, date(2026, 12, 31), 1, date(2027, 1, 4)),
        (US, date(2026, 11, 25), 0, date(2026, 11, 25)),
        (US, date(2028, 2, 28), 1, date(2028, 2, 29)),
        (ISRAEL, date(2026, 11, 26), 1, date(2026, 11, 29)),
        (JAPAN, date(2026, 11, 20), 1, date(2026, 11, 24)),
    ],
)
def test_working_days_after(place: Place, day: date, count: int, then: date) -> None:
    """Working days are counted over weekends, holidays, the end of a year and a leap day."""
    assert add_working_days(day, count, place) == then


def test_every_working_day_of_a_year() -> None:
    """Counting one working day at a time visits exactly the days that are not off."""
    off = days_off("US", "", 2026)
    day, seen = date(2025, 12, 31), 0
    while (day := add_working_days(day, 1, US)).year == 2026:
        assert day not in off
        seen += 1
    assert seen + len(off) == 365


def test_what_lies_between() -> None:
    """The days off between two days are named in order, each once."""
    assert closed_between(date(2026, 11, 25), date(2026, 11, 30), US) == ("Thanksgiving Day", WEEKEND)
    assert closed_between(date(2026, 11, 24), date(2026, 11, 25), US) == ()


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_end_of_the_calendar(day: date) -> None:
    """Days near the ends of the calendar are refused with a sentence, not with an arithmetic error."""
    with pytest.raises(WhenError, match="beyond the calendar"):
        is_working_day(day, US)
