"""Whether anything that a waiting mail was written from has changed since: most were not, and need no writing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from followup_mail.outbox.entry import Entry
from followup_mail.outbox.transitions import Cause
from followup_mail.workspace import Workspace

_WORDED: Final = frozenset({Cause.EDITED, Cause.REWRITTEN})


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
