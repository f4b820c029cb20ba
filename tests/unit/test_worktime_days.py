"""Working days: the weekend and the public holidays of a place."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from followup_mail.cadence import regions
from followup_mail.cadence.days_off import WEEKEND, days_off, holiday_gap
from followup_mail.cadence.regions import find_region, shared_holidays
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
        (GERMANY, date(2027, 11, 1), "All Saints' Day"),
        (GERMANY, date(2027, 1, 6), ""),
        (Place("Europe/Berlin", "DE", "SN"), date(2027, 11, 1), ""),
        (Place("Europe/London", "GB"), date(2028, 8, 28), "Late Summer Bank Holiday"),
        (Place("Europe/London", "GB"), date(2028, 4, 17), "Easter Monday"),
        (Place("Europe/London", "GB"), date(2028, 3, 17), ""),
        (Place("Europe/London", "GB", "SCT"), date(2028, 8, 28), ""),
        (Place("Europe/London", "GB", "London"), date(2028, 8, 28), "Late Summer Bank Holiday"),
        (Place("Australia/Sydney", "AU"), date(2027, 12, 28), "Boxing Day"),
        (Place("America/Toronto", "CA"), date(2028, 10, 9), "Thanksgiving Day"),
        (Place("Europe/Zurich", "CH"), date(2028, 4, 14), "Good Friday"),
        (Place("Europe/Madrid", "ES"), date(2028, 4, 13), "Maundy Thursday"),
        (Place("Asia/Kuala_Lumpur", "MY"), date(2027, 1, 22), "Thaipusam"),
        (Place("Europe/Rome", "IT"), date(2028, 6, 29), ""),
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


def test_days_that_regions_share() -> None:
    """What most regions share comes on top of the national holidays; a country without regions shares nothing."""
    shared = shared_holidays("CH", 2028)
    assert date(2028, 8, 1) not in shared
    assert date(2028, 8, 1) in days_off("CH", "", 2028)
    assert set(shared) <= set(days_off("CH", "", 2028))
    assert shared_holidays("QQ", 2028) == shared_holidays("JP", 2028) == shared_holidays("US", 2028) == {}


@pytest.mark.parametrize(
    ("country", "region", "code"),
    [
        *(("GB", one, "ENG") for one in ("England", "ENG", "eng", "GB-ENG", "gb eng", " England ")),
        *(("DE", one, "BY") for one in ("Bavaria", "Bayern", "BAYERN", "Bayern (Bavaria)", "Free State of Bavaria")),
        *(("DE", one, "BW") for one in ("Baden-Württemberg", "Baden-Wurttemberg", "baden württemberg", "DE-BW")),
        *(("CA", one, "QC") for one in ("Québec", "Quebec", "Province of Quebec", "CA-QC")),
        ("CH", "Canton of Geneva", "GE"),
        ("CH", "Zurich", "ZH"),
        ("GB", "N. Ireland", "NIR"),
        ("ES", "Catalonia", "CT"),
        ("US", "New York State", "NY"),
        ("AT", "AT-9", "9"),
        ("AU", "Victoria", "VIC"),
        ("DE", "Atlantis", ""),
        ("DE", "", ""),
        ("DE", "-()", ""),
    ],
)
def test_regions_by_any_of_their_names(country: str, region: str, code: str) -> None:
    """A region is known by its code, with its country's or without, and by its name, in English too."""
    assert find_region(country, region, holidays.country_holidays(country)) == code


def test_every_other_name_leads_to_a_region() -> None:
    """Each code in our tables is one that the calendar of its country has."""
    for table in (regions._ENGLISH, regions._PEOPLE):
        for country, names in table.items():
            codes = names.values() if table is regions._ENGLISH else names
            assert set(codes) <= set(holidays.country_holidays(country).subdivisions)


@pytest.mark.parametrize("region", ["BY", "by", "DE-BY", "Bayern", "Bavaria"])
def test_region_spellings(region: str) -> None:
    """A region may be written as code, with its country, or by name."""
    place = Place("Europe/Berlin", "DE", region)
    assert why_closed(date(2027, 11, 1), place) == "All Saints' Day"


_BY_REGION = {"PT": "Portugal", "IT": "Italy", "IN": "India", "BR": "Brazil", "AR": "Argentina"}


@pytest.mark.parametrize(
    ("country", "region", "year", "words"),
    [
        ("", "", 2026, "No country is on record"),
        ("QQ", "", 2026, "Public holidays of 'QQ' are not known"),
        ("DE", "Atlantis", 2026, "Holidays of the region 'Atlantis' in Germany are not known"),
        ("JP", "", 2150, "Public holidays of Japan are not known for 2150"),
        ("DE", "BY", 2026, ""),
        ("US", "", 2026, ""),
        ("JP", "", 2026, ""),
        ("GB", "ENG", 2026, ""),
        ("GB", "", 2026, "The UK has holidays by region and none is set, so only those that most"),
        (
            "NZ",
            "",
            2026,
            "New Zealand has holidays by region and none is set, so only the national ones are counted. Set it: `",
        ),
        *((one, "", 2026, f"{name} has holidays by region") for one, name in _BY_REGION.items()),
        *((one, "", 2026, "") for one in ("FR", "FI", "CL", "NL", "PL")),
        ("CH", "", 2026, "Switzerland has holidays by region and none is set"),
        ("GB", "Camelot", 2026, "Holidays of the region 'Camelot' in the UK are not known, so only those that most"),
        ("FR", "Camelot", 2026, "Holidays of the region 'Camelot' in France are not known, so only the national ones"),
    ],
)
def test_gap_in_words(country: str, region: str, year: int, words: str) -> None:
    """What is not known about the holidays of a place is said, and nothing when all is known."""
    assert holiday_gap(country, region, year).startswith(words)
    assert bool(holiday_gap(country, region, year)) == bool(words)


def test_the_regions_that_are_known_are_named() -> None:
    """All of them where they are few, and the first ones where they are many."""
    assert holiday_gap("GB", "Camelot", 2026).endswith('Known are "ENG", "NIR", "SCT", "WLS"')
    assert holiday_gap("IT", "Atlantis", 2026).endswith('Known are "AG", "AL", "AN", "AO", "AP" and 109 more')
    assert holiday_gap("GB", "", 2026).endswith("are counted. Set it: `followup-mail change APP --region ENG`")


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
    with pytest.raises(WhenError, match="outside the years"):
        is_working_day(day, US)


def test_a_day_off_in_exchange_is_named_after_its_holiday() -> None:
    """China works on a Saturday for it: the reason names the holiday, not "Day off"."""
    china = Place("Asia/Shanghai", "CN")
    golden_week = closed_between(date(2026, 10, 1), date(2026, 10, 8), china)
    assert golden_week == ("National Day", "the weekend")
    assert all("day off" not in name.casefold() for name in days_off("CN", "", 2026).values())
