"""Nobody waits for the first page: all facts are read and planned when the page starts, before anybody asks.

It is only read, nothing is changed; so the thread may end with the process at any moment. What it finds is kept by the
desk as for any question, and counts under the same conditions. What cannot be read is said by the page that needs it.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from followup_mail.errors import FollowupError

if TYPE_CHECKING:
    from followup_mail.web.frame.desk import Desk


def start_warming(desk: Desk) -> Thread:
    """Read and plan everything, in a thread of its own."""
    thread = Thread(target=_warm, args=(desk,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(desk: Desk) -> None:
    from followup_mail.services.context.application_context import open_all

    with suppress(FollowupError, OSError), desk.open_to_examine() as (workspace, wrong):
        if wrong is None:
            open_all(workspace)
