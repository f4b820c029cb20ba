"""Moments that the text of a mail names: "Wednesday, 18 November at 2:30 pm". Only ever a proposal.

A day without a year is the first from the day of the mail on. Where day and month could be either, both readings are
returned. The words are in ``named_moments.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, NamedTuple

from followup_mail.regex import regex

MONTHS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["months"], 1)
    for word in words.split()
}
"""The number of a month by its name, in small letters."""
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_ORDINAL: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR: Final = r"(?:,?\s+(?P<year>20\d\d)\b)?"
_DAYS: Final = (
    regex(rf"(?i)(?<![\d.:]){_ORDINAL}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    regex(rf"(?i)\b{_MONTH}\s+{_ORDINAL}\b(?!:){_YEAR}"),
    regex(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    regex(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>20\d\d)(?!\d)"),
)
_SLASHES: Final = regex(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d)(?!\d)")
_SPAN: Final = (
    r"(?:(?P<from>\d{1,2})(?:[:.h](?P<from_minute>\d\d))?\s*(?:-|\u2013|\u2014|\b(?:to|until|and|bis|und)\b)\s*)?"
)
_CLOCK: Final = regex(
    rf"(?i)(?<![\d.:+(]){_SPAN}"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\b\.?|uhr\b|h\b|o'clock\b)?(?![\d:/%])"
)
_NEAR: Final = 60
_LIMIT: Final = 20_000
_MOMENTS_LIMIT: Final = 5


class _Day(NamedTuple):
    start: int
    end: int
    day: date


def find_moments(text: str, written_on: date) -> tuple[tuple[datetime, ...], tuple[date, ...]]:
    """Return the wall times that a text names, and the days that it names without an hour, each once."""
    text = text[:_LIMIT]
    moments: list[datetime] = []
    days: list[date] = []
    found = sorted(_days(text, written_on))
    for at, (start, end, day) in enumerate(found):
        following = next((later.start for later in found[at + 1 :] if later.start > start), len(text))
        hour = _hour_near(text, start, end, following)
        if hour is None:
            days.append(day)
        else:
            moments.append(datetime.combine(day, hour))
    named = {moment.date() for moment in moments}
    bare = (day for day in dict.fromkeys(days) if day not in named)
    return tuple(dict.fromkeys(moments))[:_MOMENTS_LIMIT], tuple(bare)[:_MOMENTS_LIMIT]


def _days(text: str, written_on: date) -> Iterator[_Day]:
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            word = match["month"].casefold()
            month = int(word) if word.isdigit() else MONTHS[word]
            if day := _day(int(match["day"]), month, match["year"], written_on):
                yield _Day(*match.span(), day)
    for match in _SLASHES.finditer(text):
        first, second = int(match[1]), int(match[2])
        readings = {_day(first, second, match[3], written_on), _day(second, first, match[3], written_on)}
        yield from (_Day(*match.span(), day) for day in readings if day)


def _day(day: int, month: int, year: str | None, written_on: date) -> date | None:
    years = (int(year),) if year else (written_on.year, written_on.year + 1)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= written_on:
            return found
    return None


def _hour_near(text: str, start: int, end: int, following: int) -> time | None:
    """Return the hour after a day, up to the next one; else the hour directly before it."""
    after = text[end : min(end + _NEAR, following)]
    before = text[max(start - _NEAR // 2, 0) : start].rpartition("\n")[2]
    for words in (after, before):
        for match in _CLOCK.finditer(words):
            if hour := _hour(match):
                return hour
    return None


def _hour(match: re.Match[str]) -> time | None:
    """Return the hour that is written; of a span its start, which the half behind the end is said of, too."""
    half = (match["half"] or "").casefold().replace(".", "")
    if not half and not match["minute"] and not match["from_minute"]:
        return None
    end = _time(match["hour"], match["minute"], half)
    if not match["from"] or end is None:
        return end
    start = _time(match["from"], match["from_minute"], half)
    if start and start > end:  # "11-1 pm"
        start = _time(match["from"], match["from_minute"], {"am": "pm", "pm": "am"}.get(half, half))
    return start or end


def _time(hours: str, minutes: str | None, half: str) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "pm")
    return time(hour, minute) if hour < 24 and minute < 60 else None
