"""What the user should know today about the drafts in their mailbox, as far as a look there has shown it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from followup_mail.cadence.step import StepId
from followup_mail.outbox.draft_changes import DELETED_THERE
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.workspace import Workspace

_TOLD_FOR: Final = timedelta(days=1)


def find_in_drafts(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that lie in the Drafts folder, by the moment that the plan has for them."""
    found = workspace.store.in_drafts() if workspace.has_store else ()
    return tuple(sorted(found, key=lambda entry: entry.timing.due_at))


def find_on_the_way(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that are meant for the Drafts folder and do not lie there yet."""
    return tuple(one for one in workspace.store.entries(states={State.DRAFT}) if one.held == TO_DRAFTS)


def find_deleted_there(workspace: Workspace, open_steps: Collection[StepId]) -> tuple[Entry, ...]:
    """Return the entries whose draft the user deleted within a day, and whose step is open again."""
    if not workspace.has_store:
        return ()
    since = workspace.now() - _TOLD_FOR
    cancelled = (one for one in workspace.store.entries(states={State.CANCELLED}) if one.reason == DELETED_THERE)
    return tuple(
        one
        for one in cancelled
        if one.step in open_steps and any(move.at >= since for move in workspace.store.transitions(one.id)[-1:])
    )
