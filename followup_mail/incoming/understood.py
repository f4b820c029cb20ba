"""What a mail in the mailbox was understood as: values only."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from followup_mail.incoming.tenor import Tenor


class Understanding(StrEnum):
    """What somebody's mail is to an application."""

    ANSWER = "answer"
    """A person wrote it, or a system that had decided: what is open for the application waits."""
    AUTOMATIC = "automatic reply"
    """An absence, a receipt, a ticket number: nobody has answered."""
    RETURNED = "returned"
    """A report that a mail could not be delivered (RFC 3464, and forms without a report)."""
    BY_HAND = "by hand"
    """The user wrote it in a mail program: a contact like any other."""
    NOTHING = "nothing"
    """It has nothing to do with an application: only the user says so, about what was taken for something else."""


class Understood(Struct, frozen=True):
    """One mail, understood. Everything in it has passed the gate of the facts (``facts.clean``)."""

    understanding: Understanding
    applications: tuple[str, ...]
    """Short names; the likeliest first. Several: nothing tells which, so each of them waits."""
    why: str
    """Why it belongs there: "it answers your mail of 3 March", "Tom Berg wrote it"."""
    sender: str
    """Its address, in lower case; for ``BY_HAND`` the first recipient's, who is the one it went to."""
    name: str = ""
    """How the sender is shown."""
    subject: str = ""
    sent_at: datetime | None = None
    """UTC, by the sender's clock."""
    message_id: str = ""
    """With its brackets; empty where it has none that can be used."""
    references: tuple[str, ...] = ()
    """Oldest first."""
    first_line: str = ""
    """The first line that the writer wrote, at most 200 characters; of a report, what the server said."""
    tenor: Tenor = Tenor.UNKNOWN
    """What it says (``tenor.read_tenor``): a no is a proposal, and nothing is closed by it."""
    sentence: str = ""
    """The sentence that says so."""
    has_invitation: bool = False
    """Whether it holds an appointment (text/calendar)."""
    back_on: date | None = None
    """Of an absence: the first day on which they are there again; None when it names none."""
    returned: tuple[str, ...] = ()
    """Of a report: the Message-IDs of the mails that came back."""
    returned_to: tuple[str, ...] = ()
    """Of a report: the addresses that could not be reached, in lower case."""
