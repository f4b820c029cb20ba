"""Time zones written as a rule instead of a name, as in the TZ variable of Unix: ``EST5EDT,M3.2.0,M11.1.0``.

The form is that of POSIX.1-2017, section 8.3. Each file of the time zone database ends with such a rule for all years
to come (RFC 9636, section 3.3), so the zone that a rule means is the zone whose file ends with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from msgspec import Struct

from followup_mail.regex import regex

_NAME: Final = r"(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)"
_SPAN: Final = r"[+-]?\d{1,3}(?::\d\d(?::\d\d)?)?"
_DATE: Final = rf"(?:M\d{{1,2}}\.\d\.\d|J?\d{{1,3}})(?:/{_SPAN})?"
_RULE: Final = regex(
    rf"(?P<name>{_NAME})(?P<offset>{_SPAN})"
    rf"(?:(?P<summer>{_NAME})(?P<summer_offset>{_SPAN})?(?:,(?P<start>{_DATE}),(?P<end>{_DATE}))?)?"
)
_HOUR: Final = 3600


class Clocks(Struct, frozen=True):
    """What the clocks of a zone show, whatever their time is called."""

    offset: int
    """Seconds east of UTC."""
    summer_offset: int | None = None
    """None where the clocks never change."""
    start: tuple[str, int] | None = None
    """The day when summer time begins and the second of that day; None where the rule does not say."""
    end: tuple[str, int] | None = None

    @property
    def winter_offset(self) -> int:
        """The smaller offset: Ireland's rule calls its summer time the standard time."""
        return self.offset if self.summer_offset is None else min(self.offset, self.summer_offset)

    @property
    def is_complete(self) -> bool:
        """False when there is summer time and the rule does not say from when to when."""
        return self.summer_offset is None or self.start is not None


class ZoneRule(Struct, frozen=True):
    """The clocks of a zone, and the names of its winter and summer time in small letters."""

    names: tuple[str, ...]
    clocks: Clocks

    @property
    def is_ambiguous(self) -> bool:
        """True for ``UTC+2``, which is two hours west of UTC to Unix, and two hours east of UTC to people."""
        return self.names in {("utc",), ("gmt",)} and self.clocks.offset != 0


def read_rule(text: str) -> ZoneRule | None:
    """Return the rule that ``text`` is; None for any other text."""
    shape = _RULE.fullmatch(text)
    if shape is None:
        return None
    names = tuple(name.strip("<>").lower() for name in (shape["name"], shape["summer"]) if name)
    offset = -_seconds(shape["offset"])
    if not shape["summer"]:
        return ZoneRule(names, Clocks(offset))
    summer = -_seconds(shape["summer_offset"]) if shape["summer_offset"] else offset + _HOUR
    return ZoneRule(names, Clocks(offset, summer, *(_date(shape[part]) for part in ("start", "end"))))


def find_zone(rule: ZoneRule, zones: Iterable[str]) -> str:
    """Return the first of ``zones`` whose clocks follow ``rule``, if possible with the same names of its times.

    Empty when there is none. Where the rule does not say when summer time begins, the names must be the same.
    """
    found = [(zone, last) for zone in zones if (last := last_rule(zone)) and _agree(rule.clocks, last.clocks)]
    same_names = (zone for zone, last in found if last.names == rule.names)
    return next(same_names, found[0][0] if found and rule.clocks.is_complete else "")


@cache
def last_rule(zone: str) -> ZoneRule | None:
    """Return the rule that a zone follows from its last recorded change on."""
    from importlib.resources import files

    try:
        content = files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    except (ImportError, OSError, ValueError):
        return None
    return rule_of_file(content)


def rule_of_file(content: bytes) -> ZoneRule | None:
    """Return the rule at the end of a file of the time zone database; None for any other file."""
    if not content.startswith(b"TZif"):
        return None
    return read_rule(content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace"))


def _agree(clocks: Clocks, other: Clocks) -> bool:
    if clocks.is_complete:
        return clocks == other
    return (clocks.offset, clocks.summer_offset) == (other.offset, other.summer_offset)


def _seconds(span: str) -> int:
    parts = (int(part) for part in span.lstrip("+-").split(":"))
    total = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    return -total if span.startswith("-") else total


def _date(text: str | None) -> tuple[str, int] | None:
    day, _, time = (text or "").partition("/")
    return (day, _seconds(time or "2")) if day else None
