"""A time of day as people say it: "10:30 pm", "4.30pm", "14h30", "noon", "half past two", "ten o'clock".

"9:00" is the 24-hour clock. A bare hour has two readings, unless the part of the day is said, or only one of the two
is an hour at which an interview can be held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Final

from followup_mail.facts.said_days import read_number
from followup_mail.facts.said_readings import read_rows
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

CLOCK_ADVICE: Final = 'write it like "10:30" or "2pm"'
_HOURS_OF_INTERVIEWS: Final = range(7, 21)
_HOURS_OF_NIGHT: Final = range(5)

_DIGITS: Final = regex(
    r"(?P<hour>\d{1,2})(?:(?P<sign>[:.h])(?P<minute>\d\d)?)?(?::(?P<second>\d\d))?"
    r"(?: ?(?P<half>[ap]\.?m\.?)| ?(?P<oclock>o'?clock))?"
)
_BARE: Final = regex(r"(\d\d)\.?(\d\d)|(\d)\.(\d\d)")
"""Figures that are a time of day only behind a day: "16.30", "1630"."""
_WORDS: Final = regex(
    r"(?:(?P<part>half|quarter|ten|twenty|five|\d{1,2}) (?P<way>past|after|to|before) )?"
    r"(?P<hour>\d{1,2}|[a-z]+)(?: ?o'?clock)?(?: ?(?P<half>[ap]\.?m\.?))?"
)
_NOON: Final = frozenset({"noon", "midday"})
_SAYS_HALF: Final = regex(r"[ap]\.?m\.?$|noon|midday")
_PARTS: Final = {"half": 30, "quarter": 15}


def spell_bare_clock(words: str) -> str:
    """Return what stands behind a day with the colon that it lacks: "16:30" for "16.30" and "1630"."""
    found = _BARE.fullmatch(words)
    return ":".join(filter(None, found.groups())) if found else words


def read_clocks(words: str, daypart: str = "", *, of_interview: bool = False) -> tuple[time, ...]:
    """Return every time of day that tidy ``words`` can mean; none when they are no time of day.

    Raises ``UnfitError`` for a time that no clock shows, and for one outside the part of the day that was said.
    """
    shape = _DIGITS.fullmatch(words)
    times = (time(12),) if words in _NOON else _in_digits(shape, words) if shape else _in_words(words)
    if not times:
        return ()
    # Only a half of the day that was said, or an hour after 12, leaves nothing open.
    is_exact = len(times) == 1 and (bool(_SAYS_HALF.search(words)) or times[0].hour > 12)
    if daypart:
        return _within(times if is_exact else (*times, *map(_other_half, times)), daypart, words)
    if of_interview:
        return _at_night(times) if is_exact else _of_interview(times, words)
    return times


def _at_night(times: tuple[time, ...]) -> tuple[time, ...]:
    """Return both halves of the day for an hour of the night, at which nobody is interviewed: "3am", "12am"."""
    return (*times, _other_half(times[0])) if times[0].hour in _HOURS_OF_NIGHT else times


def _of_interview(times: tuple[time, ...], words: str) -> tuple[time, ...]:
    if len(times) > 1 and not _SAYS_HALF.search(words):
        return tuple(at for at in times if at.hour in _HOURS_OF_INTERVIEWS) or times
    # "2:30" is half past two in the afternoon to half of the world; "02:30" is a clock of 24 hours.
    is_low = words[:1] in set("123456") and words[1:2] in {":", ".", "h"}
    return (*times, _other_half(times[0])) if is_low else times


def _in_digits(shape: re.Match[str], words: str) -> tuple[time, ...]:
    hour, minute, second = (int(shape[part] or 0) for part in ("hour", "minute", "second"))
    if shape["sign"] in {":", "."} and not shape["minute"]:
        return ()
    if shape["sign"] == "." and not shape["half"]:  # perhaps a date
        return ()
    if shape["half"]:
        return _with_half(words, hour, minute, second)
    if shape["sign"]:
        return (_time(words, hour, minute, second),)
    if not 1 <= hour <= 12:
        return ()
    at = time(hour)
    return tuple(sorted((at, _other_half(at))))


def _in_words(words: str) -> tuple[time, ...]:
    shape = _WORDS.fullmatch(words)
    hour = read_number(shape["hour"]) if shape else None
    if shape is None or hour is None or not 1 <= hour <= 12 or shape["hour"] in {"a", "an"}:
        return ()
    part = shape["part"] or ""
    minute = _PARTS.get(part) or read_number(part) or 0
    if minute > 59 or (shape["way"] in {"to", "before"} and part == "half"):
        return ()
    if shape["way"] in {"to", "before"}:
        hour, minute = (hour - 2) % 12 + 1, 60 - minute
    if shape["half"]:
        return _with_half(f"{hour} {shape['half']}", hour, minute, 0)
    at = time(hour, minute)
    return tuple(sorted((at, _other_half(at))))


def _with_half(words: str, hour: int, minute: int, second: int) -> tuple[time, ...]:
    """Return the time with am or pm. 12pm is noon; to some people 12am is too."""
    half = "pm" if "p" in words else "am"
    if not 1 <= hour <= 12:
        raise UnfitError(f"{quoted(words)} is not a time of day", f"leave {half} out, or write an hour from 1 to 12")
    if hour == 12 and minute == 0 and half == "am":
        return (time(0), time(12))
    return (_time(words, hour % 12 + (12 if half == "pm" else 0), minute, second),)


def _time(words: str, hour: int, minute: int, second: int) -> time:
    if hour > 23 or minute > 59 or second > 59:
        raise UnfitError(f"{quoted(words)} is not a time of day", "times go from 0:00 to 23:59")
    return time(hour, minute, second)


def _other_half(at: time) -> time:
    return at.replace(hour=(at.hour + 12) % 24)


def _within(times: Iterable[time], daypart: str, words: str) -> tuple[time, ...]:
    """Return the times that lie in that part of the day."""
    first, last = map(int, read_rows("dayparts")[daypart].split())
    right = tuple(sorted({at for at in times if first <= at.hour < last}))
    if not right:
        raise UnfitError(f"{quoted(words)} is not in the {daypart}", CLOCK_ADVICE)
    return right
