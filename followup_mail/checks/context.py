"""What the rules check: a mail and all that is known around it. A plain value, wherever the mail was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_mail.cadence.step import Kind, Step
from followup_mail.facts.application import Application, Person
from followup_mail.message.draft import Mailbox

NOBODY = Mailbox(name="", email="")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment as far as the rules need it: its name, and whether it is still the file that was previewed."""

    filename: str
    previewed_sha256: str = ""
    """The hash when the mail was previewed; empty when it was never previewed."""
    present_sha256: str | None = ""
    """The hash now; None when the file is gone, empty when nobody checked."""


@dataclass(frozen=True, slots=True)
class Companion:
    """The note to another person of the same panel: in the same batch, or already sent."""

    name: str
    """The other person's name, for the message; may be empty."""
    text: str


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A mail to be checked. Everything but the words may be unknown; a rule that lacks what it needs stays silent."""

    subject: str
    text: str
    """Plain text, greeting and signature included."""
    kind: Kind | None = None
    """None for a mail written elsewhere."""
    sender: Mailbox = NOBODY
    recipient: Mailbox = NOBODY
    """Who is on the envelope: with ``step.via``, the person it goes through."""
    person: Person | None = None
    """The recipient as the facts know them."""
    facts: Application | None = None
    other_companies: tuple[str, ...] = ()
    """Companies of the user's other applications."""
    companions: tuple[Companion, ...] = ()
    """Notes to the rest of the panel: drafts of the same batch, and those already sent."""
    said_before: tuple[str, ...] = ()
    """Texts already sent to this person."""
    step: Step | None = None
    """The step as planned *without* this mail: while an entry of its own waits, pass the state from before it."""
    sends_at: datetime | None = None
    """The planned moment of sending, aware, in the recipient's zone."""
    enclosures: tuple[Enclosure, ...] = ()
    own_addresses: tuple[str, ...] = ()
    employer_domains: tuple[str, ...] = ()
    """Domains of the current employer, which must not see this."""
    advert: str = ""
    """The text of the job advert."""


def with_facts(context: CheckContext, facts: Application) -> CheckContext:
    """Return ``context`` with the facts it is about, its recipient looked up in them, its moment in their zone."""
    person = context.person or find_person(facts, context.recipient)
    sends_at = context.sends_at
    zone = (person.time_zone if person else None) or facts.time_zone
    if sends_at is not None and zone:
        sends_at = sends_at.astimezone(ZoneInfo(zone))
    return replace(context, facts=facts, person=person, sends_at=sends_at)


def find_person(facts: Application, mailbox: Mailbox) -> Person | None:
    """Return the person of the facts behind a mailbox: by address, else by full name."""
    people = facts.everyone()
    address, name = mailbox.email.casefold(), mailbox.name.casefold()
    by_address = (person for person in people if address and person.email and person.email.casefold() == address)
    by_name = (person for person in people if name and person.name.casefold() == name)
    return next(by_address, None) or next(by_name, None)
