"""Days as a mail names them: weekdays, dates, "yesterday"; and the days on which interviews were."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.checks.context import CheckContext
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import Prose
from followup_mail.facts.application import Interview, is_same_person

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Final = {
    form: number
    for number, month in enumerate(_MONTHS, start=1)
    for form in (month, month[:3], *(["sept"] if number == 9 else []))
}
_NEAR: Final = {"yesterday": 1, "yesterday's": 1, "today": 0, "today's": 0}
DAY_WORDS: Final = frozenset((*WEEKDAYS, *(f"{day}'s" for day in WEEKDAYS), *_MONTH_NUMBERS, *_NEAR, "this"))
"""A text without any of these names no day: a quick test before the slow search."""
_MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_DAY: Final = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<near>yesterday|today)|(?P<this>this\s+(?:morning|afternoon))|"
    rf"(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})|"
    rf"(?P<m2>{_MONTH})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?)\b"
)


@dataclass(frozen=True, slots=True)
class DayNamed:
    """A day that a text names, and where."""

    span: TextSpan
    weekday: int | None = None
    """0 for Monday."""
    month: int | None = None
    day: int | None = None
    days_ago: int | None = None
    """0 for "today", 1 for "yesterday"."""

    def may_be(self, on: date, sent_on: date | None) -> bool:
        """Tell whether the named day can be ``on``, seen from the day of sending; unknown counts as yes."""
        if self.weekday is not None:
            return on.weekday() == self.weekday
        if self.days_ago is not None:
            return sent_on is None or sent_on - timedelta(days=self.days_ago) == on
        return (on.month, on.day) == (self.month, self.day)


def days_named(prose: Prose, within: TextSpan) -> Iterable[DayNamed]:
    """Yield the days that a stretch of text names."""
    for match in _DAY.finditer(prose.plain, *within):
        span = TextSpan(*match.span())
        if match["weekday"]:
            yield DayNamed(span, weekday=WEEKDAYS.index(match["weekday"]))
        elif match["near"] or match["this"]:
            yield DayNamed(span, days_ago=_NEAR.get(match["near"], 0))
        else:
            month = _MONTH_NUMBERS[match["m1"] or match["m2"]]
            yield DayNamed(span, month=month, day=int(match["d1"] or match["d2"]))


def interviews_with_recipient(context: CheckContext) -> tuple[Interview, ...]:
    """Return the interviews in which the recipient was met; all of them for somebody who was in none."""
    every = context.facts.interviews if context.facts else ()
    person = context.person
    if person is None:
        return every
    own = (interview for interview in every if any(is_same_person(person, other) for other in interview.people))
    return tuple(own) or every


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
