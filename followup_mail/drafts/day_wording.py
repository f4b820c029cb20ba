"""Days as a mail names them: the weekday while it is near, else day and month, in the order they are used to.

The names are our own: those of ``strftime`` change with the locale.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from followup_mail.cadence.wording import MONTH_NAMES, WEEKDAYS

_MONTH_FIRST: Final = frozenset({"US", "CA", "PH"})
# Where one says "2 pm" rather than "14:00".
_TWELVE_HOURS: Final = frozenset(
    {"US", "CA", "GB", "IE", "AU", "NZ", "IN", "PK", "BD", "PH", "ZA", "NG", "KE", "GH", "SG", "MY", "HK"}
)
_FAR: Final = timedelta(days=180)


def say_day(day: date, country: str | None, seen_on: date) -> str:
    """Return a day as it is said there: "December 4" in the United States, "4 December" elsewhere.

    The year is named when the day lies half a year or more from the day on which it is read.
    """
    month = MONTH_NAMES[day.month - 1]
    said = f"{month} {day.day}" if country in _MONTH_FIRST else f"{day.day} {month}"
    if abs(day - seen_on) < _FAR:
        return said
    return f"{said}, {day.year}" if country in _MONTH_FIRST else f"{said} {day.year}"


def say_weekday(day: date, country: str | None, seen_on: date) -> str:
    """Return a day with its weekday, as a decision is spoken of: "Friday, December 4", "Friday 4 December"."""
    comma = "," if country in _MONTH_FIRST else ""
    return f"{WEEKDAYS[day.weekday()]}{comma} {say_day(day, country, seen_on)}"


def say_date(day: date, country: str | None) -> str:
    """Return a day with its year, as it stands at the top of a letter."""
    return say_day(day, country, date.min)


def say_past_day(day: date, country: str | None, seen_on: date) -> str:
    """Return a past day: "Wednesday" for one of the last six days, else as ``say_day``.

    Never "today", on the day itself either: a mail that waits for the next morning would be wrong by then. For a mail
    that cannot wait there is ``say_near_day``.
    """
    near = timedelta() <= seen_on - day <= timedelta(days=6)
    return WEEKDAYS[day.weekday()] if near else say_day(day, country, seen_on)


def say_near_day(day: date, first: date, last: date) -> str:
    """Return "today" or "yesterday" where that is true whenever a mail leaves from ``first`` to ``last``, else ""."""
    near = {timedelta(): "today", timedelta(days=1): "yesterday"}
    return near.get(first - day, "") if first == last else ""


def say_hour(moment: datetime, country: str | None) -> str:
    """Return the time of a day as it is said there: "2 pm" in the United States, "14:00" in Germany."""
    if country not in _TWELVE_HOURS:
        return f"{moment:%H:%M}"
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"
