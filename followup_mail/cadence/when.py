"""WHEN: the small, strict grammar in which a user says when a mail leaves.

    now                            +2h   +90m   +1h30m   in two hours        real time
    2026-12-08 9:00                2026-12-08T09:00+01:00                    a date, perhaps with its offset
    5pm   today 5pm   tonight 8pm   9am tomorrow   next tue 9:00   8 dec 9:00 a day and a time, in either order
    in 3 days     in 3 days 9:00   in 2 weeks noon                           the same time of day, or another

Days and times of day are those of ``facts.said_moments``. A wall time is the recipient's, unless a place stands at the
end: ``tomorrow 9:00 Berlin``, or ``my time``. What could mean two moments, or is past, is refused: a mail at a moment
that nobody meant is worse than a question.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import city_of, place_wall_time
from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.said_clocks import read_clocks
from followup_mail.facts.said_dates import is_written_in_full
from followup_mail.facts.said_days import FARTHEST_DAYS, read_number
from followup_mail.facts.said_moments import SaidMoment, at_offset, split_moment
from followup_mail.facts.said_readings import AmbiguousError, Side, WrongSideError, refuse_vague, spell_day, tidy_words
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

FORMS: Final = 'Write it like "2026-12-08 9:00", "tomorrow 9:00", "tue 9am", "in 3 days 9:00" or "+2h".'

_SPAN: Final = regex(
    r"(?:in |\+ ?)(?:(?P<half>half an hour)|(?:(?P<hours>\d+|[a-z]+) ?(?:hours?|hrs?|h))?"
    r"(?:(?(hours) ?(?:and )?)(?P<minutes>\d+|[a-z]+) ?(?:minutes?|mins?|m))?)"
)


def parse_when(text: str, now: datetime, zone: ZoneInfo, own_zone: ZoneInfo) -> datetime:
    """Return the moment that ``text`` names, aware, in ``zone``: the recipient's.

    Raises ``WhenError`` for anything that is not in the grammar, ambiguous, skipped by the clocks, past, or more than
    a year ahead.
    """
    try:
        moment = _read(tidy_words(text), now, zone, own_zone)
    except AmbiguousError as error:
        readings = [(reading.said, reading.written) for reading in error.readings]
        said = error.asked_of(text).text
        raise WhenError(f"{error.wrong}.", fix=_as_sentence(error.right), said=said, readings=readings) from None
    except UnfitError as error:
        raise WhenError(f"{error.wrong}.", fix=_advice(error.right)) from None
    if moment.astimezone(UTC) - now.astimezone(UTC) > timedelta(days=FARTHEST_DAYS):
        raise WhenError(f"{quoted(text)} is more than a year ahead, so it is probably a slip.", fix=FORMS)
    return moment.astimezone(zone)


def _read(words: str, now: datetime, zone: ZoneInfo, own_zone: ZoneInfo) -> datetime:
    """Return the moment of tidy words; never one that is past."""
    moment = _in_real_time(words, now)
    if moment is not None:
        return moment
    # Whose today it is depends on whose clocks are meant, which is known only once the words are taken apart.
    spoken_in, said = zone, _split(words, now.astimezone(zone).date(), zone)
    if said and said.place and said.place != "their":
        spoken_in = own_zone if said.place == "my" else ZoneInfo(said.place)
        said = _split(words, now.astimezone(spoken_in).date(), zone)
    if said is None:
        raise _refuse(words, now.astimezone(spoken_in), spoken_in)
    moment = _on_the_wall(words, said, now.astimezone(spoken_in), spoken_in)
    if moment.astimezone(UTC) < now.astimezone(UTC):
        later = "" if said.day_words else f'Write "tomorrow {words}" if you mean that.'
        raise _past(words, now.astimezone(spoken_in), spoken_in, later)
    return moment


def _split(words: str, today: date, zone: ZoneInfo) -> SaidMoment | None:
    try:
        return split_moment(words, today, Side.COMING, near=zone.key)
    except WrongSideError:
        return None


def _in_real_time(words: str, now: datetime) -> datetime | None:
    """Read ``now`` and spans of hours and minutes, which pass at the same pace whatever the clocks do."""
    if words == "now":
        return now
    found = _SPAN.fullmatch(words)
    if found and (found["half"] or found["hours"] or found["minutes"]):
        hours, minutes = (_count(found[part], each) for part, each in (("hours", 24), ("minutes", 1440)))
        if hours is not None and minutes is not None:
            return now.astimezone(UTC) + timedelta(hours=hours, minutes=30 if found["half"] else minutes)
    first, _, clock = words.rpartition(" ")
    if (first == "now" or (first and _in_real_time(first, now))) and read_clocks(clock):
        raise UnfitError(f"{quoted(words)} names two moments", f'write "{first}" alone, or a day and a time')
    return None


def _count(word: str | None, in_a_day: int) -> int | None:
    """Return a number of units, None for what is none. Raises ``UnfitError`` when they come to more than a year."""
    count = read_number(word) if word else 0
    if count is not None and count > FARTHEST_DAYS * in_a_day:
        raise UnfitError("That is more than a year ahead, so it is probably a slip")
    return count


def _on_the_wall(words: str, said: SaidMoment, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a day and a time of day on the clocks of ``zone``; ``now`` is there too."""
    if said.offset:
        return _at_offset(said)
    if not said.day_words and len(said.times) > 1:
        raise _no_day(said)
    times = said.times
    if not times and said.day_words.startswith(("in ", "+")):
        times = (now.time().replace(fold=0),)
    walls = [datetime.combine(day, at) for day in said.days for at in times]
    # A weekday said on that day is today only while its time is still to come.
    coming = [wall for wall in walls if wall >= now.replace(tzinfo=None)] or walls[-1:]
    if len(coming) > 1 or (not times and len(said.days) > 1):
        raise _ask_which(words, said, coming)
    if not times:
        raise UnfitError(f"{quoted(words)} names a day but no time", f'write "{said.day_words} 9:00"')
    return place_wall_time(coming[0], zone)


def _ask_which(words: str, said: SaidMoment, walls: list[datetime]) -> WhenError:
    """Return the error that names each moment in full, with its time as it was said where that is clear."""
    clock = said.clock_words if len(said.times) == 1 else ""
    readings = [
        (f"{spell_day(wall.date())}, {wall:%H:%M}", f"{wall:%Y-%m-%d} {clock or f'{wall:%H:%M}'}") for wall in walls
    ] or [(spell_day(day), f"{day} 9:00") for day in said.days]
    named = " or ".join(spelt for spelt, _ in readings)
    written = " or ".join(f'"{text}"' for _, text in readings)
    return WhenError(f"{quoted(words)} could mean {named}.", fix=f"Write {written}.", said=words, readings=readings)


def _no_day(said: SaidMoment) -> UnfitError:
    either = " or ".join(f'"{at.hour}:{at:%M}"' for at in said.times)
    return UnfitError(
        f"{quoted(said.clock_words)} could be morning or evening, and names no day", f"write the day and {either}"
    )


def _at_offset(said: SaidMoment) -> datetime:
    """Read a date with time and offset: one moment, whatever any clock shows."""
    day, clock = said.days[0], said.clock_words
    if not is_written_in_full(said.day_words) or said.place or len(said.walls) != 1:
        raise UnfitError(
            f"{quoted(f'{said.day_words} {clock}{said.offset}')} has an offset from UTC, which goes with a date and "
            "nothing else",
            f'write "{day} {clock}{said.offset}", or leave the offset out',
        )
    return at_offset(said.walls[0], said.offset)


def _refuse(words: str, now: datetime, zone: ZoneInfo) -> WhenError:
    """Return the error for words that are no moment to come, with the reason where it is known."""
    try:
        split_moment(words, now.date(), Side.COMING)
    except WrongSideError:
        return _past(words, now, zone)
    if re.match(r"(?:in )?-", words):
        return _past(words, now, zone)
    vague = refuse_vague(words, "")
    if not vague.wrong.endswith("is not understood"):
        return WhenError(f"{vague.wrong}.", fix=FORMS)
    if found := re.search(r"(?:^|[a-z] |-\d\d )(\d{1,2})$", words):
        return WhenError(
            f"{quoted(words)} ends in a bare number.", fix=f'Write the time like "{int(found[1]) % 24}:00".'
        )
    return WhenError(f"{quoted(words)} is not a moment that this program understands.", fix=FORMS)


def _past(words: str, now: datetime, zone: ZoneInfo, later: str = "") -> WhenError:
    return WhenError(
        f"{quoted(words)} is past: it is {now:%H:%M} on {say_day(now.date(), now.year)} in {city_of(zone)}.",
        fix=later or "Name a later moment.",
    )


def _advice(right: str) -> str:
    """Return what to do instead: the forms of WHEN, unless the advice is about just these words."""
    return FORMS if not right or right.startswith(("write it like", "name a day")) else _as_sentence(right)


def _as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith("?") else ".")
