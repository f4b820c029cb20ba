"""Days as a mail names them: weekdays, dates, "yesterday"; and the days on which interviews were."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup_mail.cadence.wording import MONTH_NAMES
from followup_mail.checks.context import CheckContext
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import Prose
from followup_mail.facts.application import Interview
from followup_mail.regex import regex

MONTHS: Final = tuple(name.lower() for name in MONTH_NAMES)
_MONTH_NUMBERS: Final = {
    form: number
    for number, month in enumerate(MONTHS, start=1)
    for form in (month, month[:3], *(["sept"] if number == 9 else []))
}
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, **{str(days): days for days in range(2, 15)}}
_NEAR: Final = {"yesterday": 1, "today": 0, "last night": 1, "the day before yesterday": 2}
_WEEKS: Final = {"this week": (0, 7), "last week": (1, 13)}
_ORDINALS: Final = (f"{day}{ending}" for day in range(1, 32) for ending in ("st", "nd", "rd", "th"))
_OTHERS: Final = "yesterday yesterday's today today's this ago last".split()
DAY_WORDS: Final = frozenset((*WEEKDAYS, *(f"{day}'s" for day in WEEKDAYS), *_MONTH_NUMBERS, *_ORDINALS, *_OTHERS))
"""A text without any of these names no day: a quick test before the slow search."""
_MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_DATE: Final = (
    rf"(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})|"
    rf"(?P<m2>{_MONTH})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?"
)
# "Tuesday 10 March", "Tuesday", "10 March", "the 10th", "yesterday", "three days ago", "this morning", "last week".
_DAY: Final = regex(
    rf"\b(?:(?:(?P<weekday>{'|'.join(WEEKDAYS)})(?:,?\s+(?:the\s+)?(?:{_DATE}))?)|"
    rf"{_DATE.replace('1>', '3>').replace('2>', '4>')}|"
    r"(?:on|of|since|from)\s+the\s+(?P<only>[0-3]?\d)(?:st|nd|rd|th)(?=[.,;!?]|\s+(?:about|at|for|with|in|to|and)\b|$)|"
    rf"(?P<near>the\s+day\s+before\s+yesterday|yesterday|today|last\s+night)|"
    rf"(?P<ago>{'|'.join(_NUMBERS)})\s+days\s+ago|(?P<this>this\s+(?:morning|afternoon|evening))|"
    r"(?P<week>(?:this|last)\s+week))\b"
)


class DayNamed(Struct, frozen=True):
    """A day that a text names, and where."""

    span: TextSpan
    weekday: int | None = None
    """0 for Monday."""
    month: int | None = None
    day: int | None = None
    days_ago: tuple[int, int] | None = None
    """At least and at most: (0, 0) for "today", (1, 1) for "yesterday"."""

    def may_be(self, on: date, sent_on: date | None) -> bool:
        """Return whether the named day can be ``on``, seen from the day of sending; unknown counts as yes."""
        if self.days_ago is not None:
            least, most = self.days_ago
            return sent_on is None or sent_on - timedelta(days=most) <= on <= sent_on - timedelta(days=least)
        if self.weekday is not None and on.weekday() != self.weekday:
            return False
        return self.month in {None, on.month} and self.day in {None, on.day}

    def is_since(self, last: date, sent_on: date | None) -> bool:
        """Return whether the day may lie after ``last`` and before the day of sending."""
        between = ((sent_on or last) - last).days
        return any(self.may_be(last + timedelta(days=days), sent_on) for days in range(1, min(between, 366) + 1))


def days_named(prose: Prose, within: TextSpan) -> Iterable[DayNamed]:
    """Yield the days that a stretch of text names."""
    for match in _DAY.finditer(prose.plain, *within):
        yield _day_of(match)


def _day_of(match: re.Match[str]) -> DayNamed:
    span, said = TextSpan(*match.span()), match.groupdict()
    if said["near"] or said["this"]:
        days = _NEAR.get(" ".join((said["near"] or "").split()), 0)
        return DayNamed(span, days_ago=(days, days))
    if said["ago"]:
        return DayNamed(span, days_ago=(_NUMBERS[said["ago"]], _NUMBERS[said["ago"]]))
    if said["week"]:
        return DayNamed(span, days_ago=_WEEKS[" ".join(said["week"].split())])
    weekday = WEEKDAYS.index(said["weekday"]) if said["weekday"] else None
    month = next((said[key] for key in ("m1", "m2", "m3", "m4") if said[key]), None)
    day = next((said[key] for key in ("d1", "d2", "d3", "d4", "only") if said[key]), None)
    if said["only"]:
        span = TextSpan(match.start("only"), match.end())
    return DayNamed(span, weekday, _MONTH_NUMBERS[month] if month else None, int(day) if day else None)


def interviews_with_recipient(context: CheckContext) -> tuple[Interview, ...]:
    """Return the interviews in which the recipient was met; all of them for somebody who was in none.

    What is passed on is about the interview with the one whom it is meant for.
    """
    every = context.facts.interviews if context.facts else ()
    person = context.step.person if context.step and context.step.via else context.person
    if person is None:
        return every
    return tuple(interview for interview in every if interview.has(person)) or every


def days_of(interviews: Iterable[Interview], context: CheckContext) -> frozenset[date]:
    """Return the days of interviews, as they were where they took place, at the recipient's and at the employer's."""
    person_zone = context.person.time_zone if context.person else None
    zones = {zone for zone in (person_zone, context.facts and context.facts.time_zone) if zone}
    found = set()
    for interview in interviews:
        for moment in (interview.start, interview.end):
            found.add(moment.date())
            found |= {moment.astimezone(ZoneInfo(zone)).date() for zone in zones}
    return frozenset(found)
