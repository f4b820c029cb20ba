"""Which mails that wait no longer read like the facts, for lists: looked at only where something has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_mail.errors import FollowupError, OutboxError
from followup_mail.outbox.entry import WAITS, Entry
from followup_mail.outbox.seen_changes import REPLIED
from followup_mail.services.context.changed_since import is_changed_since
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.queueing.carried_through import Outdated


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
    from followup_mail.services.queueing.carried_through import find_outdated

    try:
        return find_outdated(workspace, slug)
    except OutboxError:
        raise
    except FollowupError:
        return ()
