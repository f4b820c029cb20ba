"""Entries that a worker was sending when it ended."""

from __future__ import annotations

from contextlib import suppress

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import is_process_gone
from followup_mail.workspace import Workspace


def free_abandoned(workspace: Workspace) -> tuple[Entry, ...]:
    """Free what workers that are gone had in their hands: queued, or unclear where it may have left."""
    return workspace.store.recover(workspace.now(), is_process_gone)


def free_abandoned_if_possible(workspace: Workspace) -> None:
    """Free it for a report, which says how things stand, not how they seemed."""
    if workspace.store.entries(states={State.SENDING}):
        # While another program holds the file, or where this one only reads, what is there can still be shown.
        with suppress(OutboxError, RefusedError):
            free_abandoned(workspace)
