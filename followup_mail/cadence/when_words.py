"""The words of WHEN: how a day and a time of day are said, and why other ways of saying them are refused.

Every function takes lower-case ASCII with single blanks (``when`` sees to that) and raises ``WhenError``.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.unfit_values import quoted

FORMS: Final = 'Write it like "2026-12-08 9:00", "tomorrow 9:00", "tue 9am", "in 3 days 9:00" or "+2h".'
CLOCK: Final = r"\d{1,2}(?::\d\d){1,2}(?: ?[ap]m)?|\d{1,2} ?[ap]m|noon"
"""What stands for a time of day: an expression, for the shape of the whole. A bare hour is none."""
FARTHEST_DAYS: Final = 366
"""How far ahead a mail may be queued. Later than a year is a slip, and a mail that silently does not go."""

_WEEKDAYS: Final = {
    **dict.fromkeys(["mon", "monday"], 0),
    **dict.fromkeys(["tue", "tues", "tuesday"], 1),
    **dict.fromkeys(["wed", "weds", "wednesday"], 2),
    **dict.fromkeys(["thu", "thur", "thurs", "thursday"], 3),
    **dict.fromkeys(["fri", "friday"], 4),
    **dict.fromkeys(["sat", "saturday"], 5),
    **dict.fromkeys(["sun", "sunday"], 6),
}
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?::(?P<second>\d\d))? ?(?P<half>am|pm)?")
_AHEAD: Final = re.compile(r"(?:in |\+ ?)(?P<count>\d+|an?) ?(?P<unit>d|days?|w|weeks?)")

# What people write and what nobody can be sure of, with the reason.
_VAGUE: Final = (
    (re.compile(r"[a-z] \d{1,2}\.\d\d$"), "has a dot in its time, where a colon is wanted"),
    (re.compile(r"(?:[a-z]|-\d\d) \d{3,4}$"), "has no colon in its time"),
    (re.compile(r"\d{1,4}[/.]\d{1,2}\b"), "puts day and month in an order that differs from country to country"),
    (re.compile(r"\b\d{1,2}(st|nd|rd|th)\b"), "names a day without month and year"),
    (re.compile(rf"\b({_MONTHS})[a-z]*\b"), "names a month in words"),
    (
        re.compile(r"\b(morning|noonish|afternoon|evening|tonight|night|eod|cob|soon|later|asap)\b"),
        "names no exact time",
    ),
    (re.compile(r"\bmidnight\b"), "could be the start or the end of the day; 0:00 is the start"),
    (re.compile(r"\b(yesterday|last|ago)\b|^(in )?-"), "is past"),
    (re.compile(r"\bmonths?\b"), "names a span without a fixed length"),
    (re.compile(r"^(in |\+ ?)\d+$"), "names a number without hours or days"),
    (re.compile(r"^this\b"), "could be this week or the coming one"),
)


def refuse_words(words: str) -> WhenError:
    """Return the error for words that are not a moment, with the reason where it is known."""
    for pattern, reason in _VAGUE:
        if pattern.search(words):
            return WhenError(f"{quoted(words)} {reason}.", fix=FORMS)
    if found := re.search(r"(?:^|[a-z] |-\d\d )(\d{1,2})$", words):
        return _bare_hour(words, int(found[1]))
    return WhenError(f"{quoted(words)} is not a moment that this program understands.", fix=FORMS)


def read_clock(words: str) -> time:
    """Read ``9:00``, ``17:30``, ``9am``, ``9:30 pm`` or ``noon``. Without am or pm it is the 24-hour clock."""
    if words == "noon":
        return time(12)
    found = _CLOCK.fullmatch(words)
    if found is None:
        raise refuse_words(words)
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"]:
        hour = _to_24_hours(words, hour, minute, found["half"])
    if hour > 23 or minute > 59 or second > 59:
        raise WhenError(f"{quoted(words)} is not a time of day.", fix="Times go from 0:00 to 23:59.")
    return time(hour, minute, second)


def read_day(words: str, today: date, clock: str) -> date | None:
    """Read the word or date for a day; None when it is none. ``clock`` only completes the advice in an error."""
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=words == "tomorrow")
    if words in _WEEKDAYS:
        return _coming(_WEEKDAYS[words], today)
    if words.startswith("next ") and words[5:] in _WEEKDAYS:
        return _next_weekday(words, today, clock)
    if found := _AHEAD.fullmatch(words):
        days_each = 1 if found["unit"].startswith("d") else 7
        return today + timedelta(days=days_each * read_count(found["count"], days_each))
    return _iso_day(words)


def read_count(digits: str, days_each: float) -> int:
    """Read a number of units. Raises ``WhenError`` when they come to more than a year."""
    count = 1 if digits in {"a", "an"} else int(digits) if len(digits) <= 6 else 10**6
    if count * days_each > FARTHEST_DAYS:
        raise WhenError("That is more than a year ahead, so it is probably a slip.", fix=FORMS)
    return count


def _to_24_hours(words: str, hour: int, minute: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise WhenError(
            f"{quoted(words)} is not a time of day.", fix=f"Leave {half} out, or write an hour from 1 to 12."
        )
    if hour == 12 and minute == 0:
        raise WhenError(
            f"{quoted(words)} is read both as noon and as midnight.", fix='Write "12:00" for noon, "0:00" for midnight.'
        )
    return hour % 12 + (12 if half == "pm" else 0)


def _bare_hour(words: str, hour: int) -> WhenError:
    if hour > 12:
        return WhenError(f"{quoted(words)} ends in a bare number.", fix=f'Write the time like "{hour % 24}:00".')
    return WhenError(
        f"{quoted(words)} could be morning or evening.", fix=f'Write "{hour}:00" or "{(hour + 12) % 24}:00".'
    )


def _coming(weekday: int, today: date) -> date:
    """Return the first such day after today: 1 to 7 days on."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _next_weekday(words: str, today: date, clock: str) -> date:
    """Read ``next tue`` where all agree: as the coming one, as the one of next week, weeks from Monday or Sunday."""
    weekday = _WEEKDAYS[words[5:]]
    from_monday = today + timedelta(days=7 - today.weekday() + weekday)
    from_sunday = today + timedelta(days=7 - (today.weekday() + 1) % 7 + (weekday + 1) % 7)
    readings = sorted({_coming(weekday, today), from_monday, from_sunday})
    if len(readings) == 1:
        return readings[0]
    named = " or ".join(say_day(day, today.year) for day in readings)
    written = " or ".join(f'"{day} {clock or "9:00"}"' for day in readings)
    raise WhenError(f"{quoted(words)} could mean {named}.", fix=f"Write {written}.")


def _iso_day(words: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise WhenError(f"{quoted(words)} is not in the calendar.", fix=FORMS) from None
