"""The day of a mail as a mail page shows it: "Nov 23, 2026, 10:52 AM (5 days ago)", "Mo., 23.11.2026", "10:14".

No page says where it was made, so 4/5 may be the fourth of May; a weekday beside it tells, else what is not still to
come. What cannot be told is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from followup_mail.incoming.letter_parts import (
    DAYS_AGO,
    HOURS_AGO,
    MONTHS,
    TODAY,
    WEEKDAYS,
    WEEKS_AGO,
    YESTERDAY,
)
from followup_mail.regex import regex

_ISO: Final = regex(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_DAY_MONTH: Final = regex(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?([^\W\d_]{3,10})\.?(?:,?\s+(?:de\s+)?(\d{4}))?"
)
_MONTH_DAY: Final = regex(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4}))?")
_NUMBERS: Final = regex(r"(?<![\d:])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d:])")
_AGO: Final = regex(r"(?<![\d:])(\d{1,3})\s+([^\W\d_]{1,8})\b")
_SAYS_AGO: Final = regex(r"\bago\b|\bvor\b|il y a|\bhace\b|\bfa\b|\bgeleden\b", re.IGNORECASE)
_CLOCK: Final = regex(r"(?<!\d)\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?!\d)|(?<!\d)\d{1,2}\s?[ap]m\b", re.IGNORECASE)
_LEFT: Final = regex(
    r"[\W\d_]+|\b(?:at|um|à|on|le|am|pm|uhr|de|of|via|a las|cet|cest|gmt|utc|est|edt|cst|cdt|pst|pdt)\b", re.IGNORECASE
)
_ONE_DAY: Final = timedelta(days=1)


def read_day(text: str, today: date) -> date | None:
    """Return the day that a line names, seen from ``today``; None where it names none, or one that cannot be told."""
    return next(_readings(text, today), None)


def is_moment(line: str) -> bool:
    """Return whether a line is nothing but a day or an hour."""
    if not re.search(r"\d", line) or len(line) > 80:
        return False
    rest = _CLOCK.sub(" ", line)
    words = [word for word in _LEFT.sub(" ", rest).split() if not _is_of_days(word.casefold())]
    return not words


def _readings(text: str, today: date) -> Iterator[date]:
    for year, month, day in _ISO.findall(text):
        yield from _made(int(year), int(month), int(day))
    for day, word, year in _DAY_MONTH.findall(text):
        yield from _of_month(word, day, year, today)
    for word, day, year in _MONTH_DAY.findall(text):
        yield from _of_month(word, day, year, today)
    for match in _NUMBERS.finditer(text):
        yield from _of_numbers(match, text, today)
    yield from _relative(text, today)


def _of_month(word: str, day: str, year: str, today: date) -> Iterator[date]:
    if month := MONTHS.get(word.casefold()):
        yield from _made(int(year), month, int(day)) if year else _latest(month, int(day), today)


def _of_numbers(match: re.Match[str], text: str, today: date) -> Iterator[date]:
    pair, mark, year = (int(match[1]), int(match[3])), match[2], match[4]
    if mark == "." and not year and not re.search(rf"\b{pair[0]}\.{pair[1]}\.(?!\d)", text):
        return  # 10.14 is an hour
    orders = (pair,) if mark == "." else (pair, (pair[1], pair[0]))
    whole = int(year) + (2000 if len(year) == 2 else 0) if year else 0
    found = dict.fromkeys(
        made for day, month in orders for made in (_made(whole, month, day) if whole else _latest(month, day, today))
    )
    past = [made for made in found if made <= today + _ONE_DAY]
    weekdays = _weekdays(" ".join(text[: match.start()].split()[-2:]))  # behind it stands a name: "Sam wrote"
    named = [made for made in past if made.weekday() in weekdays]
    if len(named or past) == 1:
        yield (named or past)[0]


def _relative(text: str, today: date) -> Iterator[date]:
    words = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.casefold().replace("\u2019", "'")))
    if _SAYS_AGO.search(text):
        for number, unit in _AGO.findall(text.casefold()):
            if unit in HOURS_AGO:
                yield today
            elif unit in DAYS_AGO | WEEKS_AGO:
                yield today - int(number) * (7 if unit in WEEKS_AGO else 1) * _ONE_DAY
    if words & YESTERDAY:
        yield today - _ONE_DAY
    if words & TODAY:
        yield today
    if _CLOCK.search(text):
        weekdays = _weekdays(text)
        latest = (today - back * _ONE_DAY for back in range(7))
        yield next((day for day in latest if day.weekday() in weekdays), today)


def _made(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _latest(month: int, day: int, today: date) -> Iterator[date]:
    """Yield the latest such day that is not still to come."""
    for year in (today.year, today.year - 1):
        for made in _made(year, month, day):
            if made <= today + _ONE_DAY:
                yield made
                return


def _weekdays(text: str) -> set[int]:
    """Return which weekdays a text names, Monday 0."""
    return {WEEKDAYS[word] for word in re.findall(r"[^\W\d_]{2,}", text.casefold()) if word in WEEKDAYS}


def _is_of_days(word: str) -> bool:
    known = (
        TODAY
        | YESTERDAY
        | HOURS_AGO
        | DAYS_AGO
        | WEEKS_AGO
        | {"ago", "vor", "il", "y", "hace", "fa", "geleden", "d", "hui"}
    )
    return word in known or word in MONTHS or word in WEEKDAYS
