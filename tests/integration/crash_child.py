"""What the processes do that get killed. Faults are put in from outside: nothing of this is in the program."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from outbox_samples import NOW, go, make_mail, make_new, make_timing

from followup_mail.delivery.account import Account, Auth, Security
from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import FollowupError
from followup_mail.outbox import migrate
from followup_mail.outbox.entry import Rewording, State
from followup_mail.outbox.lease import Worker, name_worker
from followup_mail.outbox.migrate import Migration, read_migrations
from followup_mail.outbox.sqlite import SqliteStore

SECOND = Migration(2, "0002_colour", "CREATE TABLE colours (name TEXT) STRICT;\nINSERT INTO colours VALUES ('red');\n")


@dataclass(frozen=True)
class Fault:
    """Die before the statement of that number is executed, counted over the whole job."""

    statement: int = 0
    """0: never."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(fault: Fault) -> None:
    """Count the statements of every connection that is opened from now on."""
    if not fault.statement:
        return
    left = [fault.statement]
    connect = migrate.connect

    def count(_: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    def watched(*given: Any) -> sqlite3.Connection:
        connection = connect(*given)
        connection.set_trace_callback(count)
        return connection

    migrate.connect = watched


def smtp(port: int) -> SmtpTransport:
    return SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE, timeout=10))


def send(path: Path, port: int, fault: Fault, ready: Any = None) -> None:
    """Send what is due, as ``followup-mail run`` does."""
    arm(fault)
    transport = smtp(port)
    if ready is not None:
        ready.send("ready")
        ready.recv()
    store = SqliteStore(path)
    list(deliver_due(Dispatch(store, transport, go, name_worker(), lambda: NOW)))
    store.close()


def do(path: Path, job: str, fault: Fault) -> None:
    """Do one thing that a user does."""
    arm(fault)
    JOBS[job](path)


def _with_store(act: Callable[[SqliteStore], object]) -> Callable[[Path], None]:
    def job(path: Path) -> None:
        store = SqliteStore(path)
        act(store)
        store.close()

    return job


def _edit(store: SqliteStore) -> None:
    store.edit(1, Rewording(make_mail(1, subject="Better"), b"better", store.get(1).content_sha256), NOW)


JOBS: dict[str, Callable[[Path], None]] = {
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


def work(path: Path, port: int, seed: int, seconds: float) -> None:
    """Send until nothing is left to send, on a clock that runs an hour in ``seconds``. Another three do the same."""
    store, transport, began = SqliteStore(path), smtp(port), monotonic()
    chance = random.Random(seed)

    def clock() -> datetime:
        return NOW + timedelta(hours=(monotonic() - began) / seconds)

    dispatch = Dispatch(store, transport, go, Worker(name_worker().name, timedelta(minutes=30)), clock, chance.random)
    while monotonic() - began < seconds * 3:
        list(deliver_due(dispatch, limit=chance.randint(1, 20)))
        if not store.entries(states=[State.QUEUED, State.SENDING]):
            break
        sleep(chance.random() * 0.01)
    transport.close()
    store.close()


def interfere(path: Path, seed: int, count: int) -> None:
    """Cancel, hold and resume at random while others send."""
    store, chance = SqliteStore(path), random.Random(seed)
    for _ in range(count):
        entry_id = chance.randint(1, count)
        act = chance.choice([store.cancel, store.hold_entry, store.resume_entry])
        with suppress(FollowupError):
            act(entry_id, NOW, "wait") if act == store.hold_entry else act(entry_id, NOW)
    for entry in store.entries(held=True, states=[State.QUEUED]):
        store.resume_entry(entry.id, NOW)
    store.close()
