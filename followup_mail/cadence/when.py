"""WHEN: the small, strict grammar in which a user says when a mail leaves.

    now                            +2h   +90m   +1h30m   in 2 hours          real time
    2026-12-08 9:00                2026-12-08T09:00+01:00                    a date, perhaps with its offset
    today 17:00   tomorrow 9am     tue 9am   next tue 9:00                   a day and a time
    in 3 days     in 3 days 9:00   in 2 weeks noon                           the same time of day, or another

A wall time is the recipient's, unless a zone stands at the end: ``tomorrow 9:00 Europe/Berlin``, or ``my time``. A
bare weekday is the coming one, never today. What could mean two moments, or is past, is refused: a mail at a moment
that nobody meant is worse than a question.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import city_of, describe_moment, place_wall_time
from followup_mail.cadence.when_words import CLOCK, FARTHEST_DAYS, FORMS, read_clock, read_count, read_day, refuse_words
from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.zone_and_country import clean_zone

LENGTH_LIMIT: Final = 100

# A day, a time of day, an offset, a zone; each may be missing. A zone has a slash, or is any word after a time.
_SHAPE: Final = re.compile(
    rf"(?P<day>.*?)(?:(?:^| )(?:at )?(?P<clock>{CLOCK})(?: ?(?P<offset>z|[+-]\d\d:?\d\d))?(?: (?P<word>[a-z_]+))?)?"
    r"(?: (?P<mine>my|their) time| (?P<zone>[a-z][a-z_]*(?:/[a-z0-9_+-]+)+))?"
)
_SPAN: Final = re.compile(
    r"(?:in |\+ ?)(?:(?P<hours>\d+|an?) ?(?:hours?|hrs?|h))?"
    r"(?:(?(hours) ?(?:and )?)(?P<minutes>\d+|a) ?(?:minutes?|mins?|m))?"
)


def parse_when(text: str, now: datetime, zone: ZoneInfo, own_zone: ZoneInfo) -> datetime:
    """Return the moment that ``text`` names, aware, in ``zone``: the recipient's.

    Raises ``WhenError`` for anything that is not in the grammar, ambiguous, skipped by the clocks, past, or more than
    a year ahead.
    """
    words = _tidy(text)
    shape = _SHAPE.fullmatch(words)
    assert shape is not None  # every part of the shape may be missing
    spoken_in = _spoken_zone(shape, zone, own_zone)
    moment = _in_real_time(shape, now) or _on_the_wall(shape, now.astimezone(spoken_in), spoken_in)
    ahead = moment.astimezone(UTC) - now.astimezone(UTC)
    if ahead < timedelta():
        raise _past(words, now.astimezone(spoken_in), spoken_in)
    if ahead > timedelta(days=FARTHEST_DAYS):
        raise WhenError(f"{quoted(words)} is more than a year ahead, so it is probably a slip.", fix=FORMS)
    return moment.astimezone(zone)


def _tidy(text: str) -> str:
    """Return the words in lower case with single blanks. Other scripts and invisible characters end here."""
    if len(text) > LENGTH_LIMIT:
        raise WhenError(f"{quoted(text)} is too long for a moment.", fix=FORMS)
    if not text.isascii():
        raise WhenError(f"{quoted(text)} holds more than plain letters and digits.", fix=FORMS)
    words = " ".join(text.lower().replace(",", " ").split())
    if not words or not words.isprintable():
        raise WhenError(f"{quoted(text)} does not name a moment.", fix=FORMS)
    return re.sub(r"^(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 ", words)


def _spoken_zone(shape: re.Match[str], zone: ZoneInfo, own_zone: ZoneInfo) -> ZoneInfo:
    """Return the zone whose clocks are meant: the one named at the end, else the recipient's."""
    if shape["mine"]:
        return own_zone if shape["mine"] == "my" else zone
    name = shape["zone"] or (shape["word"] if shape["day"] else None)
    return _find_zone(name) if name else zone


def _find_zone(name: str) -> ZoneInfo:
    from zoneinfo import available_timezones

    try:
        return ZoneInfo(clean_zone(next((key for key in available_timezones() if key.lower() == name), name)))
    except UnfitError as error:
        right = f"{error.right[:1].upper()}{error.right[1:]}".rstrip(".?")
        raise WhenError(
            f"{error.wrong}.", fix=f'{right}{"?" if "mean" in right else "."} Or write "my time".'
        ) from None


def _in_real_time(shape: re.Match[str], now: datetime) -> datetime | None:
    """Read ``now`` and spans of hours and minutes, which pass at the same pace whatever the clocks do."""
    found = _SPAN.fullmatch(shape["day"])
    is_span = found is not None and (found["hours"] or found["minutes"])
    if shape["day"] != "now" and not is_span:
        return None
    if shape["clock"]:
        raise WhenError(
            f"{quoted(shape[0])} names two moments.", fix=f'Write "{shape["day"]}" alone, or a day and a time.'
        )
    if found is None:
        return now
    hours = read_count(found["hours"] or "0", 1 / 24)
    minutes = read_count(found["minutes"] or "0", 1 / 1440)
    return now.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)


def _on_the_wall(shape: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime:
    """Read a day and a time of day on the clocks of ``zone``; ``now`` is there too."""
    said, clock = shape["day"], shape["clock"] or ""
    if clock and not said:
        raise WhenError(f"{quoted(clock)} names no day.", fix=f'Write the day first, like "tomorrow {clock}".')
    day = read_day(said, now.date(), clock)
    if day is None:
        raise refuse_words(shape[0])
    if shape["offset"]:
        return _at_offset(shape, day)
    if not clock and not said.startswith(("in ", "+")):
        raise WhenError(f"{quoted(said)} names a day but no time.", fix=f'Write "{said} 9:00".')
    time = read_clock(clock) if clock else now.time().replace(fold=0)
    return place_wall_time(datetime.combine(day, time), zone)


def _at_offset(shape: re.Match[str], day: date) -> datetime:
    """Read a date with time and offset: one moment, whatever any clock shows."""
    if not shape["day"][:4].isdigit() or shape["word"] or shape["zone"] or shape["mine"]:
        raise WhenError(
            f"{quoted(shape[0])} has an offset from UTC, which goes with a date and nothing else.",
            fix=f'Write "{day} {shape["clock"]}{shape["offset"]}", or leave the offset out.',
        )
    wall = datetime.combine(day, read_clock(shape["clock"]))
    try:
        return datetime.fromisoformat(f"{wall.isoformat()}{shape['offset'].upper()}")
    except ValueError:
        raise WhenError(
            f"{quoted(shape['offset'])} is not an offset from UTC.", fix='Write it like "+01:00".'
        ) from None


def _past(words: str, now: datetime, zone: ZoneInfo) -> WhenError:
    return WhenError(
        f"{quoted(words)} is past: it is {now:%H:%M} on {say_day(now.date(), now.year)} in {city_of(zone)}.",
        fix="Name a later moment.",
    )


__all__ = ["describe_moment", "parse_when"]
