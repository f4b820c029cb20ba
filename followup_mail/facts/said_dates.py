"""A date with its month: "November 5", "5th of nov 2026", "2026-11-05", "5/6", "the 3rd"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from followup_mail.facts.said_readings import AmbiguousError, Reading, Side, WrongSideError, read_table, spell_day
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

_FAR: Final = 183
"""Days. A date without a year that lies farther off is more likely to be on the other side of today."""

_CLOSE: Final = 62
_LONG_PAST: Final = 122
"""Days. An interview that would lie farther back without its year is asked about."""

_DAY: Final = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?: '?(?P<year>\d{4}|2[5-9]|[3-9]\d))?"
"""Two figures are a year only where they are no hour."""
_BEFORE: Final = r"(?:on |by |until )?(?:(?!the )(?P<weekday>[a-z]{2,10}) )?"
_FORMS: Final = (
    regex(rf"{_BEFORE}{_DAY}(?: of)? (?P<month>[a-z]+){_YEAR}"),
    regex(rf"{_BEFORE}(?!the )(?P<month>[a-z]+) {_DAY}{_YEAR}"),
)
_ISO: Final = regex(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_NUMERIC: Final = regex(
    r"(?:on |by |until )?(?:(?P<weekday>[a-z]{2,10}) (?:the )?)?"
    r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<last>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d\d))?\.?"
)
_OF_MONTH: Final = regex(
    rf"{_BEFORE}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?: of (?P<which>this|next|last) month)?"
)
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL: Final = regex(rf"\b(?:(?P<tens>twenty|thirty)[ -])?(?P<number>{'|'.join(_ORDINALS)}|thirtieth)\b")
_MONTHS_ON: Final = {"this": 0, "next": 1, "last": -1}


def read_dates(words: str, today: date, side: Side) -> tuple[date, ...] | None:
    """Return the dates that ``words`` can mean; None when they are no date, none when no calendar has it.

    Without a year it is the nearest on the side that is asked about, with a weekday the nearest that falls on it, on
    either side. Raises ``UnfitError`` for a weekday on which the date does not fall anywhere near, ``AmbiguousError``
    for a date that lies half a year off, where the other side is as likely.
    """
    words = _ORDINAL.sub(_in_digits, words)
    if found := _ISO.fullmatch(words):
        return _on(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _NUMERIC.fullmatch(words)
    if found and (found["weekday"] or "mon") in read_table("weekdays"):
        return _in_figures(words, found, today, side)
    found = _OF_MONTH.fullmatch(words)
    if found and (found["weekday"] or "mon") in read_table("weekdays"):
        every = [] if found["which"] else _within(_CLOSE, _each_month(int(found["day"]), today), today)
        return _on_weekday(words, found["weekday"], _of_month(found, today, side), every, (today, side))
    for form in _FORMS:
        found = form.fullmatch(words)
        month = _month_number(found["month"]) if found else 0
        if found and month and (found["weekday"] or "mon") in read_table("weekdays"):
            return _named(words, found, month, today, side)
    return None


def _in_digits(found: re.Match[str]) -> str:
    """Return "21st" for "twenty-first", as all ordinals in figures are read."""
    tens = {"twenty": 20, "thirty": 30}.get(found["tens"] or "", 0)
    number = 30 if found["number"] == "thirtieth" else _ORDINALS.index(found["number"]) + 1
    return f"{tens + number}th"


def is_written_in_full(words: str) -> bool:
    """Return whether a date names its year."""
    numeric = _NUMERIC.fullmatch(words)
    return bool(re.search(r"\b\d{4}\b", words) or (numeric and numeric["year"]))


def is_in_figures(words: str) -> bool:
    """Return whether a date is written as "5/6", in which nobody knows what is the month."""
    return bool(_NUMERIC.fullmatch(words))


def _in_figures(words: str, found: re.Match[str], today: date, side: Side) -> tuple[date, ...]:
    """Return "11/19" with the month first and last; of a weekday beside it only what falls on it."""
    first, last, year = int(found["first"]), int(found["last"]), found["year"] or ""
    orders = sorted({(first, last), (last, first)})
    if found["sign"] == "." and (year or words.endswith(".")) and last <= 12:
        orders = [(last, first)]  # dots divide day and month wherever they are written
    days = tuple(day for month, number in orders for day in _in_order(month, number, year, today, side))
    if not found["weekday"]:
        return days
    every = [] if year else [day for month, number in orders for day in _each_year(month, number, today)]
    return _on_weekday(words, found["weekday"], days, _within(_FAR, every, today), (today, side))


def _named(words: str, found: re.Match[str], month: int, today: date, side: Side) -> tuple[date, ...]:
    days = _dates(month, int(found["day"]), found["year"] or "", today, side)
    every = [] if found["year"] else _each_year(month, int(found["day"]), today)
    if found["weekday"] and days:
        return _on_weekday(words, found["weekday"], days, _within(_FAR, every, today), (today, side))
    return _unless_far(words, days, every, today, side) if every else days


def _on_weekday(
    words: str, weekday: str | None, days: tuple[date, ...], near: list[date], asked: tuple[date, Side]
) -> tuple[date, ...]:
    """Return the days that fall on the weekday that was said with them, else the nearest of those that are ``near``.

    Raises ``UnfitError`` when there is none.
    """
    today, side = asked
    name = read_table("weekdays")[weekday].capitalize() if weekday else ""
    # Without its year a date that fits only a year off is a slip in the weekday, unless only the past is asked about.
    right = tuple(
        day for day in days if spell_day(day).startswith(name) and (day in near or not near or side is Side.PAST)
    )
    if days and not right:
        if others := [day for day in near if spell_day(day).startswith(name)]:
            return (_nearest(others, today),)
        meant = _nearest(near, today) if near and side is not Side.PAST else days[0]
        raise UnfitError(f"{quoted(words)} contradicts itself: that is {spell_day(meant)}", "write the day again")
    return right


def _unless_far(words: str, days: tuple[date, ...], all_days: list[date], today: date, side: Side) -> tuple[date, ...]:
    """Return the date; ask for the year where the one on the right side lies farther off than the one on the other."""
    near = _nearest(all_days, today)
    if side.takes_nearest and days and len(both := _with_next(near, all_days, today)) > 1:
        raise AmbiguousError(words, [Reading(spell_day(day), day.isoformat()) for day in both])
    if not days or near == days[0] or abs((days[0] - today).days) <= _FAR:
        return days
    if side.takes_nearest and abs((near - today).days) <= _FAR:
        return (near,)
    if side.is_strict:
        wrong = "is still to come" if side.is_past else "has passed"
        right = f'write "{days[0]}" if you mean {spell_day(days[0])}'
        raise WrongSideError(f"{quoted(words)} {wrong}: {spell_day(near)}", right)
    either = sorted({days[0], near})
    raise AmbiguousError(words, [Reading(spell_day(day), day.isoformat()) for day in either])


def _with_next(near: date, all_days: list[date], today: date) -> tuple[date, ...]:
    """Return a date without its year, with the next one where it would lie too long back to be what is meant."""
    return (near, min(day for day in all_days if day >= today)) if (today - near).days > _LONG_PAST else (near,)


def _within(span: int, days: list[date], today: date) -> list[date]:
    return [day for day in days if abs((day - today).days) <= span]


def _nearest(days: list[date], today: date) -> date:
    return min(days, key=lambda day: abs((day - today).days), default=today)


def firsts_of_month(word: str, today: date) -> list[date]:
    """Return the first day of a month named in words, in each year around today; none for any other word."""
    month = _month_number(word)
    return _each_year(month, 1, today) if month else []


def _month_number(word: str) -> int:
    """Return the number of a month, 0 for any other word."""
    month = read_table("months").get(word)
    return list(dict.fromkeys(read_table("months").values())).index(month) + 1 if month else 0


def _in_order(month: int, number: int, year: str, today: date, side: Side) -> tuple[date, ...]:
    """Return the date that a month and a day in figures mean: on the other side when that is close, and this is far."""
    days = _dates(month, number, year, today, side)
    if days and not (year or side.is_strict) and abs((days[0] - today).days) > _FAR:
        near = _nearest(_each_year(month, number, today), today)
        if side.takes_nearest:
            return _with_next(near, _each_year(month, number, today), today)
        return (near if abs((near - today).days) <= _CLOSE else days[0],)
    return days


def _dates(month: int, number: int, year: str, today: date, side: Side) -> tuple[date, ...]:
    if year:
        return _on(int(year) + (2000 if len(year) == 2 else 0), month, number)
    right = [day for day in _each_year(month, number, today) if (day <= today if side.is_past else day >= today)]
    return ((max(right) if side.is_past else min(right)),) if right else ()


def _each_year(month: int, number: int, today: date) -> list[date]:
    """Return the date in each year around today; 29 February is not in all of them."""
    return [day for year in range(today.year - 8, today.year + 9) for day in _on(year, month, number)]


def _of_month(found: re.Match[str], today: date, side: Side) -> tuple[date, ...]:
    """Return "the 3rd": of the month that was named, else the nearest on the side that is asked about."""
    number, this = int(found["day"]), today.year * 12 + today.month - 1
    if found["which"]:
        month = this + _MONTHS_ON[found["which"]]
        return _on(month // 12, month % 12 + 1, number)
    if side is Side.INTERVIEW:
        return (_nearest(_each_month(number, today), today),)
    right = [day for day in _each_month(number, today) if (day <= today if side.is_past else day >= today)]
    return ((max(right) if side.is_past else min(right)),) if right else ()


def _each_month(number: int, today: date) -> list[date]:
    """Return that day of each month around this one which has it."""
    this = today.year * 12 + today.month - 1
    return [day for month in range(this - 2, this + 3) for day in _on(month // 12, month % 12 + 1, number)]


def _on(year: int, month: int, number: int) -> tuple[date, ...]:
    try:
        return (date(year, month, number),)
    except ValueError:
        return ()
