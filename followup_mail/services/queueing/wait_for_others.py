"""Wait until no other run is sending what somebody wants to decide about."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from followup_mail.outbox.entry import Entry, State
from followup_mail.workspace import Workspace


def wait_for_others(
    workspace: Workspace, ids: Collection[int], sleep: Callable[[float], object] = time.sleep
) -> list[Entry]:
    """Return the entries as they stand, once no other run is sending one of them; after half a minute in any case."""
    entries = [workspace.store.get(entry_id) for entry_id in sorted(ids)]
    for _ in range(60):
        if not any(entry.state is State.SENDING for entry in entries):
            break
        sleep(0.5)
        entries = [workspace.store.get(entry.id) for entry in entries]
    return entries
