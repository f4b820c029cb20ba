"""FM706: an address with letters that look like others."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.address_match import is_slip_of
from followup_mail.checks.look_alikes import strange_letters
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot, in_header
from followup_mail.checks.samples import Sample
from followup_mail.facts.mail_address import domain
from followup_mail.message.draft import Mailbox


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for mailbox, whose in ((mail.context.recipient, "recipient"), (mail.context.sender, "sender")):
        for strange in strange_letters(mailbox.email):
            yield in_header(f"In the address of the {whose}, {strange}.", mailbox.email)
    if strange_letters(mail.context.recipient.email):
        return
    written = domain(mail.context.recipient.email)
    if right := next((known for known in _domains(mail) if is_slip_of(written, known)), ""):
        message = f"'{written}' is nearly '{right}', which others have."
        yield in_header(message, mail.context.recipient.email)


def _domains(mail: ParsedMail) -> list[str]:
    """Return the domains that the address may be a slip for: of everybody else in the facts, and of the employer."""
    facts, own = mail.context.facts, mail.context.recipient.email
    people = facts.everyone() if facts else ()
    others = [domain(person.email) for person in people if person.email and person.email != own]
    return [*others, *(name.lstrip("@*.") for name in mail.context.employer_domains)]


RULE = Rule(
    code="FM706",
    name="look-alike-address",
    severity=WARNING,
    looks_for="Letters of another alphabet: a Cyrillic 'a' in a Latin domain; a domain one letter off a colleague's.",
    why="Such an address looks like the employer's but belongs to somebody else, who would get your mail.",
    fix="Type the address by hand, from their card or their website, instead of copying it.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It goes to catherine.okafor@n\u043erthwind.example, whose first 'o' is Cyrillic.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "catherine.okafor@n\u043erthwind.example")},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs.",
        given="It goes to почта@пример.example, whose letters are what they look like.",
        changes={"recipient": Mailbox("Dr. Catherine Okafor", "почта@пример.example")},
    ),
    inspect=_inspect,
)
