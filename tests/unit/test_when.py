"""WHEN: what each way of saying a moment means, and which ways are refused, with the reason.

In every table it is Monday 23 November 2026, 09:00:30 in Chicago, where the recipient is; the user sits in Berlin.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.when import parse_when
from followup_mail.errors import WhenError

CHICAGO, BERLIN, SYDNEY = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 11, 23, 9, 0, 30, tzinfo=CHICAGO)


def wall(said: str, *, now: datetime = NOW, zone: ZoneInfo = CHICAGO, own_zone: ZoneInfo = BERLIN) -> str:
    """Return the recipient's wall time of what was said."""
    return parse_when(said, now, zone, own_zone).isoformat(sep=" ")


def refusal(said: str, *, now: datetime = NOW, zone: ZoneInfo = CHICAGO) -> str:
    """Return sentence and fix of the refusal."""
    with pytest.raises(WhenError) as refused:
        parse_when(said, now, zone, BERLIN)
    return f"{refused.value.sentence} {refused.value.fix}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("now", "2026-11-23 09:00:30-06:00"),
        ("+2h", "2026-11-23 11:00:30-06:00"),
        ("+90m", "2026-11-23 10:30:30-06:00"),
        ("+1h30m", "2026-11-23 10:30:30-06:00"),
        ("+ 1 h", "2026-11-23 10:00:30-06:00"),
        ("in 2 hours", "2026-11-23 11:00:30-06:00"),
        ("in an hour", "2026-11-23 10:00:30-06:00"),
        ("in 2 hours and 30 minutes", "2026-11-23 11:30:30-06:00"),
        ("2026-12-08 9:00", "2026-12-08 09:00:00-06:00"),
        ("2026-12-08T09:00", "2026-12-08 09:00:00-06:00"),
        ("2026-12-08t09:00:15", "2026-12-08 09:00:15-06:00"),
        ("2026-12-08T09:00Z", "2026-12-08 03:00:00-06:00"),
        ("2026-12-08 9:00 +01:00", "2026-12-08 02:00:00-06:00"),
        ("2026-12-08 9am", "2026-12-08 09:00:00-06:00"),
        ("tomorrow 9:00", "2026-11-24 09:00:00-06:00"),
        ("today 17:00", "2026-11-23 17:00:00-06:00"),
        ("today 5:00pm", "2026-11-23 17:00:00-06:00"),
        ("Tomorrow,  at 9 AM ", "2026-11-24 09:00:00-06:00"),
        ("tomorrow noon", "2026-11-24 12:00:00-06:00"),
        ("tomorrow 12:30pm", "2026-11-24 12:30:00-06:00"),
        ("tomorrow 12:30am", "2026-11-24 00:30:00-06:00"),
        ("tomorrow 5:00", "2026-11-24 05:00:00-06:00"),
        ("tue 9am", "2026-11-24 09:00:00-06:00"),
        ("Tuesday 9am", "2026-11-24 09:00:00-06:00"),
        ("monday 8:30", "2026-11-30 08:30:00-06:00"),
        ("sun 8:30", "2026-11-29 08:30:00-06:00"),
        ("next mon 8:30", "2026-11-30 08:30:00-06:00"),
        ("in 3 days", "2026-11-26 09:00:30-06:00"),
        ("in 3 days 9:00", "2026-11-26 09:00:00-06:00"),
        ("in a week noon", "2026-11-30 12:00:00-06:00"),
        ("in 2 weeks at 5:00 pm", "2026-12-07 17:00:00-06:00"),
        ("+3d", "2026-11-26 09:00:30-06:00"),
        ("tomorrow 9:00 Europe/Berlin", "2026-11-24 02:00:00-06:00"),
        ("tomorrow 9:00 europe/berlin", "2026-11-24 02:00:00-06:00"),
        ("tomorrow 9:00 UTC", "2026-11-24 03:00:00-06:00"),
        ("tomorrow 9:00 my time", "2026-11-24 02:00:00-06:00"),
        ("tomorrow 9:00 their time", "2026-11-24 09:00:00-06:00"),
        ("in 3 days My Time", "2026-11-26 09:00:30-06:00"),
        ("tonight 8pm", "2026-11-23 20:00:00-06:00"),
        ("tonight at 8", "2026-11-23 20:00:00-06:00"),
        ("8 dec 9:00", "2026-12-08 09:00:00-06:00"),
        ("December 8th, 9am", "2026-12-08 09:00:00-06:00"),
        ("the 8th of december at noon", "2026-12-08 12:00:00-06:00"),
        ("9am tomorrow", "2026-11-24 09:00:00-06:00"),
        ("tomorrow 14h30", "2026-11-24 14:30:00-06:00"),
        ("tomorrow morning at half past nine", "2026-11-24 09:30:00-06:00"),
        ("the 3rd 9:00", "2026-12-03 09:00:00-06:00"),
        ("this fri 9:00", "2026-11-27 09:00:00-06:00"),
        ("end of next week 9:00", "2026-12-04 09:00:00-06:00"),
        ("a week from friday 9:00", "2026-12-04 09:00:00-06:00"),
        ("in two weeks 9:00", "2026-12-07 09:00:00-06:00"),
        ("in half an hour", "2026-11-23 09:30:30-06:00"),
        ("tomorrow 9:00 EST", "2026-11-24 08:00:00-06:00"),
        ("tomorrow 9:00 berlin", "2026-11-24 02:00:00-06:00"),
        ("tomorrow 9:00 in New York", "2026-11-24 08:00:00-06:00"),
        ("tomorrow 9am pacific time", "2026-11-24 11:00:00-06:00"),
        ("noon", "2026-11-23 12:00:00-06:00"),
        ("5pm", "2026-11-23 17:00:00-06:00"),
        ("at 17:45", "2026-11-23 17:45:00-06:00"),
        ("17:45 my time", "2026-11-23 10:45:00-06:00"),
        ("12pm tomorrow", "2026-11-24 12:00:00-06:00"),
        ("friday 4.30pm", "2026-11-27 16:30:00-06:00"),
        ("friday 16.30", "2026-11-27 16:30:00-06:00"),
        ("friday 1630", "2026-11-27 16:30:00-06:00"),
        ("friday 0900", "2026-11-27 09:00:00-06:00"),
        ("2026-12-08 0900", "2026-12-08 09:00:00-06:00"),
        ("tmrw 9am", "2026-11-24 09:00:00-06:00"),
        ("in a couple of hours", "2026-11-23 11:00:30-06:00"),
        ("in 1.5 hours", "2026-11-23 10:30:30-06:00"),
        ("1 hour from now", "2026-11-23 10:00:30-06:00"),
        ("two and a half hours from now", "2026-11-23 11:30:30-06:00"),
        ("2 hours later", "2026-11-23 11:00:30-06:00"),
        ("a week today 10am", "2026-11-30 10:00:00-06:00"),
        ("a week tomorrow 10am", "2026-12-01 10:00:00-06:00"),
        ("tuesday week 9am", "2026-12-01 09:00:00-06:00"),
        ("christmas eve 9am", "2026-12-24 09:00:00-06:00"),
        ("friday at 9am sharp", "2026-11-27 09:00:00-06:00"),
        ("07/12/2026 9am", "2026-12-07 09:00:00-06:00"),
        ("12/11/2026 9:00", "2026-12-11 09:00:00-06:00"),
        ("Tue 8 Dec 2026, 08:30 in Chicago (15:30 in Berlin)", "2026-12-08 08:30:00-06:00"),
    ],
)
def test_what_is_meant(said: str, meant: str) -> None:
    """Each form of the grammar names one moment, on the recipient's clocks unless another zone is named."""
    assert wall(said) == meant


@pytest.mark.parametrize(
    ("said", "reason", "advice"),
    [
        ("9", "morning or evening", '"9:00" or "21:00"'),
        (
            "tue 9",
            "24 November 2026, 09:00 or Tuesday 24 November 2026, 21:00",
            '24 09:00" or "2026-11-24 21:00"',
        ),
        ("tomorrow half past two", "November 2026, 02:30 or Tuesday", '"2026-11-24 02:30" or "2026-11-24 14:30"'),
        ("tomorrow 9:00 Portland", "Portland, Oregon or Portland, Maine", '"Portland, Oregon" or "Portland, Maine"'),
        ("tonight 8am", "not in the night", "tomorrow 9:00"),
        ("fri 8 dec 9:00", "contradicts itself: that is Tuesday 8 December 2026", "day again"),
        ("tue 17", "bare number", '"17:00"'),
        ("tomorrow", "names a day but no time", '"tomorrow 9:00"'),
        ("2026-12-08", "names a day but no time", '"2026-12-08 9:00"'),
        ("tue", "names a day but no time", '"tue 9:00"'),
        ("tomorrow midnight", "24 November 2026, 00:00 or Wednesday 25 November 2026, 00:00", '"2026-11-24 00:00"'),
        ("tomorrow 12:00 am", "00:00 or Tuesday 24 November 2026, 12:00", '"2026-11-24 00:00"'),
        ("3/4", "Thursday 4 March 2027 or Saturday 3 April 2027", '"2027-03-04 9:00" or "2027-04-03 9:00"'),
        ("the 3rd", "names a day but no time", '"the 3rd 9:00"'),
        ("tomorrow evening", "18:00, Tuesday 24 November 2026, 19:00 or", '"2026-11-24 19:00"'),
        ("in 1 month", "fixed length", "in 3 days"),
        ("in 3", "without hours or days", "in 3 days"),
        ("tomorrow 930", "no colon", "9:00"),
        ("8:59", "is past", '"tomorrow 8:59"'),
        ("half nine tomorrow", "09:30 or Tuesday 24 November 2026, 21:30", '"2026-11-24 09:30"'),
        ("7/9/2027 9:00", "9 July 2027, 09:00 or Tuesday 7 September 2027", '"2027-07-09 9:00"'),
        ("tomorrow lunchtime", "12:00, Tuesday 24 November 2026, 12:30 or", '"2026-11-24 12:00"'),
        ("first thing tomorrow", "no exact time", "tomorrow 9:00"),
        ("morgen um halb drei", "not English", "9:00"),
        ("tomorrow 24:00", "not a time of day", "23:59"),
        ("tomorrow 9:60", "not a time of day", "23:59"),
        ("tomorrow 13pm", "not a time of day", "from 1 to 12"),
        ("2026-02-30 9:00", "not in the calendar", "2026-12-08"),
        ("tomorrow 9:00 right/Europe/Berlin", "not a time zone", "Europe/Berlin"),
        ("tomorrow 9:00+01:00", "has an offset", '"2026-11-24 9:00+01:00"'),
        ("2026-12-08 9:00+01:00 my time", "has an offset", "leave the offset out"),
        ("2026-12-08 9:00+99:00", "not an offset", "+01:00"),
        ("", "does not name a moment", "tomorrow 9:00"),
        ("when the moon is full", "not a moment", "tomorrow 9:00"),
        ("x" * 10_000, "too long", "tomorrow 9:00"),
        ("tomorrow \uff19:00", "plain letters and digits", "tomorrow 9:00"),
        ("tomorrow 9:00\x00", "does not name a moment", "tomorrow 9:00"),
        ("in 99999999999 days", "more than a year", "in 3 days"),
        ("+999999999999999999h", "more than a year", "+2h"),
        ("in 53 weeks", "more than a year", "in 3 days"),
        ("now 17:00", "two moments", '"now" alone'),
        ("in 2 hours 17:00", "two moments", '"in 2 hours" alone'),
        ("2062-12-08 9:00", "more than a year", "2026-12-08"),
    ],
)
def test_what_is_refused(said: str, reason: str, advice: str) -> None:
    """What could mean two moments, or none, is refused with the reason and with what to write instead."""
    told = refusal(said)
    assert reason in told
    assert advice in told
    assert len(told) < 400


@pytest.mark.parametrize("said", ["today 8:00", "2026-11-23 09:00", "2025-12-08 9:00", "yesterday 9:00", "-2h"])
def test_the_past_is_refused(said: str) -> None:
    """A mail cannot leave in the past; it is never sent at once instead."""
    assert "is past" in refusal(said)


def test_a_refused_past_tells_their_time() -> None:
    """The sentence says what time it is where the recipient is, for that is what one forgets."""
    assert "it is 09:00 on Mon 23 Nov in Chicago" in refusal("today 8:00")


@pytest.mark.parametrize(
    ("today", "said", "named"),
    [
        ("2026-11-23", "next tue 9am", ["2026-11-24 9am", "2026-12-01 9am"]),
        ("2026-11-23", "next fri", ["2026-11-27 9:00", "2026-12-04 9:00"]),
        ("2026-11-25", "next sun 9am", ["2026-11-29 9am", "2026-12-06 9am"]),
        ("2026-11-28", "next sun 9am", ["2026-11-29 9am", "2026-12-06 9am"]),
        ("2026-11-29", "next tue 9am", ["2026-12-01 9am", "2026-12-08 9am"]),
    ],
)
def test_next_is_refused_where_people_differ(today: str, said: str, named: list[str]) -> None:
    """The coming day or the one of next week, and does a week start on Monday or Sunday: both dates are named."""
    told = refusal(said, now=datetime.fromisoformat(today).replace(hour=7, tzinfo=CHICAGO))
    assert "could mean" in told
    assert all(f'"{one}"' in told for one in named)


@pytest.mark.parametrize(
    ("today", "said", "meant"),
    [
        ("2026-11-23", "next mon 9am", "2026-11-30 09:00:00-06:00"),
        ("2026-11-25", "next tue 9am", "2026-12-01 09:00:00-06:00"),
        ("2026-11-24", "next tue 9am", "2026-12-01 09:00:00-06:00"),
        ("2026-11-28", "next mon 9am", "2026-11-30 09:00:00-06:00"),
    ],
)
def test_next_is_taken_where_all_agree(today: str, said: str, meant: str) -> None:
    """Where every reading of "next" gives the same day, it is that day."""
    assert wall(said, now=datetime.fromisoformat(today).replace(hour=7, tzinfo=CHICAGO)) == meant


def test_a_day_is_the_recipients_day() -> None:
    """When it is Tuesday already for a user in Sydney, "tomorrow" is still the recipient's tomorrow."""
    now = datetime(2026, 11, 24, 8, 0, tzinfo=SYDNEY)
    assert wall("tomorrow 9:00", now=now, own_zone=SYDNEY) == "2026-11-24 09:00:00-06:00"
    assert wall("tomorrow 9:00 my time", now=now, own_zone=SYDNEY) == "2026-11-24 16:00:00-06:00"


def test_a_skipped_time_is_refused_with_the_reason() -> None:
    """A time that the clocks skip is never moved silently."""
    told = refusal("2026-03-29 2:30", now=datetime(2026, 3, 27, 9, tzinfo=BERLIN), zone=BERLIN)
    assert "02:30 on Sun 29 Mar does not exist in Berlin: the clocks skip from 02:00 to 03:00." in told
    assert '"2026-03-29 03:00"' in told


@pytest.mark.parametrize(
    ("zone", "said", "reason"),
    [
        ("America/New_York", "2026-03-08 2:00", "skip from 02:00 to 03:00"),
        ("Australia/Lord_Howe", "2026-10-04 2:15", "skip from 02:00 to 02:30"),
        ("Africa/Cairo", "2026-04-24 0:10", "skip from 00:00 to 01:00"),
    ],
)
def test_every_jump_is_told_as_it_is(zone: str, said: str, reason: str) -> None:
    """Half an hour, or at midnight: the sentence names the very times between which the clocks jump."""
    assert reason in refusal(said, now=datetime(2026, 2, 1, tzinfo=UTC), zone=ZoneInfo(zone))


def test_a_repeated_time_is_refused_and_both_are_named() -> None:
    """A time that comes twice is not guessed; each of the two ways to write it gives its moment."""
    now = datetime(2026, 10, 23, 9, tzinfo=BERLIN)
    told = refusal("2026-10-25 2:30", now=now, zone=BERLIN)
    assert "02:30 on Sun 25 Oct comes twice in Berlin" in told
    for written in ("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"):
        assert f'"{written}"' in told
        assert wall(written, now=now, zone=BERLIN) == f"{written[:16]}:00{written[16:]}"


def test_days_keep_the_time_of_day_and_hours_do_not() -> None:
    """Over a change of clocks, three days later is the same time of day; 72 hours later is not."""
    now = datetime(2026, 10, 30, 9, 0, tzinfo=CHICAGO)
    assert wall("in 3 days", now=now) == "2026-11-02 09:00:00-06:00"
    assert wall("+72h", now=now) == "2026-11-02 08:00:00-06:00"


def test_days_that_end_in_a_gap_are_refused() -> None:
    """The time of day that "in N days" keeps may not exist on that day: then it is said."""
    told = refusal("in 2 days", now=datetime(2026, 3, 27, 2, 30, tzinfo=BERLIN), zone=BERLIN)
    assert "does not exist in Berlin" in told


@pytest.mark.parametrize(
    ("at", "zone", "own_zone", "told"),
    [
        ("2026-12-08T14:30", CHICAGO, BERLIN, "Tue 8 Dec 2026, 08:30 in Chicago (15:30 in Berlin)"),
        ("2026-12-08T14:30", CHICAGO, CHICAGO, "Tue 8 Dec 2026, 08:30 in Chicago"),
        ("2026-12-08T14:30", CHICAGO, SYDNEY, "Tue 8 Dec 2026, 08:30 in Chicago (Wed 9 Dec, 01:30 in Sydney)"),
        ("2026-12-31T23:30", CHICAGO, BERLIN, "Thu 31 Dec 2026, 17:30 in Chicago (Fri 1 Jan 2027, 00:30 in Berlin)"),
        (
            "2026-11-01T07:30",
            CHICAGO,
            BERLIN,
            "Sun 1 Nov 2026, 01:30 UTC-06:00 in Chicago (08:30 in Berlin)",
        ),
        ("2026-12-08T14:30", ZoneInfo("America/Argentina/Buenos_Aires"), ZoneInfo("UTC"), None),
    ],
)
def test_a_moment_is_told_for_both_sides(at: str, zone: ZoneInfo, own_zone: ZoneInfo, told: str | None) -> None:
    """The recipient's time comes first, one's own in brackets: with its day where it is another one."""
    wanted = told or "Tue 8 Dec 2026, 11:30 in Buenos Aires (14:30 in UTC)"
    assert describe_moment(datetime.fromisoformat(at).replace(tzinfo=UTC), zone, own_zone) == wanted
