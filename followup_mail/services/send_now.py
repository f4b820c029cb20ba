"""Send now: queue mails that were shown before, and deliver just these."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from followup_mail.delivery.dispatch import Result
from followup_mail.outbox.entry import Entry, State, Timing
from followup_mail.services.deliver import deliver_once, wait_for_others
from followup_mail.services.departures import as_they_leave
from followup_mail.services.enqueue import enqueue_prepared
from followup_mail.services.paused_accounts import try_again
from followup_mail.services.prepared import Prepared
from followup_mail.services.request import Request
from followup_mail.services.run_due import Tell, follow
from followup_mail.services.run_log import recorded
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of mails that were to be sent at once."""

    results: tuple[Result, ...]
    still_queued: tuple[int, ...]
    """The numbers of those that a stop left in the queue."""
    later: tuple[Entry, ...] = ()
    """Those whose turn comes in a few minutes; they are among the results."""


def send_prepared(
    workspace: Workspace, prepared: Sequence[Prepared], request: Request, tell: Tell, stop: threading.Event
) -> Sent:
    """Queue mails and deliver them, until ``stop`` is set; what has its turn later stays in the queue.

    Raises ``RefusedError`` when a check found an error or a step is queued already, ``DeliveryError`` while the login
    is refused: then nothing was queued.
    """
    try_again(workspace)
    now_due = _from_now(prepared, workspace.now())
    entries = enqueue_prepared(workspace, now_due, request.ignore, early=request.early)
    ids = frozenset(entry.id for entry in entries)
    with recorded(workspace, "send", may_tell=False) as record:
        results = follow(record.follow(deliver_once(workspace, only=ids, stop=stop)), tell)
    left = ids - {result.entry.id for result in results}
    if stop.is_set():
        return Sent(results, tuple(sorted(left)))
    # A run in the background may have been quicker.
    others = as_they_leave(workspace, wait_for_others(workspace, left))
    results = (*results, *follow(map(Result, others), tell))
    return Sent(results, (), tuple(result.entry for result in results if result.entry.state is State.QUEUED))


def _from_now(prepared: Sequence[Prepared], now: datetime) -> list[Prepared]:
    """Return mails that were to leave from an earlier moment on, with as much between them: reading takes time."""
    passed = max(now - min(one.written.timing.due_at for one in prepared), timedelta())
    return [replace(one, written=replace(one.written, timing=_move(one.written.timing, passed))) for one in prepared]


def _move(timing: Timing, passed: timedelta) -> Timing:
    return replace(timing, due_at=(timing.due_at.astimezone(UTC) + passed).astimezone(timing.due_at.tzinfo))
