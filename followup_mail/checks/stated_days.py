"""Days, dates, hours and years of a mail that none of the facts has that it was written from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.checks.context import Briefing
from followup_mail.checks.day_mentions import MONTHS, DayNamed, days_named
from followup_mail.checks.fact_index import index_facts, spelt_out
from followup_mail.checks.figures import VALUES
from followup_mail.checks.jotted_days import months_jotted, weekdays_jotted
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, read_prose, read_words
from followup_mail.regex import regex

_MONTH_ALONE: Final = regex(
    rf"\b(?:in|since|until|till|by|from|last|next|this|of|for|early|late|mid|end|through|before|after|the|"
    rf"every|is|and|first)[- ]"
    rf"(?P<month>{'|'.join(MONTHS)})\b(?! \d)"
)
_PAIR: Final = regex(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<m1>[a-z]{3,9})|"
    r"(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?)\b"
)
_NUMERIC: Final = regex(
    r"\b(?:20\d\d-(?P<m1>\d\d)-(?P<d1>\d\d)|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})(?:[/.](?:20)?\d\d)?)\b"
)
_ORDINAL: Final = regex(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_ORDINAL_WORD: Final = read_words("fact_figures")["ordinals"].split()
"""The days of a month, from the first."""
_DAY_ALONE: Final = regex(r"\b(?:the|by|on) (?P<day>\d{1,2})(?:st|nd|rd|th)\b")
_HOUR: Final = regex(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>[ap])\.?m\b|\b(?P<h2>\d{1,2}):(?P<m2>\d\d)\b|"
    r"\b(?P<h3>\d{1,2}|[a-z]{3,6}) o'clock\b"
)
_DOTTED: Final = regex(r"(?<![\d.])([01]?\d|2[0-3])[.h]([0-5]\d)(?![\d.])")
_CLOCK: Final = regex(
    r"\b(?:(?:at|until|till) (?:1?\d|2[0-3])|(?:by|from) (?:\d|1[0-2]))(?=[.,;!?\n]|\s+(?:on|in|and|with)\b)"
)
_HOUR_WORD: Final = [word for word, hour in VALUES.items() if 1 <= hour <= 12]
_AHEAD: Final = regex(
    r"\b(?:tomorrow|tonight|the day after tomorrow|next (?:week|month|weekend|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|"
    r"sunday|spring|summer|autumn|fall|winter)|this weekend|(?:later )?this (?:afternoon|evening|week)|"
    r"by the weekend|over the weekend|"
    r"(?:by|before|at) (?:the )?end of (?:the )?(?:day|week|month|year|same day)|within the hour|"
    r"last (?:spring|summer|autumn|fall|winter))\b"
)
_YEAR: Final = regex(r"(?<![\w.,$€£])(?P<year>(?:19|20)\d\d)\b(?![,.]?\d)")
_TO_THE_HOUR: Final = regex(
    r"\b(?P<part>quarter|half|ten|twenty|five) (?P<side>to|past) (?P<hour>[a-z]{3,6}|\d{1,2})\b"
)
_PARTS: Final = {"quarter": 15, "half": 30, "ten": 10, "twenty": 20, "five": 5}


class _FactDays(Struct, frozen=True):
    weekdays: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    """Days of a month that stand without the month."""
    dates: frozenset[tuple[int, int]]
    """Month and day."""
    whole: tuple[DayNamed, ...]
    hours: frozenset[int]
    """Minutes since midnight or noon."""
    text: str


def all_days(prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    """Yield everything in a stretch of text that is part of a day, a year or an hour, known or not."""
    yield from (named.span for named in days_named(prose, within))
    for pattern in (_DAY_ALONE, _HOUR, _YEAR, _CLOCK, _TO_THE_HOUR):
        yield from (TextSpan(*match.span()) for match in pattern.finditer(prose.plain, within.start, within.end))


def unknown_days(prose: Prose, within: TextSpan, briefing: Briefing, dated: Collection[date]) -> Iterator[TextSpan]:
    """Yield the days and dates of a stretch of text that the facts do not have.

    ``dated`` are days of which the year is known too: a weekday beside one of them must be the right one.
    """
    known = _days_of(briefing)
    for named in days_named(prose, within):
        if not _is_known(named, known) or _has_wrong_weekday(named, dated):
            yield named.span
    text = prose.plain
    for match in _MONTH_ALONE.finditer(text, within.start, within.end):
        may_be_verb = match["month"] in {"may", "march"} and not prose.written[match.start("month")].isupper()
        if not may_be_verb and MONTHS.index(match["month"]) + 1 not in known.months:
            yield TextSpan(*match.span("month"))
    for match in _DAY_ALONE.finditer(text, within.start, within.end):
        if int(match["day"]) not in known.days | {day for _, day in known.dates}:
            yield TextSpan(*match.span("day"))
    for match in _YEAR.finditer(text, within.start, within.end):
        if not re.search(rf"\b{match['year']}\b|(?<=['/\u2013-]){match['year'][2:]}\b", known.text):
            yield TextSpan(*match.span("year"))


def unknown_hours(prose: Prose, within: TextSpan, briefing: Briefing) -> Iterator[TextSpan]:
    """Yield the hours of a stretch of text that the facts do not have."""
    known = _days_of(briefing).hours
    for match in _HOUR.finditer(prose.plain, within.start, within.end):
        minutes = _minutes(match)
        if minutes is not None and minutes not in known:
            yield TextSpan(*match.span())
    for match, minutes in _to_the_hour(prose.plain, within):
        if minutes not in known:
            yield TextSpan(*match.span())


def _to_the_hour(text: str, within: TextSpan) -> Iterator[tuple[re.Match[str], int]]:
    """Yield "quarter past three" with its minutes; "five to ten people" is no hour, and "ten to one" an odd."""
    for match in _TO_THE_HOUR.finditer(text, *within):
        is_clear = match["side"] == "past" or match["part"] == "quarter"
        if not is_clear and not re.search(r"\b(?:at|by|until|till|before|around)\s+\Z", text[: match.start()][-10:]):
            continue
        hour = _HOUR_WORD.index(match["hour"]) + 1 if match["hour"] in _HOUR_WORD else match["hour"]
        if str(hour).isdigit():
            minutes = _PARTS[match["part"]] * (1 if match["side"] == "past" else -1)
            yield match, ((int(hour) % 12) * 60 + minutes) % 720


def days_ahead(prose: Prose, within: TextSpan, briefing: Briefing) -> Iterator[TextSpan]:
    """Yield "tomorrow", "next week" and the like where no fact says so."""
    text = _days_of(briefing).text
    text = f"{text} {' '.join(spelt_out(text))}"  # "tmrw" too
    for match in _AHEAD.finditer(prose.plain, within.start, within.end):
        if match[0] not in text:
            yield TextSpan(*match.span())


def _is_known(named: DayNamed, known: _FactDays) -> bool:
    if named.days_ago is not None:
        return True  # That is for the rule about the day of the interview.
    if named.month and named.day:
        in_parts = named.day in known.days and named.month in known.months
        fits = [
            day for day in known.whole if (day.month, day.day) == (named.month, named.day) and day.weekday is not None
        ]
        if named.weekday is not None and fits:
            return any(day.weekday == named.weekday for day in fits)
        return (named.month, named.day) in known.dates or in_parts
    if named.day:
        return named.day in known.days | {day for _, day in known.dates}
    return named.weekday in known.weekdays if named.weekday is not None else True


def _has_wrong_weekday(named: DayNamed, dated: Collection[date]) -> bool:
    same = [day.weekday() for day in dated if (day.month, day.day) == (named.month, named.day)]
    return named.weekday is not None and bool(same) and named.weekday not in same


def _minutes(match: re.Match[str]) -> int | None:
    hour = match["h"] or match["h2"] or match["h3"]
    if not hour.isdigit() and hour not in _HOUR_WORD:
        return None
    value = int(hour) if hour.isdigit() else _HOUR_WORD.index(hour) + 1
    return (value % 12) * 60 + int(match["m"] or match["m2"] or 0)


@lru_cache(maxsize=32)
def _days_of(briefing: Briefing) -> _FactDays:
    texts = index_facts(briefing).texts
    text = "\n".join(texts)
    short = [month[:3] for month in MONTHS]
    # Each by itself: a weekday at the end of one fact is not that of a date at the beginning of the next.
    days = tuple(day for each in texts for day in days_named(read_prose(each), TextSpan(0, len(each))))
    dates = {(day.month, day.day) for day in days if day.month and day.day}
    for match in _PAIR.finditer(text):
        month = (match["m1"] or match["m2"])[:3]
        if month in short:
            dates.add((short.index(month) + 1, int(match["d1"] or match["d2"])))
    for match in _NUMERIC.finditer(text):
        if match["m1"]:
            dates.add((int(match["m1"]), int(match["d1"])))
        else:
            dates |= {(int(match["b"]), int(match["a"])), (int(match["a"]), int(match["b"]))}
    alone = {int(day) for day in _ORDINAL.findall(text)}
    alone |= {at for at, word in enumerate(_ORDINAL_WORD, 1) if at > 3 and re.search(rf"\b{word}\b", text)}
    return _FactDays(
        weekdays=weekdays_jotted(text),
        months=months_jotted(text) | {month for month, _ in dates},
        days=frozenset(alone),
        dates=frozenset(dates),
        whole=days,
        hours=_hours(text),
        text=text,
    )


def _hours(text: str) -> frozenset[int]:
    found = {minutes for match in _HOUR.finditer(text) if (minutes := _minutes(match)) is not None}
    found |= {minutes for _, minutes in _to_the_hour(text, TextSpan(0, len(text)))}
    found |= {(int(hour) % 12) * 60 + int(minute) for hour, minute in _DOTTED.findall(text)}
    found |= {(int(hour) % 12) * 60 for hour in re.findall(r"\bat (\d{1,2})\b(?!:)", text)}
    return frozenset(found)
