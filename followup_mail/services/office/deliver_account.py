"""Deliver what one account has to send, for a worker of the office: a job of bounded length.

What ``run`` does for all accounts of a home, one after the other, is here one job for each: none holds up another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from followup_mail.delivery.dispatch import Result, Stop, deliver_due
from followup_mail.outbox.lease import Worker
from followup_mail.services.context.mail_accounts import find_ways_out
from followup_mail.services.mailbox.file_copies import make_copies
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.services.sending.deliver import make_dispatch
from followup_mail.workspace import Workspace


def find_way(workspace: Workspace, is_wanted: Callable[[str], bool]) -> Workspace | None:
    """Return the workspace of the account that is wanted, by its address in lower case; None where it is not set.

    Raises ``SettingsError`` when there is only one account and it is not fit for use.
    """
    ready = find_ways_out(workspace).ready
    return next((way for way in ready if way.leaves_machine and is_wanted(way.sending_account)), None)


def deliver_for_account(way: Workspace, worker: str, stop: Stop) -> Iterator[Result]:
    """Deliver what an account has due, until ``stop`` is set between two mails. Yields what became of each.

    What a worker that is gone had in its hands is freed first.
    """
    release_resumed(way)
    own = Worker(worker, account=way.sending_account)
    copies = make_copies(way)
    way.store.heartbeat(own, way.now())
    try:
        yield from deliver_due(make_dispatch(way, copies, own), stop=stop)
    finally:
        way.transport.close()
        if copies:
            copies.close()


def has_more_due(way: Workspace) -> bool:
    """Return whether something of this account could go now."""
    now = way.now()
    next_at = way.store.next_due_at(now, way.sending_account)
    return next_at is not None and next_at <= now
