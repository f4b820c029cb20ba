"""What was found in a file that somebody was sent: people, conversations, days. Proposals, not facts yet.

Texts in these values passed the gate of ``facts.clean``; what did not is left out, and ``notes`` say so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from followup_mail.facts.terms import Format


class FoundPerson(Struct, frozen=True, kw_only=True):
    """Somebody whom a file names; empty where it does not say."""

    name: str = ""
    guess: str = ""
    """The name that the address suggests, where the file has none."""
    email: str = ""
    title: str = ""
    phone: str = ""
    company: str = ""

    @property
    def label(self) -> str:
        """What to call them in a sentence."""
        return self.name or self.email


class FoundEvent(Struct, frozen=True, kw_only=True):
    """A conversation that an invitation is about."""

    uid: str
    sequence: int = 0
    """Which version of the invitation this is (RFC 5545 section 3.8.7.4)."""
    is_cancelled: bool = False
    title: str = ""
    start: datetime | None = None
    """Aware, or wall time where the file names no zone; None where it does not say the hour."""
    day: date | None = None
    """The day of an event that takes the whole day."""
    duration: timedelta | None = None
    zone: str = ""
    """The zone that the file names; empty for UTC, which is nobody's clock, and for none."""
    format: Format | None = None
    place: str = ""
    """Where they meet, as the invitation has it."""
    text: str = ""
    """What the organiser wrote, without what a conference service adds."""
    organiser: FoundPerson | None = None
    attendees: tuple[FoundPerson, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """Everything of one file, or of several."""

    events: tuple[FoundEvent, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    """Who wrote, and who is in copy."""
    named: tuple[FoundPerson, ...] = ()
    """Who is only named in the words, as one to meet."""
    sender: str = ""
    """The address that a mail came from, also one that nobody reads."""
    cards: tuple[FoundPerson, ...] = ()
    moments: tuple[datetime, ...] = ()
    """Wall times that the text of a mail names: one may be that of the interview."""
    format: Format | None = None
    """How they meet, as the words of a mail have it."""
    zone: str = ""
    """By whose clocks the text names them; empty where it does not say."""
    clocks: str = ""
    """What the text calls those clocks, where that is not plain: "'CST'"."""
    place: str = ""
    """The place that stands beside them, where no clocks are named."""
    place_zone: str = ""
    text: str = ""
    """Subject and words of the mails."""
    decision: str = ""
    """The sentence that says by when they decide."""
    decision_by: tuple[date, ...] = ()
    """Each day that it can mean."""
    notes: tuple[str, ...] = ()
    """What was left out or guessed, as sentences for the user."""

    def with_more(self, other: Found) -> Found:
        """Return both together."""
        return Found(
            events=self.events + other.events,
            people=self.people + other.people,
            named=self.named + other.named,
            sender=self.sender or other.sender,
            cards=self.cards + other.cards,
            moments=self.moments + other.moments,
            zone=self.zone or other.zone,
            clocks=self.clocks or other.clocks,
            place=self.place or other.place,
            place_zone=self.place_zone or other.place_zone,
            format=self.format or other.format,
            decision=self.decision or other.decision,
            decision_by=self.decision_by or other.decision_by,
            text="\n".join(filter(None, (self.text, other.text))),
            notes=self.notes + other.notes,
        )
