"""The place that a mail names beside a moment: "um 14:30 Uhr in unserem Hause in Köln". Only ever a proposal."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from followup_mail.facts.said_places import read_place_said
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.incoming.named_moments import find_moments
from followup_mail.regex import regex

_WORD: Final = r"[A-Z\u00c0-\u00de][\w\u2019'-]+"
_PLACE: Final = regex(
    r"(?:\b(?:in|near|bei|\u00e0|en|a)\s+|\()"
    rf"(?P<place>{_WORD}(?: (?:am |an der |upon |of )?{_WORD}){{0,2}})(?=[\s.,;)!]|\Z)"
)
_LINES_LIMIT: Final = 200


class NamedPlace(NamedTuple):
    """A place, and whose clocks are there."""

    name: str = ""
    zone: str = ""


def find_place(text: str, written_on: date) -> NamedPlace:
    """Return the one place that stands in a line with a moment; nothing where there are two, or none that is known."""
    lines = [line for line in text.split("\n")[:_LINES_LIMIT] if any(sign.isdigit() for sign in line)]
    named = [line for line in lines if _PLACE.search(line) and find_moments(line, written_on).moments]
    found = [place for line in named for match in _PLACE.finditer(line) if (place := _known(match["place"]))]
    return found[0] if len({place.zone for place in found}) == 1 else NamedPlace()


def _known(name: str) -> NamedPlace | None:
    """Return the place of a name, or of its first words: "in Berlin Kreuzberg"."""
    words = name.split()
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count])
        try:
            return NamedPlace(said, read_place_said(said).zone) if len(said) > 3 else None
        except UnfitError:
            continue
    return None
