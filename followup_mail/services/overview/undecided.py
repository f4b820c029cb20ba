"""The mails that need a decision of the user's."""

from __future__ import annotations

from followup_mail.cadence.set_aside import is_held_aside
from followup_mail.outbox.entry import NEEDS_USER, OPEN, Entry, State
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.overview.find_applications import MISSED_SPAN
from followup_mail.workspace import Workspace


def find_undecided(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that need a decision of the user's, a draft's approval too; none missed over a week ago."""
    entries = as_they_leave(workspace, workspace.store.entries(states=OPEN))
    needing = (entry for entry in entries if entry.needs_user or (entry.state is State.DRAFT and not entry.in_drafts))
    return tuple(entry for entry in needing if not _is_set_aside(entry) and not _is_long_missed(workspace, entry))


def _is_set_aside(entry: Entry) -> bool:
    """Return whether an entry only rests with its application. What failed or may have been sent is told even then."""
    return is_held_aside(entry.held) and entry.state not in NEEDS_USER


def _is_long_missed(workspace: Workspace, entry: Entry) -> bool:
    """Return whether the user had a week to see that an entry was missed, reckoned from when that was found."""
    if entry.state is not State.MISSED:
        return False
    moves = workspace.store.transitions(entry.id)
    found_at = max((move.at for move in moves if move.after is State.MISSED), default=None)
    return found_at is not None and found_at < workspace.now() - MISSED_SPAN
