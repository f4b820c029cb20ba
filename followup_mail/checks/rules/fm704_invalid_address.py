"""FM704: an address that cannot be right."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.address_match import what_is_wrong
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for mailbox, whose in ((mail.context.recipient, "recipient"), (mail.context.sender, "sender")):
        wrong = what_is_wrong(mailbox.email) if mailbox.email else ""
        if wrong:
            yield in_header(f"The address of the {whose} cannot be right: {wrong.rstrip('.')}.", mailbox.email)


RULE = Rule(
    code="FM704",
    name="invalid-address",
    severity=ERROR,
    looks_for="An address that no mail server could deliver to (RFC 5321).",
    why="The mail would come back, or vanish.",
    fix="Write the address alone, as on their card: priya@example.com.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It goes to 'catherine.okafor@northwind,example'.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "catherine.okafor@northwind,example")},
    ),
    good=Sample("Thank you for the talk about the nightly jobs."),
    inspect=_inspect,
)
