"""FM702: a mail to your own address."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.facts.mail_address import is_same_address
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    context = mail.context
    own = (context.sender.email, *context.own_addresses)
    if any(is_same_address(context.recipient.email, address) for address in own):
        yield in_header(f"The mail goes to {context.recipient.email}, which is your own.", context.recipient.email)


RULE = Rule(
    code="FM702",
    name="own-address",
    severity=ERROR,
    looks_for="The recipient's address is the sender's, or another address of your own.",
    why="This happens when your own address comes in from an invitation; the interviewer gets nothing.",
    fix="Put the recipient's address into the facts. To get a copy yourself, set `FOLLOWUP_BCC_SELF`.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It goes to sam+jobs@rivera.example.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "sam+jobs@rivera.example")},
    ),
    good=Sample("Thank you for the talk about the nightly jobs."),
    inspect=_inspect,
)
