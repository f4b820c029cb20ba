"""Days, moments and spans: read without guessing, placed in a zone without inventing."""

# ruff: noqa: DTZ001  # wall times without a zone are what is tested
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.moments import LONGEST_SPAN, place_in_zone, read_day, read_moment, read_span, write_span
from followup_mail.facts.unfit_values import UnfitError

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("given_day", ["2026-11-18", " 2026-11-18 ", date(2026, 11, 18)])
def test_a_day_is_written_year_first(given_day):
    """A day of TOML and a day in quotation marks are the same."""
    assert read_day(given_day) == date(2026, 11, 18)


@pytest.mark.parametrize("text", ["18/11/2026", "11/18/2026", "18.11.2026", "2026-1-8", "Nov 18", "", "٢٠٢٦-١١-١٨"])
def test_other_orders_of_day_and_month_are_refused(text):
    """Nobody guesses whether 3/4 is in March or April."""
    with pytest.raises(UnfitError, match="write the year first"):
        read_day(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "2025-02-29"])
def test_days_that_are_not_in_the_calendar(text):
    """The 30th of February is said to be none."""
    with pytest.raises(UnfitError, match="is not in the calendar"):
        read_day(text)


@pytest.mark.parametrize("value", [5, 5.0, True, None, [], time(14, 30), datetime(2026, 11, 18, 14, 30)])
def test_other_values_are_no_day(value):
    """A number is not taken for seconds since 1970, and a moment not cut down to its day."""
    with pytest.raises(UnfitError):
        read_day(value)


@pytest.mark.parametrize("read", [read_day, read_moment])
@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_far_years_are_slips(read, year):
    """A year that cannot be meant is refused, before adding two weeks to it overflows."""
    with pytest.raises(UnfitError, match="cannot be meant"):
        read(f"{year}-06-01" if read is read_day else f"{year}-06-01 10:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-18 14:30", datetime(2026, 11, 18, 14, 30)),
        ("2026-11-18T14:30:15", datetime(2026, 11, 18, 14, 30, 15)),
        ("2026-11-18T14:30Z", datetime(2026, 11, 18, 14, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_read(text, moment):
    """A moment stays without a zone unless it names its offset."""
    assert read_moment(text) == moment


@pytest.mark.parametrize("value", ["18/11/2026 14:30", "2026-11-18", "2026-11-18 2pm", date(2026, 11, 18), 5, None])
def test_other_values_are_no_moment(value):
    """What is not a day with a 24-hour time is refused with the accepted form."""
    with pytest.raises(UnfitError, match="24-hour time"):
        read_moment(value)


@pytest.mark.parametrize("text", ["2026-11-18 25:00", "2026-11-18 12:60", "2026-02-30 12:00"])
def test_moments_that_no_clock_shows(text):
    """25 o'clock is not in the calendar."""
    with pytest.raises(UnfitError, match="not in the calendar"):
        read_moment(text)


def test_a_time_that_the_clocks_skip_is_refused():
    """2:30 on the night summer time begins never was."""
    with pytest.raises(UnfitError, match="does not exist in Europe/Berlin"):
        place_in_zone(datetime(2026, 3, 29, 2, 30), BERLIN)


def test_a_time_that_comes_twice_is_refused_with_both():
    """2:30 on the night summer time ends could be either; the message shows how to write each."""
    with pytest.raises(UnfitError, match=r"2026-10-25 02:30\+02:00.*2026-10-25 02:30\+01:00"):
        place_in_zone(datetime(2026, 10, 25, 2, 30), BERLIN)


def test_both_forms_offered_for_a_double_hour_can_be_read():
    """What the message tells to write is accepted, and the two are an hour apart."""
    first, second = (
        place_in_zone(read_moment(text), BERLIN) for text in ("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00")
    )
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_an_offset_wins_over_the_zone():
    """A moment that names its offset is moved into the zone, not relabelled."""
    assert place_in_zone(datetime(2026, 11, 18, 14, 30, tzinfo=UTC), BERLIN).hour == 15


@given(moment=st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30)), zone=st.timezones(no_cache=False))
def test_a_placed_moment_shows_the_wall_time_that_was_written(moment, zone):
    """Placing either keeps the time on the wall clock or refuses; it never moves it."""
    try:
        placed = place_in_zone(moment, zone)
    except UnfitError:
        return
    assert placed.replace(tzinfo=None) == moment
    assert placed.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("45 min", timedelta(minutes=45)),
        ("1h30m", timedelta(minutes=90)),
        ("1 h 30 min", timedelta(minutes=90)),
        ("1 h 15", timedelta(minutes=75)),
        ("2h05", timedelta(minutes=125)),
        ("1 hour and 30 minutes", timedelta(minutes=90)),
        ("10 Days", timedelta(days=10)),
        ("2 weeks", timedelta(weeks=2)),
        ("3 wk.", timedelta(weeks=3)),
    ],
)
def test_spans_are_read(text, span):
    """Spans are read as people write them."""
    assert read_span(text) == span


@pytest.mark.parametrize(
    "value",
    ["", "45", 45, "0 min", "1.5 h", "2 months", "-1 day", "1 day ago", "99999999999 min", "1m" * 99, None, True],
)
def test_other_values_are_no_span(value):
    """A bare number, nothing, a fraction or a month is refused: none says how long."""
    with pytest.raises(UnfitError, match="is not a span of time"):
        read_span(value)


def test_a_span_of_more_than_a_year_is_a_slip():
    """A span is at most a year, so that adding it to a day never overflows."""
    with pytest.raises(UnfitError, match="longer than a year"):
        read_span("999999 weeks")


@given(span=st.integers(1, int(LONGEST_SPAN.total_seconds()) // 60).map(lambda minutes: timedelta(minutes=minutes)))
def test_a_span_survives_being_written(span):
    """What is written as a span is read as the same one."""
    assert read_span(write_span(span)) == span
