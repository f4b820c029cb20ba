"""From when to when, as calendars and people write it: "Mon, Dec 7 · 10:00 AM - 10:45 AM", "from 9 to 10am"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.facts.said_dates import is_written_in_full
from followup_mail.facts.said_readings import AmbiguousError, Reading, tidy_words
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

_CLOCK: Final = r"(?:\d{1,2}(?:[:.h]\d\d)?(?: ?[ap]\.?m\b\.?)?|noon|midday)"
_RANGE: Final = regex(
    rf"(?<!\S)(?:(?P<lead>from|between|at) )?(?P<first>{_CLOCK}) ?(?P<by>-(?P<apart> ?)|to |until |till |and )"
    rf"(?P<last>{_CLOCK})(?!\S)"
)
_PARTS: Final = regex(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?: ?(?P<half>[ap]))?.*")
_HALF_DAY: Final = 12 * 60
_LONGEST: Final = 12 * 60
"""Minutes. From ten to nine is a slip, not an interview over night."""


class SaidRange(Struct, frozen=True):
    """What a phrase with two times of day says."""

    words: str
    """The phrase with the beginning alone."""
    length: timedelta


def split_range(words: str) -> SaidRange | None:
    """Return the beginning and the length in tidy ``words``; None where they do not name two times of day.

    Raises ``UnfitError`` for an end before the beginning.
    """
    found = next((one for one in _RANGE.finditer(words) if _is_range(one, words)), None)
    if found is None:
        return None
    lengths = sorted(
        (last - first, half) for first, half in _starts(found) for last in _ends(found) if 0 < last - first <= _LONGEST
    )
    if not lengths:
        if all("m" in found[part] for part in ("first", "last")) or not _lasts_over_midnight(found):
            raise UnfitError(f"{quoted(words)} ends before it begins", "look at the invitation again")
        lengths = [(last + 24 * 60 - first, half) for first, half in _starts(found) for last in _ends(found)]
    minutes, half = lengths[0]
    start = f"{words[: found.start()]}{_write(found['first'], half)}{words[found.end() :]}"
    return SaidRange(" ".join(start.split()), timedelta(minutes=minutes))


def read_length_within(text: str) -> timedelta | None:
    """Return how long it is from the beginning to the end that ``text`` names; None where it names no end."""
    try:
        found = split_range(tidy_words(text))
    except UnfitError:
        return None
    return found.length if found else None


def with_end(error: AmbiguousError, length: timedelta) -> AmbiguousError:
    """Return the same readings, each written with its end, so that the length is not lost with the choice."""
    readings = [Reading(one.said, _until(one.written, length)) for one in error.readings]
    is_whole = readings != list(error.readings)
    return AmbiguousError("" if is_whole else error.text, readings)


def _until(written: str, length: timedelta) -> str:
    try:
        start = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{start:%Y-%m-%d %H:%M} - {start + length:%H:%M}"


def _is_range(found: re.Match[str], words: str) -> bool:
    first, last, by, lead = found["first"], found["last"], found["by"].strip(), found["lead"] or ""
    if by == "and":
        return lead == "between"
    if by == "to" and lead != "from" and not _is_clock(first):
        return False  # "ten to three"
    if lead not in {"from", "between"} and not (_is_clock(first) or _is_clock(last)):
        return False  # "7-8 dec"
    # "2026-11-20 09:00-05:00" is nine o'clock, five hours behind UTC.
    is_offset = by == "-" and not found["apart"] and re.fullmatch(r"\d\d:\d\d", last) and ":" in first
    return not (is_offset and is_written_in_full(words.replace(found[0], "").strip()) and last <= first.zfill(5))


def _is_clock(words: str) -> bool:
    return not words.isdigit()


def _starts(found: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Yield the minute of the day on which it can begin, with the half of the day that the end tells."""
    parts, last = _PARTS.fullmatch(found["first"]), _PARTS.fullmatch(found["last"])
    if parts is None or parts["half"] or last is None or not last["half"] or not 1 <= int(parts["hour"]) <= 12:
        yield from ((minute, "") for minute in _minutes(found["first"]))
        return
    for half in ("am", "pm"):
        yield from ((minute, half) for minute in _minutes(f"{found['first']}{half}"))


def _ends(found: re.Match[str]) -> Iterable[int]:
    """Yield the minute of the day on which it can end: one without its half is in the one that makes sense."""
    parts = _PARTS.fullmatch(found["last"])
    for minute in _minutes(found["last"]):
        yield minute
        if parts and not parts["half"] and int(parts["hour"]) <= 12 and not parts["hour"].startswith("0"):
            yield minute + _HALF_DAY


def _minutes(clock: str) -> Iterator[int]:
    parts = _PARTS.fullmatch(clock)
    if parts is None:
        yield _HALF_DAY
        return
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), parts["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour <= 23 and minute <= 59:
        yield hour * 60 + minute


def _lasts_over_midnight(found: re.Match[str]) -> bool:
    """Return whether an evening goes on into the night: from 23:00 to 1:00."""
    is_late = all(first >= 22 * 60 for first, _ in _starts(found))
    return is_late and all(last <= 2 * 60 for last in _minutes(found["last"]))


def _write(clock: str, half: str) -> str:
    """Return a time of day with a colon, and with its half of the day where that was found."""
    parts = _PARTS.fullmatch(clock)
    if parts is None or parts["minute"] is None:
        return f"{clock}{half}"
    return f"{parts['hour']}:{parts['minute']}{half or clock[parts.end('minute') :]}"
