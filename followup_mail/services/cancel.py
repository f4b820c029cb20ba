"""Cancel a mail, and say what came first when it was just being sent."""

from __future__ import annotations

import time
from collections.abc import Callable

from followup_mail.errors import RefusedError
from followup_mail.outbox.damaged_rows import Damaged, DamagedRowError
from followup_mail.outbox.entry import Entry, State
from followup_mail.workspace import Workspace


def cancel_entry(workspace: Workspace, entry_id: int, sleep: Callable[[float], object] = time.sleep) -> Entry | Damaged:
    """Cancel one entry. While it is being sent, wait until it is known which came first.

    One that is damaged can be cancelled too. Raises ``RefusedError`` when the mail was quicker, or cannot be cancelled
    for another reason.
    """
    try:
        was = workspace.store.get(entry_id).state
    except DamagedRowError:
        return workspace.store.discard(entry_id, workspace.now())
    try:
        return workspace.store.cancel(entry_id, workspace.now())
    except RefusedError:
        if was not in {State.QUEUED, State.SENDING}:
            raise
    from followup_mail.services.deliver import wait_for_others

    entry = wait_for_others(workspace, (entry_id,), sleep)[0]
    return entry if entry.state is State.CANCELLED else workspace.store.cancel(entry_id, workspace.now())
