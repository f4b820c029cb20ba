"""The figures of a text, in digits or words: "nine thousand" is "9,000". Dates, hours and numbers of things aside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from followup_mail.cadence.wording import MONTH_NAMES
from followup_mail.checks.prose import read_words
from followup_mail.checks.stock_words import stem
from followup_mail.regex import regex

_LISTS: Final = read_words("figures")
VALUES: Final[dict[str, int]] = _LISTS["values"]
"""What the words for the numbers up to ninety are worth, in their order."""
_GREAT: Final[dict[str, int]] = _LISTS["great"]
_ENDS_PART: Final = 1000
_NUMBER: Final = "|".join((*VALUES, *_GREAT))
_MONTHS: Final = (form.lower() for name in MONTH_NAMES for form in (name, name[:3]))
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)}|sept)\b"
_FIGURE: Final = regex(
    rf"(?P<words>\b(?:{_NUMBER})\b(?:(?:-|\s+|(?<=d)\s+and\s+)(?:{_NUMBER})\b){{0,4}})|"
    r"(?<![\w+.,/-])(?P<whole>\d{1,9}(?:[,.']\d{3}){0,2})(?:[.,]\d{1,2})?"
    r"(?P<kind>st\b|nd\b|rd\b|th\b|k\b|\s?(?:am|pm|a\.m|p\.m|o'clock)\b)?"
)
_NO_COUNT_AFTER: Final = regex(rf"\s+(?:of\s+)?{_MONTH}|\s+o'clock\b|[:./-]\d|[\s]\d|\w")
_NO_COUNT_BEFORE: Final = regex(
    rf"(?:{_MONTH}\.?\s+(?:the\s+)?|\d[:./\s-]|\bat\s+|#\s?|\b(?:{'|'.join(_LISTS['numbered'].split())})\.?\s+)\Z"
)
_YEARS: Final = range(1900, 2101)
NUMBER_STEMS: Final = frozenset(stem(word) for word in (*VALUES, *_GREAT))
LEAST: Final = 3
"""Smaller figures stand in any mail."""


@lru_cache(maxsize=2048)
def figures(text: str) -> frozenset[int]:
    """Return the figures of a text in its normal form."""
    return frozenset(
        value for match in _FIGURE.finditer(text) if (value := _value(match)) >= LEAST and _counts(text, match, value)
    )


def _counts(text: str, match: re.Match[str], value: int) -> bool:
    """Return whether a figure says how many or how much: it is no date, hour, year, or number of a room."""
    if match["kind"] not in {None, "k"} or _NO_COUNT_AFTER.match(text, match.end()):
        return False
    is_year = value in _YEARS and match["whole"] == str(value)
    return not is_year and not _NO_COUNT_BEFORE.search(text[max(0, match.start() - 20) : match.start()])


def _value(match: re.Match[str]) -> int:
    if match["whole"]:
        return int(re.sub(r"\D", "", match["whole"])) * (_ENDS_PART if match["kind"] == "k" else 1)
    return value_of_words(match["words"])


def value_of_words(words: str) -> int:
    """Return what number words are worth: "nine thousand and forty"."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words):
        part = max(part, 1) * _GREAT[word] if word in _GREAT else part + VALUES.get(word, 0)
        if _GREAT.get(word, 0) >= _ENDS_PART:
            total, part = total + part, 0
    return total + part
