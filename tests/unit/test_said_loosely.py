"""Days as people say them in passing: early next week, mid-december, the fifth, St Stephen's Day, 0900 yesterday.

In every table it is Wednesday 25 November 2026.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_readings import AmbiguousError, Side
from followup_mail.facts.unfit_values import UnfitError

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("mid-december", "2026-12-15"),
        ("mid next week", "2026-12-02"),
        ("the middle of next month", "2026-12-15"),
        ("end of the week after next", "2026-12-11"),
        ("monday the week after next", "2026-12-07"),
        ("friday of the week after next", "2026-12-11"),
        ("the fifth of december", "2026-12-05"),
        ("December the Fifth", "2026-12-05"),
        ("by the twenty-first", "2026-12-21"),
        ("thirty first of december", "2026-12-31"),
        ("St. Stephen's Day", "2026-12-26"),
        ("st stephens day", "2026-12-26"),
        ("May Day", "2027-05-01"),
        ("around the 10th", "2026-12-10"),
        ("on or about 10 december", "2026-12-10"),
        ("in about two weeks", "2026-12-09"),
        ("sometime on friday", "2026-11-27"),
        ("in a week or so", "2026-12-02"),
    ],
)
def test_a_day_said_in_passing(said: str, day: str) -> None:
    """What has one meaning is read: the middle of a week is its Wednesday, that of a month its 15th."""
    assert read_day_said(said, TODAY, Side.RATHER_COMING) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("early next week", ["2026-11-30", "2026-12-01"]),
        ("late next week", ["2026-12-03", "2026-12-04"]),
        ("later this week", ["2026-11-26", "2026-11-27"]),
        ("early december", ["2026-12-01", "2026-12-10"]),
        ("late in December", ["2026-12-21", "2026-12-31"]),
        ("early in the new year", ["2027-01-01", "2027-01-31"]),
        ("thursday or friday", ["2026-11-26", "2026-11-27"]),
        ("the 10th or 11th of december", ["2026-12-10", "2026-12-11"]),
        ("december 10 or 11", ["2026-12-10", "2026-12-11"]),
        ("in two to three weeks", ["2026-12-09", "2026-12-16"]),
        ("2-3 weeks", ["2026-12-09", "2026-12-16"]),
    ],
)
def test_a_stretch_of_days_is_asked_about(said: str, days: list[str]) -> None:
    """Early and late, and two days in one phrase, leave open which day: the first and the last are offered."""
    with pytest.raises(AmbiguousError) as asked:
        read_day_said(said, TODAY, Side.COMING)
    assert [reading.written for reading in asked.value.readings] == days


@pytest.mark.parametrize("said", ["easter monday", "good friday", "labor day", "the august bank holiday"])
def test_a_movable_feast_is_refused_with_the_reason(said: str) -> None:
    """A feast that falls on another day each year is no date, and the sentence says why."""
    with pytest.raises(UnfitError, match="on another day each year"):
        read_day_said(said, TODAY, Side.COMING)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("0900 yesterday", "2026-11-24 09:00"),
        ("1430 yesterday", "2026-11-24 14:30"),
        ("1630 last friday", "2026-11-20 16:30"),
        ("0900 hrs on monday", "2026-11-23 09:00"),
        ("monday 1400hrs", "2026-11-23 14:00"),
        ("0900", "2026-11-25 09:00"),
        ("the fifth of november at 3pm", "2026-11-05 15:00"),
        ("St Stephen's Day 10am", "2026-12-26 10:00"),
    ],
)
def test_four_figures_beside_a_day_are_a_time(said: str, meant: str) -> None:
    """Before a day as behind it, figures without a colon are a time of day wherever they can be no year."""
    assert read_moment_said(said, TODAY, Side.INTERVIEW) == datetime.fromisoformat(meant)


def test_four_figures_that_may_be_a_year_are_no_time() -> None:
    """Nobody can tell whether "2026 dec 2" begins with a year."""
    with pytest.raises(UnfitError):
        read_moment_said("2026 dec 2", TODAY, Side.INTERVIEW)
