"""Which mails that wait no longer read like the facts, for lists: looked at only where something has changed since."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from followup_mail.errors import FollowupError, OutboxError
from followup_mail.outbox.entry import WAITS, Entry
from followup_mail.outbox.seen_changes import REPLIED
from followup_mail.outbox.transitions import Cause
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.carried_through import Outdated

_WORDED: Final = frozenset({Cause.EDITED, Cause.REWRITTEN})


def find_outdated_entries(workspace: Workspace, application: str | None = None) -> tuple[Outdated, ...]:
    """Return the mails that would be written differently now, or have lost their point, in order of applications."""
    waiting: dict[str, list[Entry]] = {}
    for entry in workspace.store.entries(application=application, states=WAITS):
        # What is held by their answer is the user's next decision: whether it still makes sense shows when they go on.
        if entry.held != REPLIED:
            waiting.setdefault(entry.step.application, []).append(entry)
    changed = [slug for slug, entries in sorted(waiting.items()) if is_changed_since(workspace, slug, entries)]
    return tuple(found for slug in changed for found in _find(workspace, slug) if found.entry.held != REPLIED)


def _find(workspace: Workspace, slug: str) -> tuple[Outdated, ...]:
    """Return those of one application; none when it cannot be read, which is told elsewhere."""
    from followup_mail.services.carried_through import find_outdated

    try:
        return find_outdated(workspace, slug)
    except OutboxError:
        raise
    except FollowupError:
        return ()


def is_changed_since(workspace: Workspace, slug: str, entries: list[Entry]) -> bool:
    """Return whether the facts file was written after the first of these mails, or one was done by hand meanwhile.

    Most were not, and need no writing.

    The disk may have another clock than this program, and a copy that is put back keeps its old time. So what the
    program itself has written counts by the moment at which it did.
    """
    steps = {entry.step for entry in entries}
    if any(touch.step in steps and touch.reached for touch in workspace.store.history(slug).touches):
        return True
    # By the file's place: a list that has nothing to compare is spared the import of what reads facts.
    path = workspace.home / "applications" / f"{slug}.toml"
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return False
    since = min(_worded_at(workspace, entry) for entry in entries)
    return changed_at > since or any(
        operation.at >= since and any(Path(change.path).name == path.name for change in operation.files)
        for operation in workspace.journal.operations()
    )


def _worded_at(workspace: Workspace, entry: Entry) -> datetime:
    moves = workspace.store.transitions(entry.id)
    return max([entry.created_at, *(move.at for move in moves if move.cause in _WORDED)])
