"""Office hours at a place, over changes of clocks and skipped days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence import worktime
from followup_mail.cadence.offset import Offset, Unit, last_after, shift
from followup_mail.cadence.worktime import Place, closing_at, is_permitted, is_working_day, next_permitted, opening_at
from followup_mail.errors import SettingsError, WhenError

CHICAGO = Place("America/Chicago", "US")
BERLIN = Place("Europe/Berlin", "DE")


def local(text: str, place: Place) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=place.clock)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-18 08:29", "2026-11-18 08:30"),
        ("2026-11-18 08:30", "2026-11-18 08:30"),
        ("2026-11-18 12:00", "2026-11-18 12:00"),
        ("2026-11-18 16:30", "2026-11-18 16:30"),
        ("2026-11-18 16:31", "2026-11-19 08:30"),
        ("2026-11-20 17:00", "2026-11-23 08:30"),
        ("2026-11-25 17:00", "2026-11-27 08:30"),
        ("2026-12-31 18:00", "2027-01-04 08:30"),
        ("2028-02-28 23:00", "2028-02-29 08:30"),
    ],
)
def test_next_permitted(moment: str, then: str) -> None:
    """Outside office hours, the next permitted moment is when offices open on the next working day."""
    assert next_permitted(local(moment, CHICAGO), CHICAGO) == local(then, CHICAGO)


def test_recipients_clock_counts() -> None:
    """Noon in Chicago is past office hours in Berlin: the answer is the next morning there, in their zone."""
    found = next_permitted(local("2026-11-18 12:00", CHICAGO), BERLIN)
    assert found == local("2026-11-19 08:30", BERLIN)
    assert found.tzinfo == ZoneInfo("Europe/Berlin")


def test_letters_need_a_working_day_only() -> None:
    """With any hour, a working day is enough; a day off still leads to the next morning."""
    assert is_permitted(local("2026-11-18 23:00", CHICAGO), CHICAGO, any_hour=True)
    assert next_permitted(local("2026-11-21 23:00", CHICAGO), CHICAGO, any_hour=True) == local(
        "2026-11-23 08:30", CHICAGO
    )


def test_opening_hour_skipped() -> None:
    """Where the clocks skip the hour in which offices would open, they open an hour later by the clock."""
    night = Place("America/New_York", opens=time(2, 15), closes=time(5))
    assert opening_at(date(2027, 3, 14), night) == local("2027-03-14 03:15", night)


def test_office_hours_within_the_gap() -> None:
    """Office hours that lie wholly in the hour that the clocks skip do not exist on that day."""
    assert opening_at(date(2027, 3, 14), Place("America/New_York", opens=time(2, 5), closes=time(2, 55))) is None


def test_opening_hour_twice() -> None:
    """Where the opening hour comes twice, the first is taken, and the second when only that is left."""
    place = Place("America/New_York", opens=time(1, 30), closes=time(5))
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    late = opening_at(date(2026, 11, 1), place, not_before=first + timedelta(minutes=40))
    found = opening_at(date(2026, 11, 1), place)
    assert found is not None
    assert late is not None
    assert (found.astimezone(UTC), late.astimezone(UTC)) == (first, first + timedelta(hours=1))


def test_day_that_never_was() -> None:
    """Samoa skipped Friday 30 December 2011: nothing is planned on it."""
    samoa = Place("Pacific/Apia")
    assert opening_at(date(2011, 12, 30), samoa) is None
    found = next_permitted(datetime(2011, 12, 30, 3, 0, tzinfo=UTC), samoa)
    assert (found.year, found.month, found.day) == (2012, 1, 2)


def test_hours_that_never_begin() -> None:
    """Office hours that close before they open are refused, with what to write."""
    with pytest.raises(SettingsError, match="never begin"):
        Place(opens=time(17), closes=time(9))


def test_naive_moment() -> None:
    """A moment without a zone is refused: nobody knows when that is."""
    with pytest.raises(WhenError, match="no time zone"):
        is_permitted(datetime(2026, 11, 18, 12), CHICAGO)  # noqa: DTZ001


ZONES = ["America/Chicago", "Europe/Berlin", "Asia/Jerusalem", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Apia"]
COUNTRIES = ["", "US", "DE", "IL", "AE", "JP", "QQ"]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLACES = st.builds(
    Place,
    st.sampled_from(ZONES),
    st.sampled_from(COUNTRIES),
    opens=st.times(time(0), time(9)).map(lambda one: one.replace(tzinfo=None)),
    closes=st.times(time(9, 1), time(23, 59)),
)


@given(MOMENTS, PLACES)
def test_next_permitted_is_permitted(moment: datetime, place: Place) -> None:
    """The next permitted moment is permitted, not before the one asked for, and asking again changes nothing."""
    found = next_permitted(moment, place)
    assert is_permitted(found, place)
    assert found.astimezone(UTC) >= moment
    assert next_permitted(found, place) == found


@given(MOMENTS, PLACES)
def test_nothing_permitted_is_skipped(moment: datetime, place: Place) -> None:
    """No earlier moment would have been permitted: there is none on the minute in between."""
    found = next_permitted(moment, place).astimezone(UTC)
    gap = found - moment
    for part in range(1, 40):
        between = moment + gap * part / 40
        assert between in (found, moment) or not is_permitted(between, place)


@given(MOMENTS, PLACES, st.integers(0, 30), st.sampled_from(list(Unit)))
def test_spans_lead_forward(moment: datetime, place: Place, count: int, unit: Unit) -> None:
    """A span never leads back, a longer one never leads less far, and working days end on a working day."""
    there = shift(moment, Offset(count, unit), place)
    further = shift(moment, Offset(count + 1, unit), place)
    assert further.astimezone(UTC) > there.astimezone(UTC) or unit is Unit.WORKING_DAY
    if unit is not Unit.WORKING_DAY:
        assert there.astimezone(UTC) >= moment
    elif count:
        assert is_working_day(there.date(), place)


def test_week_keeps_the_clock() -> None:
    """A week over a change of clocks ends at the same time of day; an hour is an hour."""
    before = local("2026-10-28 15:00", CHICAGO)
    assert shift(before, Offset(1, Unit.WEEK), CHICAGO) == local("2026-11-04 15:00", CHICAGO)
    night = local("2026-10-31 23:30", CHICAGO)
    assert shift(night, Offset(3, Unit.HOUR), CHICAGO) == local("2026-11-01 01:30", CHICAGO)


def test_window_is_open_to_its_last_hour() -> None:
    """Three working days after Thursday morning end when offices close on Tuesday."""
    thursday = local("2026-11-19 08:30", CHICAGO)
    assert last_after(thursday, Offset(3, Unit.WORKING_DAY), CHICAGO) == local("2026-11-24 16:30", CHICAGO)
    assert closing_at(date(2026, 11, 21), CHICAGO) == local("2026-11-21 16:30", CHICAGO)


@pytest.mark.parametrize(
    ("text", "words"), [("1 week", "one week"), ("2 working days", "two working days"), ("48 hours", "48 hours")]
)
def test_spans_in_words(text: str, words: str) -> None:
    """A span is read as it is written and said as people say it."""
    assert str(Offset.read(text)) == words


@pytest.mark.parametrize(
    "text", ["", "week", "1.5 weeks", "-1 day", "two weeks", "1 fortnight", "99999 days", "1 week 2"]
)
def test_spans_refused(text: str) -> None:
    """What is not a span is refused with the form that is one."""
    with pytest.raises(ValueError, match="is not a span; write"):
        Offset.read(text)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=1), "one day"),
        (timedelta(days=1, hours=1), "two days"),
        (timedelta(days=14), "two weeks"),
        (timedelta(days=10), "ten days"),
    ],
)
def test_spans_they_named(span: timedelta, words: str) -> None:
    """An interval they named is counted in whole days, one at least, and said in weeks where it fits."""
    assert str(Offset.of(span)) == words


def test_endless_span() -> None:
    """A span beyond the calendar is refused with a sentence."""
    with pytest.raises(WhenError, match="after the last year"):
        shift(local("2026-11-18 12:00", CHICAGO), Offset.of(timedelta(days=999_999_999)), CHICAGO)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_comes_twice_is_told_apart(order: tuple[int, int]) -> None:
    """Whichever was asked first: offices that close at a quarter to two open once more in the night that is longer."""
    night = Place("Asia/Jerusalem", "IL", opens=time(1), closes=time(1, 45))
    worktime._search_from.cache_clear()
    then = {0: "2026-10-25T01:00:00+02:00", 1: "2026-10-26T01:00:00+02:00"}
    for fold in order:
        ten_to_two = datetime(2026, 10, 25, 1, 50, tzinfo=night.clock, fold=fold)
        assert next_permitted(ten_to_two, night).isoformat() == then[fold]
