"""Killed at every point: the server takes each mail at most once, and every entry is found sent, queued or unclear.

Real processes, real SIGKILL, a real server that counts. The faults come from outside: from the server, that kills its
client in the middle of the conversation, and from a count of SQL statements.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from crash_child import JOBS, SECOND, Fault, Place, do, open_store, send
from crash_play import KILLED, Ground, check, end, fill, finish, look, start, start_sending
from crash_server import POINTS, Counting

from followup_mail.outbox.entry import State
from followup_mail.outbox.migrate import read_migrations
from followup_mail.outbox.sqlite import SqliteStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


@pytest.mark.parametrize("point", POINTS)
def test_killed_in_the_conversation(ground: Ground, server: tuple[Counting, int], point: str) -> None:
    """From the connection to the answer: no double, no loss, and doubt only where nobody can know."""
    (counting, port), place = server, ground.lay("outbox")
    fill(place, 3)

    def aim(victim: int) -> None:
        counting.victim, counting.kill_at = victim, point

    process = start_sending(place, port, aim)
    assert end(process) in ({KILLED} if point != "answer" else {KILLED, 0})
    after_crash = look(place)
    check(counting, after_crash, kills=1)
    first = after_crash[0].state
    if point in {"connect", "ehlo", "mail", "rcpt"}:
        assert first is State.QUEUED
    elif point != "answer":
        assert first is State.UNCLEAR
    done = finish(place, port)
    check(counting, done, kills=1)
    assert [entry.state for entry in done[1:]] == [State.SENT, State.SENT]
    assert done[0].state is (State.SENT if first is State.QUEUED else first)


@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_statement_of_sending(ground: Ground, server: tuple[Counting, int], part: int) -> None:
    """Before and after claim, intent and settlement, and in the middle of each: at every single SQL statement."""
    counting, port = server
    statement, seen = 1 + part * ground.step, set()
    while True:
        counting.taken.clear()
        place = ground.lay(statement)
        fill(place, 2)
        code = end(start(send, place, port, Fault(statement)))
        after_crash = look(place)
        check(counting, after_crash, kills=1)
        seen |= {entry.state for entry in after_crash}
        if code == 0:
            break
        check(counting, finish(place, port), kills=1)
        assert code == KILLED
        statement += 4 * ground.step
    assert statement > 40
    assert seen == {State.SENT, State.QUEUED, State.UNCLEAR}


def state_of(place: Place) -> object:
    """Everything that a user can see of an outbox."""
    store = open_store(place)
    assert store.verify() == ()
    seen = [(entry, store.content(entry.id), store.transitions(entry.id)) for entry in store.entries()]
    store.close()
    return seen


@pytest.mark.parametrize("job", sorted(set(JOBS) - {"create", "migrate"}))
def test_killed_at_every_statement_of_a_users_wish(ground: Ground, job: str) -> None:
    """Queue, cancel, edit and the others: done, or not done at all."""
    done = ground.lay("done")
    fill(done, 3)
    before = state_of(done)
    assert end(start(do, done, job, Fault())) == 0
    after, outcomes, statement, code = state_of(done), [], 1, KILLED
    while code == KILLED:
        place = ground.lay(statement)
        fill(place, 3)
        code = end(start(do, place, job, Fault(statement)))
        found = state_of(place)
        assert found in (before, after), f"half of it was done at statement {statement}"
        outcomes.append(found == after)
        statement += ground.step
    assert code == 0
    assert (outcomes[0], outcomes[-1]) == (False, True)
    assert outcomes == sorted(outcomes)


def test_killed_at_every_statement_of_creating(fast_path: Path) -> None:
    """A first run that dies leaves no half-made outbox: the next one makes it."""
    statement, code = 1, KILLED
    while code == KILLED:
        path = fast_path / str(statement) / "outbox.sqlite3"
        code = end(start(do, path, "create", Fault(statement)))
        assert look(path) == ()
        statement += 1
    assert code == 0
    assert statement > 20


def test_killed_at_every_statement_of_a_migration(fast_path: Path) -> None:
    """The database is of the old version or of the new one, whole, with all entries; a backup lies there before."""
    statement, code = 1, KILLED
    while code == KILLED:
        path = fast_path / f"{statement}.sqlite3"
        fill(path, 2)
        code = end(start(do, path, "migrate", Fault(statement)))
        store = SqliteStore(path, migrations=[*read_migrations(), SECOND])
        assert len(store.entries()) == 2
        assert store.verify() == ()
        assert path.with_name(f"{path.name}.before-{SECOND.number:04d}").exists()
        store.close()
        statement += 1
    assert code == 0
    assert statement > 8
