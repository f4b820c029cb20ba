"""Delivery to a real server that behaves: what arrives, how, and for whom."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outbox_samples import make_handed
from servers import PASSWORD, USER, Sink, check_password, serve

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

HELLO = b"Message-ID: <1@example.com>\r\nSubject: Thank you\r\n\r\nDear Ada,\r\n"
HANDED = make_handed("jordan@example.com", ("ada@example.org",), HELLO)


def nothing() -> None:
    """Stand in for the intent on disk."""


def plain(port: int) -> Account:
    return Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE, timeout=5)


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def port(sink: Sink) -> Iterator[int]:
    with serve(sink, enable_SMTPUTF8=True) as port:
        yield port


@pytest.fixture
def send(port: int) -> Iterator[Callable[[Message], AttemptResult]]:
    transport = SmtpTransport(plain(port))
    yield lambda message: transport.deliver(message, nothing)
    transport.close()


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("without", ["LOGIN", "PLAIN"])
def test_encrypted_and_logged_in(
    security: Security, without: str, sink: Sink, good_tls: ssl.SSLContext, ca_file: Path
) -> None:
    """Mail goes over STARTTLS and implicit TLS with a checked certificate, logged in by PLAIN or LOGIN."""
    with serve(
        sink,
        tls=good_tls if security is Security.TLS else None,
        tls_context=good_tls if security is Security.STARTTLS else None,
        require_starttls=security is Security.STARTTLS,
        # aiosmtpd counts only its own STARTTLS as encryption, not a socket that was encrypted from the start.
        auth_require_tls=security is Security.STARTTLS,
        authenticator=check_password,
        auth_exclude_mechanism=[without],
    ) as port:
        account = Account("localhost", port, security, USER, secret=lambda: PASSWORD, ca_file=ca_file, timeout=5)
        transport = SmtpTransport(account)
        checked = transport.check_login()
        outcome = transport.deliver(HANDED, nothing)
        transport.close()
    assert checked.verdict is Verdict.ACCEPTED
    assert "TLSv1." in checked.said
    assert (outcome.verdict, outcome.phase, outcome.code, outcome.enhanced, outcome.queue_id) == (
        Verdict.ACCEPTED,
        Phase.DONE,
        250,
        "2.0.0",
        "4XyZ01",
    )
    (received,) = sink.received
    assert (received.content, received.encrypted, received.user) == (HELLO, True, USER)
    assert (received.mail_from, received.rcpt_to) == ("jordan@example.com", ("ada@example.org",))


def test_wrong_password(sink: Sink, good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A wrong password is refused for the whole account after one try, and stands in no word of the outcome."""
    with serve(sink, tls_context=good_tls, authenticator=check_password, auth_required=True) as port:
        account = Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "wr0ng-secret", ca_file=ca_file)
        transport = SmtpTransport(account)
        outcomes = [transport.check_login(), transport.deliver(HANDED, nothing)]
        transport.close()
    for outcome in outcomes:
        assert (outcome.verdict, outcome.phase, outcome.code) == (Verdict.REFUSED, Phase.LOGIN, 535)
        assert outcome.pauses_account
        assert "password" in outcome.fix
        assert "wr0ng-secret" not in repr(outcome)
    assert "wr0ng-secret" not in repr(account)
    assert sink.connections == 2


def test_many_on_one_connection(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """Fifty mails go over one connection, each in a transaction of its own."""
    for number in range(50):
        content = HELLO + f"{number}\r\n".encode()
        assert send(make_handed("jordan@example.com", (f"p{number}@example.org",), content)).verdict is Verdict.ACCEPTED
    assert sink.connections == 1
    assert [one.rcpt_to for one in sink.received] == [(f"p{number}@example.org",) for number in range(50)]
    assert [one.content for one in sink.received] == [HELLO + f"{number}\r\n".encode() for number in range(50)]


LINES = st.lists(st.sampled_from([b".", b"..", b"...x", b".x", b"", b"text", b"x" * 998, b". ."]), max_size=12)


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Sink, SmtpTransport]]:
    sink = Sink()
    with serve(sink) as port:
        transport = SmtpTransport(plain(port))
        yield sink, transport
        transport.close()


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_bytes_arrive_unchanged(lines: list[bytes], shared: tuple[Sink, SmtpTransport]) -> None:
    """Whatever lines a mail has, also lone dots, the server gets exactly the bytes that were given."""
    sink, transport = shared
    content = b"".join(line + b"\r\n" for line in [b"Subject: dots", b"", *lines])
    outcome = transport.deliver(make_handed("a@example.com", ("b@example.org",), content), nothing)
    assert outcome.verdict is Verdict.ACCEPTED
    assert sink.received[-1].content == content


def test_a_large_mail_arrives_whole(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """Several megabytes, every line of which begins with a dot, arrive unchanged."""
    content = b"Subject: large\r\n\r\n" + (b"." * 60 + b"\r\n") * 50_000
    assert send(make_handed("a@example.com", ("b@example.org",), content)).verdict is Verdict.ACCEPTED
    assert sink.received[0].content == content


def test_main_recipient_refused(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """When the addressee is refused, no copy goes to oneself either, and the connection serves on."""
    sink.refused["ada@example.org"] = "550 5.1.1 <ada@example.org>: no such user"
    outcome = send(make_handed("jordan@example.com", ("ada@example.org", "jordan@example.com"), HELLO))
    assert (outcome.verdict, outcome.phase, outcome.code) == (Verdict.REFUSED, Phase.RCPT, 550)
    assert "mailbox" in outcome.fix
    assert not outcome.pauses_account
    assert sink.received == []
    assert send(make_handed("jordan@example.com", ("grace@example.org",), HELLO)).verdict is Verdict.ACCEPTED
    assert sink.connections == 1


def test_copy_to_oneself_refused(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """When only the copy to oneself is refused, the mail goes out and the outcome tells of the refusal."""
    sink.refused["jordan@example.com"] = "552 5.2.2 over quota"
    outcome = send(make_handed("jordan@example.com", ("ada@example.org", "jordan@example.com"), HELLO))
    assert outcome.verdict is Verdict.ACCEPTED
    assert outcome.refused == (("jordan@example.com", "552 5.2.2 over quota"),)
    assert sink.received[0].rcpt_to == ("ada@example.org",)


def test_smtputf8(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """An address beyond ASCII goes to a server that offers SMTPUTF8 as it is written, announced as such."""
    content = "To: Žofie <žofie@příklad.example>\r\n\r\nDobrý den\r\n".encode()
    outcome = send(make_handed("jordan@example.com", ("žofie@příklad.example",), content, smtputf8=True))
    assert outcome.verdict is Verdict.ACCEPTED
    assert sink.received[0].rcpt_to == ("žofie@příklad.example",)
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(sink.received[0].options)
    assert sink.received[0].content == content


def test_smtputf8_not_offered(sink: Sink) -> None:
    """A server without SMTPUTF8 is not asked to take such an address: refused, with what to do, and nothing sent."""
    called: list[int] = []
    with serve(sink) as port:
        transport = SmtpTransport(plain(port))
        message = make_handed("jordan@example.com", ("žofie@example.org",), HELLO, smtputf8=True)
        outcome = transport.deliver(message, lambda: called.append(1))
        after = transport.deliver(HANDED, nothing)
        transport.close()
    assert (outcome.verdict, called) == (Verdict.REFUSED, [])
    assert "ASCII address" in outcome.fix
    assert after.verdict is Verdict.ACCEPTED
    assert len(sink.received) == 1


def test_internationalised_domain(send: Callable[[Message], AttemptResult], sink: Sink) -> None:
    """A domain beyond ASCII travels in its ASCII form where SMTPUTF8 is not used."""
    assert send(make_handed("jordan@example.com", ("ada@bücher.example",), HELLO)).verdict is Verdict.ACCEPTED
    assert sink.received[0].rcpt_to == ("ada@xn--bcher-kva.example",)


def test_too_large_for_the_server(sink: Sink) -> None:
    """A mail above the size that the server announces is not even begun."""
    with serve(sink, data_size_limit=1000) as port:
        transport = SmtpTransport(plain(port))
        outcome = transport.deliver(make_handed("a@example.com", ("b@example.org",), b"x\r\n" * 1000), nothing)
        transport.close()
    assert (outcome.verdict, sink.received) == (Verdict.REFUSED, [])
    assert "1000" in outcome.said


def test_greeting_tells_nothing_of_the_machine(port: int, sink: Sink) -> None:
    """The name said in EHLO is a literal or the one given, in ASCII form; never the machine's."""
    for name, said in [
        ("[127.0.0.1]",) * 2,
        ("bücher.example", "xn--bcher-kva.example"),
        ("x\r\nQUIT", "[127.0.0.1]"),
    ]:
        transport = SmtpTransport(plain(port), name)
        assert transport.deliver(HANDED, nothing).verdict is Verdict.ACCEPTED
        transport.close()
        assert sink.received[-1].greeting == said
    assert all(socket.gethostname() not in one.greeting for one in sink.received)


def test_intent_comes_before_data(sink: Sink, port: int) -> None:
    """``before_data`` is called once, after the recipients and before the message."""
    transport = SmtpTransport(plain(port))
    seen: list[int] = []
    transport.deliver(HANDED, lambda: seen.append(len(sink.received)))
    transport.close()
    assert seen == [0]
    assert len(sink.received) == 1


def test_intent_that_fails_stops_the_mail(sink: Sink, port: int) -> None:
    """When the intent cannot be put on disk, its error passes through, nothing is sent, and the next mail goes well."""

    def fail() -> None:
        raise RuntimeError("disk full")

    transport = SmtpTransport(plain(port))
    with pytest.raises(RuntimeError, match="disk full"):
        transport.deliver(HANDED, fail)
    assert sink.received == []
    assert transport.deliver(HANDED, nothing).verdict is Verdict.ACCEPTED
    transport.close()
    assert (len(sink.received), sink.connections) == (1, 1)


@pytest.mark.parametrize(
    "message",
    [
        make_handed("a@example.com", (), HELLO),
        make_handed("a@example.com", ("b@example.org>\r\nRCPT TO:<c@example.org",), HELLO),
        make_handed("a@example.com", ("b@example.org> NOTIFY=NEVER",), HELLO),
        make_handed("", ("b@example.org",), HELLO),
        make_handed("a@example.com", ("ädä@example.org",), HELLO),
        make_handed("a@example.com", ("b@example.org",), b"Subject: x\n\nbare LF\n"),
        make_handed("a@example.com", ("b@example.org",), b"x\r\n\n.\r\nMAIL FROM:<evil@example.com>\r\n"),
        make_handed("a@example.com", ("b@example.org",), b"x\r\n\r.\r\r\nsmuggled\r\n"),
        make_handed("a@example.com", ("b@example.org",), b"no end"),
        make_handed("a@example.com", ("b@example.org",), b""),
        make_handed("a@example.com", ("b@example.org",), b"x" * 999 + b"\r\n"),
        make_handed("a@example.com", ("b@example.org",), b"nul \0 byte\r\n"),
    ],
)
def test_unfit_parcels_never_leave(message: Message, port: int, sink: Sink) -> None:
    """A message that could say more than it should, or end where it should not, is refused before anyone is called."""
    outcome = SmtpTransport(plain(port)).deliver(message, nothing)
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.fix
    assert outcome.said.isprintable()
    assert sink.connections == 0
