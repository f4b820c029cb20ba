"""A day as people say it: "friday", "last tuesday", "5th of November", "end of next week", "a week from monday".

A small grammar, strict: what could be two days is not guessed but refused with both (``said_readings``). Which Friday
is meant depends on what is asked about: an interview lies behind, a decision ahead (``Side``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.facts.moments import FIRST_YEAR, LAST_YEAR
from followup_mail.facts.said_choices import split_choices
from followup_mail.facts.said_dates import firsts_of_month, is_in_figures, is_written_in_full, read_dates
from followup_mail.facts.said_readings import (
    AmbiguousError,
    Reading,
    Side,
    WrongSideError,
    read_table,
    refuse_vague,
    spell_day,
    tidy_words,
)
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

DAY_ADVICE: Final = 'write it like "5 nov", "friday" or "2026-11-18"'
FARTHEST_DAYS: Final = 366
"""How far away a day counted from today may be. Farther is a slip."""

_BEYOND: Final = regex(r"(?:the )?day (?:after tomorrow|before yesterday)")
_WEEKDAY: Final = regex(r"(?:on |by |until )?(?:(?P<which>this|next|last|coming|past) )?(?P<day>[a-z]+)")
_WEEK: Final = r"(?:(?P<which>this|next|last) week|(?:the )?week (?P<beyond>after next|before last))"
_OF_WEEK: Final = regex(rf"(?:on )?(?P<day>[a-z]+) (?:of |in )?{_WEEK}")
_WEEK_FIRST: Final = regex(rf"(?:in )?{_WEEK} (?:on )?(?P<day>[a-z]+)")
_EDGE: Final = regex(
    r"(?:by |at |until |in )?(?:the )?"
    r"(?:(?P<edge>end|beginning|start|middle) of|(?P<part>early|mid|late)(?: on)?(?: in)?)"
    r"[ -](?:the )?(?:(?P<which>this|next|last) )?(?P<what>[a-z]+)(?: (?P<beyond>after next|before last))?"
)
_OF_A_WEEK: Final = {
    "beginning": (0,), "start": (0,), "early": (0, 1), "middle": (2,), "mid": (2,), "late": (3, 4), "end": (4,)
}  # fmt: skip
"""Days of the week from Monday, counted from 0. Early and late are two days, so it is asked which."""
_OF_A_MONTH: Final = {
    "beginning": (1,), "start": (1,), "early": (1, 10), "middle": (15,), "mid": (15,), "late": (21, 0), "end": (0,)
}  # fmt: skip
"""Days of the month; 0 is the last."""
_COUNT: Final = r"(?P<count>\d+|[a-z]+(?:-five)?)"
_UNIT: Final = r"(?P<unit>days?|d|weeks?|w|fortnights?)"
_AHEAD: Final = regex(rf"(?:(?P<sign>in |within |\+ ?))?{_COUNT} ?{_UNIT}(?:'? time)?")
_AGO: Final = regex(rf"{_COUNT} {_UNIT} ago")
_FROM: Final = regex(rf"{_COUNT} {_UNIT} (?P<way>from|after|before|on) (?P<base>.+)")
_CLOSE: Final = "(?:the )?(?:cob|eod|close of (?:business|play)|end of (?:the )?(?:(?:business|working) )?day)"
_OF_BUSINESS: Final = regex(
    rf"^(?:(?:by|before|at) )?{_CLOSE}(?: (?:on|this|of)(?= ))?(?: |$)|(?: (?:by|at|before))? {_CLOSE}$"
)
"""Who decides on Friday does so by its end."""
_WEEKS: Final = {"this": 0, "next": 1, "last": -1, "after next": 2, "before last": -2}
_LOOSELY: Final = regex(r"^(?:(?:some ?time|at some point|probably|hopefully)(?: (?:in|on|during))? )+")


class Found(Struct, frozen=True):
    """The days that a phrase can mean, whatever is asked about."""

    days: tuple[date, ...]
    is_full: bool = False
    """Whether the year was said, or is as open as the month: then it is not for us to choose the side of today."""


def read_day_said(text: str, today: date, side: Side) -> date:
    """Return the one day that is meant.

    Raises ``AmbiguousError`` with every reading on the right side of today, ``UnfitError`` for what is no day.
    """
    words = _LOOSELY.sub("", _OF_BUSINESS.sub("", tidy_words(text))).strip() or "today"
    end = words.removeprefix("before ") if not side.is_past else words
    days = find_days(end, today, side)
    if end != words:
        days = _before(words, days, today)
    if len(days) > 1:
        raise AmbiguousError(text.strip(), [Reading(spell_day(day), day.isoformat()) for day in days])
    return days[0]


def _before(words: str, days: Iterable[date], today: date) -> tuple[date, ...]:
    """Return the days before these that are not past: who decides "before friday" has decided on Thursday."""
    left = tuple(day - timedelta(days=1) for day in days if day > today)
    if not left:
        raise WrongSideError(f"{quoted(words)} has passed", "name a day that is still to come")
    return left


def find_days(words: str, today: date, side: Side) -> tuple[date, ...]:
    """Return every day that tidy ``words`` can mean on the side that is asked about, the first first.

    Raises ``UnfitError`` when there is none.
    """
    if choices := split_choices(words):
        return tuple(sorted({day for one in choices for day in find_days(one, today, side)}))
    found = _find(words.removeprefix("the ") if words.startswith("the day") else words, today, side)
    if found is None:
        raise refuse_vague(words, DAY_ADVICE)
    days = sorted({day for day in found.days if FIRST_YEAR <= day.year <= LAST_YEAR})
    # Their today may be a day ahead of ours, or behind.
    slack = timedelta(days=1) if found.is_full else timedelta()
    right = [day for day in days if (day <= today + slack if side.is_past else day >= today - slack)]
    if not days:
        raise UnfitError(f"{quoted(words)} is not in the calendar", DAY_ADVICE)
    if side.is_strict and not right:
        wrong, named = ("is still to come", "has been") if side.is_past else ("has passed", "is still to come")
        raise WrongSideError(f"{quoted(words)} {wrong}: {spell_day(days[-1])}", f"name a day that {named}")
    # A date with its year is asked about, although one reading is past, unless only the other side can be meant.
    return tuple(right if right and (side.is_strict or not found.is_full) else days)


def _find(words: str, today: date, side: Side) -> Found | None:
    if ahead := read_table("near_days").get(words.removeprefix("by ")):
        return Found((today + timedelta(days=int(ahead)),))
    if _BEYOND.fullmatch(words):
        return Found((today + timedelta(days=2 if "after" in words else -2),))
    for find in (_weekday, _day_of_week, _edge, _counted):
        days = find(words, today, side)
        if days:
            return Found(tuple(days))
    dates = read_dates(words, today, side)
    is_full = is_written_in_full(words) or (is_in_figures(words) and not side.is_strict)
    return Found(dates, is_full) if dates is not None else None


def _weekday(words: str, today: date, side: Side) -> Iterable[date]:
    found = _WEEKDAY.fullmatch(words)
    number = _weekday_number(found["day"]) if found else None
    if found is None or number is None:
        return ()
    ahead = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    behind = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    bare = behind if side.is_past else ahead
    readings = {
        "next": (ahead, *_in_week(number, today, 1)),
        "last": (behind, *_in_week(number, today, -1)),
        "this": _nearest(number, today, side),
        "coming": (ahead,),
        "past": (behind,),
    }
    # Who says "friday" on a Friday may mean today.
    return readings.get(found["which"], (bare, today) if number == today.weekday() else (bare,))


def _nearest(number: int, today: date, side: Side) -> tuple[date, ...]:
    """Return "this friday": the day of this week; on Saturday, asked about what will be, that of the next."""
    days = _in_week(number, today, 0)
    right = tuple(day for day in days if (day <= today if side.is_past else day >= today))
    return right or (days if side.is_past else (max(days) + timedelta(days=7),))


def _day_of_week(words: str, today: date, _side: Side) -> Iterable[date]:
    found = _OF_WEEK.fullmatch(words) or _WEEK_FIRST.fullmatch(words)
    number = _weekday_number(found["day"]) if found else None
    return _in_week(number, today, _WEEKS[found["which"] or found["beyond"]]) if found and number is not None else ()


def _in_week(number: int, today: date, week: int) -> tuple[date, ...]:
    """Return that day of this week (0), the next (1) or the last (-1), for weeks from Monday and from Sunday."""
    monday = today + timedelta(days=7 * week - today.weekday())
    sunday = today + timedelta(days=7 * week - (today.weekday() + 1) % 7)
    return tuple({monday + timedelta(days=number), sunday + timedelta(days=(number + 1) % 7)})


def _edge(words: str, today: date, side: Side) -> Iterable[date]:
    """Return the end, the beginning or another part of a week or a month. The end of a week is its Friday."""
    found = _EDGE.fullmatch(words)
    if found is None or (found["beyond"] and found["what"] != "week"):
        return ()
    which, edge = found["which"] or found["beyond"], found["edge"] or found["part"]
    if found["what"] == "week":
        numbers, week = _OF_A_WEEK[edge], _WEEKS.get(which or "this", 0)
        days = [_in_week(number, today, week) if week else _nearest(number, today, side) for number in numbers]
        return [day for readings in days for day in readings]
    if found["what"] in {"year", "quarter"}:
        return _of_long_span(found["what"], edge, _WEEKS.get(which or "", 0), today)
    if found["what"] == "month":
        return _of_month(edge, _first_of_month(today, _WEEKS.get(which or "", 0)))
    firsts = firsts_of_month(found["what"], today) if not which else []
    months = [_of_month(edge, first) for first in firsts]
    right = [days for days in months if (days[0] <= today if side.is_past else days[-1] >= today)]
    return (right[-1] if side.is_past else right[0]) if right else ()


def _of_month(edge: str, first: date) -> list[date]:
    """Return the days that a part of the month with that first day can mean."""
    last = _first_of_month(first, 1) - timedelta(days=1)
    return [first.replace(day=number or last.day) for number in _OF_A_MONTH[edge]]


def _of_long_span(what: str, edge: str, further: int, today: date) -> list[date]:
    """Return the end or the beginning of a quarter or a year; its early days are those of its first month."""
    months = 12 if what == "year" else 3
    first = _first_of_month(today, months * further - (today.month - 1) % months)
    last = _first_of_month(first, months) - timedelta(days=1)
    next_month = _first_of_month(first, 1) - timedelta(days=1)
    return {"end": [last], "beginning": [first], "start": [first], "early": [first, next_month]}.get(edge, [])


def _first_of_month(day: date, further: int) -> date:
    months = day.year * 12 + day.month - 1 + further
    return date(months // 12, months % 12 + 1, 1)


def _counted(words: str, today: date, side: Side) -> Iterable[date]:
    """Return days counted from another: "in two weeks", "3 days ago", "a week from monday"."""
    ahead = _AHEAD.fullmatch(words)
    # "Two weeks" alone says from when on only where it is about what is to come.
    if found := _AGO.fullmatch(words) or (ahead if ahead and (ahead["sign"] or not side.is_past) else None):
        span = _span(found)
        return (today + (-span if words.endswith("ago") else span),) if span is not None else ()
    found = _FROM.fullmatch(words)
    if found is None or (span := _span(found)) is None:
        return ()
    base = "today" if found["base"] == "now" else found["base"]
    # "Monday week" is to come, whatever is asked about; "two weeks after monday" may be past.
    is_ahead = not side.is_past or (found["way"] == "from" and not side.is_strict)
    days = find_days(base, today, Side.RATHER_COMING if is_ahead else side)
    return tuple(day - span if found["way"] == "before" else day + span for day in days)


def _span(found: re.Match[str]) -> timedelta | None:
    count = read_number(found["count"])
    if count is None:
        return None
    days = count * (14 if found["unit"].startswith("f") else 7 if found["unit"].startswith("w") else 1)
    if days > FARTHEST_DAYS:
        raise UnfitError("That is more than a year away, so it is probably a slip", DAY_ADVICE)
    return timedelta(days=days)


def read_number(word: str) -> int | None:
    """Return a number written in digits or as a word; None for any other word."""
    if word.isdigit():
        return int(word) if len(word) <= 6 else 10**6
    known = read_table("numbers").get(word)
    return int(known) if known else None


def _weekday_number(word: str) -> int | None:
    name = read_table("weekdays").get(word)
    return list(dict.fromkeys(read_table("weekdays").values())).index(name) if name else None
