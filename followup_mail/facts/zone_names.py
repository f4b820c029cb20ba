"""Names that people, Windows, mail programs and Unix give to time zones, and their names in the IANA database.

The names of Windows are those of the Unicode CLDR, as tzlocal has them. What Windows shows to people, such as
"(UTC-05:00) Eastern Time (US & Canada)", is recognised by its words and cities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from followup_mail.facts.zone_rules import ZoneRule, find_zone, last_rule, read_rule
from followup_mail.regex import regex

_LENGTH_LIMIT: Final = 120
# Windows and calendars show an offset before the name, and "Standard Time" or the like after it.
_SHOWN_OFFSET: Final = regex(r"\(?(?:UTC|GMT)(?:([+-])(\d\d):(\d\d)\b)?(?:\)|(?<=\d) )\s*", re.IGNORECASE)
# Google Calendar names a zone and its city: "Central Time - Chicago".
_CITY_AFTER: Final = regex(r"\s[-\u2013\u2014]\s")
_TIME: Final = regex(r"(?i)\s+(?:(?:standard|daylight|summer|mean)\s+)?time\b")
_NOTE: Final = regex(r"\s*\([^()]*\)\s*$")
_FOLDER: Final = regex(r"^:?(?:/.*/zoneinfo(?:\.default|-\w+)?/)?(?:(?:posix|right)/)?")


@cache
def read_meanings(kind: str) -> dict[str, str]:
    """Return what people write, in small letters, with what they mean: for ``zones`` or ``countries``."""
    import tomllib

    data: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {written: meant for meant, names in data[kind].items() for written in names}


def read_zone_table(name: str) -> list[str]:
    """Return the lines of a table that comes with the time zone database; empty where it is not installed."""
    from importlib.util import find_spec

    package = find_spec("tzdata")
    with suppress(OSError):
        if package and package.origin:
            return (Path(package.origin).parent / "zoneinfo" / name).read_text("utf-8").splitlines()
    # For packages in an archive. It takes longer to import than a facts file to read.
    from importlib.resources import files

    try:
        return (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
    except (ImportError, OSError):
        return []


def bare_name(text: str) -> str:
    """Return a name without what Unix puts before it: ``:Europe/Berlin``, ``/usr/share/zoneinfo/Europe/Berlin``."""
    return _FOLDER.sub("", text)


def zone_of_windows(text: str) -> str:
    """Return the zone that Windows calls ``text``, in any case; empty when it is not such a name."""
    return _windows_zones().get(" ".join(text.lower().split()), "")


def zone_of_rule(rule: ZoneRule) -> str:
    """Return the best known zone whose clocks follow ``rule``, if possible by the rule's own names; or nothing."""
    meanings = read_meanings("zones")
    by_name = [meanings[name] for name in reversed(rule.names) if name in meanings]
    return modern_name(find_zone(rule, (*by_name, *best_known_zones(), *_places())))


def best_known_zones() -> tuple[str, ...]:
    """Return the zones that Windows maps its names to, each once: the best known."""
    return tuple(dict.fromkeys(_windows_zones().values()))


def guess_zone(text: str) -> str:
    """Return the zone that was probably meant by an abbreviation, a city, another name or a typo; or nothing."""
    text = text[:_LENGTH_LIMIT].strip()
    rule = read_rule(text)
    if rule is not None:
        return "" if rule.is_ambiguous else zone_of_rule(rule)
    shown = _SHOWN_OFFSET.match(text)
    for zone in _candidates(_SHOWN_OFFSET.sub("", bare_name(text)).strip()):
        if not shown or _may_show(shown, zone, is_current=bool(_CITY_AFTER.search(text))):
            return modern_name(zone)
    return ""


def modern_name(zone: str) -> str:
    """Return the current name of a zone: ``Asia/Kolkata`` for ``Asia/Calcutta``."""
    return zone if zone in country_by_zone() or "/" not in zone else _links().get(zone, zone)


def _candidates(text: str) -> Iterator[str]:
    """Yield the zones that ``text`` may mean, the most likely first."""
    import difflib

    if _CITY_AFTER.search(text):
        for part in reversed(_CITY_AFTER.split(text)):
            yield from _candidates(part.strip())
        return
    plain = _NOTE.sub("", text.split(";", maxsplit=1)[0])
    forms = (text, plain, _TIME.sub("", text), _TIME.sub("", plain))
    for name in dict.fromkeys(form.lower() for form in forms):
        found = read_meanings("zones").get(name) or zone_of_windows(name) or zone_of_windows(f"{name} standard time")
        if found:
            yield found
    zones = {zone.lower(): zone for zone in _places()}
    cities = {name.rsplit("/", 1)[-1]: zone for name, zone in zones.items()}
    for key in map(_key, (*forms, *re.split("[,;:]", text))):
        if key in zones or key in cities:
            yield zones.get(key) or cities[key]
    for table in (zones, cities):
        yield from (table[near] for near in difflib.get_close_matches(_key(text), table, n=1, cutoff=0.8))


def _key(name: str) -> str:
    """Return a name as the database spells it, in small letters: ``st_johns``."""
    return re.sub("[.'\u2019]", "", name.strip()).replace(" ", "_").lower()


def _may_show(shown: re.Match[str], zone: str, *, is_current: bool) -> bool:
    """Return whether an offset can be shown beside a zone: Windows shows winter's, Google Calendar the current."""
    rule = last_rule(zone)
    if rule is None:
        return False
    clocks = rule.clocks
    seconds = int(shown[2] or 0) * 3600 + int(shown[3] or 0) * 60
    possible = {clocks.winter_offset, *((clocks.offset, clocks.summer_offset) if is_current else ())}
    return (-seconds if shown[1] == "-" else seconds) in possible


@cache
def _windows_zones() -> dict[str, str]:
    from tzlocal.windows_tz import win_tz

    return {name.lower(): modern_name(zone) for name, zone in win_tz.items()}


@cache
def _places() -> tuple[str, ...]:
    """Return every zone that is named after a place, sorted."""
    from zoneinfo import available_timezones

    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


@cache
def country_by_zone() -> dict[str, str]:
    """Return the code of the country that the database lists each zone for; these names are the current ones."""
    rows = (line.split("\t") for line in read_zone_table("zone.tab") if not line.startswith("#"))
    return {row[2]: row[0] for row in rows if len(row) > 2}


@cache
def _links() -> dict[str, str]:
    """Return the other names in the database, and what they stand for."""
    rows = (line.split() for line in read_zone_table("tzdata.zi") if line.startswith("L "))
    return {row[2]: row[1] for row in rows}
