"""Which clocks a calendar file means: by a name of IANA or Windows, a name with a path, or rules of its own.

icalendar returns a time without a zone for a name it does not know, and says nothing; so names are looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from followup_mail.facts.unfit_values import quoted
from followup_mail.facts.zone_and_country import is_zone
from followup_mail.facts.zone_names import best_known_zones, guess_zone, modern_name, zone_of_windows
from followup_mail.regex import regex

# "/freeassociation.sourceforge.net/Europe/Berlin", "/citadel.org/20190914_1/America/New_York"
_PLACE_AT_END: Final = regex(r"(?:\A|/)([A-Z][A-Za-z_]+/(?:[A-Z][A-Za-z_]+/)?[A-Z][A-Za-z_+-]+)\Z")
_UTC_NAMES: Final = frozenset({"utc", "gmt", "z", "etc/utc", "etc/gmt", "tzone://microsoft/utc", "universal"})
# Of many zones with the same clocks, the one that most people mean.
_USUAL: Final = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo"),
    *("Europe/London", "Europe/Berlin", "Europe/Helsinki", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland"),
)
_SAMPLES: Final = tuple(timedelta(days=15 * step) for step in range(24))


class Placed(NamedTuple):
    """A wall time on its clocks."""

    at: datetime
    """Without a zone where the file names none that is known."""
    zone: str = ""
    note: str = ""


def place(wall: datetime, tzid: str, definitions: Mapping[str, Any], prefer: Sequence[str]) -> Placed:
    """Return a wall time on the clocks that ``tzid`` names.

    ``definitions``: the VTIMEZONE components of the file by name; ``prefer``: zones to take where several agree.
    """
    if tzid.casefold() in _UTC_NAMES:
        return Placed(wall.replace(tzinfo=UTC))
    if zone := _known(tzid):
        return Placed(wall.replace(tzinfo=ZoneInfo(zone)), zone)
    rules = _rules(definitions.get(tzid))
    if rules:
        return _by_rules(wall, rules, (guess_zone(tzid), *prefer))
    if zone := guess_zone(tzid):
        return Placed(wall.replace(tzinfo=ZoneInfo(zone)), zone, f"Took the time zone {quoted(tzid)} for {zone}.")
    return Placed(wall, "", f"The time zone {quoted(tzid)} is not known.")


def _known(tzid: str) -> str:
    if is_zone(tzid):
        return modern_name(tzid)
    if found := zone_of_windows(tzid):
        return found
    at_end = _PLACE_AT_END.search(tzid)
    return modern_name(at_end[1]) if at_end and is_zone(at_end[1]) else ""


def _rules(definition: Any) -> tzinfo | None:
    if definition is None:
        return None
    try:
        located = str(definition.get("X-LIC-LOCATION", ""))
        if is_zone(located):
            return ZoneInfo(modern_name(located))
        rules: tzinfo = definition.to_tz(lookup_tzid=False)
        return rules if datetime(2026, 1, 15, tzinfo=rules).utcoffset() is not None else None
    except Exception:  # rules that icalendar cannot follow, in one of many ways
        return None


def _by_rules(wall: datetime, rules: tzinfo, likely: Sequence[str]) -> Placed:
    """Return the moment by the rules of the file, and the best known zone whose clocks go alike that year."""
    if isinstance(rules, ZoneInfo):
        return Placed(wall.replace(tzinfo=rules), rules.key)
    first = datetime(wall.year, 1, 15)  # noqa: DTZ001  # wall time on whatever clocks are compared

    def offsets(clocks: tzinfo) -> list[timedelta | None]:
        return [(first + away).replace(tzinfo=clocks).utcoffset() for away in _SAMPLES]

    wanted = offsets(rules)
    zones = (zone for zone in (*likely, *_USUAL, *best_known_zones()) if zone and is_zone(zone))
    zone = next((zone for zone in zones if offsets(ZoneInfo(zone)) == wanted), "")
    at = wall.replace(tzinfo=rules).astimezone(UTC)
    if not zone:
        return Placed(at)
    return Placed(at.astimezone(ZoneInfo(zone)), zone, f"The file describes clocks without a place: those of {zone}.")
