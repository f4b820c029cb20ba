"""What changed since the last export.

A calendar that has imported an event accepts a change only with a higher SEQUENCE (RFC 5545 section 3.8.7.4), and only
the ledger of earlier exports knows what has left the plan. Everything here is pure;
``services.overview.calendars`` keeps the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.calendar.event import OFF, Event, EventStatus, in_utc

# How long after its date a cancelled event stays in exports: long enough for any calendar to learn about it.
_EXPORTED_FOR: Final = timedelta(days=90)
_FORGOTTEN_TITLE: Final = "Follow-up"


class ExportRecord(Struct, frozen=True):
    """What was last exported under one UID."""

    application: str
    """The slug; empty after the application was forgotten."""
    title: str
    start_at: datetime
    end_at: datetime
    fingerprint: str
    """SHA-256 of everything visible, in hexadecimal."""
    sequence: int
    created_at: datetime
    modified_at: datetime


class Ledger(Struct, frozen=True):
    """The last record of every UID ever exported."""

    records: Mapping[str, ExportRecord] = field(default_factory=dict)


class Export(Struct, frozen=True):
    """What an export starts from."""

    events: tuple[Event, ...]
    now: datetime
    application: str = ""
    """The only application it is about; empty for all of them."""
    left_alone: frozenset[str] = frozenset()
    """Applications that could not be read: what was exported of them stays as it is."""


class RevisedEvent(Struct, frozen=True):
    """An event with its revision number."""

    event: Event
    sequence: int
    created_at: datetime
    modified_at: datetime


def revise(export: Export, ledger: Ledger) -> tuple[tuple[RevisedEvent, ...], Ledger]:
    """Return what to write, ordered by time, and the ledger to keep.

    A changed event gets the next SEQUENCE. An event that was exported before and is gone is called off; one that was
    never exported and will not happen is left out. Applications that the export is not about are left alone.
    """
    wanted = {event.uid: event for event in (*_gone(export, ledger), *export.events)}
    known = ledger.records
    revised = [
        _revise_event(event, known.get(uid), export.now)
        for uid, event in wanted.items()
        if uid in known or event.status not in OFF
    ]
    kept = {**known, **{revision.event.uid: _record(revision) for revision in revised}}
    exported = [revision for revision in revised if not _is_old(revision.event, export.now)]
    return tuple(sorted(exported, key=lambda found: (found.event.start_at, found.event.uid))), Ledger(kept)


def forget_application(ledger: Ledger, slug: str) -> Ledger:
    """Return the ledger without anything that reveals an application.

    What remains lets the next export of everything call its events off.
    """
    return Ledger(
        {
            uid: replace(record, application="", title=_FORGOTTEN_TITLE) if record.application == slug else record
            for uid, record in ledger.records.items()
        }
    )


def rename_application(ledger: Ledger, slug: str, new: str) -> Ledger:
    """Return the ledger with everything of one application under another short name."""
    return Ledger(
        {
            uid: replace(record, application=new) if record.application == slug else record
            for uid, record in ledger.records.items()
        }
    )


def fingerprint(event: Event) -> str:
    """Return the SHA-256 of everything visible in an event."""
    before = None if event.alarm_before is None else int(event.alarm_before.total_seconds())
    visible = [
        *(event.title, event.start_at.isoformat(), event.end_at.isoformat(), event.status),
        *(event.description, event.categories, before, event.busy),
    ]
    return sha256(json.dumps(visible).encode()).hexdigest()


def _gone(export: Export, ledger: Ledger) -> Iterator[Event]:
    """Yield every event that was exported before for these applications, as called off."""
    for uid, record in ledger.records.items():
        if export.application in {"", record.application} and record.application not in export.left_alone:
            yield Event(
                uid=uid,
                application=record.application,
                title=record.title,
                start_at=record.start_at,
                end_at=record.end_at,
                status=EventStatus.CALLED_OFF,
                description="Not to be done any more: it is not in the plan.",
                categories=("Job search",),
            )


def _revise_event(event: Event, record: ExportRecord | None, now: datetime) -> RevisedEvent:
    moment = in_utc(now)
    if record is None:
        return RevisedEvent(event, 0, moment, moment)
    if record.fingerprint == fingerprint(event):
        return RevisedEvent(event, record.sequence, record.created_at, record.modified_at)
    # A clock that was set back must not make the change older than the one before.
    return RevisedEvent(event, record.sequence + 1, record.created_at, max(moment, record.modified_at))


def _record(revision: RevisedEvent) -> ExportRecord:
    event = revision.event
    described = (event.application, event.title, event.start_at, event.end_at, fingerprint(event))
    return ExportRecord(*described, revision.sequence, revision.created_at, revision.modified_at)


def _is_old(event: Event, now: datetime) -> bool:
    return event.status in OFF and event.end_at < now - _EXPORTED_FOR
