"""Where somebody is: names of time zones and codes of countries, and the slips people make in them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from followup_mail.facts.unfit import UnfitError, quoted

# What people write, and the zone they mean in an hour of summer time too. "EST" and "MST" are names in the database,
# but stand for a place without summer time: an hour off for half the year.
_MEANT: Final = {
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
    "bst": "Europe/London",
    "cest": "Europe/Berlin",
    "eest": "Europe/Helsinki",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
}
# Names that stand for the machine, for a placeholder, or for a clock that counts leap seconds.
_NOT_PLACES: Final = re.compile(r"(posix|right)/.*|localtime|posixrules|Factory")
_OTHER_NAMES: Final = dict.fromkeys(["uk", "united kingdom", "great britain", "england", "scotland", "wales"], "GB") | {
    "usa": "US",
    "america": "US",
    "holland": "NL",
    "czech republic": "CZ",
}
_OFFSET: Final = re.compile(r"(?i)(utc|gmt)?\s*[+-]\s*\d{1,2}(:?\d{2})?")


def clean_zone(text: str) -> str:
    """Return the name of a time zone of the IANA database."""
    if text.lower() not in _MEANT and not _NOT_PLACES.fullmatch(text) and _is_known(text):
        return text
    if _OFFSET.fullmatch(text):
        raise UnfitError(f"{quoted(text)} does not know summer time", 'name the place instead, like "Europe/Berlin"')
    guess = _nearest_zone(text[:60])
    raise UnfitError(
        f"{quoted(text)} is not a time zone", f'did you mean "{guess}"?' if guess else 'write it like "Europe/Berlin"'
    )


def clean_country(text: str) -> str:
    """Return a two-letter country code (ISO 3166-1), upper-cased."""
    code = text.strip().upper()
    import difflib

    countries = _countries()
    if code in countries or (not countries and re.fullmatch("[A-Z]{2}", code)):
        return code
    by_name = _OTHER_NAMES | {name.casefold(): known for known, name in countries.items()}
    near = difflib.get_close_matches(text[:60].strip().casefold(), by_name, n=1, cutoff=0.8)
    right = f'write "{by_name[near[0]]}"' if near else 'write "US", "DE", "GB"'
    raise UnfitError(f"{quoted(text)} is not a two-letter country code", right)


def _is_known(text: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        return bool(re.fullmatch(r"[A-Za-z0-9_+/-]+", text)) and ZoneInfo(text).key == text
    except (ValueError, OSError, KeyError):
        return False


def _nearest_zone(text: str) -> str:
    """Return the zone that was probably meant: an abbreviation, a city, a slip of the pen; or nothing."""
    import difflib

    wanted = text.strip().replace(" ", "_").lower()
    if wanted in _MEANT:
        return _MEANT[wanted]
    known = _zones()
    cities = {name.rsplit("/", 1)[-1].lower(): name for name in known}
    names = {name.lower(): name for name in known}
    for table in (names, cities):
        near = difflib.get_close_matches(wanted, table, n=1, cutoff=0.8)
        if near:
            return table[near[0]]
    return ""


@cache
def _zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones

    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


@cache
def _countries() -> dict[str, str]:
    """Return code and English name of each country, from the table that comes with the time zone database."""
    from importlib.resources import files

    try:
        table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    except (ImportError, OSError):
        return {}
    lines = (line.split("\t", 1) for line in table.splitlines() if not line.startswith("#"))
    return {code: name.strip() for code, name in lines}
