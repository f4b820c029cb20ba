"""Names that people, Windows, mail programs and Unix give to time zones, and the name of the IANA database for each.

The names of Windows are those of the Unicode CLDR, as tzlocal carries them. What Windows shows beside them, such as
"(UTC-05:00) Eastern Time (US & Canada)", is told by its words and its cities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from followup_mail.facts.zone_rules import ZoneRule, find_zone, last_rule, places, read_rule, zones_by_use

# What people write, and the zone they mean in an hour of summer time too. "EST" and "MST" are names in the database,
# but stand for a place without summer time: an hour off for half the year.
MEANT: Final = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "adt": "America/Halifax",
    "bst": "Europe/London",
    "british": "Europe/London",
    "united kingdom": "Europe/London",
    "greenwich": "Europe/London",
    "cest": "Europe/Berlin",
    "central european": "Europe/Berlin",
    "eest": "Europe/Helsinki",
    "eastern european": "Europe/Helsinki",
    "west": "Europe/Lisbon",
    "western european": "Europe/Lisbon",
    "msk": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "japan": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "sast": "Africa/Johannesburg",
    "brt": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo",
    "utc": "UTC",
    "coordinated universal": "UTC",
}
_LONGEST: Final = 120
# What Windows and calendars put before a name that they show, and "Standard Time" with its kin behind one.
_SHOWN_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)(?:([+-])(\d\d):(\d\d)\b)?(?:\)|(?<=\d) )\s*", re.IGNORECASE)
# Google Calendar names a zone and its city: "Central Time - Chicago".
_CITY_AFTER: Final = re.compile(r"\s[-\u2013\u2014]\s")
_TIME: Final = re.compile(r"(?i)\s+(?:(?:standard|daylight|summer|mean)\s+)?time\b")
_REMARK: Final = re.compile(r"\s*\([^()]*\)\s*$")
_FOLDER: Final = re.compile(r"^:?(?:/.*/zoneinfo(?:\.default|-\w+)?/)?(?:(?:posix|right)/)?")


def bare_name(text: str) -> str:
    """Return a name without what Unix puts before it: ``:Europe/Berlin``, ``/usr/share/zoneinfo/Europe/Berlin``."""
    return _FOLDER.sub("", text)


def zone_of_windows(text: str) -> str:
    """Return the zone that Windows calls ``text``, in any case; empty when it knows no such name."""
    return _windows().get(" ".join(text.lower().split()), "")


def zone_of_rule(rule: ZoneRule) -> str:
    """Return the best known zone whose clocks follow ``rule``, by its own names where there is one; or nothing."""
    by_name = [MEANT[name] for name in reversed(rule.names) if name in MEANT]
    return modern_name(find_zone(rule, (*by_name, *zones_by_use())))


def guess_zone(text: str) -> str:
    """Return the zone that was probably meant: an abbreviation, a city, another name, a slip of the pen; or nothing."""
    text = text[:_LONGEST].strip()
    rule = read_rule(text)
    if rule is not None:
        return "" if rule.is_turned_round else zone_of_rule(rule)
    shown = _SHOWN_OFFSET.match(text)
    offset = _seconds(shown) if shown else None
    for name in _candidates(_SHOWN_OFFSET.sub("", bare_name(text)).strip()):
        its = last_rule(name)
        if offset is None or (its and offset in _offsets(its, in_summer=bool(_CITY_AFTER.search(text)))):
            return modern_name(name)
    return ""


def modern_name(name: str) -> str:
    """Return the present name of a zone that has another one: ``Asia/Kolkata`` for ``Asia/Calcutta``."""
    return name if name in _present() or "/" not in name else _links().get(name, name)


def _candidates(text: str) -> Iterator[str]:
    """Yield the zones that ``text`` may mean, the likeliest first."""
    import difflib

    if _CITY_AFTER.search(text):
        for part in reversed(_CITY_AFTER.split(text)):
            yield from _candidates(part.strip())
        return

    plain = _REMARK.sub("", text.split(";", maxsplit=1)[0])
    short = tuple(_TIME.sub("", one) for one in (text, plain))
    for one in dict.fromkeys(name.lower() for name in (text, plain, *short)):
        found = MEANT.get(one) or zone_of_windows(one) or zone_of_windows(f"{one} standard time")
        if found:
            yield found
    names = {name.lower(): name for name in places()}
    cities = {name.rsplit("/", 1)[-1]: known for name, known in names.items()}
    for part in (text, plain, *short, *re.split("[,;:]", text)):
        key = _key(part)
        if key in names or key in cities:
            yield names.get(key) or cities[key]
    wanted = _key(text)
    for table in (names, cities):
        yield from (table[near] for near in difflib.get_close_matches(wanted, table, n=1, cutoff=0.8))


def _key(name: str) -> str:
    """Return a name as the database spells it, in small letters: ``st_johns``."""
    return re.sub("[.'\u2019]", "", name.strip()).replace(" ", "_").lower()


def _offsets(rule: ZoneRule, *, in_summer: bool) -> tuple[int, ...]:
    """Return the offsets that may be shown: Windows shows that of winter, Google Calendar the present one."""
    clocks = rule.clocks
    summer = (clocks.offset, clocks.summer_offset or clocks.offset) if in_summer else ()
    return (clocks.winter_offset, *summer)


def _seconds(shown: re.Match[str]) -> int:
    if not shown[1]:
        return 0
    return (int(shown[2]) * 3600 + int(shown[3]) * 60) * (-1 if shown[1] == "-" else 1)


@cache
def _windows() -> dict[str, str]:
    from tzlocal.windows_tz import win_tz

    return {name.lower(): modern_name(zone) for name, zone in win_tz.items()}


@cache
def _present() -> frozenset[str]:
    """Return the names that the database lists for a country: the present ones."""
    rows = (line.split("\t") for line in _read("zone.tab").splitlines() if not line.startswith("#"))
    return frozenset(row[2] for row in rows if len(row) > 2)


@cache
def _links() -> dict[str, str]:
    """Return what each other name of the database stands for."""
    rows = (line.split() for line in _read("tzdata.zi").splitlines() if line.startswith("L "))
    return {row[2]: row[1] for row in rows}


def _read(table: str) -> str:
    from importlib.resources import files

    try:
        return (files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8")
    except (ImportError, OSError):
        return ""
