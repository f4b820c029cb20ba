"""Send now: queue mails that were shown before, and deliver just these."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from followup_mail.delivery.dispatch import Result
from followup_mail.services.deliver import deliver_once, wait_for_others
from followup_mail.services.enqueue import enqueue_prepared
from followup_mail.services.paused_accounts import try_again
from followup_mail.services.prepared import Prepared
from followup_mail.services.run_due import Tell, follow
from followup_mail.services.run_log import recorded
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of mails that were to be sent at once."""

    results: tuple[Result, ...]
    still_queued: tuple[int, ...]
    """The numbers of those that a stop left in the queue."""


def send_prepared(
    workspace: Workspace, prepared: Sequence[Prepared], ignore: tuple[str, ...], tell: Tell, stop: threading.Event
) -> Sent:
    """Queue mails and deliver them, until ``stop`` is set.

    Raises ``RefusedError`` when a check found an error or a step is queued already, ``DeliveryError`` while the login
    is refused: then nothing was queued.
    """
    try_again(workspace)
    ids = frozenset(entry.id for entry in enqueue_prepared(workspace, prepared, ignore))
    with recorded(workspace, "send", may_tell=False) as record:
        results = follow(record.follow(deliver_once(workspace, only=ids, stop=stop)), tell)
    left = ids - {result.entry.id for result in results}
    if stop.is_set():
        return Sent(results, tuple(sorted(left)))
    # A run in the background may have been quicker.
    return Sent((*results, *follow(map(Result, wait_for_others(workspace, left)), tell)), ())
