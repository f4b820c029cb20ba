"""Killed at every point: the server takes each mail at most once, and every entry is found sent, queued or unclear.

Real processes, real SIGKILL, a real server that counts. The faults come from outside: from the server, that kills its
client in the middle of the conversation, and from a count of SQL statements.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from crash_child import JOBS, SECOND, Fault, do, interfere, send, work
from crash_server import POINTS, Counting, count_mails
from outbox_samples import NOW, make_new

from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import is_surely_dead
from followup_mail.outbox.migrate import read_migrations
from followup_mail.outbox.sqlite import SqliteStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

# A small process of one thread that has imported everything, and forks the children: real processes, made fast.
_CONTEXT = multiprocessing.get_context("forkserver") if os.name == "posix" else multiprocessing.get_context("spawn")
_CONTEXT.set_forkserver_preload(["followup_mail.delivery.dispatch", "followup_mail.delivery.transport", "crash_child"])

KILLED = -signal.SIGKILL if os.name == "posix" else 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite3"


@pytest.fixture
def server() -> Iterator[tuple[Counting, int]]:
    with count_mails() as running:
        yield running


def start(target: Callable[..., None], *given: Any) -> Any:
    process = _CONTEXT.Process(target=target, args=given, daemon=True)
    process.start()
    return process


def start_sending(path: Path, port: int, before: Callable[[int], None] = lambda _: None) -> Any:
    """Start a run and return when it is about to open the outbox; ``before`` that, somebody may learn its pid."""
    here, there = _CONTEXT.Pipe()
    process = start(send, path, port, Fault(), there)
    assert here.poll(30), "a process does not start"
    here.recv()
    before(process.pid)
    here.send("go")
    return process


def end(process: Any) -> int:
    process.join(30)
    code = process.exitcode
    assert code is not None, "a process hangs"
    process.close()
    return int(code)


def fill(path: Path, count: int) -> None:
    """Put an outbox with so many due entries there: a copy, since making one takes its time."""
    model = path.with_name(f"model-{count}")
    if not model.exists():
        store = SqliteStore(model)
        store.add([make_new(n) for n in range(1, count + 1)], NOW)
        store.close()
    shutil.copy(model, path)


def look(path: Path) -> tuple[Entry, ...]:
    """Return the entries after a crash, by id; nothing may be broken."""
    store = SqliteStore(path)
    store.recover(NOW, is_surely_dead)
    entries = tuple(sorted(store.entries(), key=lambda entry: entry.id))
    assert store.verify() == ()
    store.close()
    return entries


def check(counting: Counting, entries: tuple[Entry, ...], kills: int) -> None:
    """At most once, nothing lost, and no more doubt than crashes."""
    for entry in entries:
        taken = counting.taken[entry.mail.message_id]
        assert taken <= 1, f"{entry.label} was taken {taken} times"
        assert entry.state in {State.SENT, State.QUEUED, State.UNCLEAR}
        if entry.state is State.SENT:
            assert taken == 1, f"{entry.label} is called sent, and was never taken"
        if entry.state is State.QUEUED:
            assert taken == 0, f"{entry.label} was taken, and is queued again"
    assert sum(entry.state is State.UNCLEAR for entry in entries) <= kills


def finish(path: Path, port: int) -> tuple[Entry, ...]:
    """Let a run without faults do the rest."""
    assert end(start(send, path, port, Fault())) == 0
    return look(path)


EXPECTED_AFTER = {"dot, then taken": State.UNCLEAR, "dot, then not taken": State.UNCLEAR}


@pytest.mark.parametrize("point", POINTS)
def test_killed_in_the_conversation(path: Path, server: tuple[Counting, int], point: str) -> None:
    """From the connection to the answer: no double, no loss, and doubt only where nobody can know."""
    counting, port = server
    fill(path, 3)

    def aim(victim: int) -> None:
        counting.victim, counting.kill_at = victim, point

    process = start_sending(path, port, aim)
    assert end(process) in ({KILLED} if point != "answer" else {KILLED, 0})
    after_crash = look(path)
    check(counting, after_crash, kills=1)
    first = after_crash[0].state
    if point in {"connect", "ehlo", "mail", "rcpt"}:
        assert first is State.QUEUED
    elif point != "answer":
        assert first is State.UNCLEAR
    done = finish(path, port)
    check(counting, done, kills=1)
    assert [entry.state for entry in done[1:]] == [State.SENT, State.SENT]
    assert done[0].state is (State.SENT if first is State.QUEUED else first)


@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_statement_of_sending(tmp_path: Path, server: tuple[Counting, int], part: int) -> None:
    """Before and after claim, intent and settlement, and in the middle of each: at every single SQL statement."""
    counting, port = server
    statement, seen = 1 + part, set()
    while True:
        counting.taken.clear()
        path = tmp_path / f"{statement}.sqlite3"
        fill(path, 2)
        code = end(start(send, path, port, Fault(statement)))
        after_crash = look(path)
        check(counting, after_crash, kills=1)
        seen |= {entry.state for entry in after_crash}
        if code == 0:
            break
        check(counting, finish(path, port), kills=1)
        assert code == KILLED
        statement += 4
    assert statement > 40
    assert seen == {State.SENT, State.QUEUED, State.UNCLEAR}


def state_of(path: Path) -> object:
    """Everything that a user can see of an outbox."""
    store = SqliteStore(path)
    assert store.verify() == ()
    seen = [(entry, store.content(entry.id), store.moves(entry.id)) for entry in store.entries()]
    store.close()
    return seen


@pytest.mark.parametrize("job", sorted(set(JOBS) - {"create", "migrate"}))
def test_killed_at_every_statement_of_a_users_wish(tmp_path: Path, job: str) -> None:
    """Queue, cancel, edit and the others: done, or not done at all."""
    done = tmp_path / "done.sqlite3"
    fill(done, 3)
    before = state_of(done)
    assert end(start(do, done, job, Fault())) == 0
    after, outcomes, statement, code = state_of(done), [], 1, KILLED
    while code == KILLED:
        path = tmp_path / f"{statement}.sqlite3"
        fill(path, 3)
        code = end(start(do, path, job, Fault(statement)))
        found = state_of(path)
        assert found in (before, after), f"half of it was done at statement {statement}"
        outcomes.append(found == after)
        statement += 1
    assert code == 0
    assert (outcomes[0], outcomes[-1]) == (False, True)
    assert outcomes == sorted(outcomes)


def test_killed_at_every_statement_of_creating(tmp_path: Path) -> None:
    """A first run that dies leaves no half-made outbox: the next one makes it."""
    statement, code = 1, KILLED
    while code == KILLED:
        path = tmp_path / str(statement) / "outbox.sqlite3"
        code = end(start(do, path, "create", Fault(statement)))
        assert look(path) == ()
        statement += 1
    assert code == 0
    assert statement > 20


def test_killed_at_every_statement_of_a_migration(tmp_path: Path) -> None:
    """The database is of the old version or of the new one, whole, with all entries; a backup lies there before."""
    statement, code = 1, KILLED
    while code == KILLED:
        path = tmp_path / f"{statement}.sqlite3"
        fill(path, 2)
        code = end(start(do, path, "migrate", Fault(statement)))
        store = SqliteStore(path, migrations=[*read_migrations(), SECOND])
        assert len(store.entries()) == 2
        assert store.verify() == ()
        assert path.with_name(f"{path.name}.before-0002").exists()
        store.close()
        statement += 1
    assert code == 0
    assert statement > 8


def play(folder: Path, running: tuple[Counting, int], seed: int, longest: float) -> int:
    """Send five mails with a process that is killed after a random while, again and again until all is settled."""
    chance, (counting, port) = random.Random(seed), running
    path, kills = folder / f"{seed}.sqlite3", 0
    counting.taken.clear()
    fill(path, 5)
    while any(entry.state is State.QUEUED for entry in look(path)) and kills < 6:
        process = start_sending(path, port)
        time.sleep(chance.random() * longest)
        process.kill()
        kills += end(process) == KILLED
        check(counting, look(path), kills)
    done = finish(path, port)
    check(counting, done, kills)
    assert not any(entry.state is State.QUEUED for entry in done)
    return kills


def play_all(folder: Path, running: tuple[Counting, int], seeds: range) -> None:
    """Play a schedule for each seed, the kills spread over the time that an undisturbed run takes here."""
    fill(folder / "first.sqlite3", 5)
    process, began = start_sending(folder / "first.sqlite3", running[1]), time.monotonic()
    assert end(process) == 0
    longest = time.monotonic() - began
    assert sum(play(folder, running, seed, longest) for seed in seeds) >= len(seeds) / 2


@pytest.mark.parametrize("part", range(4))
@pytest.mark.xfail(reason="needs a machine with nothing else to do: aims by the clock", strict=False)
def test_killed_at_random(tmp_path: Path, server: tuple[Counting, int], part: int) -> None:
    """Killed at any moment, as often as it likes: the promise holds."""
    play_all(tmp_path, server, range(part * 1000, part * 1000 + 8))


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_killed_at_random_thousands_of_times(tmp_path: Path, server: tuple[Counting, int], part: int) -> None:
    """The same over thousands of schedules."""
    play_all(tmp_path, server, range(part * 1000, part * 1000 + 300))


def four_runners(path: Path, running: tuple[Counting, int], count: int, seconds: float) -> None:
    """Four processes send from one file for an hour of simulated time while a fifth cancels, holds and resumes."""
    counting, port = running
    chance = random.Random(count)
    refused_before: set[str] = set()

    def answer(message_id: str) -> str:
        with counting.lock:
            if message_id not in refused_before and chance.random() < 0.2:
                refused_before.add(message_id)
                return "451 4.3.0 try again later"
            return "drop" if chance.random() < 0.02 else "250 2.0.0 Ok: queued as C0UNT"

    counting.answer = answer
    store = SqliteStore(path)
    store.add([make_new(n, f"app-{n % 50}") for n in range(1, count + 1)], NOW)
    workers = [start(work, path, port, seed, seconds) for seed in range(4)] + [start(interfere, path, 5, count)]
    assert [end_late(process, seconds) for process in workers] == [0] * 5
    entries = store.entries()
    assert len(entries) == count
    assert store.verify() == ()
    store.close()
    assert {entry.state for entry in entries} <= {State.SENT, State.UNCLEAR, State.CANCELLED}
    for entry in entries:
        taken = counting.taken[entry.mail.message_id]
        expected = {State.SENT: {1}, State.UNCLEAR: {1}, State.CANCELLED: {0}}[entry.state]
        assert taken in expected, f"{entry.label} is {entry.state} and was taken {taken} times"
    assert sum(counting.taken.values()) > count / 2


def end_late(process: Any, seconds: float) -> int:
    process.join(seconds * 4)
    return end(process)


@pytest.mark.xfail(reason="needs a machine with nothing else to do: counts what happened in time", strict=False)
def test_four_runners_at_once(path: Path, server: tuple[Counting, int]) -> None:
    """Four runs and a busy user on one outbox: no double, none lost."""
    four_runners(path, server, 120, 3.0)


@pytest.mark.long
def test_four_runners_for_an_hour(path: Path, server: tuple[Counting, int]) -> None:
    """An hour of simulated time, 2,000 entries: no double, none lost."""
    four_runners(path, server, 2000, 40.0)
