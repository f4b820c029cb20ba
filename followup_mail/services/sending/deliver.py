"""Deliver what is due: put the outbox, the transport and the check before sending together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from followup_mail.delivery.dispatch import Dispatch, Result, Stop, deliver_due, keep_delivering
from followup_mail.errors import OutboxError
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.lease import Worker, name_worker
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.services.context.mail_accounts import every_account, find_ways_out
from followup_mail.services.mailbox.file_copies import make_copies
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.services.sending.end_signals import end_signals, handle_signals
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.sent_copy import SentCopies


def deliver_once(
    workspace: Workspace, limit: int | None = None, only: frozenset[int] | None = None, stop: Stop | None = None
) -> Iterator[Result]:
    """Deliver what is due now, at most ``limit`` mails, or only certain entries. Yields what became of each.

    Each account delivers over its own connection, one after the other; what keeps one of them from it is for
    ``mail_accounts.explain_unfit`` to tell.
    """
    release_resumed(workspace)
    if only is None:
        look_now_and_then(workspace)
    attempts = 0
    for way in find_ways_out(workspace).ready:
        if stop is not None and stop.is_set():
            return
        left = None if limit is None else limit - attempts
        copies = make_copies(way)
        try:
            for result in deliver_due(make_dispatch(way, copies), left, stop, only):
                attempts += result.attempt is not None
                yield result
        finally:
            way.transport.close()
            if copies:
                copies.close()


def deliver_always(
    workspace: Workspace,
    report: Callable[[Result | OutboxError], None],
    pausing: Callable[[], None] = lambda: None,
    stop: threading.Event | None = None,
) -> None:
    """Deliver whatever falls due until a signal to end, or until ``stop`` is set; the mail in hand is finished first.

    ``pausing`` is called each time that nothing more is due, before the sleep.
    """

    release_resumed(workspace)
    look_now_and_then(workspace)
    ready = [(way, make_copies(way)) for way in find_ways_out(workspace).ready]

    def end_copying() -> None:
        for _, copies in ready:
            if copies:
                copies.close()

    def before_sleeping() -> None:
        end_copying()
        release_resumed(workspace)
        try:
            look_now_and_then(workspace)
        except OutboxError as error:
            report(error)
        pausing()

    with nullcontext(stop) if stop else stop_on_signal() as stopping:
        try:
            keep_delivering([make_dispatch(*one) for one in ready], _StopThatTells(stopping, before_sleeping), report)
        finally:
            end_copying()


def look_now_and_then(workspace: Workspace) -> None:
    """Look for answers in every mailbox that is read and was not looked at lately. Raises ``OutboxError``."""
    if any(way.reads_mailbox for way in every_account(workspace)):
        from followup_mail.services.mailbox.look_in_mailbox import LOOK_EVERY, look_everywhere

        look_everywhere(workspace, LOOK_EVERY)


class _StopThatTells(Struct, frozen=True):
    """A ``Stop`` that says when a sleep begins."""

    stop: threading.Event
    pausing: Callable[[], None]

    def is_set(self) -> bool:
        return self.stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self.pausing()
        return self.stop.wait(timeout)


@contextmanager
def stop_on_signal(tell: Callable[[], object] = lambda: None) -> Iterator[threading.Event]:
    """Give an event that SIGINT, SIGTERM and SIGHUP set, instead of ending the program where it stands.

    A second signal does what it does elsewhere: whoever presses Ctrl-C twice means it. ``tell`` is called inside the
    signal handler, so it may only do what is safe there. A SIGHUP that is ignored (nohup) stays ignored.
    """
    stop, before = threading.Event(), end_signals()

    def set_stop(*_: Any) -> None:
        stop.set()
        handle_signals(before)
        tell()

    handle_signals(dict.fromkeys(before, set_stop))
    try:
        yield stop
    finally:
        handle_signals(before)


def make_dispatch(workspace: Workspace, copies: SentCopies | None, worker: Worker | None = None) -> Dispatch:
    """Return what a delivery by this account needs; ``worker`` is this process unless it is named."""

    def make_check(due: Entry) -> PreSendCheck:
        # Most runs find nothing that is due, and are spared the planner.
        from followup_mail.services.context.fresh_check import make_check
        from followup_mail.services.queueing.stand_alone import let_stand_alone

        if workspace.reads_mailbox:
            from followup_mail.services.mailbox.look_in_mailbox import look_before

            look_before(workspace)
        return make_check(workspace, let_stand_alone(workspace, due))

    worker = worker or name_worker(workspace.sending_account)
    file_copy = copies.file if copies else None
    return Dispatch(workspace.store, workspace.transport, make_check, worker, workspace.now, file_copy=file_copy)
