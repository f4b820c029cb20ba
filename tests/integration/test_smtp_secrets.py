"""A hostile server gets the password, as any server does; what it says of it goes no further."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from msgspec.structs import asdict
from outbox_samples import make_handed
from servers import USER, FaultyServer, Talk

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.outbox.attempt import AttemptResult, Verdict

PASSWORD = "Tr0ub4dor & 3, pässword"
HANDED = make_handed("jordan@example.com", ("ada@example.org", USER), b"Subject: Hi\r\n\r\nDear Ada,\r\n")


def attempt(server: FaultyServer, auth: Auth = Auth.PASSWORD, times: int = 1) -> AttemptResult:
    with server.running() as port:
        account = Account("127.0.0.1", port, Security.PLAIN, USER, auth, secret=lambda: PASSWORD, timeout=5)
        transport = SmtpTransport(account)
        for _ in range(times):
            outcome = transport.deliver(HANDED, lambda: None)
        transport.close()
    return outcome


def holds_secret(outcome: AttemptResult) -> bool:
    """Return whether any text of the outcome holds the password or most of it, whatever spaces are in it."""
    everything = "".join(repr(asdict(outcome)).split())
    coded = base64.b64encode(PASSWORD.encode()).decode().rstrip("=")
    return any("".join(form.split()) in everything for form in (PASSWORD, PASSWORD[:12], PASSWORD[-12:], coded))


def decoded(talk: Talk) -> str:
    return base64.b64decode(talk.line.split()[-1]).decode()


ECHOES: list[Callable[[Talk], str]] = [
    lambda talk: f"535 5.7.8 you said {talk.line}",
    lambda talk: f"535 5.7.8 you said {decoded(talk)}",
    lambda _: f"535 5.7.8 {PASSWORD}",
    lambda _: f"535-5.7.8 {PASSWORD[:9]}\r\n535 5.7.8 {PASSWORD[9:]}",
    lambda _: f"535 5.7.8 {PASSWORD.upper()}",
    lambda _: "535 5.7.8 " + "x" * 475 + PASSWORD,
    lambda _: f"535 {PASSWORD}\x1b[2J\x07",
    lambda talk: f"{talk.line}",
    lambda _: f"235-{PASSWORD}\r\n550 {PASSWORD}",
]


@pytest.mark.parametrize("auth", [Auth.PASSWORD, Auth.XOAUTH2])
@pytest.mark.parametrize("echo", ECHOES)
def test_echo_at_login(echo: Callable[[Talk], str], auth: Auth) -> None:
    """A password or token that is echoed at login, in whatever form, is not in the outcome."""
    server = FaultyServer({"auth": lambda talk: talk.say(echo(talk))}, offers=("AUTH PLAIN XOAUTH2",))
    outcome = attempt(server, auth)
    assert outcome.verdict in {Verdict.REFUSED, Verdict.DEFERRED}
    assert not holds_secret(outcome)
    assert len(outcome.said) <= 500
    assert outcome.said.isprintable()


@pytest.mark.parametrize(
    ("point", "reply"),
    [
        ("mail", f"550 5.7.1 {PASSWORD}"),
        ("rcpt", f"450 {PASSWORD}"),
        ("data", f"550 {PASSWORD}"),
        ("dot", f"250 2.0.0 Ok: queued as {PASSWORD}"),
        ("dot", f"554 {PASSWORD}"),
        ("dot", PASSWORD),
    ],
)
def test_echo_later(point: str, reply: str) -> None:
    """The same holds for every later word, also for the queue id and for what is no SMTP at all."""
    assert not holds_secret(attempt(FaultyServer({point: reply})))


def test_echo_on_the_next_connection() -> None:
    """A server that remembers the password and greets with it next time is not quoted either."""
    server = FaultyServer({"after": lambda talk: greet_with_password(server, talk)})
    assert not holds_secret(attempt(server, times=2))


def greet_with_password(server: FaultyServer, talk: Talk) -> None:
    server.at["greeting"] = f"554 {PASSWORD}"
    talk.sock.close()


def test_refused_copy_is_cleared_too() -> None:
    """The words about a refused copy go through the same gate."""

    def refuse_copy(talk: Talk) -> None:
        talk.say(f"550 {PASSWORD}" if USER in talk.line else "250 ok")

    outcome = attempt(FaultyServer({"rcpt": refuse_copy}))
    assert outcome.verdict is Verdict.ACCEPTED
    assert outcome.refused[0][0] == USER
    assert not holds_secret(outcome)


def test_xoauth2() -> None:
    """The token goes in the form that Gmail and Outlook take; a refusal in two steps says that a new one is needed."""
    heard: list[str] = []

    def refuse(talk: Talk) -> None:
        heard.append(decoded(talk))
        talk.say("334 " + base64.b64encode(b'{"status":"401"}').decode())
        heard.append(talk.hear())
        talk.say("535 5.7.8 Username and Password not accepted")

    outcome = attempt(FaultyServer({"auth": refuse}, offers=("AUTH LOGIN PLAIN XOAUTH2",)), Auth.XOAUTH2)
    assert heard == [f"user={USER}\x01auth=Bearer {PASSWORD}\x01\x01", ""]
    assert (outcome.verdict, outcome.pauses_account) == (Verdict.REFUSED, True)
    assert "token" in outcome.fix


def test_login_that_never_ends() -> None:
    """A server that asks again and again gets each answer once; its next question ends the login."""

    def ask_on(talk: Talk) -> None:
        for _ in range(3):
            talk.say("334 VXNlcm5hbWU6")
            talk.line = talk.hear()

    server = FaultyServer({"auth": ask_on}, offers=("AUTH LOGIN",))
    assert attempt(server).verdict is Verdict.DEFERRED
    assert "mail" not in server.verbs
