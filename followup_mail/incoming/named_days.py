"""Days that the text of a mail names: "18 November", "am 18.11.", "Nov 18, 2026", "11/18", "next Thursday".

A day without a year is the first from the day of the mail on. Where day and month could be either, both readings are
returned, unless a weekday beside it tells; "next Thursday" has the readings of ``facts.said_days``. The words are in
``named_days.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from followup_mail.facts.said_days import find_days
from followup_mail.facts.said_readings import Side, tidy_words
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.incoming.letter_parts import WEEKDAYS
from followup_mail.regex import regex

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
MONTHS: Final[dict[str, int]] = {
    word: number for number, words in enumerate(_WORDS["months"], 1) for word in words.split()
}
"""The number of a month by its name, in small letters."""
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_ORDINAL: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_YEAR: Final = r"(?:,?\s+(?:de\s+)?(?P<year>20\d\d)\b)?"
_DAYS: Final = (
    regex(rf"(?i)(?<![\d.:]){_ORDINAL}\s+(?:of\s+|de\s+)?{_MONTH}{_YEAR}"),
    regex(rf"(?i)\b{_MONTH}\s+{_ORDINAL}\b(?!:){_YEAR}"),
    regex(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    regex(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>20\d\d|\d\d(?=[\s,;]|\Z)))?(?!\d)"),
)
_SLASHES: Final = regex(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(20\d\d|\d\d))?(?![\d/])")
_WEEKDAY_BEFORE: Final = regex(r"([^\W\d_]{2,10})\.?,?\s*(?:(?:the|den|der|le|the)\s+)?\Z")
_ENGLISH: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_RELATIVE: Final = regex(
    rf"\b(?:(?i:(?:(?:this|next|coming)\s+)?(?:{_ENGLISH}))|{'|'.join(_WORDS['tomorrow'])}|Tomorrow|Demain|Domani)\b"
)


class NamedDay(NamedTuple):
    """A day, and where the text names it."""

    start: int
    end: int
    day: date
    is_weak: bool = False
    """Two numbers, which may be something else where no hour stands beside them: "24/7", "1.2."."""


def find_named_days(text: str, written_on: date) -> list[NamedDay]:
    """Return the days that a text names, in the order of the text."""
    return sorted(_dates(text, written_on))


def find_relative_days(text: str, written_on: date) -> list[NamedDay]:
    """Return the days that a text names by their weekday or as tomorrow: of use where an hour stands beside them."""
    return sorted(_relative(text, written_on))


def _dates(text: str, written_on: date) -> Iterator[NamedDay]:
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            word = match["month"].casefold()
            month = int(word) if word.isdigit() else MONTHS[word]
            if day := _day(int(match["day"]), month, match["year"], written_on):
                yield NamedDay(*match.span(), day, is_weak=word.isdigit() and not match["year"])
    for match in _SLASHES.finditer(text):
        first, second = int(match[1]), int(match[2])
        readings = {_day(first, second, match[3], written_on), _day(second, first, match[3], written_on)} - {None}
        weekday = _weekday_before(text, match.start())
        right = {day for day in readings if day and day.weekday() == weekday}
        is_weak = not match[3] and weekday is None
        yield from (NamedDay(*match.span(), day, is_weak) for day in right or readings if day)


def _relative(text: str, written_on: date) -> Iterator[NamedDay]:
    for match in _RELATIVE.finditer(text):
        words = match[0].casefold()
        try:
            said = tidy_words("tomorrow" if words in _WORDS["tomorrow"] else words)
            days = find_days(said, written_on, Side.COMING)
        except UnfitError:
            continue
        yield from (NamedDay(*match.span(), day) for day in days)


def _weekday_before(text: str, start: int) -> int | None:
    found = _WEEKDAY_BEFORE.search(text[max(start - 20, 0) : start])
    return WEEKDAYS.get(found[1].casefold()) if found else None


def _day(day: int, month: int, year: str | None, written_on: date) -> date | None:
    years = (int(year) % 100 + 2000,) if year else (written_on.year, written_on.year + 1)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= written_on:
            return found
    return None
