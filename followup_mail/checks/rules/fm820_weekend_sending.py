"""FM820: on a day off."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.days_off import WEEKEND, days_off
from followup_mail.checks.matching import in_header
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample, sample_moment


def _look(reading: ParsedMail) -> Iterable[Spot]:
    letter = reading.letter
    # Nowhere do offices close for the weekend on these three days, and asking for a country's calendar is slow.
    if letter.sends_at is None or letter.sends_at.weekday() < 3:
        return
    day, place = letter.sends_at.date(), letter.place
    if days_off(place.country, place.region, day.year).get(day) == WEEKEND:
        yield in_header(f"It would go out on a {day:%A}, a day of the weekend.")


RULE = Rule(
    code="FM820",
    name="weekend-sending",
    severity=WARNING,
    looks_for="A moment of sending on the recipient's weekend, which is not Saturday and Sunday everywhere.",
    why="On Monday it lies under the mails of two days, and it says that you expect others to work then.",
    fix="Queue it for the next working morning: `--at 'monday 8:30'`.",
    bad=Sample(
        "The nightly jobs are on my mind.",
        given="It would go out on Saturday, 21 November.",
        changes={"sends_at": sample_moment(21, 10)},
    ),
    good=Sample(
        "The nightly jobs are on my mind.",
        given="It goes out on Wednesday, 18 November.",
        changes={"sends_at": sample_moment(18, 10)},
    ),
    look=_look,
)
