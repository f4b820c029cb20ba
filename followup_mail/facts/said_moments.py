"""A day and a time of day in one phrase, in either order, perhaps with the place whose clocks are meant.

today 10am     10am tomorrow     tonight 8pm     friday half past two     Thu 5 Nov 2026, 10:00 in Denver
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup_mail.facts.moments import place_in_zone
from followup_mail.facts.said_clocks import read_clocks, spell_bare_clock
from followup_mail.facts.said_dates import is_written_in_full
from followup_mail.facts.said_days import find_days
from followup_mail.facts.said_ranges import split_range, with_end
from followup_mail.facts.said_readings import (
    AmbiguousError,
    Reading,
    Side,
    VagueError,
    read_rows,
    read_table,
    refuse_vague,
    spell_day,
    tidy_words,
)
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

MOMENT_ADVICE: Final = 'write it like "friday 2pm", "5 nov 10:30" or "2026-11-18 14:30"'

_DAYPART: Final = regex(
    r"\b(?:(?:in the|at|this) )?(?P<part>morning|afternoon|evening|night|lunchtime)\b|\b(?P<tonight>tonight)\b"
)
_MIDNIGHT: Final = regex(r"(?:^|(?<= ))(?:at )?midnight(?:$|(?= ))")
_THEIR_TIME: Final = regex(r" (?P<whose>my|their) time$")
_OTHER_CLOCK: Final = regex(r" \([^()]*\)$")
_OFFSET: Final = regex(r"(?P<rest>.*:\d\d) ?(?:utc|gmt)?(?P<offset>z|[+-]\d\d:?\d\d)(?P<after> .*)?")
_LONGEST_PLACE: Final = 4
"""Words in the longest name of a place behind a moment."""


class SaidMoment(Struct, frozen=True):
    """The parts of a phrase, and what each can mean."""

    days: tuple[date, ...]
    times: tuple[time, ...]
    day_words: str
    clock_words: str
    place: str = ""
    """The zone whose clocks are meant, "my" or "their"; empty when none was named."""
    offset: str = ""

    @property
    def walls(self) -> tuple[datetime, ...]:
        """Every wall time that can be meant."""
        return tuple(datetime.combine(day, at) for day in self.days for at in self.times)


def read_moment_said(text: str, today: date, side: Side, near: str = "") -> datetime:
    """Return when an interview or a call was: a wall time, aware when a place or an offset was named.

    ``near`` is the zone in which it was, where that is known: there "MST" has one meaning. Of two times of day it is
    the first (``said_ranges``). A time of day alone is today's. Raises ``AmbiguousError``
    with every reading, ``UnfitError`` for anything else.
    """
    words = tidy_words(text)
    both = split_range(words)
    try:
        return _read(text, both.words if both else words, (today, side, near))
    except AmbiguousError as error:
        raise (with_end(error, both.length) if both else error).asked_of(text) from None


def _read(text: str, words: str, asked: tuple[date, Side, str]) -> datetime:
    today, side, near = asked
    said = split_moment(words, today, side, of_interview=True, near=near)
    if said is None:
        raise refuse_vague(words, MOMENT_ADVICE)
    if not said.times:
        raise UnfitError(f"{quoted(text)} names a day but no time", f'write "{words} 10:00", or "{words} 2pm"')
    if said.place == "my":
        raise UnfitError(f"{quoted(text)} is by your clock", "write it by theirs, or name the place")
    [wall] = said.walls if len(said.walls) == 1 else ask_which(text, said.walls)
    if said.offset:
        if not is_written_in_full(said.day_words):
            right = f'write "{wall:%Y-%m-%d %H:%M}{said.offset}", or leave the offset out'
            raise UnfitError(f"{quoted(text)} has an offset from UTC, but no year", right)
        return at_offset(wall, said.offset)
    return place_in_zone(wall, ZoneInfo(said.place)) if said.place not in {"", "their"} else wall


def ask_which(text: str, walls: tuple[datetime, ...]) -> tuple[datetime]:
    """Raise ``AmbiguousError`` with what each wall time is called and how it is written."""
    raise AmbiguousError(
        text.strip(),
        [Reading(f"{spell_day(wall.date())}, {wall:%H:%M}", f"{wall:%Y-%m-%d %H:%M}") for wall in walls],
    )


def at_offset(wall: datetime, offset: str) -> datetime:
    """Return the moment of a wall time that names its offset from UTC. Raises ``UnfitError`` for one that is none."""
    try:
        return datetime.fromisoformat(f"{wall.isoformat()}{offset.upper()}")
    except ValueError:
        raise UnfitError(f"{quoted(offset)} is not an offset from UTC", 'write the offset like "+01:00"') from None


def split_moment(
    words: str, today: date, side: Side, *, of_interview: bool = False, near: str = ""
) -> SaidMoment | None:
    """Return the parts of tidy ``words``; None when they are neither a day nor a time of day."""
    bare, place, offset = _without_zone(words)
    said = _day_and_clock(bare, today, side, of_interview)
    if said is None and not place and not offset:
        said, place = _with_place(bare, (today, side, of_interview), near)
    if said is None:
        return None
    return SaidMoment(said.days, said.times, said.day_words, said.clock_words, place, offset)


def _without_zone(words: str) -> tuple[str, str, str]:
    """Return the words without what names the clocks: an offset, "my time", what other clocks show in brackets."""
    words = _OTHER_CLOCK.sub("", words)
    place = offset = ""
    if found := _THEIR_TIME.search(words):
        words, place = words[: found.start()], found["whose"]
    if found := _OFFSET.fullmatch(words):
        words, offset = found["rest"], found["offset"]
        # "01:30 UTC-06:00 in Chicago": the offset says it all.
        place = place or (found["after"] or "").strip().removeprefix("in ")
    return words, place, offset


def _with_place(words: str, asked: tuple[date, Side, bool], near: str) -> tuple[SaidMoment | None, str]:
    """Read a moment with the name of a place, or of its time, behind it."""
    from followup_mail.facts.said_places import read_zone_said

    tokens, no_places = words.split(), set(read_rows("no_places")["words"].split())
    no_states = read_rows("no_places")["letters"].split()
    wrong: UnfitError | None = None
    for count in range(1, min(_LONGEST_PLACE, len(tokens) - 1) + 1):
        said = _day_and_clock(" ".join(tokens[:-count]), *asked)
        if said is None or not said.times or (count == 1 and tokens[-1] in no_states):
            continue
        try:
            return said, read_zone_said(" ".join(tokens[-count:]).removeprefix("in "))
        except AmbiguousError as error:
            if any(_shows_same(one.written, near, said) for one in error.readings):
                return said, near
            wrong = wrong or error
        except UnfitError as error:
            if len(said.times) == 1 and no_places.isdisjoint(tokens[-count:]):
                wrong = wrong or error
    if wrong:
        raise wrong
    return None, ""


def _shows_same(place: str, near: str, said: SaidMoment) -> bool:
    """Return whether the clocks of a place that can be meant show what those of the known one do."""
    from followup_mail.facts.said_places import read_zone_said

    if not near or not said.walls:
        return False
    try:
        there = ZoneInfo(read_zone_said(place))
    except UnfitError:
        return False
    return said.walls[0].replace(tzinfo=there).utcoffset() == said.walls[0].replace(tzinfo=ZoneInfo(near)).utcoffset()


def _day_and_clock(words: str, today: date, side: Side, of_interview: bool) -> SaidMoment | None:
    """Read a day and a time of day, in either order; either may be missing."""
    rest, daypart = _take_daypart(words)
    if found := _MIDNIGHT.search(rest):
        return _at_midnight(words, rest.replace(found[0], " ").strip(), today, side, bool(daypart))
    wrong: UnfitError | None = None
    for day_words, clock_words in _splits(rest):
        times = read_clocks(clock_words, daypart, of_interview=of_interview) if clock_words else ()
        if clock_words and not times:
            continue
        try:
            days = find_days(day_words, today, side) if day_words else (today,)
        except AmbiguousError as error:
            raise _at_times(error, words, times) from None
        except VagueError:
            continue
        except UnfitError as error:
            # Another split may be the right one; if not, this says the most.
            wrong = wrong or error
            continue
        if daypart and not times:
            raise _offer_hours(words, days, daypart)
        return SaidMoment(days, times, day_words, clock_words)
    if wrong:
        raise wrong
    return None


def _at_midnight(words: str, day_words: str, today: date, side: Side, is_night: bool) -> SaidMoment | None:
    """Read "friday midnight", with which a day begins or ends; ask which, where both can be meant."""
    days = find_days(day_words, today, side) if day_words else (today,)
    starts = () if is_night else tuple(day for day in days if side.is_past or day > today)
    walls = tuple(dict.fromkeys((*starts, *(day + timedelta(days=1) for day in days))))
    if len(walls) > 1:
        ask_which(words, tuple(datetime.combine(day, time()) for day in walls))
    return SaidMoment(walls, (time(),), day_words, "0:00")


def _offer_hours(words: str, days: tuple[date, ...], daypart: str) -> AmbiguousError:
    """Return the question which hour is meant, where only the part of the day was named."""
    hours = [time.fromisoformat(hour.zfill(5)) for hour in read_rows("usual_hours")[daypart].split()]
    walls = [datetime.combine(day, hour) for day in days for hour in hours]
    readings = [Reading(f"{spell_day(wall.date())}, {wall:%H:%M}", f"{wall:%Y-%m-%d %H:%M}") for wall in walls]
    return AmbiguousError(words, readings)


def _at_times(error: AmbiguousError, words: str, times: tuple[time, ...]) -> AmbiguousError:
    if not times:
        return error
    readings = [
        Reading(f"{one.said}, {at:%H:%M}", f"{one.written} {at:%H:%M}") for one in error.readings for at in times
    ]
    return AmbiguousError(words, readings)


def _take_daypart(words: str) -> tuple[str, str]:
    """Return the words without the part of the day, and it: "tonight 8" is today, in the night."""
    found = _DAYPART.search(words)
    if found is None:
        return words, ""
    before, after = words[: found.start()].strip(), words[found.end() :].strip()
    if found["tonight"] or found[0].startswith("this "):
        before = f"{before} today" if not before or before.endswith(("at", "m")) or before[:1].isdigit() else before
    if before == "last":
        before = "yesterday"
    return " ".join(f"{before} {after}".split()), found["part"] or "night"


def _splits(words: str) -> Iterator[tuple[str, str]]:
    """Yield every way to take the words for a day and a time of day, the longest day first."""
    tokens = words.split()
    for at in range(len(tokens), -1, -1):
        clock = _bare_clock(tokens[at:])
        # "0900" alone is no year, as "2026" could be.
        yield " ".join(tokens[:at]), spell_bare_clock(clock) if at or clock.startswith("0") else clock
    for at in range(1, len(tokens)):
        clock = _bare_clock(tokens[:at])
        # "1430 on dec 2", "1430 tomorrow": before "dec 2" the figures could be a year.
        is_day_named = tokens[at] in {"on", "this", "next", "last", *read_table("near_days"), *read_table("weekdays")}
        yield " ".join(tokens[at:]), spell_bare_clock(clock) if is_day_named or clock.startswith("0") else clock


def _bare_clock(tokens: list[str]) -> str:
    return " ".join(tokens[1:] if tokens[:1] == ["at"] else tokens)
