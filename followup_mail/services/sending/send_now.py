"""Send now: queue mails that were shown before, and deliver just these."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from followup_mail.delivery.dispatch import Result
from followup_mail.message.message import Message
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.context.mail_accounts import of_message
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.queueing.wait_for_others import wait_for_others
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.sending.paused_accounts import try_again
from followup_mail.services.sending.run_due import Tell, follow
from followup_mail.services.sending.run_log import recorded
from followup_mail.services.writing.prepared import Prepared
from followup_mail.settings.password import refuse_without_password
from followup_mail.workspace import Workspace


class Sent(Struct, frozen=True):
    """What became of mails that were to be sent at once."""

    results: tuple[Result, ...]
    still_queued: tuple[int, ...]
    """The numbers of those that a stop left in the queue."""
    later: tuple[Entry, ...] = ()
    """Those whose turn comes in a few minutes; they are among the results."""


def queue_to_send(
    workspace: Workspace, prepared: Sequence[Prepared], request: Request, grace: timedelta = timedelta()
) -> tuple[Entry, ...]:
    """Queue mails that leave from ``grace`` after now on, each in its turn, once ``require_ways_out`` has passed.

    Raises ``RefusedError`` when a check found an error or a step is queued already, ``DeliveryError`` while the login
    is refused: then nothing was queued.
    """
    for message in _one_of_each_account(prepared):
        try_again(of_message(workspace, message))
    return enqueue_prepared(workspace, prepared, QueueTerms(request.ignore, request.early, grace=grace))


def require_ways_out(workspace: Workspace, prepared: Sequence[Prepared]) -> None:
    """Raise ``SettingsError`` when an account that these are written from cannot log in as it is set.

    Apart from queueing, so that nobody is asked whether to send what cannot leave.
    """
    for message in _one_of_each_account(prepared):
        way = of_message(workspace, message)
        refuse_without_password(way.settings)
        _ = way.transport


def deliver_queued(workspace: Workspace, queued: Sequence[Entry], tell: Tell, stop: threading.Event) -> Sent:
    """Deliver just these, until ``stop`` is set; what has its turn later stays in the queue."""
    ids = frozenset(entry.id for entry in queued)
    with recorded(workspace, "send", may_tell=False) as record:
        results = follow(record.follow(deliver_once(workspace, only=ids, stop=stop)), tell)
    left = ids - {result.entry.id for result in results}
    if stop.is_set():
        return Sent(results, tuple(sorted(left)))
    # A run in the background may have been quicker.
    others = as_they_leave(workspace, wait_for_others(workspace, left))
    results = (*results, *follow(map(Result, others), tell))
    return Sent(results, (), tuple(result.entry for result in results if result.entry.state is State.QUEUED))


def cancel_in_time(workspace: Workspace, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Cancel what ``queue_to_send`` queued, before it leaves. Raises ``RefusedError`` should it be too late."""
    now = workspace.now()
    return tuple(workspace.store.cancel(entry.id, now, "taken back before it left") for entry in entries)


def are_taken_back(workspace: Workspace, entries: Sequence[Entry]) -> bool:
    """Return whether another command cancelled all of them meanwhile."""
    return all(workspace.store.get(entry.id).state is State.CANCELLED for entry in entries)


def _one_of_each_account(prepared: Sequence[Prepared]) -> tuple[Message, ...]:
    return tuple({one.message.mail_from: one.message for one in prepared}.values())
