"""What a run leaves behind that was killed, and how a run is ended."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import State
from followup_mail.outbox.lease import Worker, is_process_gone
from followup_mail.outbox.pre_send_check import GO
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import stop_on_signal
from followup_mail.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and process ids as on POSIX")


@pytest.fixture
def killed(tmp_path: Path) -> Workspace:
    """A workspace in which a worker died after it had recorded the intent to send the first mail."""
    clock = Clock()
    workspace = make_demo_workspace(tmp_path, clock)
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    clock.shows = NEXT_MORNING
    gone = subprocess.run(
        [sys.executable, "-S", "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    worker = Worker(f"{platform.node() or 'localhost'}:{int(gone.stdout)}:0a")
    claim = workspace.store.claim(worker, lambda *_: GO, workspace.now())
    assert isinstance(claim, Claim)
    workspace.store.record_intent(claim, workspace.now())
    return workspace


def test_a_look_tells_how_it_stands(killed: Workspace) -> None:
    """A mail that a killed run had in hand is told as unclear by the next look, not only by the next run."""
    free_abandoned_if_possible(killed)
    assert [one.state for one in killed.store.entries()] == [State.UNCLEAR, State.QUEUED, State.QUEUED]


def test_forget_does_not_wait_for_the_dead(killed: Workspace) -> None:
    """An application can be forgotten though a killed run had one of its mails in hand."""
    forget_application(killed, SLUG)
    assert killed.store.entries() == ()


def test_the_first_signal_asks_and_the_second_ends() -> None:
    """After one Ctrl-C a run is asked to stop; a second one is a plain Ctrl-C again."""
    told: list[str] = []
    with stop_on_signal(lambda: told.append("stopping")) as stop:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(5)
        assert told == ["stopping"]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_nohup_stays_in_force() -> None:
    """Who starts a run with nohup wants it to outlive its terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_on_signal() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stop.wait(0.05)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_process_that_ended_is_dead() -> None:
    """A crashed run is noticed at once, without waiting for its lease."""
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    assert is_process_gone(f"{platform.node()}:{ended.pid}:abcd")
