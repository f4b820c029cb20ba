"""Deliver what is due: put the outbox, the way out and the fresh look together."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup_mail.delivery.dispatch import Dispatch, Result, Stop, deliver_due, keep_delivering
from followup_mail.errors import OutboxError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import is_surely_dead, name_worker
from followup_mail.outbox.look import Look, Ruling, Surroundings
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
    """Deliver whatever falls due until a signal to end; the mail in hand is finished first.

    ``pausing`` is called each time that nothing more is due, before the sleep.
    """
    with stop_on_signal() as stop:
        keep_delivering(_dispatch(house), _StopThatTells(stop, pausing), report)


def find_abandoned(house: House) -> None:
    """Free what a worker that is gone had claimed, so that what is told is how it stands, not how it seemed."""
    if house.has_store and house.store.entries(states={State.SENDING}):
        # While another program holds the file, what is there can still be told.
        with suppress(OutboxError):
            house.store.recover(house.now(), is_surely_dead)


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
def stop_on_signal(tell: Callable[[], object] = lambda: None) -> Iterator[threading.Event]:
    """Give an event that SIGINT, SIGTERM and SIGHUP set, instead of ending the program where it stands.

    A second signal does what it does elsewhere: who presses Ctrl-C twice means it. ``tell`` is called inside the signal
    handler, so it may only do what is safe there. A SIGHUP that is ignored (nohup) stays ignored.
    """
    stop = threading.Event()
    given = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    before = {one: signal.getsignal(one) for one in given if one and signal.getsignal(one) is not signal.SIG_IGN}

    def put_back() -> None:
        for one, handler in before.items():
            signal.signal(one, handler)

    def set_stop(*_: Any) -> None:
        stop.set()
        put_back()
        tell()

    for one in before:
        signal.signal(one, set_stop)
    try:
        yield stop
    finally:
        put_back()


def _dispatch(house: House) -> Dispatch:
    return Dispatch(house.store, house.transport, _look_when_due(house), name_worker(house.sending_account), house.now)


def _look_when_due(house: House) -> Look:
    """Return the fresh look, made for the first entry that is due: most runs find none, and are spared the planner."""
    made: list[Look] = []

    def look(entry: Entry, around: Surroundings, now: datetime) -> Ruling:
        if not made:
            from followup_mail.road.fresh_look import make_look

            made.append(make_look(house))
        return made[0](entry, around, now)

    return look
