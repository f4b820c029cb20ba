"""Dates and times as the reader writes them: by what the browser says here, and exactly so by ``page.js`` there.

Moments are shown by the clock of the zone that they carry. The server knows the two orders that English has; the
browser knows every language's, so where scripts may run it puts the text of each ``time`` into its own form.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from followup_mail.cadence.wording import MONTHS, WEEKDAYS

_MONTH_FIRST: Final = ("en-us", "en-ca", "en-ph")
_ELEMENT: Final = Markup('<time datetime="{}" data-form="{}">{}</time>')


def say_moment(at: datetime, language: str) -> Markup:
    """Return day and time of day of an aware moment, as an element."""
    text = f"{_day_text(at.date(), language)}, {_clock_text(at, language)}"
    return _ELEMENT.format(at.isoformat(timespec="minutes"), "moment", text)


def say_day(day: date, language: str) -> Markup:
    """Return a day, as an element."""
    day = day.date() if isinstance(day, datetime) else day
    return _ELEMENT.format(day.isoformat(), "day", _day_text(day, language))


def say_clock(at: datetime, language: str) -> Markup:
    """Return the time of day of an aware moment, as an element."""
    return _ELEMENT.format(at.isoformat(timespec="minutes"), "clock", _clock_text(at, language))


def _is_month_first(language: str) -> bool:
    return language.strip().lower().startswith(_MONTH_FIRST)


def _day_text(day: date, language: str) -> str:
    weekday, month = WEEKDAYS[day.weekday()][:3], MONTHS[day.month - 1]
    if _is_month_first(language):
        return f"{weekday}, {month} {day.day}, {day.year}"
    return f"{weekday} {day.day} {month} {day.year}"


def _clock_text(at: datetime, language: str) -> str:
    if _is_month_first(language):
        return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return f"{at:%H:%M}"
