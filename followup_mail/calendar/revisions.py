"""What changed since the last export: SEQUENCE and LAST-MODIFIED need a memory, and this is what is done with it.

A calendar that imported an event once takes a later one of the same UID for news only when its SEQUENCE is higher
(RFC 5545 section 3.8.7.4), and nothing but the memory knows what has gone from the plan. Pure: the road keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from followup_mail.calendar.event import OFF, Event, EventStatus, in_utc

# How long after its date something called off is still part of an export: long enough for any calendar to learn it.
_TOLD_AFTER: Final = timedelta(days=90)
_FORGOTTEN_TITLE: Final = "Follow-up"


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """What was exported last under one UID."""

    application: str
    """The slug; empty once the application was forgotten."""
    title: str
    start_at: datetime
    end_at: datetime
    fingerprint: str
    """SHA-256 of everything that shows, in hexadecimal."""
    sequence: int
    created_at: datetime
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """The memory: the last record of every UID ever exported."""

    records: Mapping[str, ExportRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """What an export starts from."""

    events: tuple[Event, ...]
    now: datetime
    application: str = ""
    """The only application it is about; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Revised:
    """An event with its place in the history of its UID."""

    event: Event
    sequence: int
    created_at: datetime
    modified_at: datetime


def revise(export: Export, ledger: Ledger) -> tuple[tuple[Revised, ...], Ledger]:
    """Return what to write, in order of time, and the ledger to keep.

    A changed event gets the next SEQUENCE. One that was exported before and is gone is called off; one that was
    never exported and will not happen is left out. Applications the export is not about are left alone.
    """
    wanted = {event.uid: event for event in (*_gone(export, ledger), *export.events)}
    known = ledger.records
    revised = [
        _revise_one(event, known.get(uid), export.now)
        for uid, event in wanted.items()
        if uid in known or event.standing not in OFF
    ]
    kept = {**known, **{one.event.uid: _record(one) for one in revised}}
    told = [one for one in revised if not _is_old_news(one.event, export.now)]
    return tuple(sorted(told, key=lambda one: (one.event.start_at, one.event.uid))), Ledger(kept)


def forget(ledger: Ledger, application: str) -> Ledger:
    """Return the ledger without anything that tells about an application.

    What remains lets the next export of everything call its events off.
    """
    return Ledger(
        {
            uid: replace(one, application="", title=_FORGOTTEN_TITLE) if one.application == application else one
            for uid, one in ledger.records.items()
        }
    )


def fingerprint(event: Event) -> str:
    """Return the SHA-256 of everything in an event that shows."""
    before = None if event.alarm_before is None else int(event.alarm_before.total_seconds())
    shows = [
        *(event.title, event.start_at.isoformat(), event.end_at.isoformat(), event.standing),
        *(event.description, event.categories, before, event.busy),
    ]
    return sha256(json.dumps(shows).encode()).hexdigest()


def _gone(export: Export, ledger: Ledger) -> Iterator[Event]:
    """Yield every event that was exported before for these applications, as called off."""
    for uid, record in ledger.records.items():
        if export.application in {"", record.application}:
            yield Event(
                uid=uid,
                application=record.application,
                title=record.title,
                start_at=record.start_at,
                end_at=record.end_at,
                standing=EventStatus.CALLED_OFF,
                description="Not to be done any more: it is not in the plan.",
                categories=("Job search",),
            )


def _revise_one(event: Event, record: ExportRecord | None, now: datetime) -> Revised:
    moment = in_utc(now)
    if record is None:
        return Revised(event, 0, moment, moment)
    if record.fingerprint == fingerprint(event):
        return Revised(event, record.sequence, record.created_at, record.modified_at)
    # A clock that was set back must not make the change older than the one before.
    return Revised(event, record.sequence + 1, record.created_at, max(moment, record.modified_at))


def _record(one: Revised) -> ExportRecord:
    event = one.event
    return ExportRecord(
        event.application,
        event.title,
        event.start_at,
        event.end_at,
        fingerprint(event),
        one.sequence,
        one.created_at,
        one.modified_at,
    )


def _is_old_news(event: Event, now: datetime) -> bool:
    return event.standing in OFF and event.end_at < now - _TOLD_AFTER
