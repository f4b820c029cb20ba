"""FM701: an address that nobody reads."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.facts.no_reply import is_unread
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for mailbox, what in ((mail.context.recipient, "goes to"), (mail.context.sender, "comes from")):
        if is_unread(mailbox.email):
            yield in_header(f"The mail {what} {mailbox.email}, which nobody reads.", mailbox.email)


RULE = Rule(
    code="FM701",
    name="no-reply-address",
    severity=ERROR,
    looks_for="no-reply@, donotreply@, mailer-daemon@, notifications@, company@myworkday.com as recipient or sender.",
    why="Nobody would read the mail, and you would take the silence for an answer.",
    fix="Use the person's own address; look in the invitation or on their card.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It goes to no-reply@jobs.northwind.example.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "no-reply@jobs.northwind.example")},
    ),
    good=Sample("Thank you for the talk about the nightly jobs."),
    inspect=_inspect,
)
