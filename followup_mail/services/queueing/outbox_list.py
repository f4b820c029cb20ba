"""What the outbox holds: a list of entries, one entry in full, and what is left when nothing is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.clocks import describe_moment
from followup_mail.errors import NotFoundError
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.outbox.moments import to_moment
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Transition
from followup_mail.regex import regex
from followup_mail.services.context.departures import as_it_leaves, as_they_leave, find_next_departure, leaves_at
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.services.queueing.outdated_entries import find_outdated_entries
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.services.queueing.stranded import find_filed
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.queueing.carried_through import Outdated


_MOMENT: Final = regex(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
"""A moment as the record writes it."""


class EntryList(Struct, frozen=True):
    """Entries, what needs the user first; and which ones are damaged."""

    entries: tuple[Entry, ...]
    damaged: tuple[Damaged, ...]
    outdated: tuple[Outdated, ...] = ()
    """Those that no longer read like the facts."""
    overdue: tuple[Entry, ...] = ()
    """Those that should have left by now, and that the next run sends."""


class EntryDetail(Struct, frozen=True):
    """One entry with its history."""

    entry: Entry
    moves: tuple[Transition, ...]


class Remaining(Struct, frozen=True):
    """What is in the outbox after a run that found nothing due."""

    sending: tuple[Entry, ...]
    """Another run sends these at this moment."""
    next_at: datetime | None
    """When the next mail leaves by itself."""
    open: tuple[Entry, ...]
    in_folder: tuple[Entry, ...]


def filled_store(workspace: Workspace) -> Store:
    """Return the outbox. Raises ``NotFoundError`` when there is none yet: looking at an entry makes none."""
    if not workspace.has_store:
        raise NotFoundError("Nothing was queued yet, so there are no entries.", fix="Begin with: followup-mail today")
    return workspace.store


def list_entries(workspace: Workspace, application: str = "", *, every: bool = False) -> EntryList:
    """Return the entries that are open or lie in the folder, of one application or of all; with ``every`` the rest too.

    Raises ``NotFoundError`` for an unknown application.
    """
    release_resumed(workspace)
    free_abandoned_if_possible(workspace)
    slug = workspace.facts.load(application).slug if application else None
    found = workspace.store.entries(application=slug, states=() if every else OPEN | {State.IN_FOLDER})
    found = as_they_leave(workspace, found)
    in_order = sorted(found, key=lambda entry: (not entry.needs_user, entry.ready_at))
    overdue = _find_overdue(workspace, found)
    return EntryList(tuple(in_order), workspace.store.damaged(), list_outdated(workspace, found, slug), overdue)


def _find_overdue(workspace: Workspace, shown: Iterable[Entry]) -> tuple[Entry, ...]:
    now = workspace.now()
    due = {entry.id for entry in shown if entry.state is State.QUEUED and entry.ready_at <= now}
    if not due:
        return ()
    from followup_mail.services.queueing.late_mails import find_overdue  # it needs the facts, and a list seldom does

    return tuple(entry for entry in find_overdue(workspace) if entry.id in due)


def drop_staying(entries: Iterable[Entry], shown: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries without those of which it is said that they do not leave."""
    stay = {entry.id for entry in shown if entry.stays}
    return tuple(entry for entry in entries if entry.id not in stay)


def list_outdated(workspace: Workspace, shown: Iterable[Entry], slug: str | None = None) -> tuple[Outdated, ...]:
    """Return the mails that no longer read like the facts, as they will leave if nothing is done.

    Without those of which it is said that they do not leave.
    """
    stay = {entry.id for entry in shown if entry.stays}
    outdated = [found for found in find_outdated_entries(workspace, slug) if found.entry.id not in stay]
    leaving = as_they_leave(workspace, [found.entry for found in outdated])
    now = workspace.now()
    moments = (replace(entry, next_attempt_at=leaves_at(entry, now)) for entry in leaving)
    return tuple(replace(found, entry=entry) for found, entry in zip(outdated, moments, strict=True))


def show_entry(workspace: Workspace, entry_id: int) -> EntryDetail:
    """Return one entry with its history. Raises ``NotFoundError``."""
    store = filled_store(workspace)
    release_resumed(workspace)
    free_abandoned_if_possible(workspace)
    return EntryDetail(as_it_leaves(workspace, store.get(entry_id)), store.transitions(entry_id))


def say_detail(move: Transition, zone: ZoneInfo) -> str:
    """Return what is on record about a move, with its moments by the clocks of the user."""
    return _MOMENT.sub(lambda found: describe_moment(to_moment(found[0]), zone, zone), move.detail)


def read_message(workspace: Workspace, entry_id: int) -> bytes:
    """Return the message of an entry, byte for byte. Raises ``NotFoundError``."""
    store = filled_store(workspace)
    free_abandoned_if_possible(workspace)
    return store.content(entry_id)


def read_html(workspace: Workspace, entry_id: int) -> str:
    """Return the HTML of an entry as it would be sent; empty where it has none. Raises ``NotFoundError``."""
    from email import message_from_bytes, policy

    part = message_from_bytes(read_message(workspace, entry_id), policy=policy.default).get_body(("html",))
    content = part.get_content() if part else ""
    return content if isinstance(content, str) else ""


def find_remaining(workspace: Workspace) -> Remaining:
    """Return what is left when nothing is due."""
    return Remaining(
        sending=workspace.store.entries(states={State.SENDING}),
        next_at=find_next_departure(workspace),
        open=workspace.store.entries(states=OPEN),
        in_folder=find_filed(workspace),
    )
