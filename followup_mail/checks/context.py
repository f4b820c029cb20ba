"""What the rules check: a mail and all that is known around it. A plain value, wherever the mail was written."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.planning_context import where
from followup_mail.cadence.step import Kind, Step
from followup_mail.cadence.worktime import NOWHERE, Place
from followup_mail.facts.application import Application, Person
from followup_mail.message.draft import Mailbox

NOBODY = Mailbox(name="", email="")


class Companion(Struct, frozen=True):
    """The note to another person of the same panel: in the same batch, or already sent."""

    name: str
    """The other person's name, for the message; may be empty."""
    text: str


class Briefing(Struct, frozen=True):
    """What a writing model was given for a mail, with the names that were kept from it put back."""

    facts: tuple[str, ...]
    """Every fact that it may use, each as a text: notes, sentences of the candidate's, days, names, the job."""
    guide: str = ""
    """Everything else that it was given; no words of it belong in a mail."""
    doubts: tuple[str, ...] = ()
    """Words of the mail that the model itself, on a second look, found in no fact."""
    own: tuple[str, ...] = ()
    """Those of the facts that the candidate says: in them "I" is the candidate, in a note it may be the other."""


class CheckContext(Struct, frozen=True):
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
    enclosures: tuple[str, ...] = ()
    """The names of the attached files."""
    own_addresses: tuple[str, ...] = ()
    employer_domains: tuple[str, ...] = ()
    """Domains of the current employer, which must not see this."""
    advert: str = ""
    """The text of the job advert."""
    defaults: Place = NOWHERE
    """The user's zone, country and office hours, for whatever the facts do not say about the recipient's place."""
    briefing: Briefing | None = None
    """What a writing model wrote the mail from; None for every other mail."""
    thread_subject: str = ""
    """The subject of a thread that this mail goes into, which nobody chooses any more; empty for a mail of its own."""
    close_contact: str = ""
    """Another contact with the same person less than the gap between contacts away, as a phrase; empty for none."""
    free_from: str = ""
    """The first day from which that contact leaves room, as a phrase; empty where it comes after this mail."""
    shared_day: bool = False
    """Whether it is for a day, chosen by the user, on which the same person hears about another application."""
    is_saved: bool = False
    """True for a mail that was written elsewhere: what is added to the facts does not change its words."""

    @property
    def is_no_follow_up(self) -> bool:
        """Whether the mail was written elsewhere and is of another kind: it accepts an invitation or an offer."""
        return self.is_saved and self.kind is None

    @property
    def judges_subject(self) -> bool:
        """Whether the subject is of this mail: that of a thread was sent long ago, and the answer has to keep it."""
        return not self.thread_subject or self.subject != self.thread_subject

    @property
    def place(self) -> Place:
        """Where the recipient works."""
        return where(self.facts, self.person, self.defaults) if self.facts else self.defaults


def with_facts(context: CheckContext, facts: Application) -> CheckContext:
    """Return ``context`` with the facts it is about, its recipient looked up in them, its moment in their zone."""
    known = replace(context, facts=facts, person=context.person or find_person(facts, context.recipient))
    return replace(known, sends_at=known.sends_at and known.sends_at.astimezone(known.place.clock))


def find_person(facts: Application, mailbox: Mailbox) -> Person | None:
    """Return the person of the facts behind a mailbox: by address, else by full name."""
    people = facts.everyone()
    address, name = mailbox.email.casefold(), mailbox.name.casefold()
    by_address = (person for person in people if address and person.email and person.email.casefold() == address)
    by_name = (person for person in people if name and person.name.casefold() == name)
    return next(by_address, None) or next(by_name, None)
