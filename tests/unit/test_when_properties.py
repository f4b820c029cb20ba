"""WHEN, for any clock and any text: what holds whatever is said, wherever and whenever."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.cadence.when import parse_when
from followup_mail.errors import WhenError
from followup_mail.facts.unfit_values import is_invisible

ZONES = st.sampled_from(
    [
        *("America/Chicago", "America/St_Johns", "America/Sao_Paulo", "Europe/Berlin", "Europe/Dublin", "Africa/Cairo"),
        *("Africa/Casablanca", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Beirut", "Australia/Lord_Howe"),
        *("Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll", "UTC"),
    ]
).map(ZoneInfo)
MOMENTS = st.integers(0, 12 * 365 * 86_400).map(lambda second: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(0, second))
BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_PIECES = st.sampled_from(
    [
        *(
            "now",
            "today",
            "tomorrow",
            "next",
            "in",
            "at",
            "+",
            "-",
            "a",
            "an",
            "noon",
            "my time",
            "Europe/Berlin",
            "UTC",
        ),
        *(
            "tue",
            "sunday",
            "3",
            "0",
            "99999999999",
            "h",
            "m",
            "d",
            "days",
            "weeks",
            "hours",
            "9:00",
            "9",
            "12am",
            "9 pm",
        ),
        *(
            "25:61",
            "2026-12-08",
            "2026-12-08T09:00",
            "9999-12-31",
            "0001-01-01",
            "+01:00",
            "Z",
            "+24:00",
            "3/4",
            "the 3rd",
        ),
        *("EST", "Europe/", "Etc/GMT+5", "٣", "\x1b[2J", "\n", "in 3 days", "next tue"),
    ]
)
TEXTS = st.text(max_size=120) | st.text(string.printable, max_size=40) | st.lists(_PIECES, max_size=6).map(" ".join)


def read_or_refuse(said: str, now: datetime, zone: ZoneInfo) -> datetime | WhenError:
    """Return the moment, or the error."""
    try:
        return parse_when(said, now, zone, BERLIN)
    except WhenError as refused:
        return refused


def try_to_read(said: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment, or None when it is refused."""
    read = read_or_refuse(said, now, zone)
    return None if isinstance(read, WhenError) else read


@examples(times=5)
@given(TEXTS, MOMENTS, ZONES)
def test_any_text_gives_a_coming_moment_or_a_refusal(said: str, now: datetime, zone: ZoneInfo) -> None:
    """Whatever is typed: an aware moment from now to a year ahead, in the recipient's zone, or a clean refusal."""
    moment = read_or_refuse(said, now, zone)
    if isinstance(moment, WhenError):
        assert moment.sentence.endswith(".")
        assert moment.fix
        assert not any(is_invisible(one) for one in moment.sentence + moment.fix)
    else:
        assert moment.tzinfo is zone
        assert timedelta() <= moment.astimezone(UTC) - now <= timedelta(days=366)


@given(MOMENTS, ZONES, st.integers(0, 500_000))
def test_a_date_means_its_wall_time(now: datetime, zone: ZoneInfo, minutes: int) -> None:
    """A date and time is shown by the recipient's clocks at that moment, or refused; with an offset it is exact."""
    meant = (now + timedelta(minutes=minutes + 1)).astimezone(zone).replace(second=0, microsecond=0)
    moment = try_to_read(f"{meant:%Y-%m-%d %H:%M}", now, zone)
    assert moment is None or f"{moment:%Y-%m-%d %H:%M}" == f"{meant:%Y-%m-%d %H:%M}"
    assert parse_when(meant.isoformat(timespec="minutes"), now, zone, BERLIN) == meant


@given(MOMENTS, ZONES, st.integers(0, 8_000))
def test_hours_and_minutes_are_real_time(now: datetime, zone: ZoneInfo, count: int) -> None:
    """Spans of hours and minutes pass at their own pace, whatever the clocks do meanwhile."""
    assert parse_when(f"+{count}h", now, zone, BERLIN) - now == timedelta(hours=count)
    assert parse_when(f"in {count} minutes", now, zone, BERLIN) - now == timedelta(minutes=count)


@given(MOMENTS, ZONES, st.integers(1, 365))
def test_days_keep_the_wall_time(now: datetime, zone: ZoneInfo, count: int) -> None:
    """So many days later the recipient's clocks show the same time, or the moment is refused."""
    moment = try_to_read(f"in {count} days", now, zone)
    if moment is not None:
        here = now.astimezone(zone)
        assert moment.time() == here.time()
        assert (moment.date() - here.date()).days == count


@given(MOMENTS, ZONES, st.integers(0, 6))
def test_a_weekday_is_the_coming_one(now: datetime, zone: ZoneInfo, weekday: int) -> None:
    """A bare weekday is one to seven days ahead, never today; "next" is that same day, or refused."""
    moment = try_to_read(f"{WEEKDAYS[weekday][:3]} 12:00", now, zone)
    assume(moment is not None)
    assert moment is not None
    assert moment.weekday() == weekday
    assert 1 <= (moment.date() - now.astimezone(zone).date()).days <= 7
    assert try_to_read(f"next {WEEKDAYS[weekday]} 12:00", now, zone) in {None, moment}


@given(MOMENTS, ZONES)
def test_what_comes_next_today_agrees_with_the_date(now: datetime, zone: ZoneInfo) -> None:
    """ "tomorrow" and the date of the recipient's tomorrow are the same moment."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    assert try_to_read("tomorrow 9:00", now, zone) == try_to_read(f"{tomorrow} 9:00", now, zone)
