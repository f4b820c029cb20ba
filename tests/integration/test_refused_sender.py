"""A server that takes nothing from this sender: one mail finds out, the others wait, and the user ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from servers import FaultyServer

from followup_mail.cadence.step import Kind
from followup_mail.delivery.account import Auth, Security
from followup_mail.outbox.entry import Entry, State
from followup_mail.road.accounts import end_rest, list_pauses, say_pause, try_again
from followup_mail.road.deliver import deliver_once
from followup_mail.road.demo import NEXT_MORNING, SLUG, Clock
from followup_mail.road.enqueue import enqueue
from followup_mail.road.examine import examine
from followup_mail.road.request import Request
from followup_mail.wiring import House

Serve = Callable[[FaultyServer], House]


@pytest.fixture
def serve(queued: House, clock: Clock) -> Iterator[Serve]:
    """Give the house with three thank-yous, all due, a mail server."""
    enqueue(queued, Request(SLUG, Kind.THANK_YOU, to=("priya", "elena")))
    clock.shows = NEXT_MORNING + timedelta(minutes=30)
    with ExitStack() as stack:

        def put(server: FaultyServer) -> House:
            port = stack.enter_context(server.running())
            settings = replace(
                queued.settings,
                smtp_host="127.0.0.1",
                smtp_port=port,
                smtp_security=Security.PLAIN,
                smtp_auth=Auth.NONE,
                domain_gap=0,
            )
            return House(replace(queued.loaded, settings=settings), clock)

        yield put


def states(house: House) -> list[State]:
    return [entry.state for entry in house.store.entries()]


def run(house: House) -> list[Entry]:
    return [result.entry for result in deliver_once(house)]


@pytest.mark.parametrize("point", ["mail", "rcpt", "data", "dot"])
def test_a_block_costs_one_mail_at_whatever_point_it_is_told(serve: Serve, point: str) -> None:
    """The account rests until the user acts; the other mails stay queued, and no later run tries them."""
    server = FaultyServer({point: "550 5.7.1 Your account has been blocked from sending"})
    house = serve(server)
    assert [entry.state for entry in run(house)] == [State.FAILED]
    assert sorted(states(house)) == [State.FAILED, State.QUEUED, State.QUEUED]
    (pause,) = list_pauses(house)
    assert pause.until is None
    assert "sign in on its website" in say_pause(pause, house)
    assert run(house) == []
    assert server.connections == 1


def test_once_settled_everything_leaves(serve: Serve) -> None:
    """Doctor takes the account up again, and the mail that failed only because of it is queued again."""
    server = FaultyServer({"dot": "554 5.2.252 SendAsDenied"}, once=True)
    house = serve(server)
    run(house)
    assert len(end_rest(house)) == 1
    run(house)
    assert states(house) == [State.SENT] * 3


def test_taken_up_too_early_it_rests_again_after_one_mail(serve: Serve) -> None:
    """A login works all the time for a sender that is refused: each word of the user's costs one try, not the queue."""
    server = FaultyServer({"rcpt": "550 5.1.8 outbound sender blocked"})
    house = serve(server)
    for times in (1, 2, 3):
        run(house)
        assert (server.connections, states(house).count(State.QUEUED)) == (times, 2)
        end_rest(house)


@pytest.mark.parametrize("point", ["mail", "rcpt", "dot"])
def test_a_limit_is_waited_for(serve: Serve, clock: Clock, point: str) -> None:
    """Nothing fails; the account rests for an hour or more; then all leave, and no login ends that earlier."""
    server = FaultyServer({point: "550 5.7.0 Daily sending limit reached"}, once=True)
    house = serve(server)
    run(house)
    assert states(house) == [State.QUEUED] * 3
    (pause,) = list_pauses(house)
    assert pause.until is not None
    assert timedelta(hours=1) <= pause.until - clock.shows <= timedelta(hours=1.25)
    assert (end_rest(house), try_again(house), run(house)) == ((), (), [])
    (found,) = [one for one in examine(house) if one.what == "mail server"]
    assert "logged in; nothing is sent until Thu 19 Nov," in found.said
    clock.shows = pause.until + timedelta(minutes=1)
    run(house)
    assert states(house) == [State.SENT] * 3


def test_a_missing_mailbox_stops_nobody_else(serve: Serve) -> None:
    """What is about one recipient fails that mail and lets the others leave."""
    house = serve(FaultyServer({"rcpt": "550 5.1.1 No such user"}, once=True))
    run(house)
    assert list_pauses(house) == ()
    assert sorted(states(house)) != [State.QUEUED] * 3
    assert State.QUEUED not in states(house)
