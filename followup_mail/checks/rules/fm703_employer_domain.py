"""FM703: an address at the current employer."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.facts.mail_address import is_in_domain
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for mailbox, what in ((mail.context.recipient, "goes to"), (mail.context.sender, "comes from")):
        if any(is_in_domain(mailbox.email, domain) for domain in mail.context.employer_domains):
            yield in_header(f"The mail {what} {mailbox.email}, at your current employer.", mailbox.email)


RULE = Rule(
    code="FM703",
    name="employer-domain",
    severity=ERROR,
    looks_for="A sender or recipient at your current employer (see `FOLLOWUP_EMPLOYER_DOMAINS`).",
    why="Employers keep and read their mail: one such message tells them that you are looking for work.",
    fix="Use your private address. For a position at your own employer, change `FOLLOWUP_EMPLOYER_DOMAINS`.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It comes from sam.rivera@oldfreight.example, and oldfreight.example is set as the employer's domain.",
        changes={
            "sender": Mailbox("Sam Rivera", "sam.rivera@oldfreight.example"),
            "employer_domains": ("oldfreight.example",),
        },
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="oldfreight.example is set as the employer's domain.",
        changes={"employer_domains": ("oldfreight.example",)},
    ),
    inspect=_inspect,
)
