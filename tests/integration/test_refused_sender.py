"""A server that takes nothing from this sender: one mail finds out, the others wait, and the user ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from changing import replace
from servers import FaultyServer

from followup_mail.cadence.step import Kind
from followup_mail.cadence.turns import PANEL_GAP
from followup_mail.delivery.smtp_account import Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.request import Request
from followup_mail.services.health.doctor import check_setup
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.sending.paused_accounts import end_rest, list_pauses, say_pause, try_again
from followup_mail.workspace import Workspace

Serve = Callable[[FaultyServer], Workspace]


@pytest.fixture
def serve(queued: Workspace, clock: Clock) -> Iterator[Serve]:
    """Give the workspace with three thank-yous, all due, a mail server."""
    enqueue(queued, Request(SLUG, Kind.THANK_YOU, to=("priya", "elena")))
    clock.shows = NEXT_MORNING + timedelta(minutes=30)
    with ExitStack() as stack:

        def put(server: FaultyServer) -> Workspace:
            port = stack.enter_context(server.running())
            settings = replace(
                queued.settings,
                smtp_host="127.0.0.1",
                smtp_port=port,
                smtp_security=Security.PLAIN,
                smtp_auth=Auth.NONE,
                domain_gap=0,
            )
            return Workspace(replace(queued.loaded, settings=settings), clock)

        yield put


def states(workspace: Workspace) -> list[State]:
    return [entry.state for entry in workspace.store.entries()]


def run(workspace: Workspace) -> list[Entry]:
    return [result.entry for result in deliver_once(workspace)]


def run_three_turns(workspace: Workspace, clock: Clock) -> None:
    """Run until each of the three has had its turn: mails to one panel leave minutes apart."""
    for _ in range(3):
        run(workspace)
        clock.shows += PANEL_GAP


@pytest.mark.parametrize("point", ["mail", "rcpt", "data", "dot"])
def test_a_block_costs_one_mail_at_whatever_point_it_is_told(serve: Serve, point: str) -> None:
    """The account rests until the user acts; the other mails stay queued, and no later run tries them."""
    server = FaultyServer({point: "550 5.7.1 Your account has been blocked from sending"})
    workspace = serve(server)
    assert [entry.state for entry in run(workspace)] == [State.FAILED]
    assert sorted(states(workspace)) == [State.FAILED, State.QUEUED, State.QUEUED]
    (pause,) = list_pauses(workspace)
    assert pause.until is None
    assert "sign in on its website" in say_pause(pause, workspace)
    assert run(workspace) == []
    assert server.connections == 1


def test_once_settled_everything_leaves(serve: Serve, clock: Clock) -> None:
    """Doctor takes the account up again, and the mail that failed only because of it is queued again."""
    server = FaultyServer({"dot": "554 5.2.252 SendAsDenied"}, once=True)
    workspace = serve(server)
    run(workspace)
    assert len(end_rest(workspace)) == 1
    run_three_turns(workspace, clock)
    assert states(workspace) == [State.SENT] * 3


def test_taken_up_too_early_it_rests_again_after_one_mail(serve: Serve) -> None:
    """A login works all the time for a sender that is refused: each word of the user's costs one try, not the queue."""
    server = FaultyServer({"rcpt": "550 5.1.8 outbound sender blocked"})
    workspace = serve(server)
    for times in (1, 2, 3):
        run(workspace)
        assert (server.connections, states(workspace).count(State.QUEUED)) == (times, 2)
        end_rest(workspace)


def test_after_signing_in_again_everything_leaves(serve: Serve, clock: Clock) -> None:
    """A token and its successor are refused: all wait for the next try, unless the user signs in before it."""
    answers = ["535 5.7.8 no", "535 5.7.8 no"]
    server = FaultyServer(
        {"auth": lambda talk: talk.say(answers.pop() if answers else "235 ok")}, offers=("AUTH XOAUTH2",)
    )
    workspace = serve(server)
    account = replace(workspace.account, auth=Auth.OAUTH, user="j", secret=lambda: "old", renew=lambda _: "new")
    workspace.__dict__["transport"] = SmtpTransport(account)
    assert [entry.state for entry in run(workspace)] == [State.QUEUED]
    (pause,) = list_pauses(workspace)
    assert pause.until is not None
    assert (len(end_rest(workspace)), list_pauses(workspace)) == (1, ())
    run_three_turns(workspace, clock)
    assert states(workspace) == [State.SENT] * 3


@pytest.mark.parametrize("point", ["mail", "rcpt", "dot"])
def test_a_limit_is_waited_for(serve: Serve, clock: Clock, point: str) -> None:
    """Nothing fails; the account rests for an hour or more; then all leave, and no login ends that earlier."""
    server = FaultyServer({point: "550 5.7.0 Daily sending limit reached"}, once=True)
    workspace = serve(server)
    run(workspace)
    assert states(workspace) == [State.QUEUED] * 3
    (pause,) = list_pauses(workspace)
    assert pause.until is not None
    assert timedelta(hours=1) <= pause.until - clock.shows <= timedelta(hours=1.25)
    assert (end_rest(workspace), try_again(workspace), run(workspace)) == ((), (), [])
    (found,) = [one for one in check_setup(workspace) if one.what == "mail server"]
    assert "logged in; nothing is sent until Thu 19 Nov," in found.said
    clock.shows = pause.until + timedelta(minutes=1)
    run_three_turns(workspace, clock)
    assert states(workspace) == [State.SENT] * 3


def test_a_missing_mailbox_stops_nobody_else(serve: Serve) -> None:
    """What is about one recipient fails that mail and lets the others leave."""
    workspace = serve(FaultyServer({"rcpt": "550 5.1.1 No such user"}, once=True))
    run(workspace)
    assert list_pauses(workspace) == ()
    assert sorted(states(workspace)) != [State.QUEUED] * 3
    assert State.QUEUED not in states(workspace)
