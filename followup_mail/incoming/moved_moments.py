"""The moment from which a mail moves an interview away: "from Tuesday at 10:00 to Thursday at 2:30 pm"."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from followup_mail.incoming.named_moments import find_moments
from followup_mail.regex import regex

_MOVES: Final = regex(
    r"(?i)\b(?:mov|reschedul|postpon|push|shift|verschieb|verschob|verleg|report|d\u00e9plac|aplaz|traslad)"
)
_FROM: Final = regex(r"(?is)\b(?:from|von|vom|du|del)\s+(?P<old>.{5,60}?)\s+(?:to|auf|au|al|until)\s")
_NEAR: Final = 120


def without_old(text: str, moments: tuple[datetime, ...], written_on: date) -> tuple[datetime, ...]:
    """Return the moments without those that no longer hold; all where no other one is left."""
    moves = [found for found in _FROM.finditer(text) if _MOVES.search(_around(text, found.start(), found.end()))]
    old = {moment for found in moves for moment in find_moments(found["old"], written_on).moments}
    return tuple(moment for moment in moments if moment not in old) or moments


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _NEAR) : end + _NEAR]
