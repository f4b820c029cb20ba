"""Ctrl-C, for real: a process of its own gets SIGINT while it delivers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from servers import FaultyServer, Talk, stay_silent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process")

DELIVER = """
import json, signal, sys
# Started in the background of a script, a process ignores SIGINT from birth.
signal.signal(signal.SIGINT, signal.default_int_handler)
from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.outbox.attempt import InterruptedDelivery
from followup_mail.delivery.timeouts import Timeouts
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Message

account = Account("127.0.0.1", int(sys.argv[1]), Security.PLAIN, auth=Auth.NONE, timeout=5)
transport = SmtpTransport(account, limits=Timeouts(grace=float(sys.argv[2])))
to = Mailbox("", "b@example.org")
content = b"Subject: Hi\\r\\n\\r\\nHi\\r\\n"
message = Message(to, "", "", "<id@x>", "a@example.com", (to.email,), content=content)
try:
    transport.deliver(message, lambda: None)
except InterruptedDelivery as stopped:
    print(json.dumps([stopped.result.verdict, stopped.result.phase, stopped.result.queue_id]))
"""


class Delivering:
    """The process, and the signal to it."""

    process: subprocess.Popen[str]

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def run(self, server: FaultyServer, grace: float) -> Any:
        with server.running() as port:
            command = [sys.executable, "-c", DELIVER, str(port), str(grace)]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            said, _ = self.process.communicate(timeout=20)
        return json.loads(said)


def test_interrupted_while_waiting_for_the_answer() -> None:
    """Ctrl-C after the dot waits for the answer, and the mail is known to be sent."""
    delivering = Delivering()

    def interrupt_first(talk: Talk) -> None:
        delivering.interrupt()
        talk.stop.wait(0.1)
        talk.say("250 2.0.0 Ok: queued as F00")

    outcome = delivering.run(FaultyServer({"dot": interrupt_first}), grace=10)
    assert outcome == ["accepted", "done", "F00"]


def test_interrupted_without_an_answer() -> None:
    """When no answer comes within the time of grace, nobody knows, and that is what is said."""
    delivering = Delivering()

    def interrupt_only(talk: Talk) -> None:
        delivering.interrupt()
        stay_silent(talk)

    assert delivering.run(FaultyServer({"dot": interrupt_only}), grace=0.2) == ["unclear", "answer", ""]


def test_interrupted_twice() -> None:
    """A second Ctrl-C ends the waiting at once."""
    delivering = Delivering()

    def interrupt_until_it_goes(talk: Talk) -> None:
        talk.sock.settimeout(0.1)
        gone = False
        while not gone:
            delivering.interrupt()
            with contextlib.suppress(TimeoutError):
                gone = not talk.sock.recv(100)

    assert delivering.run(FaultyServer({"dot": interrupt_until_it_goes}), grace=60) == ["unclear", "answer", ""]


@pytest.mark.parametrize(("point", "phase"), [("greeting", "connect"), ("rcpt", "rcpt"), ("data", "data")])
def test_interrupted_before_the_dot(point: str, phase: str) -> None:
    """Ctrl-C before the dot: certainly not sent, so the entry need not become unclear."""
    delivering = Delivering()

    def interrupt(talk: Talk) -> None:
        delivering.interrupt()
        stay_silent(talk)

    server = FaultyServer({point: interrupt})
    assert delivering.run(server, grace=10) == ["deferred", phase, ""]
    assert server.took == []
