"""Whose clocks a mail means, by what stands behind an hour: "EST", "(Oslo time)", "(GMT-06:00) Central Time"."""

from __future__ import annotations

from typing import Final, NamedTuple

from followup_mail.facts.said_places import read_zone_said
from followup_mail.facts.said_readings import AmbiguousError
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.facts.zone_names import guess_zone
from followup_mail.regex import regex

_END_OF_SPAN: Final = (
    r"\s*(?:(?:-|\u2013|\u2014|to|until|bis|à)\s*\d{1,2}(?:[:.h]\d\d)?\s*(?:[AaPp]\.?[Mm]\b\.?|Uhr\b|h\b)?)?"
)
_OFFSET: Final = r"\(?(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?\)?(?:\s+[A-Z]\w+(?:,? [A-Z]\w+){0,4}(?: \(US & Canada\))?)?"
_OF_PLACE: Final = r"(?:[A-Z][\w.]*[ ]){1,3}(?:[Tt]ime|Zeit)\b"
_TIME_OF: Final = r"(?:[Hh]ora(?: local)? del? |[Hh]eure (?:locale )?(?:de |d['\u2019])|[Oo]ra di )"
_BY_PLACE: Final = rf"{_TIME_OF}(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
_AMERICAN: Final = r"(?:Eastern|Central|Mountain|Pacific)\b(?!\s+[A-Z])"
_SHORT: Final = r"[A-Z]{1,4}T\b|MESZ\b|MEZ\b|UTC\b|Z\b"
_ZONE: Final = regex(rf"{_END_OF_SPAN}[\s,(\[]{{0,4}}(?P<zone>{_OFFSET}|{_BY_PLACE}|{_OF_PLACE}|{_AMERICAN}|{_SHORT})")
_HALF_DAY: Final = regex(r"(?i)[ap]\.?m\.?\Z")
# Names that stand for clocks without a place in the database, or are no English.
_PLACES: Final = {
    **dict.fromkeys(("CET", "MEZ", "MESZ"), "Europe/Berlin"),
    "GMT": "Europe/London",
    "WET": "Europe/Lisbon",
    "EET": "Europe/Athens",
    "Z": "UTC",
}
_REACH: Final = 90


class NamedZone(NamedTuple):
    """What a mail says of its clocks."""

    zone: str = ""
    words: str = ""
    """As the mail has it; with an empty zone it was not understood."""


def zone_behind(text: str, end: int) -> NamedZone:
    """Return the zone that stands right behind an hour, which ends at ``end``."""
    found = _ZONE.match(text[end : end + _REACH])
    if not found:
        return NamedZone()
    words = " ".join(found["zone"].split())
    if words == "Central" and _HALF_DAY.search(text[:end]):
        return NamedZone("America/Chicago", words)
    zone = _PLACES.get(words) or _read(found["place"] or words)
    is_short = words.isalpha() and words not in _PLACES
    return NamedZone(zone, words) if zone or not is_short or _is_shared(words) else NamedZone()


def _read(words: str) -> str:
    try:
        return read_zone_said(words)
    except AmbiguousError:
        return ""
    except UnfitError:
        return guess_zone(words) if "+" in words or "-" in words else ""


def _is_shared(words: str) -> bool:
    """Return whether several places share a short name: "CST"."""
    try:
        read_zone_said(words)
    except AmbiguousError:
        return True
    except UnfitError:
        return False
    return False
