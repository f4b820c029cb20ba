"""How a mail reads, as it waits or as it would be written now: what of it may differ."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup_mail.outbox.entry import Entry, Place, Timing, shown_clock
from followup_mail.services.writing.prepared import Written


class Reading(Struct, frozen=True):
    """What of a mail may differ."""

    subject: str
    text: str
    to: str
    attached: tuple[tuple[str, str], ...]
    """Names and hashes."""
    timing: Timing


def say_files(reading: Reading) -> str:
    """Return the files with the beginnings of their hashes, since another version may have the same name."""
    return ", ".join(f"{name} ({sha256[:8]})" for name, sha256 in reading.attached) or "nothing"


def say_moment(timing: Timing) -> str:
    """Return the moment of a timing with the place whose clock it is."""
    return say_at(timing.due_at, timing.place)


def say_at(moment: datetime, place: Place) -> str:
    """Return a moment by the clock of a place, with the name of that."""
    at = moment.astimezone(shown_clock(place.zone))
    return f"{at:%a %d %b %Y, %H:%M} in {place.zone.rpartition('/')[2].replace('_', ' ')}"


def read_entry(entry: Entry) -> Reading:
    """Return how a mail in the outbox reads."""
    mail = entry.message
    attached = tuple(sorted((file.path.name, file.sha256) for file in mail.attached))
    return Reading(mail.subject, mail.text, f"{mail.to.name} <{mail.to.email}>", attached, entry.timing)


def read_draft(written: Written) -> Reading:
    """Return how a mail reads as it would be written now."""
    draft = written.draft
    attached = tuple(sorted((file.path.name, file.sha256) for file in draft.attachments))
    return Reading(draft.subject, draft.text, f"{draft.to.name} <{draft.to.email}>", attached, written.timing)
