"""Logging in with a token, at servers that behave as Postfix and Dovecot do."""

from __future__ import annotations

import base64
import ssl
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from servers import FaultyServer, Talk
from token_mailbox import TokenMailbox

from followup_mail.delivery.bearer import bearer_text
from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import MailboxError
from followup_mail.mailbox.imap_connect import open_mailbox
from followup_mail.mailbox.sent_folder import look_at_mailbox
from followup_mail.outbox.attempt import AttemptResult, Verdict

USER = "jordan@example.com"
LONG = "eyJ" + "a1-_" * 600
"""As long as a token of Microsoft."""


@dataclass
class Tokens:
    """An account's tokens, of which each renewal makes a new one."""

    now: str = "token-0"
    good: set[str] = field(default_factory=set)
    renewals: int = 0

    def renew(self, refused: str) -> str:
        assert refused == self.now
        self.renewals += 1
        self.now = f"token-{self.renewals}"
        return self.now

    def account(self, port: int, service: str = "IMAP", ca_file: Path | None = None) -> Account:
        security = Security.STARTTLS if ca_file else Security.PLAIN
        given = {"secret": lambda: self.now, "renew": self.renew, "ca_file": ca_file, "service": service}
        return Account("localhost", port, security, USER, Auth.OAUTH, timeout=5, **given)  # type: ignore[arg-type]


def check_login(tokens: Tokens, port: int) -> AttemptResult:
    transport = SmtpTransport(tokens.account(port, "SMTP"))
    try:
        return transport.check_login()
    finally:
        transport.close()


def look(account: Account) -> str:
    with open_mailbox(account) as client:
        return look_at_mailbox(client).sent_folder


@pytest.mark.parametrize(("method", "token"), [("XOAUTH2", LONG), ("OAUTHBEARER", LONG), ("XOAUTH2", "ya29.short")])
def test_a_long_token_is_said_after_the_command(method: str, token: str) -> None:
    """No command is longer than a line of SMTP, after which Postfix cuts it off; a short token goes with it."""
    said: list[str] = []

    def auth(talk: Talk) -> None:
        said.append(talk.line)
        if token not in base64.b64decode(talk.line.split()[2] if talk.line.count(" ") > 1 else "").decode():
            talk.say("334 ")
            said.append(talk.hear())
        talk.say("235 welcome")

    with FaultyServer({"auth": auth}, offers=(f"AUTH {method}",)).running() as port:
        assert check_login(Tokens(token), port).verdict is Verdict.ACCEPTED
    assert [len(line) > 510 for line in said] == ([False, True] if token == LONG else [False])
    assert base64.b64decode(said[-1].split()[-1]).decode() == bearer_text(method, USER, token)


def test_a_server_that_does_not_ask_gets_no_token() -> None:
    """Where the method is refused before the token was said, the token stays here."""
    server = FaultyServer({"auth": "504 5.5.4 not today"}, offers=("AUTH XOAUTH2",))
    with server.running() as port:
        result = check_login(Tokens(LONG), port)
    assert (result.verdict is Verdict.ACCEPTED, server.verbs) == (False, ["ehlo", "auth"])


@pytest.mark.parametrize("offers", ["AUTH=XOAUTH2", "SASL-IR AUTH=XOAUTH2", "AUTH=OAUTHBEARER AUTH=PLAIN"])
def test_a_mailbox_renews_a_token_once(offers: str, good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A refused token is renewed and said again by the method that the server offers after STARTTLS."""
    tokens = Tokens()
    box = TokenMailbox(lambda token: token == "token-1", USER, offers, tls=good_tls)
    with box.running() as port:
        assert look(tokens.account(port, ca_file=ca_file)) == "Sent"
    method = "XOAUTH2" if "XOAUTH2" in offers else "OAUTHBEARER"
    assert (box.logins, tokens.renewals) == ([(method, "token-0"), (method, "token-1")], 1)


def test_a_mailbox_that_refuses_the_successor_too() -> None:
    """The second refusal is the last; it says to sign in again, and no token."""
    tokens = Tokens()
    with TokenMailbox(lambda _: False, USER).running() as port, pytest.raises(MailboxError) as caught:
        look(tokens.account(port))
    assert (
        caught.value.fix
        == "The token was refused, and so was its successor. Sign in again: followup-mail account login"
    )
    assert (tokens.renewals, "token-" in caught.value.sentence) == (1, False)


@pytest.mark.parametrize("code", ["UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT"])
def test_a_mailbox_that_cannot_check_a_token(code: str) -> None:
    """A server whose own sign-in server is down has refused nothing: no renewal, and nobody is sent to sign in."""
    tokens = Tokens()
    box = TokenMailbox(lambda _: False, USER, refusal=f"[{code}] Temporary failure")
    with box.running() as port, pytest.raises(MailboxError, match="cannot check logins right now") as caught:
        look(tokens.account(port))
    assert (tokens.renewals, "account login" in caught.value.fix) == (0, False)


def test_a_mailbox_that_takes_passwords_only() -> None:
    """It is sent no token, nothing is renewed, and the setting that helps is named."""
    tokens = Tokens()
    box = TokenMailbox(lambda _: False, USER, "AUTH=PLAIN")
    with box.running() as port, pytest.raises(MailboxError, match="takes no login by token") as caught:
        look(tokens.account(port))
    assert (box.logins, tokens.renewals) == ([], 0)
    assert "FOLLOWUP_IMAP_PASSWORD" in caught.value.fix
