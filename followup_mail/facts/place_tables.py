"""The tables of places: ``said_places.toml``, and the cities and countries of the time zone database."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from followup_mail.facts.said_readings import plain_words
from followup_mail.facts.zone_and_country import country_names
from followup_mail.facts.zone_names import country_by_zone, modern_name


def city_in(zone: str) -> str:
    """Return the city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def country_code(words: str) -> str:
    """Return the code that is meant by a name, or by two letters that are one."""
    names = place_table("countries") | {plain_words(name): code for code, name in country_names().items()}
    return names.get(words, "") or (words.upper() if words.upper() in country_names() else "")


def say_country(code: str) -> str:
    """Return the English name of a country, as it stands in a sentence."""
    return place_table("called").get(code) or country_names().get(code, code)


def country_of(zone: str) -> str:
    """Return the code of the country whose clocks a zone shows; nothing for a zone of several or none."""
    return country_by_zone().get(modern_name(zone), "")


@cache
def zones_by_country() -> dict[str, list[str]]:
    """Return the zones of each country, by its code."""
    found: dict[str, list[str]] = {}
    for zone, code in country_by_zone().items():
        found.setdefault(code, []).append(zone)
    return found


@cache
def cities_with_zones() -> dict[str, str]:
    """Return the cities that have a zone of their own, with it."""
    return {plain_words(city_in(zone)): zone for zone in sorted(country_by_zone(), key=lambda zone: -zone.count("/"))}


@cache
def zone_keys() -> dict[str, str]:
    """Return every zone of the database by its name in small letters."""
    from zoneinfo import available_timezones

    return {zone.casefold(): zone for zone in available_timezones()}


@cache
def named_places() -> dict[str, str]:
    """Return the places of the tables that have one meaning, with their zone."""
    every = place_table("airports") | place_table("abroad") | place_table("zones")
    return {name: zone for name, zone in every.items() if name not in place_table("twice")}


@cache
def place_table(kind: str) -> dict[str, Any]:
    """Return a table of ``said_places.toml``, keyed by what people write."""
    data: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("said_places.toml").read_text("utf-8"))
    match kind:
        case "zones" | "abroad" | "airports" | "countries" | "adjectives":
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
