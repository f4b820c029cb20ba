"""Entries that a worker was sending when it ended."""

from __future__ import annotations

from contextlib import suppress

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.entry import State
from followup_mail.outbox.lease import is_process_gone
from followup_mail.workspace import Workspace


def find_abandoned(workspace: Workspace) -> None:
    """Free what a worker that is gone had claimed, so that a report says how things stand, not how they seemed."""
    if workspace.store.entries(states={State.SENDING}):
        # While another program holds the file, or where this one only reads, what is there can still be shown.
        with suppress(OutboxError, RefusedError):
            workspace.store.recover(workspace.now(), is_process_gone)
