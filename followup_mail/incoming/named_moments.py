"""Moments that the text of a mail names: "Wednesday, 18 November at 2:30 pm". Only ever a proposal.

Which days are named is read by ``named_days``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final, NamedTuple

from followup_mail.incoming.letter_parts import WEEKDAYS
from followup_mail.incoming.named_days import NamedDay, find_named_days, find_relative_days
from followup_mail.incoming.named_zones import NamedZone, zone_behind
from followup_mail.regex import regex

_SPAN: Final = (
    r"(?:(?P<from>\d{1,2})(?:[:.h](?P<from_minute>\d\d))?\s*(?:-|\u2013|\u2014|\b(?:to|until|and|bis|und)\b)\s*)?"
)
_CLOCK: Final = regex(
    rf"(?i)\b(?P<noon>noon|midday|mittags?|midi|mezzogiorno|mediod[ií]a)\b"
    r"|(?<![\d.:+(])(?P<figures>[0-2]\d[0-5]\d)\s*(?:hrs?|hours|h|uhr)\b"
    rf"|(?<![\d.:+(])(?P<said>\b(?:alle\s+ore|ore|a\s+las|às|kl\.?|klokken|klockan)\s+)?{_SPAN}"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::\d\d)?)?\s*"
    r"(?P<half>[ap]\.?m\b\.?|uhr\b|uur\b|h\b|o'clock\b)?(?![\d:/%]|\.\d)"
)
_ENDS_ON: Final = regex(
    rf"(?i)(?:\d\d|\d\s*[ap]\.?m\.?|noon)\s+(?:on|of|le|am)(?:\s+(?:the|{'|'.join(WEEKDAYS)}),?)*\s+\Z"
)
"""The hour belongs to the day behind it: "4pm on Thursday, "."""
_NEAR: Final = 60
_LIMIT: Final = 20_000
_MOMENTS_LIMIT: Final = 5


class _Hour(NamedTuple):
    at: time
    end: int
    """Where the text goes on behind it."""


class Named(NamedTuple):
    """What a text names."""

    moments: tuple[datetime, ...] = ()
    days: tuple[date, ...] = ()
    """Without an hour."""
    zones: tuple[NamedZone, ...] = ()
    """Whose clocks are named with these moments, each once."""
    unread: str = ""
    """The line that names a moment which was not understood, where none was."""


def find_moments(text: str, written_on: date) -> Named:
    """Return the wall times that a text names, and the days that it names without an hour, each once."""
    text = text[:_LIMIT]
    moments, days, zones = _place_hours(text, find_named_days(text, written_on))
    if not moments:
        moments, _, zones = _place_hours(text, find_relative_days(text, written_on))
    named = {moment.date() for moment in moments}
    bare = (day for day in dict.fromkeys(days) if day not in named)
    unread = "" if moments or days else _unread(text)
    limited = tuple(dict.fromkeys(moments))[:_MOMENTS_LIMIT], tuple(bare)[:_MOMENTS_LIMIT]
    return Named(*limited, tuple(dict.fromkeys(zone for zone in zones if zone.words)), unread)


def _place_hours(text: str, found: Sequence[NamedDay]) -> tuple[list[datetime], list[date], list[NamedZone]]:
    moments: list[datetime] = []
    days: list[date] = []
    zones: list[NamedZone] = []
    for at, (start, end, day, is_weak) in enumerate(found):
        following = next((later.start for later in found[at + 1 :] if later.start > start), len(text))
        hour = _hour_near(text, start, end, following)
        if hour:
            moments.append(datetime.combine(day, hour.at))
            zones.append(zone_behind(text, hour.end))
        elif not is_weak:
            days.append(day)
    return moments, days, zones


def _unread(text: str) -> str:
    """Return the first line with an hour that is plainly one."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return next((line for line in lines if has_hour(line)), "")


def has_hour(line: str) -> bool:
    """Return whether a line names an hour that is plainly one."""
    return any(_hour(match) for match in _CLOCK.finditer(line[:_LIMIT]))


def _hour_near(text: str, start: int, end: int, following: int) -> _Hour | None:
    """Return the hour after a day, up to the next one; else the hour directly before it."""
    after = text[end : min(end + _NEAR, following)]
    before = text[max(start - _NEAR // 2, 0) : start].rpartition("\n")[2]
    for words in (before, after) if _ENDS_ON.search(before) else (after, before):
        at = start - len(before) if words is before else end
        found = [_Hour(hour, at + match.end()) for match in _CLOCK.finditer(words) if (hour := _hour(match))]
        if found:
            return found[-1] if words is before else found[0]
    return None


def _hour(match: re.Match[str]) -> time | None:
    """Return the hour that is written; of a span its start, which the half behind the end is said of, too."""
    if match["noon"]:
        return time(12)
    if match["figures"]:
        return _time(match["figures"][:2], match["figures"][2:], "")
    half = (match["half"] or "").casefold().replace(".", "")
    if not half and not match["said"] and not match["minute"] and not match["from_minute"]:
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
