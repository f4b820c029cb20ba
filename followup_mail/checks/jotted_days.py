"""Weekdays and months as notes jot them: "back sat", "early mar"; not "she sat with them" or "it may need help"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.checks.day_mentions import MONTHS
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.regex import regex

_WEEKDAY: Final = regex(r"\b(?:mon|tues?|weds?|thu|thurs?|fri|sat|sun)(?:s?day|nesday|rsday|urday)?(?:'?s)?\b")
_SHORT_DAYS: Final = tuple(day[:3] for day in WEEKDAYS)
_SHORT_MONTHS: Final = tuple(month[:3] for month in MONTHS)
_MONTH: Final = regex(rf"\b(?:{'|'.join((*MONTHS, *_SHORT_MONTHS))}|sept|febuary)\b")  # The last as many type it.
_WORDS_TOO: Final = frozenset(("sat", "sun", "wed", "may", "mar"))
"""These are a day or a month only where their neighbours say so."""
_OF_TIME: Final = regex(
    r"(?:\b(?:on|by|next|last|this|from|until|till|to|and|or|before|after|since|in|early|late|mid)|[,/(&–-]|"
    r"\d(?:st|nd|rd|th)?)\s*\Z"
)
_OF_A_VERB: Final = regex(r"\b(?:i|you|s?he|it|we|they|who|what|as|the|has|had|have|newly)\s+\Z")
_DATED: Final = regex(r"\s*(?:\d|[,;.:/)!?\n]|\Z)")


def weekdays_jotted(text: str) -> frozenset[int]:
    """Return the weekdays that a text in normal form names, short or not; 0 for Monday."""
    return frozenset(_SHORT_DAYS.index(found[:3]) for found in _days_in(_WEEKDAY, text))


def months_jotted(text: str) -> frozenset[int]:
    """Return the months that a text in normal form names, short or not; 1 for January."""
    return frozenset(_SHORT_MONTHS.index(found[:3]) + 1 for found in _days_in(_MONTH, text))


def _days_in(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (match[0] for match in pattern.finditer(text) if match[0] not in _WORDS_TOO or _is_day(match, text))


def _is_day(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    if _OF_A_VERB.search(before):
        return False
    return bool(_OF_TIME.search(before) or _DATED.match(text, match.end()))
