"""FM705: a missing address."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for mailbox, whose in ((mail.context.recipient, "recipient"), (mail.context.sender, "sender")):
        if not mailbox.email.strip():
            yield in_header(f"The {whose} has no address.", mailbox.name)


RULE = Rule(
    code="FM705",
    name="missing-address",
    severity=ERROR,
    looks_for="No address of the recipient or of the sender.",
    why="The mail cannot be delivered, or nobody can answer it.",
    fix="Add `email` to the person in the facts, or ask the recruiter to pass the note on.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="The facts do not have Dr. Okafor's address.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "")},
    ),
    good=Sample("Thank you for the talk about the nightly jobs."),
    inspect=_inspect,
)
