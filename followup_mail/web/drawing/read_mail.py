"""A mail as a page shows it, however it was made: its envelope, its text with what was found in it, its HTML part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup_mail.cadence.clocks import city_of
from followup_mail.checks import Finding
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import Timing, shown_clock
from followup_mail.services.checking.remedies import Remedy, find_remedy
from followup_mail.services.checking.shared_sentences import Shared
from followup_mail.web.drawing.marked_text import Piece, mark_subject, mark_text


class Leaving(Struct, frozen=True):
    """When a mail leaves, by their clock and by the user's."""

    theirs: datetime
    their_city: str
    own: datetime
    is_one_zone: bool

    @classmethod
    def make(cls, at: datetime, timing: Timing, own_zone: ZoneInfo) -> Leaving:
        """``at`` is the moment; ``timing`` says where they are."""
        zone = shown_clock(timing.place.zone)
        return cls(at.astimezone(zone), city_of(zone), at.astimezone(own_zone), zone.key == own_zone.key)


class Found(Struct, frozen=True):
    """A finding with its number in the list, and what can be done about it."""

    number: int
    finding: Finding
    remedy: Remedy


class Words(Struct, frozen=True):
    """What a mail says."""

    subject: str
    text: str
    html: str
    """The address of its HTML part, for a frame."""
    own: tuple[tuple[int, int], ...] = ()
    """Where words of the user are in the text, as start and end."""
    shared: tuple[Shared, ...] = ()
    """Sentences that other notes have too."""


class ReadMail(Struct, frozen=True):
    """What ``pages/writing/mail.html`` shows."""

    key: str
    """What its anchors on the page begin with; letters, digits and ``-``."""
    to: Mailbox
    sender: Mailbox
    leaving: Leaving
    why: str
    """Why then; empty where nothing is known."""
    words: Words
    subject: tuple[Piece, ...]
    text: tuple[Piece, ...]
    found: tuple[Found, ...]
    attached: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        return sum(found.finding.is_error for found in self.found)

    @property
    def warnings(self) -> int:
        return len(self.found) - self.errors


class Envelope(Struct, frozen=True):
    """From whom to whom, when, and with what."""

    to: Mailbox
    sender: Mailbox
    leaving: Leaving
    why: str = ""
    attached: tuple[Path, ...] = ()


def read_mail(key: str, envelope: Envelope, words: Words, findings: Sequence[Finding] = ()) -> ReadMail:
    """Return a mail as a page shows it."""
    found = tuple(Found(number, finding, find_remedy(finding)) for number, finding in enumerate(findings, start=1))
    return ReadMail(
        key,
        envelope.to,
        envelope.sender,
        envelope.leaving,
        envelope.why,
        words,
        mark_subject(words.subject, findings),
        mark_text(words.text, findings, words.own, words.shared),
        found,
        tuple(path.name for path in envelope.attached),
    )
