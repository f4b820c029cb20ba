"""FM821: a mail that goes out at night."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot, in_header
from followup_mail.checks.samples import Sample, sample_moment

FIRST_HOUR, LAST_HOUR = 7, 20


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    at = mail.context.sends_at
    if at is not None and not FIRST_HOUR <= at.hour < LAST_HOUR:
        whose = "in the recipient's time zone" if mail.context.facts else "by the clock of the mail"
        yield in_header(f"The mail would go out at {at:%H:%M} {whose}.")


RULE = Rule(
    code="FM821",
    name="night-sending",
    severity=WARNING,
    looks_for="A mail that goes out before 7:00 or after 20:00 in the recipient's time zone.",
    why="A phone that buzzes at night leaves no good memory, and the hour says something about you.",
    fix="Queue it for the morning: `--at 'tomorrow 8:30'`.",
    fix_saved="Send it in their morning.",
    bad=Sample(
        "The nightly jobs are on my mind.",
        given="It would go out at 23:00.",
        changes={"sends_at": lambda: sample_moment(18, 23)},
    ),
    good=Sample(
        "The nightly jobs are on my mind.",
        given="It goes out at 9:00.",
        changes={"sends_at": lambda: sample_moment(18, 9)},
    ),
    inspect=_inspect,
)
