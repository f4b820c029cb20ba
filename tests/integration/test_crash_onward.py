"""Killed while one mail follows another over an open connection: the same promise as for the first.

There the next envelope is offered before its entry is claimed, behind the dot of the mail before where the server takes
that, and claim and intent are one transaction.
"""

from __future__ import annotations

import os

import pytest
from crash_child import Fault, send
from crash_play import KILLED, Ground, check, end, fill, finish, look, start, start_sending
from crash_server import POINTS, Counting

from followup_mail.outbox.entry import State

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

SPOKEN = POINTS[2:]
"""All but connecting, which happens once."""


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def running(request: pytest.FixtureRequest, server: tuple[Counting, int]) -> tuple[Counting, int]:
    server[0].pipelines = request.param
    return server


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("point", SPOKEN)
def test_killed_in_the_conversation_about_any_mail(
    ground: Ground, running: tuple[Counting, int], point: str, turn: int
) -> None:
    """First, second or last mail: no double, no loss, one doubt at most; those before are sent, those after wait."""
    (counting, port), place = running, ground.lay("outbox")
    fill(place, 4)

    def aim(victim: int) -> None:
        counting.victim, counting.kill_at, counting.turn = victim, point, turn

    process = start_sending(place, port, aim)
    assert end(process) == KILLED
    found = look(place)
    check(counting, found, kills=1)
    before, hit, after = found[: turn - 1], found[turn - 1], found[turn:]
    offered_early = counting.pipelines and point in {"mail", "rcpt"}
    # The next envelope came along with the dot of the mail before, which may not be settled yet.
    assert all(entry.state is State.SENT for entry in (before[:-1] if offered_early else before))
    if point in {"mail", "rcpt"}:
        assert hit.state is State.QUEUED
    elif point != "answer":
        assert hit.state is State.UNCLEAR
    assert {entry.state for entry in after} <= {State.QUEUED} or point == "answer"
    check(counting, finish(place, port), kills=1)


@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_statement_of_going_on(ground: Ground, running: tuple[Counting, int], part: int) -> None:
    """Between every two steps of a run of three mails: at every single SQL statement."""
    counting, port = running
    statement, seen = 1 + part * ground.step, set()
    while True:
        counting.taken.clear()
        place = ground.lay(statement)
        fill(place, 3)
        code = end(start(send, place, port, Fault(statement)))
        found = look(place)
        check(counting, found, kills=1)
        seen |= {entry.state for entry in found}
        if code == 0:
            break
        done = finish(place, port)
        check(counting, done, kills=1)
        assert not any(entry.state is State.QUEUED for entry in done)
        assert code == KILLED
        statement += 4 * ground.step
    assert seen == {State.SENT, State.QUEUED, State.UNCLEAR}
