"""Where somebody is: time zones and countries, and the mistakes people make in writing them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.zone_names import guess_zone, read_meanings, read_zone_table
from followup_mail.regex import regex

# Names for the machine itself, for a placeholder, or for a clock that counts leap seconds.
_NOT_PLACES: Final = regex(r"(posix|right)/.*|localtime|posixrules|Factory")
# An offset alone, as people write it or as Unix does: "UTC+1", "<-03>3".
_OFFSET: Final = regex(r"(?i)(utc|gmt)?\s*[+-]\s*\d{1,2}(:?\d{2})?|<[+-]?\d+>[+-]?\d{1,2}(:\d{2})?")
# The database has these names for places without summer time.
_WITHOUT_SUMMER: Final = frozenset({"est", "mst"})


def clean_zone(text: str) -> str:
    """Return the name of a zone of the IANA database, also for ``:Europe/Berlin``, as Unix writes it."""
    name = text.removeprefix(":")
    if is_zone(name):
        return name
    guess = guess_zone(text)
    if _OFFSET.fullmatch(text):
        near = guess or "Europe/Berlin"
        raise UnfitError(f"{quoted(text)} does not know summer time", f'name the place instead, like "{near}"')
    raise UnfitError(
        f"{quoted(text)} is not a time zone", f'did you mean "{guess}"?' if guess else 'write it like "Europe/Berlin"'
    )


def is_zone(name: str) -> bool:
    """Return whether ``name`` is a zone of the IANA database that people mean when they write it."""
    return name.lower() not in _WITHOUT_SUMMER and not _NOT_PLACES.fullmatch(name) and _is_known(name)


def clean_country(text: str) -> str:
    """Return a two-letter country code (ISO 3166-1), upper-cased."""
    code = text.strip().upper()
    countries = country_names()
    if code in countries or (not countries and re.fullmatch("[A-Z]{2}", code)):
        return code
    import difflib

    by_name = read_meanings("countries") | {name.casefold(): known for known, name in countries.items()}
    near = difflib.get_close_matches(text[:60].strip().casefold(), by_name, n=1, cutoff=0.8)
    right = f'write "{by_name[near[0]]}"' if near else 'write "US", "DE", "GB"'
    raise UnfitError(f"{quoted(text)} is not a two-letter country code", right)


def _is_known(text: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        return bool(re.fullmatch(r"[A-Za-z0-9_+/-]+", text)) and ZoneInfo(text).key == text
    except (ValueError, OSError, KeyError):
        return False


@cache
def country_names() -> dict[str, str]:
    """Return the code and the English name of each country."""
    lines = (line.split("\t", 1) for line in read_zone_table("iso3166.tab") if not line.startswith("#"))
    return {code: name.strip() for code, name in lines}
