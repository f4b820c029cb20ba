"""What holds for every phrase, on every day: shown back it is the same, and never on the wrong side of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.wording import say_day
from followup_mail.facts.moments import place_in_zone, write_span
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_places import read_zone_said
from followup_mail.facts.said_readings import AmbiguousError, Side, read_table, spell_day
from followup_mail.facts.said_spans import read_length_said, read_span_said
from followup_mail.facts.unfit_values import UnfitError

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
ZONES = st.sampled_from(["America/Denver", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]).map(ZoneInfo)
_WORDS = [
    *(*read_table("weekdays"), *read_table("months"), "today", "tomorrow", "yesterday", "next", "last", "this", "on"),
    *(
        "end of",
        "beginning of",
        "the",
        "week",
        "month",
        "in",
        "ago",
        "a",
        "two",
        "3",
        "31",
        "29",
        "5th",
        "days",
        "weeks",
    ),
    *("from", "before", "5/6", "31/12", "12.11.2026", "2026-12-08", "2027", "of", "10am", "half past two", "8", "noon"),
    *("tonight", "morning", "9:00", "in Denver", "Portland", "9.30", "1630", "half nine", "from now", "friday week"),
    *("a week today", "christmas eve", "07/12/2026", "12pm", "uhr", "sharp", "couple of"),
]
PHRASES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join) | st.text(max_size=30)


@given(DAYS, DAYS, st.sampled_from(Side))
def test_a_day_shown_back_is_the_same_day(day: date, today: date, side: Side) -> None:
    """The two ways in which days are shown can be typed in, and mean that day."""
    assume(not side.is_strict)
    for shown in (spell_day(day), say_day(day, 0), day.isoformat()):
        assert read_day_said(shown, today, side) == day


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)), DAYS, ZONES, ZONES)  # noqa: DTZ001
def test_a_moment_shown_back_is_the_same_moment(wall: datetime, today: date, zone: ZoneInfo, own: ZoneInfo) -> None:
    """ "Thu 5 Nov 2026, 10:00 in Denver" is the moment that it was shown for, whatever other clocks are shown too."""
    try:
        moment = place_in_zone(wall.replace(second=0, microsecond=0), zone)
    except UnfitError:
        return
    shown = describe_moment(moment, zone, own)
    assert read_moment_said(shown, today, Side.RATHER_PAST) == moment


@examples(times=5)
@given(PHRASES, DAYS, st.sampled_from([Side.PAST, Side.COMING]))
def test_no_day_is_on_the_wrong_side(said: str, today: date, side: Side) -> None:
    """An answer never came tomorrow, and a decision is never due last week: one day is left for other time zones."""
    try:
        day = read_day_said(said, today, side)
    except UnfitError:
        return
    away = (day - today).days
    assert away <= 1 if side.is_past else away >= -1
    # Only a day that was written with its year can be that one day.
    assert away * (1 if side.is_past else -1) <= 0 or any(digits in said for digits in ("20", "/"))


@examples(times=5)
@given(PHRASES, DAYS, st.sampled_from(Side))
def test_what_is_asked_about_has_just_its_readings(said: str, today: date, side: Side) -> None:
    """There are two readings at least, all different, and what to write for each means that one and no other."""
    for read in (read_day_said, read_moment_said):
        asked = _asked_about(lambda read=read: read(said, today, side))
        if asked is None:
            continue
        written = [reading.written for reading in asked.readings]
        assert len(set(written)) == len(written) >= 2
        for reading in asked.readings:
            assert reading.said in str(asked)
            assert f'"{reading.written}"' in str(asked)
            _means_one(reading.written, today)


def _asked_about(read: Callable[[], object]) -> AmbiguousError | None:
    """Return the question that a phrase leads to; None where it is understood, or refused with a reason."""
    try:
        read()
    except AmbiguousError as asked:
        return asked
    except UnfitError:
        pass
    return None


def _means_one(written: str, today: date) -> None:
    """Read what a question told to write; a place is written as it is."""
    if written[:2] == "20":
        read = read_day_said if len(written) == len("2026-11-05") else read_moment_said
        assert str(read(written, today, Side.RATHER_PAST)).startswith(written)
    else:
        assert read_zone_said(written)


@given(st.integers(10, 24 * 60))
def test_a_span_shown_back_is_the_same_span(minutes: int) -> None:
    """A length is read as it is written into the file; a bare number is minutes."""
    span = timedelta(minutes=minutes)
    assert read_span_said(write_span(span)) == read_length_said(write_span(span)) == span
    assert read_length_said(str(minutes)) == span
