"""Queued mails that should have left by now, and since when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from followup_mail.cadence.set_aside import is_held_aside
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.transitions import Cause
from followup_mail.services.context.departures import as_they_leave, first_moment
from followup_mail.services.context.mail_accounts import sending_accounts
from followup_mail.workspace import Workspace

_GRACE: Final = timedelta(minutes=10)
"""Runs in the background come every few minutes."""


def find_late(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the queued entries that were tried in vain, turned away, or not looked at by any run."""
    now = workspace.now()
    queued = workspace.store.entries(states={State.QUEUED}, held=False)
    # Those of another account are stranded.
    accounts = sending_accounts(workspace)
    ours = [entry for entry in queued if entry.account in accounts and entry.timing.due_at <= now]
    return tuple(
        entry for entry in ours if entry.reason or max(entry.ready_at, due_since(workspace, entry)) <= now - _GRACE
    )


def find_overdue(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the late entries that the next run sends: what a list has for them is a moment of the past."""
    if not workspace.has_store:
        return ()
    now = workspace.now()
    leaving = as_they_leave(workspace, [entry for entry in find_late(workspace) if not entry.is_past(now)])
    return tuple(entry for entry in leaving if entry.ready_at <= now and not entry.stays)


def due_since(workspace: Workspace, entry: Entry) -> datetime:
    """Return since when a queued mail is due: one that was cancelled at its moment, since it was brought back."""
    moves = workspace.store.transitions(entry.id)
    back = max((move.at for move in moves if move.cause is Cause.RESTORED), default=None)
    due_at = entry.timing.due_at
    return due_at if back is None or back <= due_at else first_moment(entry, back)


def was_paused_then(workspace: Workspace, entry: Entry) -> bool:
    """Return whether a queued mail is late only because its application was paused, or archived, at its moment."""
    if entry.reason or entry.is_past(workspace.now()):
        return False
    moves = workspace.store.transitions(entry.id)
    return any(
        move.cause is Cause.RESUMED and is_held_aside(move.detail) and move.at >= entry.timing.due_at for move in moves
    )
