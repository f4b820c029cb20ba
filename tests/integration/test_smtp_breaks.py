"""Servers and networks that break: the attempt always knows whether the mail was certainly not sent."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from outbox_samples import make_handed
from servers import (
    USER,
    Action,
    FaultyServer,
    Talk,
    drip,
    hang_up,
    hang_up_hard,
    never_end,
    stay_silent,
)

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.timeouts import Timeouts
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

HANDED = make_handed(
    "jordan@example.com", ("ada@example.org", "jordan@example.com"), b"Subject: Hi\r\n\r\nDear Ada,\r\n"
)
# More than the buffers of both ends hold, so that sending it has to wait for the server.
LARGE = make_handed("a@example.com", ("b@example.org",), b"Subject: Hi\r\n\r\n" + (b"x" * 70 + b"\r\n") * 120_000)
QUICK = Timeouts(attempt=0.6, answer=0.3, grace=0.3, farewell=0.3)


@pytest.fixture(autouse=True, params=["one by one", "pipelining"])
def offers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each promise holds with a server that takes one command after the other, and with one that takes several."""
    if request.param == "pipelining":
        monkeypatch.setattr(FaultyServer, "offers_too", ("PIPELINING",))


def account(port: int, timeout: float = 5) -> Account:
    return Account("127.0.0.1", port, Security.PLAIN, USER, secret=lambda: "secret-7", timeout=timeout)


def attempt(server: FaultyServer, message: Message = HANDED, *, quick: bool = False) -> tuple[AttemptResult, int]:
    """Deliver once; return the outcome and how often the intent was recorded."""
    called: list[int] = []
    with server.running() as port:
        transport = SmtpTransport(account(port, 0.3 if quick else 5), limits=QUICK if quick else Timeouts())
        try:
            outcome = transport.deliver(message, lambda: called.append(1))
        finally:
            transport.close()
    assert len(outcome.said) <= 500
    assert outcome.said.isprintable()
    assert "secret-7" not in repr(outcome)
    if outcome.verdict is not Verdict.ACCEPTED:
        assert outcome.fix
    return outcome, len(called)


BEFORE_DOT = [
    ("greeting", Phase.CONNECT, 0),
    ("ehlo", Phase.CONNECT, 0),
    ("auth", Phase.LOGIN, 0),
    ("mail", Phase.MAIL, 0),
    ("rcpt", Phase.RCPT, 0),
    ("data", Phase.DATA, 1),
]


@pytest.mark.parametrize("end", [hang_up, hang_up_hard])
@pytest.mark.parametrize(("point", "phase", "intents"), BEFORE_DOT)
def test_hung_up_before_the_body(point: str, phase: Phase, intents: int, end: Action) -> None:
    """A server that hangs up before the body has certainly not got the mail: another try later."""
    server = FaultyServer({point: end})
    outcome, called = attempt(server)
    assert (outcome.verdict, outcome.phase, called) == (Verdict.DEFERRED, phase, intents)
    assert (server.took, server.connections) == ([], 1)


def test_hung_up_at_starttls(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A server that hangs up at STARTTLS, or in the handshake, has certainly not got the mail."""

    def break_handshake(talk: Talk) -> None:
        talk.say("220 go ahead")
        hang_up(talk)

    for end in (hang_up, break_handshake):
        server = FaultyServer({"starttls": end}, context=good_tls)
        with server.running() as port:
            transport = SmtpTransport(
                Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "secret-7", ca_file=ca_file)
            )
            outcome = transport.deliver(HANDED, nothing)
        assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.CONNECT)


def nothing() -> None:
    """Stand in for the intent on disk."""


@pytest.mark.parametrize("end", [hang_up, hang_up_hard])
def test_hung_up_in_the_body(end: Action) -> None:
    """A server that hangs up in the middle of the body has certainly not got the mail: the dot never left."""

    def read_some(talk: Talk) -> None:
        talk.hear_some(100_000)
        assert callable(end)
        end(talk)

    outcome, called = attempt(FaultyServer({"body": read_some}), LARGE)
    assert (outcome.verdict, outcome.phase, called) == (Verdict.DEFERRED, Phase.BODY, 1)


@pytest.mark.parametrize("end", [hang_up, hang_up_hard])
def test_hung_up_after_the_dot(end: Action) -> None:
    """Once the dot has left and no answer came, the mail may have been sent: unclear, with the advice to look first."""
    server = FaultyServer({"dot": end})
    outcome, _ = attempt(server)
    assert (outcome.verdict, outcome.phase) == (Verdict.UNCLEAR, Phase.ANSWER)
    assert "Sent folder" in outcome.fix
    assert server.took == [HANDED.content]


@pytest.mark.parametrize("point", ["after", "quit"])
@pytest.mark.parametrize("end", [hang_up, stay_silent, never_end, drip])
def test_trouble_after_the_answer(point: str, end: Action) -> None:
    """What happens after the 250 changes nothing: the mail was taken."""
    server = FaultyServer({point: end})
    outcome, _ = attempt(server, quick=True)
    assert (outcome.verdict, outcome.queue_id) == (Verdict.ACCEPTED, "F00")


@pytest.mark.parametrize("silence", [stay_silent, drip, never_end])
@pytest.mark.parametrize(("point", "phase", "intents"), BEFORE_DOT)
def test_slow_and_endless_answers(point: str, phase: Phase, intents: int, silence: Action) -> None:
    """Silence, a byte now and then, or a reply without end: given up in time, and certainly not sent."""
    outcome, called = attempt(FaultyServer({point: silence}), quick=True)
    assert (outcome.verdict, outcome.phase, called) == (Verdict.DEFERRED, phase, intents)


@pytest.mark.parametrize("silence", [stay_silent, drip, never_end])
def test_slow_and_endless_answer_to_the_dot(silence: Action) -> None:
    """The same after the dot is unclear, even when what came began with 250."""
    outcome, _ = attempt(FaultyServer({"dot": silence}), quick=True)
    assert (outcome.verdict, outcome.phase) == (Verdict.UNCLEAR, Phase.ANSWER)


def test_server_that_stops_reading() -> None:
    """A server that takes no more of the body is given up in time; the dot never left."""

    def stop_reading(talk: Talk) -> None:
        talk.stop.wait(5)

    outcome, _ = attempt(FaultyServer({"body": stop_reading}), LARGE, quick=True)
    assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.BODY)


def test_deadline_over_many_slow_steps() -> None:
    """Steps that are each in time, and together are not, end at the deadline of the attempt."""
    reading = iter(range(0, 10_000, 40))  # each look at the clock is 40 seconds after the last
    with FaultyServer({}).running() as port:
        transport = SmtpTransport(account(port, 120), limits=Timeouts(attempt=100), monotonic=lambda: next(reading))
        outcome = transport.deliver(HANDED, nothing)
        transport.close()
    assert outcome.verdict is Verdict.DEFERRED
    assert "in time" in outcome.said


REPLIES = [
    ("greeting", Phase.CONNECT),
    ("auth", Phase.LOGIN),
    ("mail", Phase.MAIL),
    ("rcpt", Phase.RCPT),
    ("data", Phase.DATA),
    ("dot", Phase.ANSWER),
]


@pytest.mark.parametrize(("point", "phase"), REPLIES)
@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("451 4.3.0 later", Verdict.DEFERRED),
        ("421 4.3.2 closing", Verdict.DEFERRED),
        ("554 5.0.0 never", Verdict.REFUSED),
    ],
)
def test_refusals(point: str, phase: Phase, reply: str, verdict: Verdict) -> None:
    """A 4xx is worth another try and a 5xx is not, wherever it is said; both are kept with code and words."""
    server = FaultyServer({point: reply})
    outcome, _ = attempt(server)
    assert (outcome.verdict, outcome.phase, outcome.said) == (verdict, phase, reply)
    assert (outcome.code, outcome.enhanced) == (int(reply[:3]), reply.split()[1])
    assert outcome.pauses_account == (verdict is Verdict.REFUSED and phase in {Phase.CONNECT, Phase.LOGIN, Phase.MAIL})


@pytest.mark.parametrize(
    "answer",
    ["HTTP/1.1 400 Bad Request", "25", "999 what", "354 again", "250-ok\r\n550 no", "250-ok\r\nhuh", b"\xff\r\n"],
)
def test_nonsense_after_the_dot(answer: str | bytes) -> None:
    """An answer to the dot that is no answer leaves it unclear, whatever it begins with."""
    outcome, _ = attempt(FaultyServer({"dot": answer}), quick=True)
    assert (outcome.verdict, outcome.phase) == (Verdict.UNCLEAR, Phase.ANSWER)


@pytest.mark.parametrize("answer", ["250 ok", "250-ok", "25"])
def test_answer_cut_short(answer: str) -> None:
    """An answer whose line does not end may have meant anything: unclear."""

    def cut(talk: Talk) -> None:
        talk.say(answer.encode())
        hang_up(talk)

    outcome, _ = attempt(FaultyServer({"dot": cut}))
    assert outcome.verdict is Verdict.UNCLEAR


@pytest.mark.parametrize("point", ["greeting", "ehlo", "mail", "rcpt", "data"])
def test_nonsense_before_the_dot(point: str) -> None:
    """A server that talks something else than SMTP has certainly not got the mail."""
    outcome, _ = attempt(FaultyServer({point: "HTTP/1.1 400 Bad Request"}))
    assert (outcome.verdict, outcome.code) == (Verdict.DEFERRED, None)


def test_answer_given_before_the_message() -> None:
    """A 250 that comes before the message was sent is not its acceptance, and the message does not go."""
    server = FaultyServer({"data": "354 go ahead\r\n250 2.0.0 Ok: queued as FAKE"})
    outcome, _ = attempt(server)
    assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.BODY)
    assert server.took == []


@pytest.mark.parametrize("point", ["ehlo", "mail", "rcpt"])
def test_answers_out_of_step(point: str) -> None:
    """A server that answers twice is not talked to any further: its next words would be taken for other answers."""
    usual = {"ehlo": "250-mail.test\r\n250 AUTH PLAIN"}.get(point, "250 ok")
    server = FaultyServer({point: f"{usual}\r\n250 2.0.0 Ok: queued as FAKE"})
    outcome, _ = attempt(server)
    assert (outcome.verdict, server.took) == (Verdict.DEFERRED, [])


def test_refused_in_the_middle_of_the_body() -> None:
    """A refusal that comes while the body is sent is taken for what it says."""

    def refuse(talk: Talk) -> None:
        talk.say("552 5.3.4 message too big")
        talk.hear_some(len(LARGE.content))
        talk.wait_for_the_client()

    outcome, _ = attempt(FaultyServer({"body": refuse}), LARGE)
    assert (outcome.verdict, outcome.phase, outcome.code) == (Verdict.REFUSED, Phase.BODY, 552)
    assert "attachments" in outcome.fix


@pytest.mark.parametrize("end", [hang_up, hang_up_hard])
def test_dropped_while_idle(end: Action) -> None:
    """A connection that was dropped between two mails is made anew, once, and nothing is lost or doubled."""
    server = FaultyServer({"after": end}, once=True)
    with server.running() as port:
        transport = SmtpTransport(account(port))
        outcomes = [transport.deliver(HANDED, nothing) for _ in range(3)]
        transport.close()
    if end is hang_up:
        assert [one.verdict for one in outcomes] == [Verdict.ACCEPTED] * 3
    assert [one.verdict for one in outcomes[1:]] == [Verdict.ACCEPTED] * 2
    assert (len(server.took), server.connections) == (3, 2)


@pytest.mark.parametrize("reply", ["421 4.4.2 idle too long", "421 too many mails"])
def test_server_ends_the_session_between_mails(reply: str) -> None:
    """A 421 between two mails, for idleness or for too many of them, means a new connection, not a failed mail."""
    server = FaultyServer({}, once=True)
    with server.running() as port:
        transport = SmtpTransport(account(port))
        first = transport.deliver(HANDED, nothing)
        server.at["mail"] = reply
        second = transport.deliver(HANDED, nothing)
        transport.close()
    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert (len(server.took), server.connections) == (2, 2)


@pytest.mark.parametrize(("answer", "connections"), [("250 ok", 1), ("421 closing", 2), ("500 what", 2), (hang_up, 2)])
def test_after_a_refused_mail(answer: Action, connections: int) -> None:
    """What a refused mail began is abandoned (RSET) before the next; if that fails, the next goes over a new link."""
    server = FaultyServer({"rcpt": "550 5.1.1 nobody", "rset": answer}, once=True)
    with server.running() as port:
        transport = SmtpTransport(account(port))
        first = transport.deliver(HANDED, nothing)
        server.at["rcpt"] = "250 ok"
        second = transport.deliver(HANDED, nothing)
        transport.close()
    assert (first.verdict, second.verdict) == (Verdict.REFUSED, Verdict.ACCEPTED)
    assert (len(server.took), server.connections) == (1, connections)
    assert server.verbs.count("rset") == 1


def test_reconnects_once_only() -> None:
    """A server that drops each connection at once does not keep the attempt busy."""
    server = FaultyServer({})
    with server.running() as port:
        transport = SmtpTransport(account(port))
        transport.deliver(HANDED, nothing)
        server.at |= {"mail": hang_up, "greeting": hang_up}
        outcome = transport.deliver(HANDED, nothing)
        transport.close()
    assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.CONNECT)
    assert (len(server.took), server.connections) == (1, 2)


def test_next_mail_after_an_unclear_one() -> None:
    """One unclear mail does not stop the next, which goes over a new connection."""
    server = FaultyServer({"dot": hang_up}, once=True)
    with server.running() as port:
        transport = SmtpTransport(account(port))
        outcomes = [transport.deliver(HANDED, nothing) for _ in range(2)]
        transport.close()
    assert [one.verdict for one in outcomes] == [Verdict.UNCLEAR, Verdict.ACCEPTED]
    assert len(server.took) == 2


def test_nobody_answers() -> None:
    """A port where nothing listens, and a name that does not exist, are worth another try."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for host in ("127.0.0.1", "nowhere.invalid"):
        transport = SmtpTransport(Account(host, port, Security.STARTTLS, auth=Auth.NONE, timeout=5))
        outcome = transport.deliver(HANDED, nothing)
        assert (outcome.verdict, outcome.phase, outcome.code) == (Verdict.DEFERRED, Phase.CONNECT, None)
        assert outcome.fix
        transport.close()


def fail_with(error: Exception) -> Callable[[], str]:
    def secret() -> str:
        raise error

    return secret


def test_password_that_cannot_be_had() -> None:
    """A keyring or command that fails defers the mail, rests the account, and tells none of its own words."""
    secrets: list[Callable[[], str]] = [fail_with(OSError("gpg said hunter2")), lambda: "", lambda: "two\nlines"]
    for secret in secrets:
        with FaultyServer({}).running() as port:
            transport = SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, USER, secret=secret))
            outcome = transport.deliver(HANDED, nothing)
            transport.close()
        assert (outcome.verdict, outcome.phase, outcome.pauses_account) == (Verdict.DEFERRED, Phase.LOGIN, True)
        assert "hunter2" not in repr(outcome)
        assert "password" in outcome.fix


def test_the_answer_to_the_dot_is_waited_for_longer_than_any_other() -> None:
    """A server that looks at the message for longer than a step may take still makes it sent, not unclear."""

    def scan(talk: Talk) -> None:
        talk.stop.wait(0.6)
        talk.say("250 2.0.0 clean, queued as 7")

    with FaultyServer({"dot": scan}).running() as port:
        transport = SmtpTransport(account(port, 0.3), limits=Timeouts(attempt=0.5, answer=5, farewell=0.3))
        outcome = transport.deliver(HANDED, lambda: None)
        transport.close()
    assert (outcome.verdict, outcome.phase) == (Verdict.ACCEPTED, Phase.DONE)


def test_an_answer_that_is_neither_yes_nor_no_is_unclear() -> None:
    """After the dot "go on" says nothing about the message; nor can a next one be begun on such a connection."""
    server = FaultyServer({"dot": "354 go on"}, once=True)
    with server.running() as port:
        transport = SmtpTransport(account(port))
        first, second = (transport.deliver(HANDED, lambda: None) for _ in range(2))
        transport.close()
    assert (first.verdict, first.phase, second.verdict) == (Verdict.UNCLEAR, Phase.ANSWER, Verdict.ACCEPTED)
    assert (server.connections, server.verbs.count("rset")) == (2, 0)
