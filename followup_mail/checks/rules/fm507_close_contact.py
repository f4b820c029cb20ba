"""FM507: a follow-up within days of another contact with the same person."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    context = mail.context
    if context.close_contact:
        later = f"Let it leave on {context.free_from} or later." if context.free_from else ""
        yield in_header(f"The same person would get it {context.close_contact}.", fix=later)


RULE = Rule(
    code="FM507",
    name="close-contact",
    severity=ERROR,
    looks_for="A follow-up less than three working days from another contact with the same person, also one that waits "
    "in the outbox.",
    why="G4: two contacts within days press, whatever the second one is about, and a reason to be early does not "
    "change that.",
    fix="Keep three working days between the two, or let only one of them leave.",
    bad=Sample(
        "Could you tell me how far you have come with the Data Engineer position? The nightly jobs are still on my "
        "mind.",
        kind="status_inquiry",
        given="The thank-you to Dr. Okafor is queued for the same morning.",
        changes={
            "close_contact": "less than three working days after your thank-you queued for Wed 18 Nov",
            "free_from": "Mon 23 Nov",
        },
    ),
    good=Sample(
        "Could you tell me how far you have come with the Data Engineer position? Your nightly jobs, the alarms and "
        "the streaming plan are still on my mind.",
        kind="status_inquiry",
        given="The thank-you left a week before.",
    ),
    inspect=_inspect,
)
