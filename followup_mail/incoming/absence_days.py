"""The days that a note of absence names, each with what stands around it: numbers, names of months, weekdays.

A year that is not said is guessed from the day of the mail. "03/04" is read as the zone of the sender and the language
have it; where they do not tell, as the later of both that lies ahead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from followup_mail.incoming.named_days import MONTHS
from followup_mail.regex import regex

_TABLES: Final = tomllib.loads(Path(__file__).with_name("absence.toml").read_text("utf-8"))
WEEKDAYS: Final = {word: at for at, words in enumerate(_TABLES["weekdays"]) for word in words.split()}
_RELATIVE: Final[dict[str, int]] = {word: int(days) for days, words in _TABLES["relative"].items() for word in words}
_NEXT: Final = frozenset(_TABLES["next"])
_MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY: Final = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?"
_DAY: Final = r"\d{1,2}(?!\d)(?:st|nd|rd|th|er|°|º|ª|\.)?"
_OF: Final = r"\s*(?:of\s|de\s|d')?\s*"
_YEAR: Final = r"(?:,?\s*(?:de\s|del\s)?(?P<{name}>20\d\d)\b)?"
_FORMS: Final = (
    regex(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    regex(rf"(?<![\d./])(?P<day>{_DAY}){_OF}(?P<name>{_MONTH}){_YEAR.format(name='year')}"),
    regex(rf"\b(?P<name>{_MONTH})\s*(?P<day>{_DAY})(?![:.]\d){_YEAR.format(name='year')}"),
    regex(
        r"(?<![\d./:])(?P<one>\d{1,2})(?P<sign>[./]"
        r"|(?<!-\d)(?<!-\d\d)-)\s?(?P<two>\d{1,2})(?:(?P=sign)\s?(?P<year>20\d\d|\d\d)(?!\d)|\.?)(?![\d:/])"
    ),
)
# "from 7 to 11 December", "7.-11.12.", "du 7 au 11": the first has no month of its own.
_BARE: Final = regex(
    r"(?<![\d./:-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s*(?:-|\u2013|\u2014|to|through|until|till|bis|au|al|all'"
    r"|tot(?: en met)?|t/m|and|und|et|y|e|en)\s*(?:the |zum |el |il |le )?\Z"
)
_WEEKDAY_ALONE: Final = regex(rf"\b(?P<weekday>{_WEEKDAY})")
_RELATIVE_WORD: Final = regex(rf"\b(?:{'|'.join(map(re.escape, sorted(_RELATIVE, key=len, reverse=True)))})\b")
_MONTH_ALONE: Final = regex(rf"(?<!\d)(?<!\d[ .])\b(?P<name>{_MONTH})(?:\s+(?P<year>20\d\d))?(?!\s*\d)")
# "the 14th", "el miércoles día 9", "am Mittwoch, dem 9.", "mercredi 9": without a month, the next of that number.
_OF_MONTH: Final = regex(
    r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b|\b(?:d[ií]a|den|dem|le|il"
    r"|giorno) (?P<other>\d{1,2})\b\.?(?![\d:/.-]|\s?(?:h|uhr|%|:))"
)
# "Mai" is "never" in Italian, and "Mei" is a name.
_SHORT_MONTHS: Final = frozenset({"mai", "mei"})
_BEFORE_MONTH: Final = regex(
    r"\b(?:bis|im|ab|zum|anfang|mitte|ende|einschließlich|en|fin|début|mi|de|tot|in|eind|begin|half|vanaf|en met)[ -]\Z"
)
_NEAR: Final = 12
_LIMIT: Final = 30
_AWAY_FROM_UTC: Final = range(-10 * 60, -3 * 60 + 1)
"""Minutes from UTC at which the month comes first in "12/14"."""


class Place(NamedTuple):
    """From whom a date is."""

    on: date
    """The day of the mail."""
    offset: int | None
    """Minutes from UTC; None where that tells nothing."""
    is_english: bool


class NamedDay(Struct, frozen=True):
    """A day in a sentence."""

    start: int
    end: int
    day: date
    begins: bool = False
    """Whether it is the first of two that a span has."""
    is_month: bool = False
    """Whether a month alone is named: the day is its first."""
    is_weekday: bool = False
    """Whether a weekday alone is named."""


def find_days(text: str, place: Place) -> tuple[NamedDay, ...]:
    """Return the days that a sentence in small letters names, in order."""
    found: list[NamedDay] = []
    for one in (
        *_dates(text, place),
        *_of_month(text, place),
        *_weekdays(text, place),
        *_relative(text, place),
        *_months(text, place),
    ):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return tuple(sorted(found[:_LIMIT], key=lambda one: one.start))


def _dates(text: str, place: Place) -> Iterator[NamedDay]:
    for form in _FORMS:
        for match in form.finditer(text):
            if day := _read(match, place):
                start = _with_weekday(text, match.start())
                yield NamedDay(start, match.end(), day)
                if first := _BARE.search(text[: match.start()]):
                    begins = _on(day.year, day.month, int(first["day"]))
                    if begins and begins < day:
                        yield NamedDay(first.start(), first.end(), begins, begins=True)


def _with_weekday(text: str, start: int) -> int:
    """Return where a date begins with the weekday in front of it."""
    before = text[max(0, start - 2 * _NEAR) : start]
    found = re.search(rf"\b{_WEEKDAY}(?:,?\s*(?:the|den|dem|le|el|il|de|d\.|,|\(|-|\u2013)?\s*)\Z", before)
    return start - len(before) + found.start() if found else start


def _read(match: re.Match[str], place: Place) -> date | None:
    parts = match.groupdict()
    year = parts.get("year") or ""
    if parts.get("one"):
        return _in_figures(parts, place)
    day = int(re.sub(r"\D", "", parts["day"]))
    month = MONTHS[parts["name"].rstrip(".")] if parts.get("name") else int(parts["month"])
    return _on(int(year), month, day) if year else _nearest(month, day, place.on)


def _in_figures(parts: dict[str, str], place: Place) -> date | None:
    one, two = int(parts["one"]), int(parts["two"])
    year = int(parts["year"]) % 100 + 2000 if parts["year"] else 0
    orders = [(two, one)] if parts["sign"] == "." else [(two, one), (one, two)]
    if parts["sign"] != "." and not (place.is_english and place.offset is None):
        is_month_first = place.is_english and place.offset in _AWAY_FROM_UTC
        orders = orders[::-1] if is_month_first else orders
        orders = [order for order in orders if order[0] <= 12 and order[1] <= 31][:1]
    days = [_on(year, *order) if year else _nearest(*order, place.on) for order in orders]
    ahead = [day for day in days if day and day >= place.on]
    return max(ahead) if ahead else next((day for day in days if day), None)


def _nearest(month: int, day: int, on: date) -> date | None:
    """Return the date of a year that lies nearest to a day, a past one only if it is near."""
    found = [one for year in (on.year - 1, on.year, on.year + 1) if (one := _on(year, month, day))]
    return min(found, key=lambda one: (one - on).days if one >= on else 2 * (on - one).days, default=None)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_month(text: str, place: Place) -> Iterator[NamedDay]:
    """Yield "the 14th": the next day of that number."""
    for match in _OF_MONTH.finditer(text):
        ahead = [place.on + timedelta(days=days) for days in range(32)]
        if day := next((one for one in ahead if one.day == int(match["day"] or match["other"])), None):
            yield NamedDay(_with_weekday(text, match.start()), match.end(), day)


def _weekdays(text: str, place: Place) -> Iterator[NamedDay]:
    """Yield the weekdays without a date: each the next one after the day of the mail."""
    for match in _WEEKDAY_ALONE.finditer(text):
        number = WEEKDAYS[match["weekday"].rstrip(".")]
        day = place.on + timedelta(days=(number - place.on.weekday() - 1) % 7 + 1)
        yield NamedDay(*match.span(), day, is_weekday=True)


def _relative(text: str, place: Place) -> Iterator[NamedDay]:
    """Yield "tomorrow" and the like, and the Monday of "next week"."""
    monday = place.on + timedelta(days=7 - place.on.weekday())
    for match in _RELATIVE_WORD.finditer(text):
        days = _RELATIVE[match[0]]
        yield NamedDay(*match.span(), place.on + timedelta(days=days) if days < 7 else monday)


def _months(text: str, place: Place) -> Iterator[NamedDay]:
    """Yield the months that are named without a day; short ones only with their year, or as "bis Mai"."""
    for match in _MONTH_ALONE.finditer(text):
        name = match["name"].rstrip(".")
        is_sure = name in _SHORT_MONTHS and _BEFORE_MONTH.search(text[: match.start()])
        if len(name) < 4 and not match["year"] and not is_sure:
            continue
        month = MONTHS[name]
        year = int(match["year"]) if match["year"] else place.on.year + (month <= place.on.month)
        yield NamedDay(*match.span(), date(year, month, 1), is_month=True)
