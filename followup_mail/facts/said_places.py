"""Where somebody is, as people say it: "Denver", "California", "Pacific", "Germany", "Portland, Oregon", "UK".

Cities that have a zone of their own come from the time zone database; states from ``said_states``; other cities,
regions and the names of their time from ``said_places.toml``. A name that two places share is refused with both, unless
what stands behind it, or the country of who says it, makes it plain.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from followup_mail.facts.place_tables import (
    cities_with_zones,
    city_in,
    country_code,
    country_of,
    named_places,
    place_table,
    say_country,
    zone_keys,
    zones_by_country,
)
from followup_mail.facts.said_readings import LENGTH_LIMIT, AmbiguousError, Reading, plain_words
from followup_mail.facts.said_states import (
    State,
    find_states,
    states_of_town,
    zone_in_state,
)
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.unknown_places import NEAREST_CITY, close_to, names_of_regions, refuse_unknown
from followup_mail.facts.zone_and_country import clean_country, clean_zone, is_zone
from followup_mail.regex import regex

_LONGEST_REGION: Final = 4
"""Words in the longest name of a state."""

_POSTCODES: Final = {"US": regex(r"[a-z], ?[a-z]{2} \d{5}(?:-\d{4})?\b"), "CA": regex(r"\b[a-z]\d[a-z] ?\d[a-z]\d$")}
"""What a postcode behind a state tells of the country."""

_TIME: Final = regex(r" (?:standard |daylight |summer |local )?time$")


class Place(Struct, frozen=True):
    """What is known of where somebody is."""

    zone: str
    country: str = ""
    """Two letters; empty when the name does not tell."""


def read_place_said(text: str, home: str = "") -> Place:
    """Return zone and country of a place. ``home`` is the country of who says it: "CO" is Colorado in the US.

    Raises ``AmbiguousError`` for a name that several places share, also for a country with several zones, and
    ``UnfitError`` for a name that is not known.
    """
    try:
        zone = read_zone_said(text, home)
    except AmbiguousError:
        raise
    except UnfitError as error:
        if not error.right.startswith("write it like"):
            raise
        raise UnfitError(f"{quoted(text)} is not a place that is known here", NEAREST_CITY) from None
    return Place(zone, country_of(zone))


def read_zone_said(text: str, home: str = "") -> str:
    """Return the name of a zone of the IANA database. Raises as ``read_place_said`` does."""
    name = text.strip()
    if is_zone(name) and "/" in name:
        return name
    if "/" in name:
        return clean_zone(zone_keys().get(name.casefold(), name))
    words = plain_words(name)
    if zone := _one_zone(text, words, home):
        return zone
    bare = _without_surroundings(words)
    home = next((country for country, code in _POSTCODES.items() if code.search(words)), home)
    if bare != words and (zone := _one_zone(text, bare, home)):
        return zone
    if zone := _behind_town(_Asked(text, home), bare) or _of_parts(_Asked(text, home), bare):
        return zone
    try:
        return clean_zone(name[:LENGTH_LIMIT])
    except UnfitError as error:
        raise refuse_unknown(name, bare, error) from None


def read_country_said(text: str) -> str:
    """Return the code of a country, from its code, its name, or a place in it."""
    words = plain_words(text)
    code = country_code(words)
    if code and (len(words) == len(code) or words not in place_table("twice")):
        return code
    try:
        return country_of(read_zone_said(text)) or clean_country(text)
    except AmbiguousError as error:
        codes = {one.said: country_of(place_table("twice").get(words, {}).get(one.said, "")) for one in error.readings}
        if not all(codes.values()):
            codes = {one.said: country_of(read_zone_said(one.written)) for one in error.readings}
        if len(set(codes.values())) > 1:
            raise AmbiguousError(text.strip(), [Reading(said, code) for said, code in codes.items()]) from None
        return next(iter(codes.values()), "") or clean_country(text)
    except UnfitError:
        return clean_country(text)


class _Asked(Struct, frozen=True):
    """What was typed, and in which country."""

    text: str
    home: str


class _Region(Struct, frozen=True):
    """A state or a whole country that stands behind a town."""

    country: str
    name: str
    state: State | None = None


def _one_zone(text: str, words: str, home: str) -> str:
    """Return the zone of one name: of a city, a state, a time, or a country that has only one."""
    if words in place_table("twice"):
        raise AmbiguousError(text.strip(), _readings_of(words))
    if zone := named_places().get(words) or cities_with_zones().get(words):
        return zone
    short = _TIME.sub("", words)
    if short != words:  # "uk time", "swedish time"
        code = place_table("adjectives").get(short, "")
        return _zone_of_country(text, code) if code else _one_zone(text, short, home)
    if regions := _regions(words.replace(",", "")):
        return _in_one_of(_Asked(text, home), "", regions)
    if states := states_of_town(words):
        return _in_one_of(_Asked(text, home), words, [_region_of(state) for state in states])
    zone = zone_keys().get(text.strip().casefold(), "")
    return zone if is_zone(zone) else ""


def _behind_town(asked: _Asked, words: str, country: str = "") -> str:
    """Return the zone of "boulder, colorado", "portland oregon" or "denver, co, usa"; empty when none is known."""
    tokens = words.replace(",", " , ").split()
    for at in range(max(1, len(tokens) - _LONGEST_REGION), len(tokens)):
        town = _joined(tokens[:at]).strip(" ,")
        regions = _regions(_joined(tokens[at:]), country)
        if not town or not regions:
            continue
        is_sure = tokens[at - 1] == "," or len(tokens[-1]) > 2 or tokens[-1].upper() in asked.text.split()
        if is_sure or any(_lies_in(town, region) for region in regions):
            return _in_one_of(asked, town, regions)
    return ""


def _of_parts(asked: _Asked, words: str) -> str:
    """Return the zone of "bengaluru, karnataka" or "shoreditch, london": of the one part that is known.

    What is nearly the name of a state or a country is a slip, and tells another town.
    """
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if len(parts) < 2 or any(close_to(part, names_of_regions()) for part in parts[1:]):
        return ""
    zones = {zone for part in parts if len(part) > 3 and (zone := _one_zone(asked.text, part, asked.home))}
    return zones.pop() if len(zones) == 1 else ""


def _in_one_of(asked: _Asked, town: str, regions: list[_Region]) -> str:
    """Return the zone of a town in the one region that is meant: where it is known to lie, else at home."""
    near = [region for region in regions if town and _lies_in(town, region)] or regions
    near = [region for region in near if region.country == asked.home] or near
    clocks = {(region.country, region.state.zone if region.state else "") for region in near}
    if len(near) == 1 or (len(clocks) == 1 and all(zone for _, zone in clocks)):
        return _in_region(asked, town, near[0])
    shown = " ".join(word.capitalize() for word in town.split())
    said = [f"{shown}, {region.name}".removeprefix(", ") for region in near]
    raise AmbiguousError(asked.text.strip(), [Reading(one, one) for one in said])


def _in_region(asked: _Asked, town: str, region: _Region) -> str:
    """Return the zone of a town in a region, known or not."""
    if region.state:
        return zone_in_state(asked.text, town, region.state)
    for name in (town, *town.split(",")):
        words = name.strip()
        if here := [zone for zone in _zones_of_name(words) if country_of(zone) == region.country]:
            return here[0]
        inner = [_region_of(state) for state in (*find_states(words, region.country), *states_of_town(words))]
        if inner := [one for one in inner if one.country == region.country]:
            return _in_one_of(asked, "" if find_states(words, region.country) else words, inner)
    if zone := _behind_town(asked, town, region.country):
        return zone
    return _zone_of_country(asked.text, region.country)


def _lies_in(town: str, region: _Region) -> bool:
    """Return whether a town of this name is known there."""
    town = town.rpartition(",")[2].strip()
    states = states_of_town(town)
    if region.state:
        zones = {region.state.zone} & set(_zones_of_name(town))
        return region.state in states or any(country_of(zone) == region.country for zone in zones)
    known = {country_of(zone) for zone in _zones_of_name(town)} | {state.country for state in states}
    return region.country in known or bool(find_states(town, region.country))


def _zones_of_name(words: str) -> list[str]:
    """Return the zones that a name of a city can mean."""
    if words in place_table("twice"):
        return list(place_table("twice")[words].values())
    return [zone for zone in (named_places().get(words, ""), cities_with_zones().get(words, "")) if zone]


def _regions(words: str, country: str = "") -> list[_Region]:
    """Return the states and the country that a name or a code means, perhaps only those within a country."""
    states = [_region_of(state) for state in find_states(words, country)]
    code = "" if country else country_code(words)
    name = "Georgia, the country" if code == "GE" else say_country(code)
    return [*states, _Region(code, name)] if code else states


def _region_of(state: State) -> _Region:
    name = f"{state.name}, US" if country_code(plain_words(state.name)) else state.name
    return _Region(state.country, name, state)


def _without_surroundings(words: str) -> str:
    """Return what was said of a place without what is none: a postcode, "greater", "remote"."""
    bare = words
    for pattern, other in place_table("around").items():
        bare = re.sub(pattern, other, bare)
    return " ".join(bare.split()).strip(" ,;-") or words


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace(" ,", ",")


def _zone_of_country(text: str, code: str) -> str:
    if code in place_table("several"):
        zones = list(place_table("several")[code])
        raise AmbiguousError(text.strip(), [Reading(city_in(zone), city_in(zone)) for zone in zones])
    zones = zones_by_country().get(code, [])
    return place_table("usual").get(code) or (zones[0] if zones else "")


def _readings_of(words: str) -> list[Reading]:
    return [Reading(said, said) for said in place_table("twice")[words]]
