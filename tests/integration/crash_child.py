"""What the processes do that get killed. Faults are put in from outside: nothing of this is in the program."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from office_samples import OfficePlace
from outbox_samples import NOW, make_go, make_mail, make_new, make_timing

from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import FollowupError
from followup_mail.outbox import migrate
from followup_mail.outbox.entry import Rewording, State
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.migrate import Migration, read_migrations
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store

Place = Path | OfficePlace
"""Where a store lies: a file, or a candidate of an office."""
SECOND = Migration(
    read_migrations()[-1].number + 1,
    "colour",
    "CREATE TABLE colours (name TEXT) STRICT;\nINSERT INTO colours VALUES ('red');\n",
)


@dataclass(frozen=True)
class Fault:
    """Die before the SQL statement, or at the call or return, of that number, counted over the whole job. 0: never."""

    statement: int = 0
    call: int = 0


def open_store(place: Place) -> Store:
    return SqliteStore(place) if isinstance(place, Path) else place.open()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def count_down(number: int) -> Callable[..., None]:
    """Return what dies when it is called for that time."""
    left = itertools.count(number, -1)
    next(left)

    def count(*_: object) -> None:
        if next(left) == 0:
            die()

    return count


def arm(fault: Fault) -> None:
    """Lie in wait, from now on, in every connection to a database or in whatever Python does."""
    if fault.statement:
        count, connect = count_down(fault.statement), migrate.connect

        def watched(*given: Any) -> sqlite3.Connection:
            connection = connect(*given)
            connection.set_trace_callback(count)
            return connection

        migrate.connect = watched
        _count_in_office(count)
    if fault.call:
        sys.setprofile(count_down(fault.call))


def _count_in_office(count: Callable[..., None]) -> None:
    execute = psycopg.Cursor.execute

    def watched(self: psycopg.Cursor[Any], *given: Any, **how: Any) -> Any:
        count()
        return execute(self, *given, **how)

    psycopg.Cursor.execute = watched  # type: ignore[method-assign]


def smtp(port: int) -> SmtpTransport:
    return SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE, timeout=10))


def send(place: Place, port: int, fault: Fault, ready: Any = None) -> None:
    """Send what is due, as ``followup-mail run`` does."""
    transport = smtp(port)
    if ready is not None:
        ready.send("ready")
        ready.recv()
    arm(fault)
    store = open_store(place)
    list(deliver_due(Dispatch(store, transport, make_go, name_worker(), lambda: NOW)))
    transport.close()
    store.close()
    if fault.call:
        sys.setprofile(None)


def count_calls(place: Place, port: int, told: Any) -> None:
    """Send what is due, and tell at how many calls and returns a fault could have struck."""
    counted = itertools.count()
    transport = smtp(port)
    sys.setprofile(lambda *_: next(counted))
    store = open_store(place)
    list(deliver_due(Dispatch(store, transport, make_go, name_worker(), lambda: NOW)))
    transport.close()
    store.close()
    sys.setprofile(None)
    told.send(next(counted))


def do(place: Place, job: str, fault: Fault) -> None:
    """Do one thing that a user does."""
    arm(fault)
    JOBS[job](place)


def _with_store(act: Callable[[Store], object]) -> Callable[[Any], None]:
    def job(place: Place) -> None:
        store = open_store(place)
        act(store)
        store.close()

    return job


def _edit(store: Store) -> None:
    store.edit(1, Rewording(make_mail(1, subject="Better", content=b"better"), store.get(1).content_sha256), NOW)


JOBS: dict[str, Callable[[Any], None]] = {
    "create": lambda path: SqliteStore(path).close(),
    "migrate": lambda path: SqliteStore(path, migrations=[*read_migrations(), SECOND]).close(),
    "queue": _with_store(lambda store: store.add([make_new(n) for n in (11, 12, 13)], NOW)),
    "cancel": _with_store(lambda store: store.cancel(1, NOW, "they called")),
    "cancel all": _with_store(lambda store: store.cancel_all("lumen", NOW, "outcome: rejected")),
    "edit": _with_store(_edit),
    "reschedule": _with_store(lambda store: store.reschedule(1, make_timing(timedelta(days=1)), NOW)),
    "hold": _with_store(lambda store: store.hold("lumen", NOW, "they replied")),
    "forget": _with_store(lambda store: store.forget("lumen")),
}


class SharedClock:
    """A clock for several processes. It stands still while mails go out; who has nothing to do moves it on."""

    TICK = 20.0
    """Seconds."""

    def __init__(self, context: Any) -> None:
        self._seconds = context.Value("d", 0.0)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self._seconds.value)

    def move_on(self, seen: datetime) -> None:
        """Move on by a tick, unless another process has done so since ``seen``."""
        with self._seconds.get_lock():
            if self.now() == seen:
                self._seconds.value += self.TICK


def work(place: Place, port: int, seed: int, clock: SharedClock) -> None:
    """Send until nothing is left to send, together with others who do the same."""
    store, transport, chance = open_store(place), smtp(port), random.Random(seed)
    dispatch = Dispatch(store, transport, make_go, name_worker(), clock.now, chance.random)
    parent = multiprocessing.parent_process()
    # Whoever started this may have been killed: then nobody is left to send for.
    while parent is None or parent.is_alive():
        seen = clock.now()
        if list(deliver_due(dispatch, limit=chance.randint(1, 20))):
            continue
        left = Counter(entry.state for entry in store.entries(states=[State.QUEUED, State.SENDING]))
        if not left:
            break
        if not left[State.SENDING]:
            clock.move_on(seen)
    transport.close()
    store.close()


def interfere(place: Place, seed: int, count: int) -> None:
    """Cancel, hold and resume at random while others send; in the end nothing is held."""
    store, chance = open_store(place), random.Random(seed)
    for _ in range(count):
        entry_id = chance.randint(1, count)
        act = chance.choice([store.cancel, store.hold_entry, store.resume_entry])
        with suppress(FollowupError):
            act(entry_id, NOW, "wait") if act == store.hold_entry else act(entry_id, NOW)
    for entry in store.entries(held=True):
        with suppress(FollowupError):
            store.resume_entry(entry.id, NOW)
    store.close()
