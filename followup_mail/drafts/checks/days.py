"""Days as a mail names them: weekdays, dates, "yesterday"; and the days on which interviews were."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.drafts.checks.letter import Letter
from followup_mail.drafts.checks.phrases import WEEKDAYS
from followup_mail.drafts.checks.prose import Prose
from followup_mail.drafts.checks.reading import Span
from followup_mail.facts.model import Interview, is_same_person

_MONTHS: Final = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?",
    "july?", "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH: Final = "|".join(_MONTHS)
_DAY: Final = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<near>yesterday|today|this\s+(?:morning|afternoon)|earlier\s+today)|"
    rf"(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})|"
    rf"(?P<m2>{_MONTH})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)|(?P<iso>\d{{4}}-\d\d-\d\d))\b"
)


@dataclass(frozen=True, slots=True)
class DayNamed:
    """A day that a text names, and where."""

    span: Span
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


def days_named(prose: Prose, within: Span) -> Iterable[DayNamed]:
    """Yield the days that a stretch of text names."""
    for match in _DAY.finditer(prose.plain, *within):
        span = Span(*match.span())
        if match["weekday"]:
            yield DayNamed(span, weekday=WEEKDAYS.index(match["weekday"]))
        elif match["near"]:
            yield DayNamed(span, days_ago=1 if match["near"] == "yesterday" else 0)
        elif match["iso"]:
            yield DayNamed(span, month=int(match["iso"][5:7]), day=int(match["iso"][8:]))
        else:
            named = match["m1"] or match["m2"]
            month = next(n for n, form in enumerate(_MONTHS, start=1) if re.fullmatch(form, named))
            yield DayNamed(span, month=month, day=int(match["d1"] or match["d2"]))


def interviews_with_recipient(letter: Letter) -> tuple[Interview, ...]:
    """Return the interviews in which the recipient was met; all of them for somebody who was in none."""
    every = letter.facts.interviews if letter.facts else ()
    person = letter.person
    own = tuple(one for one in every if person and any(is_same_person(person, other) for other in one.people))
    return own or every


def days_of(interviews: Iterable[Interview], letter: Letter) -> frozenset[date]:
    """Return the days of interviews, as they were where they took place, at the recipient's and at the employer's."""
    person_zone = letter.person.time_zone if letter.person else None
    zones = {zone for zone in (person_zone, letter.facts and letter.facts.time_zone) if zone}
    found = set()
    for one in interviews:
        for moment in (one.start, one.end):
            found.add(moment.date())
            found |= {moment.astimezone(ZoneInfo(zone)).date() for zone in zones}
    return frozenset(found)
