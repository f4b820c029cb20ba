"""Where somebody is, as people say it: "Denver", "California", "Pacific", "Germany", "Portland, Oregon", "UK".

Cities that have a zone of their own come from the time zone database; other cities, states, regions and the names of
their time from ``said_places.toml``. A name that two places share is refused with both.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.said_readings import LENGTH_LIMIT, AmbiguousError, Reading, plain_words
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.zone_and_country import clean_country, clean_zone, country_names, is_zone
from followup_mail.facts.zone_names import modern_name, read_zone_table
from followup_mail.regex import regex

_NEAREST: Final = "name the nearest large city, or the country"
_TIME: Final = regex(r" (?:standard |daylight |summer )?time$")


class Place(Struct, frozen=True):
    """What is known of where somebody is."""

    zone: str
    country: str = ""
    """Two letters; empty when the name does not tell."""


def read_place_said(text: str) -> Place:
    """Return zone and country of a place.

    Raises ``AmbiguousError`` for a name that several places share, also for a country with several zones, and
    ``UnfitError`` for a name that is not known.
    """
    try:
        zone = read_zone_said(text)
    except AmbiguousError:
        raise
    except UnfitError as error:
        if not error.right.startswith("write it like"):
            raise
        raise UnfitError(f"{quoted(text)} is not a place that is known here", _NEAREST) from None
    return Place(zone, country_of(zone))


def read_zone_said(text: str) -> str:
    """Return the name of a zone of the IANA database. Raises as ``read_place_said`` does."""
    name = text.strip()
    if "/" in name:
        return clean_zone(_zone_keys().get(name.casefold(), name))
    words = plain_words(name)
    if zone := _one_zone(text, words):
        return zone
    if "," in name and (zone := _in_region(text, name)):
        return zone
    if zone := _last_words(text, words):
        return zone
    return clean_zone(name[:LENGTH_LIMIT])


def read_country_said(text: str) -> str:
    """Return the code of a country, from its code, its name, or a place in it."""
    words = plain_words(text)
    code = _country_code(words, text.strip().upper())
    if code and (len(words) == len(code) or words not in _table("twice")):
        return code
    try:
        return country_of(read_zone_said(text)) or clean_country(text)
    except AmbiguousError:
        codes = {said: country_of(zone) for said, zone in _table("twice").get(words, {}).items()}
        if len(set(codes.values())) > 1:
            raise AmbiguousError(text.strip(), [Reading(said, code) for said, code in codes.items()]) from None
        return next(iter(codes.values()), "") or clean_country(text)
    except UnfitError:
        return clean_country(text)


def _one_zone(text: str, words: str) -> str:
    """Return the zone of one name: of a city, a state, a time, or a country that has only one."""
    if words in _table("twice"):
        raise AmbiguousError(text.strip(), _readings_of(words))
    bare = _TIME.sub("", words)
    if zone := _names().get(words) or _cities().get(words) or _names().get(bare) or _cities().get(bare):
        return zone
    code = _country_code(words, text.strip())
    if code:
        return _zone_of_country(text, code)
    zone = _zone_keys().get(text.strip().casefold(), "")
    return zone if is_zone(zone) else ""


def _in_region(text: str, name: str) -> str:
    """Return the zone of "Boulder, Colorado" or "Toronto, Canada"; empty when the region is not known."""
    first, _, last = (plain_words(part) for part in name.rpartition(","))
    return _within(text, first.replace(",", " "), last)


def _last_words(text: str, words: str) -> str:
    """Return the zone of "portland oregon": a name with its region behind it, without a comma."""
    tokens = words.split()
    for at in range(1, len(tokens)):
        city = " ".join(tokens[:at])
        if not (city in _table("twice") or city in _names() or city in _cities()):
            continue
        if zone := _within(text, city, " ".join(tokens[at:])):
            return zone
    return ""


def _within(text: str, city: str, region: str) -> str:
    """Return the zone of a city in a region: the city's when it lies there, else the region's where that has one."""
    region = _table("states").get(region, region)
    for said, zone in _table("twice").get(city, {}).items():
        if plain_words(said.replace(",", " ")) == f"{city} {region}":
            return str(zone)
    whole = _names().get(region, "")
    code = country_of(whole) if whole else _country_code(region, region.upper())
    is_state = region in _table("states").values()
    known = _names().get(city) or _cities().get(city, "")
    if known and not whole and country_of(known) == ("US" if is_state else code):
        return known
    if whole or not (code or is_state):
        return whole
    return _one_zone(region if is_state else text, region)


def _zone_of_country(text: str, code: str) -> str:
    if code in _table("several"):
        zones = list(_table("several")[code])
        raise AmbiguousError(text.strip(), [Reading(_city(zone), _city(zone)) for zone in zones])
    zones = _zones_by_country().get(code, [])
    return _table("usual").get(code) or (zones[0] if zones else "")


def _readings_of(words: str) -> list[Reading]:
    return [Reading(said, said) for said in _table("twice")[words]]


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _country_code(words: str, shown: str) -> str:
    """Return the code that is meant by a name, or by two capital letters that are one."""
    names = _table("countries") | {plain_words(name): code for code, name in country_names().items()}
    return names.get(words, "") or (shown if shown in country_names() else "")


def country_of(zone: str) -> str:
    """Return the code of the country whose clocks a zone shows; nothing for a zone of several or none."""
    of_zone = {name: code for code, names in _zones_by_country().items() for name in names}
    return of_zone.get(modern_name(zone), "")


@cache
def _zones_by_country() -> dict[str, list[str]]:
    rows = (line.split("\t") for line in read_zone_table("zone.tab") if not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for row in rows:
        if len(row) > 2:
            found.setdefault(row[0], []).append(row[2])
    return found


@cache
def _cities() -> dict[str, str]:
    """Return the cities that have a zone of their own, with it."""
    zones = [zone for names in _zones_by_country().values() for zone in names]
    return {plain_words(_city(zone)): zone for zone in sorted(zones, key=lambda zone: -zone.count("/"))}


@cache
def _zone_keys() -> dict[str, str]:
    """Return every zone of the database by its name in small letters."""
    from zoneinfo import available_timezones

    return {zone.casefold(): zone for zone in available_timezones()}


@cache
def _names() -> dict[str, str]:
    return {name: zone for name, zone in _table("zones").items() if name not in _table("twice")}


@cache
def _table(kind: str) -> dict[str, Any]:
    """Return a table, keyed by what people write."""
    data: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    match kind:
        case "zones" | "countries":
            pairs = ((name.strip(), meant) for meant, names in data[kind].items() for name in re.split("[,\n]", names))
            return {name: meant for name, meant in pairs if name}
        case "several":
            return {code: zones.split() for code, zones in data[kind].items()}
        case "twice":
            return {name: dict(_pair(item) for item in items.split(";")) for name, items in data[kind].items()}
    return dict(data[kind])


def _pair(item: str) -> tuple[str, str]:
    said, _, zone = item.partition("=")
    return said.strip(), zone.strip()
