"""FM820: a mail that goes out at the weekend."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.days_off import WEEKEND, days_off
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot, in_header
from followup_mail.checks.samples import Sample, sample_moment


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    context = mail.context
    # Nowhere do offices close for the weekend on these three days, and asking for a country's calendar is slow.
    if context.sends_at is None or context.sends_at.weekday() < 3:
        return
    day, place = context.sends_at.date(), context.place
    if days_off(place.country, place.region, day.year).get(day) == WEEKEND:
        yield in_header(f"The mail would go out on a {day:%A}, at their weekend.")


RULE = Rule(
    code="FM820",
    name="weekend-sending",
    severity=WARNING,
    looks_for="A mail that goes out at the recipient's weekend, which is not Saturday and Sunday everywhere.",
    why="On Monday it lies under two days of other mail, and it looks as if you expect people to work then.",
    fix="Queue it for the next working morning: `--at 'monday 8:30'`.",
    fix_saved="Send it on their next working morning.",
    bad=Sample(
        "The nightly jobs are on my mind.",
        given="It would go out on Saturday, 21 November.",
        changes={"sends_at": lambda: sample_moment(21, 10)},
    ),
    good=Sample(
        "The nightly jobs are on my mind.",
        given="It goes out on Wednesday, 18 November.",
        changes={"sends_at": lambda: sample_moment(18, 10)},
    ),
    inspect=_inspect,
)
