"""Whom the transport believes: certificates, STARTTLS, and where a password may go."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from outbox_samples import make_handed
from servers import USER, FaultyServer, Sink, Talk, nameless_context, serve, server_context

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import SettingsError
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

HANDED = make_handed("jordan@example.com", ("ada@example.org",), b"Subject: Thank you\r\n\r\nDear Ada,\r\n")
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def attempt(account: Account) -> AttemptResult:
    transport = SmtpTransport(account)
    try:
        return transport.deliver(HANDED, lambda: pytest.fail("nothing may be sent"))
    finally:
        transport.close()


def of_another_name(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("other.example")


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("localhost", not_before=LONG_AGO, not_after=LONG_AGO.replace(year=2002))


def of_an_unknown_authority(_authority: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert("localhost")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize(
    ("issue", "advice"),
    [
        (of_another_name, "name in the certificate"),
        (expired, "date"),
        (of_an_unknown_authority, "followup-mail setup --ca-file FILE (FOLLOWUP_SMTP_CA_FILE)"),
    ],
)
def test_wrong_certificate(
    security: Security,
    issue: Callable[[trustme.CA], trustme.LeafCert],
    advice: str,
    authority: trustme.CA,
    ca_file: Path,
) -> None:
    """A certificate of another name, out of date, or of an unknown issuer: no password, no mail, another try later."""
    context = server_context(issue(authority))
    sink = Sink()
    asked: list[int] = []

    def secret() -> str:
        asked.append(1)
        return "secret"

    tls = {"tls": context} if security is Security.TLS else {"tls_context": context, "require_starttls": True}
    with serve(sink, **tls) as port:
        outcome = attempt(Account("localhost", port, security, USER, secret=secret, ca_file=ca_file, timeout=5))
    assert (outcome.verdict, outcome.phase, outcome.pauses_account) == (Verdict.DEFERRED, Phase.CONNECT, False)
    assert "certificate" in outcome.said
    assert advice in outcome.fix
    assert (asked, sink.received) == ([], [])


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_certificate_with_a_common_name_only(security: Security, authority: trustme.CA, ca_file: Path) -> None:
    """The common name of a certificate vouches for no host (RFC 9525); the sentence says what would."""
    context = nameless_context(authority, "localhost")
    sink = Sink()
    tls = {"tls": context} if security is Security.TLS else {"tls_context": context, "require_starttls": True}
    secret = lambda: pytest.fail("the password is not asked for")  # noqa: E731
    with serve(sink, **tls) as port:
        outcome = attempt(Account("localhost", port, security, USER, secret=secret, ca_file=ca_file, timeout=5))
    assert (outcome.verdict, outcome.phase, sink.received) == (Verdict.DEFERRED, Phase.CONNECT, [])
    assert "only a subjectAltName counts" in outcome.said
    assert "name in the certificate" in outcome.fix


def test_authority_unknown_without_ca_file(good_tls: ssl.SSLContext) -> None:
    """Without the CA file of a private authority its certificates are not believed."""
    with serve(Sink(), tls=good_tls) as port:
        outcome = attempt(Account("localhost", port, Security.TLS, auth=Auth.NONE, timeout=5))
    assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.CONNECT)


def test_starttls_missing() -> None:
    """A server that offers no STARTTLS where it is wanted is refused, never served in the clear."""
    server = FaultyServer({})
    with server.running() as port:
        outcome = attempt(Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "secret", timeout=5))
    assert (outcome.verdict, outcome.pauses_account) == (Verdict.REFUSED, True)
    assert "encryption" in outcome.said
    assert set(server.verbs) <= {"ehlo", "quit"}


@pytest.mark.parametrize("reply", ["454 4.7.0 TLS not available", "501 5.5.4 no parameters"])
def test_starttls_answered_with_no(reply: str, good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A server that offers STARTTLS and then declines gets no password in the clear."""
    server = FaultyServer({"starttls": lambda talk: decline(talk, reply)}, context=good_tls)
    with server.running() as port:
        outcome = attempt(Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "s", ca_file=ca_file))
    assert outcome.verdict is (Verdict.DEFERRED if reply.startswith("4") else Verdict.REFUSED)
    assert outcome.phase is Phase.CONNECT
    assert "auth" not in server.verbs


def decline(talk: Talk, reply: str) -> None:
    talk.say(reply)
    talk.wait_for_the_client()


def test_text_injected_behind_starttls(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """Unencrypted text behind the answer to STARTTLS is an attack, and ends the attempt."""
    server = FaultyServer({"starttls": "220 go ahead\r\n250-mail.test\r\n250 AUTH PLAIN"}, context=good_tls)
    with server.running() as port:
        outcome = attempt(Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "s", ca_file=ca_file))
    assert (outcome.verdict, outcome.pauses_account) == (Verdict.REFUSED, True)
    assert "unencrypted" in outcome.said
    assert "auth" not in server.verbs


def test_offers_before_starttls_do_not_count(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """What was offered in the clear (here a login) is forgotten once the link is encrypted (RFC 3207 section 4.2)."""
    server = FaultyServer({"tls_ehlo": "250-mail.test\r\n250 8BITMIME"}, context=good_tls)
    with server.running() as port:
        outcome = attempt(Account("localhost", port, Security.STARTTLS, USER, secret=lambda: "s", ca_file=ca_file))
    assert (outcome.verdict, outcome.phase, outcome.pauses_account) == (Verdict.REFUSED, Phase.LOGIN, True)
    assert "offers no login" in outcome.said
    assert "auth" not in server.verbs


def test_tls_spoken_to_a_plain_port() -> None:
    """TLS towards a port that speaks plain SMTP ends soon, with a word about ports."""
    with serve(Sink()) as port:
        outcome = attempt(Account("localhost", port, Security.TLS, auth=Auth.NONE, timeout=5))
    assert (outcome.verdict, outcome.phase) == (Verdict.DEFERRED, Phase.CONNECT)
    assert "465" in outcome.fix


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_unusable_ca_file(content: str | None, tmp_path: Path) -> None:
    """A file of certificates that is missing or broken is named, and the account rests."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    outcome = attempt(Account("localhost", 1, Security.TLS, auth=Auth.NONE, ca_file=path))
    assert (outcome.verdict, outcome.pauses_account) == (Verdict.REFUSED, True)
    assert str(path) in outcome.said


@pytest.mark.parametrize("host", ["mail.example.com", "192.0.2.1", "2001:db8::1", "127.0.0.1.example.com"])
def test_no_password_in_the_clear(host: str) -> None:
    """An account that would send a password unencrypted to another machine cannot be made, whatever is allowed."""
    for allowed in (False, True):
        with pytest.raises(SettingsError, match="unencrypted"):
            Account(host, 25, Security.PLAIN, USER, allow_plain=allowed)


def test_plain_link_only_when_allowed() -> None:
    """Plain SMTP to another machine takes an explicit word; to this machine it does not."""
    with pytest.raises(SettingsError, match="unencrypted"):
        Account("mail.example.com", 25, Security.PLAIN, auth=Auth.NONE)
    assert not Account("mail.example.com", 25, Security.PLAIN, auth=Auth.NONE, allow_plain=True).is_local
    for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "LOCALHOST."):
        assert Account(host, 25, Security.PLAIN, auth=Auth.NONE).is_local


def test_password_goes_to_loopback_in_the_clear() -> None:
    """Within this machine a password may go unencrypted."""
    server = FaultyServer({})
    with server.running() as port:
        transport = SmtpTransport(Account("localhost", port, Security.PLAIN, USER, secret=lambda: "s", timeout=5))
        assert transport.deliver(HANDED, lambda: None).verdict is Verdict.ACCEPTED
        transport.close()
    assert "auth" in server.verbs


def test_local_name_that_leads_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a local name turns out to lead to another machine, the password stays here."""
    from followup_mail.delivery.smtp_connection import SmtpConnection

    monkeypatch.setattr(SmtpConnection, "is_encrypted_or_local", property(lambda _self: False))
    server = FaultyServer({})
    with server.running() as port:
        outcome = attempt(Account("localhost", port, Security.PLAIN, USER, secret=lambda: "s", timeout=5))
    assert (outcome.verdict, outcome.phase) == (Verdict.REFUSED, Phase.LOGIN)
    assert "auth" not in server.verbs


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"host": "smtp example.com"}, "name of a mail server"),
        ({"host": ""}, "name of a mail server"),
        ({"host": "a..b"}, "name of a mail server"),
        ({"host": "x" * 64 + ".example"}, "name of a mail server"),
        ({"host": "smtp.example.com:587"}, "name of a mail server"),
        ({"port": 0}, "port"),
        ({"timeout": 0}, "timeout"),
        ({"user": ""}, "user name"),
    ],
)
def test_accounts_that_cannot_be(fields: dict[str, object], word: str) -> None:
    """A host, port, timeout or user that cannot work is named when the account is made."""
    sound = {"host": "smtp.example.com", "port": 587, "security": Security.STARTTLS, "user": USER}
    with pytest.raises(SettingsError, match=word):
        Account(**{**sound, **fields})  # type: ignore[arg-type]


def test_internationalised_host() -> None:
    """A host name beyond ASCII is called by its ASCII form."""
    assert Account("smtp.bücher.example", 587, Security.TLS, USER).host == "smtp.xn--bcher-kva.example"
