"""Deliver what is due: put the outbox, the way out and the fresh look together."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from followup_mail.delivery.dispatch import Dispatch, Result, deliver_due, keep_delivering
from followup_mail.errors import OutboxError
from followup_mail.outbox.lease import name_worker
from followup_mail.road.fresh_look import make_look
from followup_mail.wiring import House


def deliver_once(house: House, limit: int | None = None, only: frozenset[int] | None = None) -> Iterator[Result]:
    """Deliver what is due now, at most ``limit`` mails, or only certain entries. Yields what became of each."""
    if not house.has_store:
        return
    try:
        yield from deliver_due(_dispatch(house), limit, only=only)
    finally:
        house.transport.close()


def deliver_always(house: House, report: Callable[[Result | OutboxError], None]) -> None:
    """Deliver whatever falls due until SIGINT or SIGTERM; the mail in hand is finished first."""
    with stop_on_signal() as stop:
        keep_delivering(_dispatch(house), stop, report)


@contextmanager
def stop_on_signal() -> Iterator[threading.Event]:
    """Give an event that SIGINT and SIGTERM set, instead of ending the program where it stands."""
    stop = threading.Event()

    def set_stop(*_: Any) -> None:
        stop.set()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = {one: signal.signal(one, set_stop) for one in signals}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _dispatch(house: House) -> Dispatch:
    return Dispatch(house.store, house.transport, make_look(house), name_worker(), house.now)
