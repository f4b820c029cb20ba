"""Whose mail is looked for: everybody of the applications that are open, and the threads of those that just ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.entry_state import State
from followup_mail.facts.application import Application
from followup_mail.facts.mail_address import domain, is_public
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson, WatchedThread
from followup_mail.outbox.entry import Entry
from followup_mail.workspace import Workspace

_ZONES: Final = timedelta(days=1)
"""A server files by its own clock and zone."""
_LONGEST: Final = timedelta(days=180)
_ENDED_FOR: Final = timedelta(days=30)
"""So long after the last mail about an application that has ended, a report about it may still come."""
_WENT: Final = frozenset({State.SENT, State.UNCLEAR, State.SENDING, State.IN_FOLDER, State.FAILED})
"""States of entries that somebody may have got: what comes in their threads belongs to the application."""


class Lookout(Struct, frozen=True):
    """What is looked for, and from which moment on mail is about it."""

    watched: Watched
    counts_from: Mapping[str, datetime | None]
    """By short name, as ``counts_from`` says."""

    def counts(self, slug: str, at: datetime | None) -> bool:
        """Return whether a mail of this moment can be an answer to an application, or a contact after its interview."""
        begins = self.counts_from.get(slug)
        return begins is None or at is None or at >= begins


def watch_out(workspace: Workspace) -> Lookout:
    """Return what is looked for, from the facts that can be read and the outbox. Raises ``OutboxError``."""
    now, applications = workspace.now(), workspace.facts.load_all()[0]
    found = (_watch(workspace, application, now) for application in applications)
    own = frozenset(address.lower() for address in workspace.own_addresses)
    watched = Watched(tuple(one for one in found if one), own)
    return Lookout(watched, {one.slug: counts_from(one, now) for one in applications})


def counts_from(application: Application, now: datetime) -> datetime | None:
    """Return the moment from which mail is an answer or a follow-up: in the middle of the last interview.

    What was written before was to arrange it; and it may be shorter than planned. None where there was none yet.
    """
    begun = [one for one in application.interviews if one.start <= now]
    last = max(begun, key=lambda one: one.start.timestamp(), default=None)
    return last.start + (last.end - last.start) / 2 if last else None


def _watch(workspace: Workspace, application: Application, now: datetime) -> WatchedApplication | None:
    """Return what is looked for; None for an application that ended long ago."""
    entries = workspace.store.entries(application=application.slug, states=_WENT)
    is_open = not application.outcome.status.is_end and not application.archived
    last_at = max((entry.sent_at or entry.created_at for entry in entries), default=None)
    if not is_open and (last_at is None or last_at < now - _ENDED_FOR):
        return None
    people = tuple(_people(application))
    return WatchedApplication(
        application.slug,
        application.company,
        application.role,
        _since(application, entries, now),
        people,
        frozenset(domain(one.email) for one in people if one.email and not is_public(one.email)),
        (*_threads(application, entries), *_by_hand(workspace, application)),
        is_open,
    )


def _people(application: Application) -> Iterator[WatchedPerson]:
    known = set()
    for person in application.everyone():
        known.add((person.email or "").lower())
        yield WatchedPerson(person.name, (person.email or "").lower(), person.key)
    by = (application.outcome.by or "").lower()
    if by and by not in known:
        yield WatchedPerson("", by)


def _threads(application: Application, entries: Iterable[Entry]) -> Iterator[WatchedThread]:
    for entry in entries:
        mail = entry.message
        yield WatchedThread(mail.message_id, mail.subject, mail.to.email.lower(), entry.id)
    outcome = application.outcome
    for message_id in dict.fromkeys((*outcome.references, outcome.message_id)):
        if message_id:
            yield WatchedThread(message_id, outcome.subject)


def _by_hand(workspace: Workspace, application: Application) -> Iterator[WatchedThread]:
    """Yield the mails of the user's own that were seen in the mailbox: they must not be counted twice."""
    for touch in workspace.store.touches(application.slug):
        if touch.message_id:
            yield WatchedThread(touch.message_id, touch.subject)


def _since(application: Application, entries: Iterable[Entry], now: datetime) -> date:
    """Return the first day on which an answer can have come."""
    met = counts_from(application, now)
    first_at = min((entry.created_at for entry in entries), default=now)
    began = met or first_at
    day = began.date() if met or not application.applied else min(application.applied, began.date())
    return max(day - _ZONES, now.date() - _LONGEST)
