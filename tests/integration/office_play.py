"""Two delivering processes on one office, and whoever strikes them: what the fault tests and ``bench/office_kills.py``
share. Real processes, a real PostgreSQL, real SIGKILL.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import psycopg
from crash_child import smtp
from crash_play import CONTEXT, KILLED, start
from crash_server import Counting
from office_samples import open_store
from office_server import OWNER, OfficeServer
from outbox_samples import NOW, make_go, make_mail, make_timing

from followup_mail.cadence.step import Kind, StepId
from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.errors import OutboxError
from followup_mail.message.message import Message
from followup_mail.office.candidates import find_candidate
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.postgres_store import PostgresStore
from followup_mail.office.witness import Witness
from followup_mail.outbox.entry import NewEntry
from followup_mail.outbox.lease import name_worker

GONE = 7
"""The exit code of a process that lost its database."""


@dataclass(frozen=True)
class Job:
    """What a delivering process is to do."""

    url: str
    names: Sequence[str]
    port: int
    """Where the mail server listens."""
    ahead: timedelta = timedelta()
    """How wrong its clock is."""


def deliver(job: Job, seed: int, ready: Any = None) -> None:
    """Send what is due for these candidates, in an order of its own, as a worker does; tell when it is about to."""
    worker, chance, transport = name_worker(), random.Random(seed), smtp(job.port)
    links = OwnLink(job.url, Witness(worker.name))
    database = OfficeDatabase(links)
    try:
        for name in chance.sample(job.names, len(job.names)):
            store = PostgresStore(database, find_candidate(database, name, worker.name))
            if ready is not None:
                ready.close()  # who waits at the other end hears that
            # A server that was killed is there again soon: an answer that could not be written is written then.
            dispatch = Dispatch(store, transport, make_go, worker, lambda: NOW + job.ahead, sleep=_sleep_shortly)
            list(deliver_due(dispatch))
    except OutboxError:
        raise SystemExit(GONE) from None
    finally:
        with suppress(Exception):
            transport.close()
        links.close()


def _sleep_shortly(seconds: float) -> None:
    time.sleep(seconds / 4)


def make_mails(name: str, count: int) -> list[NewEntry]:
    """Return mails of one candidate that are due, each with a Message-ID that no other candidate has."""
    return [_make_new(f"{name}.{n}", n) for n in range(1, count + 1)]


def _make_new(label: str, n: int) -> NewEntry:
    message_id = f"<{label}@home.example>"
    head = f"Subject: Thank you\r\nMessage-ID: {message_id}\r\nFrom: jordan@home.example\r\n"
    content = f"{head}To: person{n}@employer.example\r\n\r\nThank you, {n}.\r\n".encode()
    mail: Message = make_mail(n, message_id=message_id, content=content)
    return NewEntry(StepId("lumen", Kind.THANK_YOU, 1, f"person-{n}"), mail, make_timing())


def fill_office(url: str, names: Sequence[str], count: int) -> None:
    """Queue so many mails for each candidate."""
    for name in names:
        store = open_store(url, name)
        store.add(make_mails(name, count), NOW)
        store.close()


@dataclass
class Slots:
    """Two places for delivering processes; who dies is followed by another one."""

    job: Job
    seed: int
    kills: int = 0
    """Of processes that were at work."""
    lost: int = 0
    """Processes that ended since they lost their database."""
    running: list[tuple[Any, Any]] = field(default_factory=list)
    """Each process, with what closes when it is about to deliver."""

    def fill(self) -> None:
        """Let two processes run, whatever became of those before."""
        self.running = [pair for pair in self.running if not self._has_ended(*pair)]
        while len(self.running) < 2:
            self.seed += 1
            here, there = CONTEXT.Pipe()
            self.running.append((start(deliver, self.job, self.seed, there), here))
            there.close()

    def _has_ended(self, process: Any, ready: Any) -> bool:
        """Count how a process ended, if it did."""
        if process.exitcode is None:
            return False
        assert process.exitcode in {0, KILLED, GONE}, process.exitcode
        self.kills += process.exitcode == KILLED
        self.lost += process.exitcode == GONE
        process.join()
        process.close()
        ready.close()
        return True

    def kill(self, chance: random.Random, mean: float) -> None:
        """Kill one of them at a random moment of its work, so many seconds after its beginning on average."""
        victim, ready = chance.choice(self.running)
        ready.poll(60)
        time.sleep(chance.expovariate(1 / mean))
        victim.kill()
        victim.join()

    def end(self, within: float = 60) -> None:
        """Wait until both have ended of themselves."""
        for process, _ in self.running:
            process.join(within)
            assert process.exitcode is not None, "a process hangs"
        self.running = [pair for pair in self.running if not self._has_ended(*pair)]


@dataclass
class Found:
    """What became of the mails of some candidates."""

    states: dict[str, str]
    """By Message-ID."""

    def count(self, state: str) -> int:
        return sum(one == state for one in self.states.values())


def look_at(server: OfficeServer, database: str, names: Sequence[str]) -> Found:
    """Return how the mails of these candidates stand."""
    query = (
        "SELECT message_id, state FROM followup.entries WHERE candidate = ANY "
        "(SELECT id FROM followup.candidates WHERE name = ANY(%s))"
    )
    with psycopg.connect(server.url(database, OWNER)) as link:
        return Found({row[0]: row[1] for row in link.execute(query, (list(names),)).fetchall()})


def check(counting: Counting, found: Found, most_unclear: int) -> None:
    """None twice, none lost, no more doubt than blows."""
    for message_id, state in found.states.items():
        taken = counting.taken[message_id]
        assert taken <= 1, f"{message_id} was taken {taken} times"
        assert state in {"sent", "queued", "unclear", "sending"}, f"{message_id} is {state}"
        if state == "sent":
            assert taken == 1, f"{message_id} is called sent, and was never taken"
        if state == "queued":
            assert taken == 0, f"{message_id} was taken, and is queued again"
    assert found.count("unclear") <= most_unclear, f"{found.count('unclear')} unclear"


def verify(url: str, names: Sequence[str]) -> None:
    """Every history ends where its entry is, and all bytes are those that were stored."""
    for name in names:
        store = open_store(url, name)
        store.recover(NOW, lambda _: True)
        assert store.verify() == ()
        store.close()
