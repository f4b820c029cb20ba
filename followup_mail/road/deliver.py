"""Deliver what is due: put the outbox, the way out and the fresh look together."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from followup_mail.delivery.dispatch import Dispatch, Result, Stop, deliver_due, keep_delivering
from followup_mail.errors import OutboxError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import name_worker
from followup_mail.road.fresh_look import make_look
from followup_mail.wiring import House


def deliver_once(
    house: House, limit: int | None = None, only: frozenset[int] | None = None, stop: Stop | None = None
) -> Iterator[Result]:
    """Deliver what is due now, at most ``limit`` mails, or only certain entries. Yields what became of each."""
    if not house.has_store:
        return
    try:
        yield from deliver_due(_dispatch(house), limit, stop, only)
    finally:
        house.transport.close()


def deliver_always(
    house: House, report: Callable[[Result | OutboxError], None], pausing: Callable[[], None] = lambda: None
) -> None:
    """Deliver whatever falls due until SIGINT or SIGTERM; the mail in hand is finished first.

    ``pausing`` is called each time that nothing more is due, before the sleep.
    """
    with stop_on_signal() as stop:
        keep_delivering(_dispatch(house), _StopThatTells(stop, pausing), report)


def wait_for_others(house: House, ids: Collection[int], sleep: Callable[[float], object] = time.sleep) -> list[Entry]:
    """Return the entries as they stand, once no other run is sending one of them; after half a minute in any case."""
    entries = [house.store.get(one) for one in sorted(ids)]
    for _ in range(60):
        if not any(entry.state is State.SENDING for entry in entries):
            break
        sleep(0.5)
        entries = [house.store.get(entry.id) for entry in entries]
    return entries


@dataclass(frozen=True, slots=True)
class _StopThatTells:
    """A ``Stop`` that says when a sleep begins."""

    stop: threading.Event
    pausing: Callable[[], None]

    def is_set(self) -> bool:
        return self.stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self.pausing()
        return self.stop.wait(timeout)


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
