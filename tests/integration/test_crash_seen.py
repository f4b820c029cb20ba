"""Mail that was seen is kept with all that follows from it, or not at all: at every kill, whoever else looks too."""

from __future__ import annotations

import os

import pytest
from crash_child import Fault, Place, open_store
from crash_play import CONTEXT, KILLED, Ground, end, lay, start
from outbox_samples import NOW
from seen_child import JOBS, LOOK, do_seen, fill, keep_at_once
from seen_samples import ACCOUNT, make_mark

from followup_mail.outbox.entry import State

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


def state_of(place: Place) -> object:
    """Everything that can be seen of an outbox and of what was seen."""
    store = open_store(place)
    assert store.verify() == ()
    entries = [(entry, store.transitions(entry.id)) for entry in store.entries()]
    found = entries, store.seen(), store.folder_mark(ACCOUNT, "INBOX"), store.last_look(ACCOUNT)
    store.close()
    return found


@pytest.mark.parametrize("job", sorted(JOBS))
def test_killed_at_every_statement(ground: Ground, job: str) -> None:
    """Mails, holds, what came back and the mark: all of it or nothing."""
    done = ground.lay("done")
    fill(done)
    before = state_of(done)
    assert end(start(do_seen, done, job, Fault())) == 0
    after, outcomes, statement, code = state_of(done), [], 1, KILLED
    assert after != before
    while code == KILLED:
        place = ground.lay(statement)
        lay(place, "model", fill)
        code = end(start(do_seen, place, job, Fault(statement)))
        found = state_of(place)
        assert found in (before, after), f"half of it was done at statement {statement}"
        outcomes.append(found == after)
        statement += ground.step
    assert code == 0
    assert (outcomes[0], outcomes[-1]) == (False, True)
    assert outcomes == sorted(outcomes)


def test_several_processes_keep_the_same_look_once(ground: Ground) -> None:
    """Two services and a command that look at the same moment: each mail once, and nothing follows from it twice."""
    place = ground.lay("outbox")
    fill(place)
    ready = CONTEXT.Barrier(3)
    processes = [start(keep_at_once, place, ready) for _ in range(3)]
    assert [end(process) for process in processes] == [0, 0, 0]
    store = open_store(place)
    assert len(store.seen()) == 1 + len(LOOK)
    assert [entry.state for entry in store.entries()] == [State.FAILED, State.QUEUED, State.QUEUED]
    causes = [[str(move.cause) for move in store.transitions(entry.id)] for entry in store.entries()]
    assert [sum(cause == "came back" for cause in line) for line in causes] == [1, 0, 0]
    assert [line[-1] for line in causes[1:]] == ["held", "held"]
    assert [line.count("held") for line in causes] == [0, 2, 2]
    assert store.folder_mark(ACCOUNT, "INBOX") == make_mark(9)
    assert store.next_due_at(NOW) is None
    store.close()
