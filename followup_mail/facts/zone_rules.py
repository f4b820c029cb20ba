"""Clocks written as a rule instead of a name, as the variable TZ of Unix has them: ``EST5EDT,M3.2.0,M11.1.0``.

The form is that of POSIX.1-2017, section 8.3; the files of the time zone database end with a rule of that form for
all years to come (RFC 9636, section 3.3). So the zone is found whose own last rule is the one that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

_NAME: Final = r"(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)"
_SPAN: Final = r"[+-]?\d{1,3}(?::\d\d(?::\d\d)?)?"
_DATE: Final = rf"(?:M\d{{1,2}}\.\d\.\d|J?\d{{1,3}})(?:/{_SPAN})?"
_RULE: Final = re.compile(
    rf"(?P<name>{_NAME})(?P<offset>{_SPAN})"
    rf"(?:(?P<summer>{_NAME})(?P<summer_offset>{_SPAN})?(?:,(?P<start>{_DATE}),(?P<end>{_DATE}))?)?"
)
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a rule says, whatever it calls it."""

    offset: int
    """Seconds east of UTC."""
    summer_offset: int | None
    """None where the clocks never change."""
    start: tuple[str, int] | None
    """The day on which summer time begins and the second of that day; None where the rule leaves it open."""
    end: tuple[str, int] | None

    @property
    def is_fixed(self) -> bool:
        return self.summer_offset is None

    @property
    def winter_offset(self) -> int:
        """The lesser offset: Ireland's rule calls its summer time the standard one."""
        return self.offset if self.summer_offset is None else min(self.offset, self.summer_offset)

    @property
    def is_whole(self) -> bool:
        """False where it has summer time and does not say from when to when."""
        return self.is_fixed or self.start is not None


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """A rule: the clocks, and what it calls their time in winter and in summer."""

    names: tuple[str, ...]
    clocks: Clocks

    @property
    def is_turned_round(self) -> bool:
        """True for ``UTC+2``, which is two hours west of UTC to Unix, and two hours east of it to people."""
        return self.names in {("utc",), ("gmt",)} and self.clocks.offset != 0


def read_rule(text: str) -> ZoneRule | None:
    """Return what a rule says; None for what is not of that form."""
    shape = _RULE.fullmatch(text)
    if shape is None:
        return None
    names = tuple(name.strip("<>").lower() for name in (shape["name"], shape["summer"]) if name)
    offset = -_seconds(shape["offset"])
    if not shape["summer"]:
        return ZoneRule(names, Clocks(offset, None, None, None))
    summer = -_seconds(shape["summer_offset"]) if shape["summer_offset"] else offset + _HOUR
    dates = [_date(shape[part]) if shape[part] else None for part in ("start", "end")]
    return ZoneRule(names, Clocks(offset, summer, *dates))


def find_zone(rule: ZoneRule, names: Iterable[str]) -> str:
    """Return the first of the zones ``names`` whose clocks follow ``rule`` in all years to come; one that also calls
    its times so goes before. Empty when there is none.

    Where the rule does not say when summer time begins, both times and their names must agree.
    """
    same = tuple((name, its) for name in names if (its := last_rule(name)) and _agree(rule, its))
    by_name = (name for name, its in same if its.names == rule.names)
    return next(by_name, same[0][0] if same and rule.clocks.is_whole else "")


@cache
def last_rule(name: str) -> ZoneRule | None:
    """Return the rule that the zone ``name`` follows from its last recorded change on."""
    from importlib.resources import files

    try:
        content = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    except (ImportError, OSError, ValueError):
        return None
    return rule_of_file(content)


def rule_of_file(content: bytes) -> ZoneRule | None:
    """Return the rule at the end of a file of the time zone database; None for any other file."""
    if not content.startswith(b"TZif"):
        return None
    return read_rule(content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace"))


def _agree(rule: ZoneRule, its: ZoneRule) -> bool:
    if rule.clocks.is_whole:
        return rule.clocks == its.clocks
    return (rule.clocks.offset, rule.clocks.summer_offset) == (its.clocks.offset, its.clocks.summer_offset)


def _seconds(span: str) -> int:
    parts = [int(part) for part in span.lstrip("+-").split(":")]
    total = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    return -total if span.startswith("-") else total


def _date(text: str) -> tuple[str, int]:
    day, _, time = text.partition("/")
    return day, _seconds(time or "2")


def zones_by_use() -> Iterator[str]:
    """Yield all places of the database, those first that stand for a whole zone elsewhere: the best known."""
    from tzlocal.windows_tz import win_tz

    yield from win_tz.values()
    yield from places()


@cache
def places() -> tuple[str, ...]:
    """Return every zone that is named after a place, sorted."""
    from zoneinfo import available_timezones

    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))
