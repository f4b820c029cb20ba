"""What people say for days, moments, spans and places: what each phrase means, and which are asked about.

In every table it is Wednesday 25 November 2026.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_order import read_in_order
from followup_mail.facts.said_places import read_country_said, read_place_said, read_zone_said
from followup_mail.facts.said_ranges import read_length_within
from followup_mail.facts.said_readings import AmbiguousError, Side, WrongSideError
from followup_mail.facts.said_spans import read_length_said, read_span_said
from followup_mail.facts.unfit_values import UnfitError

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "past", "coming"),
    [
        ("November 5", "2026-11-05", None),
        ("5th of November", "2026-11-05", None),
        ("Nov. 5", "2026-11-05", None),
        ("on the 3rd", "2026-11-03", "2026-12-03"),
        ("friday", "2026-11-20", "2026-11-27"),
        ("on Friday", "2026-11-20", "2026-11-27"),
        ("last friday", "2026-11-20", None),
        ("this friday", None, "2026-11-27"),
        ("this monday", "2026-11-23", "2026-11-30"),
        ("next tuesday", None, "2026-12-01"),
        ("friday next week", None, "2026-12-04"),
        ("tuesday of last week", "2026-11-17", None),
        ("end of the week", None, "2026-11-27"),
        ("end of next week", None, "2026-12-04"),
        ("by the end of next week", None, "2026-12-04"),
        ("end of the month", None, "2026-11-30"),
        ("end of last month", "2026-10-31", None),
        ("end of January", "2026-01-31", "2027-01-31"),
        ("beginning of next week", None, "2026-11-30"),
        ("tomorrow", None, "2026-11-26"),
        ("the day before yesterday", "2026-11-23", None),
        ("in a week", None, "2026-12-02"),
        ("in a fortnight", None, "2026-12-09"),
        ("ten days ago", "2026-11-15", None),
        ("a week from monday", None, "2026-12-07"),
        ("two weeks after friday", None, "2026-12-11"),
        ("a day from now", None, "2026-11-26"),
        ("within two weeks", None, "2026-12-09"),
        ("in two weeks' time", None, "2026-12-09"),
        ("the 15th of next month", None, "2026-12-15"),
        ("13/11", "2026-11-13", "2027-11-13"),
        ("13.11.2026", "2026-11-13", None),
        ("11-11", "2026-11-11", "2027-11-11"),
        ("Thu 5 Nov 2026", "2026-11-05", None),
        ("2026-12-04", None, "2026-12-04"),
        ("12/11/2026", "2026-11-12", "2026-12-11"),
        ("eow", None, "2026-11-27"),
        ("a couple of days ago", "2026-11-23", None),
        ("in a couple of weeks", None, "2026-12-09"),
        ("friday week", None, "2026-12-04"),
        ("on monday week", None, "2026-12-07"),
        ("a week today", None, "2026-12-02"),
        ("a week tomorrow", None, "2026-12-03"),
        ("tmrw", None, "2026-11-26"),
        ("christmas eve", None, "2026-12-24"),
        ("by christmas", None, "2026-12-25"),
        ("new year's day", None, "2027-01-01"),
    ],
)
def test_a_day_on_either_side(said: str, past: str | None, coming: str | None) -> None:
    """What is asked about decides which day is meant; a phrase that fits only one side is refused on the other."""
    for side, day in ((Side.PAST, past), (Side.COMING, coming)):
        if day:
            assert read_day_said(said, TODAY, side) == date.fromisoformat(day)
        else:
            with pytest.raises(WrongSideError):
                read_day_said(said, TODAY, side)


@pytest.mark.parametrize(
    ("said", "side", "days"),
    [
        ("5/6", Side.PAST, ["2026-05-06", "2026-06-05"]),
        ("5/6", Side.COMING, ["2027-05-06", "2027-06-05"]),
        ("3/12", Side.RATHER_PAST, ["2026-03-12", "2026-12-03"]),
        ("12/11/2026", Side.RATHER_COMING, ["2026-11-12", "2026-12-11"]),
        ("next friday", Side.COMING, ["2026-11-27", "2026-12-04"]),
        ("last tuesday", Side.PAST, ["2026-11-17", "2026-11-24"]),
        ("wednesday", Side.COMING, ["2026-11-25", "2026-12-02"]),
        ("wednesday", Side.PAST, ["2026-11-18", "2026-11-25"]),
        ("December 5", Side.RATHER_PAST, ["2025-12-05", "2026-12-05"]),
        ("November 20", Side.RATHER_COMING, ["2026-11-20", "2027-11-20"]),
        ("sunday next week", Side.COMING, ["2026-11-29", "2026-12-06"]),
    ],
)
def test_a_day_with_two_readings(said: str, side: Side, days: list[str]) -> None:
    """Each reading is spelt out with weekday, month and year, and what to write for it means just that."""
    with pytest.raises(AmbiguousError) as asked:
        read_day_said(said, TODAY, side)
    assert [reading.written for reading in asked.value.readings] == days
    for reading, day in zip(asked.value.readings, days, strict=True):
        assert reading.said in str(asked.value)
        assert f'"{day}"' in str(asked.value)
        assert read_day_said(reading.said, TODAY, Side.RATHER_PAST) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("before christmas", "2026-12-24"),
        ("before Friday", "2026-11-26"),
        ("before the 18th", "2026-12-17"),
        ("before the end of next week", "2026-12-03"),
        ("before new year's day", "2026-12-31"),
    ],
)
def test_what_is_decided_before_a_day_is_decided_the_day_before(said: str, day: str) -> None:
    """ "Before Friday" is Thursday for what is to come, and no day for what is past."""
    assert read_day_said(said, TODAY, Side.COMING) == date.fromisoformat(day)
    with pytest.raises(UnfitError):
        read_day_said(said, TODAY, Side.PAST)


def test_no_day_is_left_before_today() -> None:
    """ "Before today" is refused, and on a Wednesday "before Wednesday" is about the next one."""
    with pytest.raises(WrongSideError):
        read_day_said("before today", TODAY, Side.COMING)
    assert read_day_said("before wednesday", TODAY, Side.COMING) == date(2026, 12, 1)


def test_a_day_before_another_has_the_same_readings() -> None:
    """ "Before next friday" is one of two Thursdays, and each is spelt out."""
    with pytest.raises(AmbiguousError) as asked:
        read_day_said("before next friday", TODAY, Side.COMING)
    assert [reading.written for reading in asked.value.readings] == ["2026-11-26", "2026-12-03"]


def test_a_weekday_beside_a_date_must_agree() -> None:
    """The 4th of December is a Friday, which is still to come; no 5th anywhere near is one."""
    assert read_day_said("friday the 4th", TODAY, Side.COMING) == date(2026, 12, 4)
    with pytest.raises(WrongSideError, match="is still to come: Friday 4 December 2026"):
        read_day_said("friday the 4th", TODAY, Side.PAST)
    with pytest.raises(UnfitError, match="contradicts itself: that is Thursday 5 November 2026"):
        read_day_said("friday the 5th", TODAY, Side.PAST)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mon 14 dec half nine", "2026-12-14 09:30"),
        ("monday 14 december 9.30am", "2026-12-14 09:30"),
        ("thu 10 dec 10am", "2026-12-10 10:00"),
        ("thursday 10th 10am", "2026-12-10 10:00"),
        ("tue the 10th 10am", "2026-11-10 10:00"),
        ("tue 10 nov 10am", "2026-11-10 10:00"),
        ("thu 15 apr 10am", "2027-04-15 10:00"),
    ],
)
@pytest.mark.parametrize("side", [Side.RATHER_PAST, Side.RATHER_COMING, Side.INTERVIEW, Side.FURTHER_INTERVIEW])
def test_a_weekday_tells_the_year_and_the_month(said: str, meant: str, side: Side) -> None:
    """Said on Friday 4 December 2026: a date is of the year or month that has it on that weekday, past or to come."""
    assert read_moment_said(said, date(2026, 12, 4), side) == datetime.fromisoformat(meant)


def test_a_weekday_names_the_past_year_where_the_past_is_asked_about() -> None:
    """The 14th of December was a Sunday in 2025; of what is to come that is too long ago to be meant."""
    assert read_day_said("sun 14 dec", date(2026, 12, 4), Side.PAST) == date(2025, 12, 14)
    with pytest.raises(UnfitError, match="contradicts itself: that is Monday 14 December 2026"):
        read_day_said("sun 14 dec", date(2026, 12, 4), Side.RATHER_COMING)


@pytest.mark.parametrize(
    ("said", "that_is"),
    [
        ("Thursday December 4 at 10am", "Friday 4 December 2026"),
        ("Friday, Dec 5 9am", "Saturday 5 December 2026"),
        ("Sat Nov 20 2pm", "Friday 20 November 2026"),
    ],
)
def test_a_weekday_that_fits_only_last_year_is_refused(said: str, that_is: str) -> None:
    """Nobody means an interview a year ago: the weekday of the date that is near is named."""
    with pytest.raises(UnfitError, match=f"contradicts itself: that is {that_is}"):
        read_moment_said(said, TODAY, Side.INTERVIEW)


@pytest.mark.parametrize("said", ["Jul 2 10am", "7/2 10am", "20 June 9:00"])
def test_an_interview_many_months_back_is_asked_about(said: str) -> None:
    """Without its year a day long past may be one to come: both are named."""
    with pytest.raises(AmbiguousError, match=r"2026.* or .*2027"):
        read_moment_said(said, TODAY, Side.INTERVIEW)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3.12.2026 um 10 Uhr", "2026-12-03 10:00"),
        ("Di., 01.12., 11-12 Uhr", "2026-12-01 11:00"),
        ("3.12 um 10 Uhr", "2026-12-03 10:00"),
        ("12.25.2026 10:00", "2026-12-25 10:00"),
        ("1430 on Dec 2", "2026-12-02 14:30"),
        ("Weds 12/2 @ 3p", "2026-12-02 15:00"),
        ("Dec 1 10:30a", "2026-12-01 10:30"),
        ("Dec 2 3-4p", "2026-12-02 15:00"),
        ("morgen um 14 Uhr", "2026-11-26 14:00"),
        ("gestern 15:30 Uhr", "2026-11-24 15:30"),
        ("demain à 14h", "2026-11-26 14:00"),
        ("hier à 15h30", "2026-11-24 15:30"),
        ("mañana a las 10", "2026-11-26 10:00"),
        ("ayer a las 4 de la tarde", "2026-11-24 16:00"),
        ("aujourd\u2019hui à 9h", "2026-11-25 09:00"),
        ("2/15 10am", "2027-02-15 10:00"),
    ],
)
def test_moments_as_other_countries_and_a_hurry_write_them(said: str, meant: str) -> None:
    """Dots divide day and month, "3p" is an afternoon, and the words around today have one meaning each."""
    assert read_moment_said(said, TODAY, Side.INTERVIEW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("said", "countries", "meant"),
    [
        ("12/3 10am", ("US", ""), "2026-12-03 10:00"),
        ("12/3/26 2:15PM", ("US", "US"), "2026-12-03 14:15"),
        ("Tues 12/1 10:30a", ("US",), "2026-12-01 10:30"),
        ("3/12 10am", ("GB", "GB"), "2026-12-03 10:00"),
        ("3/12 10am", ("DE",), "2026-12-03 10:00"),
        ("3/12 10am", ("US",), ""),  # 12 March is long past, or far ahead
        ("12/3 10am", ("CA", "CA"), ""),
        ("12/3 10am", ("US", "GB"), ""),
        ("12/3 10am", ("", ""), ""),
    ],
)
def test_slashes_are_read_as_the_country_writes_them(said: str, countries: tuple[str, ...], meant: str) -> None:
    """Where the user and the employer would write the same, nothing is asked; what lies far off is all the same."""

    def read(text: str) -> datetime:
        return read_moment_said(text, TODAY, Side.INTERVIEW)

    if meant:
        assert read_in_order(read, said, countries, TODAY) == datetime.fromisoformat(meant)
        return
    with pytest.raises(AmbiguousError):
        read_in_order(read, said, countries, TODAY)


@pytest.mark.parametrize("said", ["d'ici le 15 décembre", "d\u2019ici au 15 décembre"])
def test_a_decision_by_a_day_in_french(said: str) -> None:
    """What French writes before the day by which they decide is left out."""
    assert read_day_said(said, TODAY, Side.RATHER_COMING) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("said", "interview", "further"),
    [
        ("14 dec 9:30", "2026-12-14 09:30", "2026-12-14 09:30"),
        ("1 dec 9:30", "2026-12-01 09:30", "2026-12-01 09:30"),
        ("20 nov 9:30", "2026-11-20 09:30", "2026-11-20 09:30"),
        ("the 10th 9:30", "2026-12-10 09:30", "2026-12-10 09:30"),
        ("the 20th 9:30", "2026-11-20 09:30", "2026-12-20 09:30"),
        ("tuesday 9:30", "2026-12-01 09:30", "2026-12-08 09:30"),
    ],
)
def test_the_date_of_an_interview_is_the_nearest(said: str, interview: str, further: str) -> None:
    """Said on Friday 4 December 2026: nobody is asked whether last year is meant; a further one is rather to come."""
    for side, meant in ((Side.INTERVIEW, interview), (Side.FURTHER_INTERVIEW, further)):
        assert read_moment_said(said, date(2026, 12, 4), side) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("next week", "whole week"),
        ("in December", "whole week or month"),
        ("in 3 working days", "working days"),
        ("in two months", "fixed length"),
        ("soon", "no exact time"),
        ("30 feb", "not in the calendar"),
        ("fri 5 nov 2026", "contradicts itself: that is Thursday 5 November 2026"),
        ("priya", "not understood"),
        ("in 99999999 days", "more than a year"),
    ],
)
def test_what_is_no_day(said: str, why: str) -> None:
    """What names no day is refused, with the reason where there is one to give."""
    with pytest.raises(UnfitError, match=why):
        read_day_said(said, TODAY, Side.RATHER_COMING)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today 10am", "2026-11-25 10:00"),
        ("10 a.m. today", "2026-11-25 10:00"),
        ("yesterday noon", "2026-11-24 12:00"),
        ("yesterday 12pm", "2026-11-24 12:00"),
        ("monday 10:30 pm", "2026-11-23 22:30"),
        ("friday 14h30", "2026-11-20 14:30"),
        ("monday 9.30", "2026-11-23 09:30"),
        ("yesterday 14.30", "2026-11-24 14:30"),
        ("friday 4.30pm", "2026-11-20 16:30"),
        ("5 nov 1630", "2026-11-05 16:30"),
        ("friday 0900", "2026-11-20 09:00"),
        ("half nine yesterday", "2026-11-24 09:30"),
        ("friday at 9am sharp", "2026-11-20 09:00"),
        ("half past two", "2026-11-25 14:30"),
        ("quarter to ten on friday", "2026-11-20 09:45"),
        ("friday at ten o'clock", "2026-11-20 10:00"),
        ("this morning 9", "2026-11-25 09:00"),
        ("8 this morning", "2026-11-25 08:00"),
        ("yesterday evening at 6", "2026-11-24 18:00"),
        ("last night at 8", "2026-11-24 20:00"),
        ("friday afternoon 2:15", "2026-11-20 14:15"),
        ("nov 5 10am", "2026-11-05 10:00"),
        ("Thu 5 Nov 2026, 10:00", "2026-11-05 10:00"),
        ("Thu 5 Nov 2026, 10:00 in Denver", "2026-11-05 10:00-07:00"),
        ("5 nov 10am pacific time", "2026-11-05 10:00-08:00"),
        ("2026-11-05T10:00+01:00", "2026-11-05 10:00+01:00"),
        ("tomorrow 10am", "2026-11-26 10:00"),
        ("friday @ 10am", "2026-11-20 10:00"),
        ("yesterday 10:00 in New York", "2026-11-24 10:00-05:00"),
        ("Tue 10am Denver time", "2026-11-24 10:00-07:00"),
        ("Wednesday, November 25, 2026 at 10:00 AM", "2026-11-25 10:00"),
        ("friday 12 noon", "2026-11-20 12:00"),
        ("friday 0:00", "2026-11-20 00:00"),
        ("friday around 3pm", "2026-11-20 15:00"),
        ("friday 9 Uhr", "2026-11-20 09:00"),
    ],
)
def test_when_an_interview_was(said: str, meant: str) -> None:
    """A bare hour is one at which interviews are held, and a weekday the last one; other days must be said."""
    assert read_moment_said(said, TODAY, Side.RATHER_PAST) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("said", "meant", "minutes"),
    [
        ("Mon, Nov 23 · 10:00 AM - 10:45 AM", "2026-11-23 10:00", 45),
        ("Monday, November 23⋅3:00 – 3:45pm", "2026-11-23 15:00", 45),
        ("Monday, November 23, 2026 11:00\u202fAM – 1:00\u202fPM", "2026-11-23 11:00", 120),
        ("9am - 10am", "2026-11-25 09:00", 60),
        ("14:00–14:30", "2026-11-25 14:00", 30),
        ("friday 10.00-10.45 Uhr", "2026-11-20 10:00", 45),
        ("friday 9-10am", "2026-11-20 09:00", 60),
        ("friday from 11 to 1pm", "2026-11-20 11:00", 120),
        ("friday 9:00 to 10:30 in Denver", "2026-11-20 09:00-07:00", 90),
        ("friday 2pm until 3pm", "2026-11-20 14:00", 60),
        ("between 2 and 3pm on friday", "2026-11-20 14:00", 60),
        ("2026-11-20 09:00-10:00", "2026-11-20 09:00", 60),
        ("2026-11-20 10:00-05:00", "2026-11-20 10:00-05:00", None),
        ("friday ten to 3pm", "2026-11-20 14:50", None),
        ("friday 10 to 3pm", "2026-11-20 14:50", None),
        ("friday 23:00-0:30", "2026-11-20 23:00", 90),
    ],
)
def test_from_when_to_when(said: str, meant: str, minutes: int | None) -> None:
    """Two times of day are the beginning and the end, and tell how long it took; an offset from UTC is none."""
    assert read_moment_said(said, TODAY, Side.RATHER_PAST) == datetime.fromisoformat(meant)
    assert read_length_within(said) == (timedelta(minutes=minutes) if minutes else None)


def test_a_reading_keeps_the_end() -> None:
    """Which of two beginnings is meant is asked, and what is chosen still says how long it took."""
    with pytest.raises(AmbiguousError) as asked:
        read_moment_said("monday 2:30 - 3:15", TODAY, Side.RATHER_PAST)
    assert asked.value.text == "monday 2:30 - 3:15"
    assert [one.written for one in asked.value.readings] == ["2026-11-23 02:30 - 03:15", "2026-11-23 14:30 - 15:15"]
    assert read_length_within(asked.value.readings[1].written) == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("monday 8", ["2026-11-23 08:00", "2026-11-23 20:00"]),
        ("monday 2.30", ["2026-11-23 02:30", "2026-11-23 14:30"]),
        ("monday 2:30", ["2026-11-23 02:30", "2026-11-23 14:30"]),
        ("5/6 10am", ["2026-05-06 10:00", "2026-06-05 10:00"]),
        ("december 5 10am", ["2025-12-05 10:00", "2026-12-05 10:00"]),
        ("friday 12am", ["2026-11-20 00:00", "2026-11-20 12:00"]),
        ("friday 3am", ["2026-11-20 03:00", "2026-11-20 15:00"]),
        ("friday midnight", ["2026-11-20 00:00", "2026-11-21 00:00"]),
        ("friday at 12 midnight", ["2026-11-20 00:00", "2026-11-21 00:00"]),
        ("yesterday lunchtime", ["2026-11-24 12:00", "2026-11-24 12:30", "2026-11-24 13:00"]),
        ("yesterday at lunch", ["2026-11-24 12:00", "2026-11-24 12:30", "2026-11-24 13:00"]),
        ("yesterday evening", ["2026-11-24 18:00", "2026-11-24 19:00", "2026-11-24 20:00"]),
    ],
)
def test_a_moment_with_two_readings(said: str, meant: list[str]) -> None:
    """Day and time of each reading are spelt out; what to write for it means just that."""
    with pytest.raises(AmbiguousError) as asked:
        read_moment_said(said, TODAY, Side.RATHER_PAST)
    assert [reading.written for reading in asked.value.readings] == meant
    for written in meant:
        assert read_moment_said(written, TODAY, Side.RATHER_PAST) == datetime.fromisoformat(written)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("friday", "names a day but no time"),
        ("friday after lunch", "no exact time"),
        ("monday 17", "not understood"),
        ("monday 930", "no colon"),
        ("montag um halb drei", "not English"),
        ("today 25:00", "not a time of day"),
        ("monday 10am my time", "your clock"),
        ("monday 10am in Atlantis", "not a place that is known here; write the nearest large city"),
        ("someday 10:00", "not understood"),
        ("friday 10:45am-10:00am", "ends before it begins"),
        ("friday 10:00-05:00", "ends before it begins"),
        ("friday the 5th 10am", "contradicts itself"),
        ("friday first thing", "no exact time"),
    ],
)
def test_what_is_no_moment(said: str, why: str) -> None:
    """A day alone, a part of a day, and a time that no clock shows are refused with the reason."""
    with pytest.raises(UnfitError, match=why):
        read_moment_said(said, TODAY, Side.RATHER_PAST)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        *(
            ("45", 45),
            ("90", 90),
            ("an hour", 60),
            ("half an hour", 30),
            ("1h30", 90),
            ("1:15", 75),
            ("1 h 30 min", 90),
        ),
        *(("an hour and a half", 90), ("one and a half hours", 90), ("1.5 hours", 90), ("1,5 h", 90), ("2 hours", 120)),
        *(("about 50 minutes", 50), ("~45 min", 45), ("three quarters of an hour", 45), ("forty-five minutes", 45)),
        *(("two hours and ten minutes", 130), ("1 hr 15", 75), ("one hour thirty", 90), ("1.25 hours", 75)),
        *(("an hour or so", 60), ("1:30h", 90)),
    ],
)
def test_how_long_it_took(said: str, minutes: int) -> None:
    """Numbers in words, halves and quarters are understood, and a bare number as minutes."""
    assert read_length_said(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize("number", ["9" * 90, "10000", "0000"])
def test_a_number_that_is_no_length_is_not_echoed_whole(number: str) -> None:
    """What was typed is named, cut where it is long, and never as another number."""
    with pytest.raises(UnfitError, match=f"^'{number[:60]}") as refused:
        read_length_said(number)
    assert len(str(refused.value)) < 150


def test_a_length_may_begin_with_zeros() -> None:
    """ "00045" is 45 minutes."""
    assert read_length_said("00045") == timedelta(minutes=45)


def test_a_small_number_is_hours_or_minutes() -> None:
    """Nobody can tell what "2" is, an interval needs a unit, and no interview takes two weeks."""
    with pytest.raises(AmbiguousError, match='2 hours or 2 minutes; write "2 h" or "2 min"'):
        read_length_said("2")
    with pytest.raises(UnfitError):
        read_span_said("45")
    with pytest.raises(UnfitError, match="longer than a day"):
        read_length_said("two weeks")


@pytest.mark.parametrize(
    ("said", "days"), [("weekly", 7), ("every two weeks", 14), ("a fortnight", 14), ("every other week", 14)]
)
def test_how_often(said: str, days: int) -> None:
    """An interval is said as people say it."""
    assert read_span_said(said) == timedelta(days=days)


@pytest.mark.parametrize(
    ("said", "zone", "country"),
    [
        ("Denver", "America/Denver", "US"),
        ("denver, co", "America/Denver", "US"),
        ("New York, NY", "America/New_York", "US"),
        ("London", "Europe/London", "GB"),
        ("London, Ontario", "America/Toronto", "CA"),
        ("California", "America/Los_Angeles", "US"),
        ("Pacific", "America/Los_Angeles", "US"),
        ("EST", "America/New_York", "US"),
        ("CET", "CET", ""),
        ("Germany", "Europe/Berlin", "DE"),
        ("UK", "Europe/London", "GB"),
        ("Paris", "Europe/Paris", "FR"),
        ("Paris, Texas", "America/Chicago", "US"),
        ("portland oregon", "America/Los_Angeles", "US"),
        ("Portland, ME", "America/New_York", "US"),
        ("Seattle, Washington", "America/Los_Angeles", "US"),
        ("Atlanta, Georgia", "America/New_York", "US"),
        ("München", "Europe/Berlin", "DE"),
        ("Japan", "Asia/Tokyo", "JP"),
        ("europe/berlin", "Europe/Berlin", "DE"),
        ("utc", "UTC", ""),
        ("Denver, CO, USA", "America/Denver", "US"),
        ("Denver, Colorado, United States", "America/Denver", "US"),
        ("Denver, CO 80205", "America/Denver", "US"),
        ("Elizabeth, CO 80107", "America/Denver", "US"),
        ("1600 Champa St, Denver, CO 80202", "America/Denver", "US"),
        ("Knoxville, TN", "America/New_York", "US"),
        ("Fort Collins", "America/Denver", "US"),
        ("Fort Collins CO", "America/Denver", "US"),
        ("Omaha, NE", "America/Chicago", "US"),
        ("Scottsbluff, NE", "America/Denver", "US"),
        ("Boise, Idaho", "America/Boise", "US"),
        ("El Paso", "America/Denver", "US"),
        ("El Paso, TX", "America/Denver", "US"),
        ("Pensacola", "America/Chicago", "US"),
        ("Berlin, DE", "Europe/Berlin", "DE"),
        ("Wilmington, DE", "America/New_York", "US"),
        ("Toronto, CA", "America/Toronto", "CA"),
        ("Perth, WA", "Australia/Perth", "AU"),
        ("Ballina NSW 2478", "Australia/Sydney", "AU"),
        ("Toronto, ON M5V 2T6", "America/Toronto", "CA"),
        ("München, Bayern, Deutschland", "Europe/Berlin", "DE"),
        ("80331 München", "Europe/Berlin", "DE"),
        ("Greater Boston Area", "America/New_York", "US"),
        ("Remote (Denver, CO)", "America/Denver", "US"),
        ("Campinas, São Paulo, Brazil", "America/Sao_Paulo", "BR"),
    ],
)
def test_where_they_are(said: str, zone: str, country: str) -> None:
    """Cities, states, countries and names of times have their zone, and where it can be told, their country."""
    place = read_place_said(said)
    assert (place.zone, place.country) == (zone, country)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Portland", ["Portland, Oregon", "Portland, Maine"]),
        ("Georgia", ["Georgia, US", "Georgia, the country"]),
        ("IST", ["Kolkata", "Dublin", "Jerusalem"]),
        ("United States", ["New York", "Chicago", "Denver", "Los Angeles"]),
        ("CO", ["Colorado", "Colombia"]),
        ("IN", ["Indiana", "India"]),
        ("GA", ["Georgia, US", "Gabon"]),
        ("Aurora", ["Aurora, Colorado", "Aurora, Illinois"]),
        ("Florida", ["Miami, Florida", "Pensacola, Florida"]),
    ],
)
def test_a_name_of_several_places(said: str, named: list[str]) -> None:
    """Places that share a name are named, each so that it can be written just like that."""
    with pytest.raises(AmbiguousError) as asked:
        read_zone_said(said)
    assert [reading.written for reading in asked.value.readings] == named
    if said != "IN":  # a reading may lead to the next question
        assert len({read_zone_said(one) for one in named}) == len(named)


@pytest.mark.parametrize(
    ("said", "home", "zone"),
    [
        ("CO", "US", "America/Denver"),
        ("CO", "CO", "America/Bogota"),
        ("DE", "DE", "Europe/Berlin"),
        ("Monument, CO", "US", "America/Denver"),
        ("WA", "AU", "Australia/Perth"),
    ],
)
def test_the_own_country_makes_a_code_plain(said: str, home: str, zone: str) -> None:
    """Somebody in the US who types "CO" means Colorado."""
    assert read_place_said(said, home).zone == zone


def test_a_town_in_a_state_with_two_clocks_is_asked_about() -> None:
    """Nobody knows every village of Tennessee, so by whose clocks it goes is asked."""
    with pytest.raises(AmbiguousError, match="the clocks of Nashville, Tennessee or the clocks of Knoxville"):
        read_place_said("Soddy, Tennessee")


@pytest.mark.parametrize(
    ("said", "code"), [("United States", "US"), ("uk", "GB"), ("Germany", "DE"), ("Denver", "US"), ("IN", "IN")]
)
def test_a_country_by_its_name(said: str, code: str) -> None:
    """The country is known by its name, its code, or a place in it."""
    assert read_country_said(said) == code


def test_a_place_that_is_not_known() -> None:
    """A village is not in the table: its city is, or its country. A slip is answered with what was meant."""
    with pytest.raises(UnfitError, match="write the nearest large city, or the country"):
        read_place_said("Little Whinging")
    with pytest.raises(UnfitError, match='did you mean "Denver"'):
        read_place_said("Denverr")


def test_georgia_is_asked_about() -> None:
    """A state that has the name of a country is told from it."""
    with pytest.raises(AmbiguousError, match='write "US" or "GE"'):
        read_country_said("Georgia")


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("Thu 11/19/2026 2:00 PM", "2026-11-19 14:00"),
        ("friday at a quarter past two", "2026-11-20 14:15"),
        ("quarter after two on friday", "2026-11-20 14:15"),
        ("18 Nov 26 2pm", "2026-11-18 14:00"),
        ("18-Nov-2026 14:00", "2026-11-18 14:00"),
        ("18. November 2026 14:00", "2026-11-18 14:00"),
        ("Mittwoch, 18. November um 14 Uhr", "2026-11-18 14:00"),
        ("Mi 18.11. 14:00", "2026-11-18 14:00"),
        ("jeudi 19 nov. à 16h", "2026-11-19 16:00"),
        ("miércoles 18 de noviembre de 2026 a las 10:00", "2026-11-18 10:00"),
        ("5 nov 10", "2026-11-05 10:00"),
        ("monday week 10am", "2026-12-07 10:00"),
    ],
)
def test_moments_as_calendars_and_people_elsewhere_write_them(said: str, moment: str) -> None:
    """A date in figures may have its weekday; days and months may be German, French or Spanish."""
    assert read_moment_said(said, TODAY, Side.INTERVIEW) == datetime.fromisoformat(moment)


def test_the_known_place_makes_an_abbreviation_plain() -> None:
    """ "MST" is asked about, unless the interview was where both readings show the same hour."""
    said = "Thursday, November 19, 2026 at 2:00 PM MST"
    with pytest.raises(AmbiguousError, match="Denver or Phoenix"):
        read_moment_said(said, TODAY, Side.INTERVIEW)
    assert read_moment_said(said, TODAY, Side.INTERVIEW, "America/Boise").isoformat() == "2026-11-19T14:00:00-07:00"
    with pytest.raises(AmbiguousError):
        read_moment_said(said, TODAY, Side.INTERVIEW, "Europe/Berlin")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("end of year", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("end of the quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("by COB Friday", "2026-11-27"),
        ("friday eod", "2026-11-27"),
        ("by the end of day friday", "2026-11-27"),
        ("eod", "2026-11-25"),
        ("Freitag", "2026-11-27"),
        ("vendredi 4 décembre", "2026-12-04"),
        ("thu 12/10", "2026-12-10"),
    ],
)
def test_days_by_their_end_and_in_other_words(said: str, day: str) -> None:
    """Who decides by the close of business on Friday decides on Friday."""
    assert read_day_said(said, TODAY, Side.RATHER_COMING) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "why"),
    [("after Thanksgiving", "after which day, but not by which"), ("by Thanksgiving", "in the US than in Canada")],
)
def test_a_day_that_is_only_named_by_another_is_refused(said: str, why: str) -> None:
    """ "After Thanksgiving" has no end, and Thanksgiving is two days: one sentence says so."""
    with pytest.raises(UnfitError, match=why):
        read_day_said(said, TODAY, Side.RATHER_COMING)


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("4 december at the latest", "by 4 december"),
        ("no later than 4 december", "by 4 december"),
        ("on or before 4 december", "by 4 december"),
        ("this coming monday", "coming monday"),
        ("before xmas", "before christmas"),
    ],
)
def test_a_last_day_is_said_in_many_ways(said: str, plainly: str) -> None:
    """What only says that it is the last day changes nothing."""
    assert read_day_said(said, TODAY, Side.RATHER_COMING) == read_day_said(plainly, TODAY, Side.RATHER_COMING)


def test_about_so_many_minutes() -> None:
    """ "About 45" is 45 minutes, as "45" is."""
    assert read_length_said("about 45") == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("SFO", "America/Los_Angeles"),
        ("ORD", "America/Chicago"),
        ("LHR", "Europe/London"),
        ("BLR", "Asia/Kolkata"),
        ("Mailand", "Europe/Rome"),
        ("Londres", "Europe/London"),
        ("Br\u00fcssel", "Europe/Brussels"),
        ("Nueva York", "America/New_York"),
        ("Bengaluru, Karnataka", "Asia/Kolkata"),
        ("Shoreditch, London", "Europe/London"),
        ("Kreuzberg, Berlin", "Europe/Berlin"),
        ("Wroc\u0142aw", "Europe/Warsaw"),
        ("Troms\u00f8, Norway", "Europe/Oslo"),
        ("Swedish time", "Europe/Stockholm"),
        ("Irish local time", "Europe/Dublin"),
        ("UK time", "Europe/London"),
        ("Germany time", "Europe/Berlin"),
    ],
)
def test_places_by_their_airport_in_other_languages_and_by_one_known_part(said: str, zone: str) -> None:
    """A state that is not known, or a part of a city, leaves the city to decide; a country has its time."""
    assert read_zone_said(said) == zone


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Philadelpia", 'did you mean "Philadelphia"'),
        ("San Fransisco", 'did you mean "San Francisco"'),
        ("Paris, Texass", 'did you mean "Paris, Texas"'),
        ("Munich, Germny", 'did you mean "Munich, Germany"'),
        ("Atlantis", "write the nearest large city"),
        ("Foo, Bar", "write the nearest large city"),
    ],
)
def test_a_slip_in_a_place_is_answered_with_the_name_that_was_meant(said: str, right: str) -> None:
    """Nobody is told to write "Europe/Berlin", and a slip in a state never gives another town."""
    with pytest.raises(UnfitError, match=f"is not a place that is known here; {right}"):
        read_zone_said(said)
