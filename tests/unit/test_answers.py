# ruff: noqa: E501 - servers say long lines
"""What servers really say, and what is made of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.delivery.replies import parse_reply
from followup_mail.delivery.reply_codes import interpret_reply
from followup_mail.outbox.attempt import Phase, Verdict

LATER, NEVER = Verdict.DEFERRED, Verdict.REFUSED

# Words as large providers and common servers say them.
SAID = [
    (Phase.LOGIN, "535 5.7.8 Username and Password not accepted. For more information, go to https://support.google.com/mail/?p=BadCredentials 4fb4d7f45d1cf-56b - gsmtp", NEVER, "app password", True),
    (Phase.LOGIN, "534 5.7.9 Application-specific password required. - gsmtp", NEVER, "app password", True),
    (Phase.LOGIN, "534 5.7.14 <https://accounts.google.com/signin/continue> Please log in via your web browser", NEVER, "app password", True),
    (Phase.LOGIN, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [AM0PR01]", NEVER, "OAuth2", True),
    (Phase.LOGIN, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", NEVER, "OAuth2", True),
    (Phase.LOGIN, "535 5.7.3 Authentication unsuccessful", NEVER, "user name or the password", True),
    (Phase.LOGIN, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", NEVER, "user name or the password", True),
    (Phase.LOGIN, "535 Incorrect authentication data", NEVER, "user name or the password", True),
    (Phase.LOGIN, "535 5.7.0 (#AUTH005) Too many bad auth attempts.", NEVER, "wait", True),
    (Phase.LOGIN, "538 5.7.11 Encryption required for requested authentication mechanism", NEVER, "starttls", True),
    (Phase.LOGIN, "504 5.5.4 Unrecognized authentication type", NEVER, "way of logging in", True),
    (Phase.LOGIN, "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", LATER, "later", False),
    (Phase.LOGIN, "454 4.7.0 Too many login attempts, please try again later. - gsmtp", LATER, "later", False),
    (Phase.CONNECT, "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.example", NEVER, "network", True),
    (Phase.CONNECT, "421 4.7.0 Too many connections from your host", LATER, "later", False),
    (Phase.MAIL, "530 5.7.0 Must issue a STARTTLS command first. - gsmtp", NEVER, "starttls", True),
    (Phase.MAIL, "530 5.7.0 Authentication Required. - gsmtp", NEVER, "password", True),
    (Phase.MAIL, "530 5.7.57 Client not authenticated to send mail.", NEVER, "login", True),
    (Phase.MAIL, "553 5.7.1 <x@example.com>: Sender address rejected: not owned by user y@example.com", NEVER, "From", True),
    (Phase.MAIL, "552 5.3.4 Message size exceeds fixed limit", NEVER, "attachments", False),
    (Phase.MAIL, "552 5.3.4 Error: message file too big", NEVER, "attachments", False),
    (Phase.MAIL, "552 message size exceeds fixed maximum message size", NEVER, "attachments", False),
    (Phase.MAIL, "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852", LATER, "limit", True),
    (Phase.MAIL, "452 4.3.1 Insufficient system storage", LATER, "full", False),
    (Phase.RCPT, "550 5.1.1 <a@example.org>: Recipient address rejected: User unknown in virtual mailbox table", NEVER, "no such mailbox", False),
    (Phase.RCPT, "550 No such user here", NEVER, "spelled", False),
    (Phase.RCPT, "550 5.1.2 <a@example.orgg>: Recipient address rejected: Domain not found", NEVER, "follows the @", False),
    (Phase.RCPT, "556 5.1.10 Recipient address has null MX", NEVER, "follows the @", False),
    (Phase.RCPT, "501 5.1.3 Bad recipient address syntax", NEVER, "spelled", False),
    (Phase.RCPT, "553 5.1.3 The recipient address is not a valid RFC-5321 address", NEVER, "spelled", False),
    (Phase.RCPT, "551 5.1.6 User has moved; please try <b@example.org>", NEVER, "moved", False),
    (Phase.RCPT, "552 5.2.2 The email account that you tried to reach is over quota", NEVER, "full", False),
    (Phase.RCPT, "552 Requested mail action aborted: exceeded storage allocation", NEVER, "full", False),
    (Phase.RCPT, "554 5.7.1 <a@example.org>: Relay access denied", NEVER, "login", True),
    (Phase.RCPT, "553 5.7.1 <x@example.com>: Sender address rejected: not owned by user y@example.com", NEVER, "From", True),
    (Phase.RCPT, "553 5.7.1 <x@example.com>: Sender address rejected: not logged in", NEVER, "login", True),
    (Phase.RCPT, "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.example", NEVER, "network", True),
    (Phase.RCPT, "550 5.7.1 Client does not have permissions to send to this recipient", NEVER, "another address", False),
    (Phase.RCPT, "450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example", LATER, "come back", False),
    (Phase.RCPT, "451 4.7.1 Greylisting in action, please come back later", LATER, "come back", False),
    (Phase.RCPT, "450 4.1.2 Domain not found", LATER, "later", False),
    (Phase.RCPT, "452 4.2.2 Mailbox full", LATER, "full", False),
    (Phase.ANSWER, "550 5.7.26 This mail has been blocked because the sender is unauthenticated. - gsmtp", NEVER, "SPF", True),
    (Phase.ANSWER, "550 5.7.1 Our system has detected that this message is likely unsolicited mail. - gsmtp", NEVER, "spam", False),
    (Phase.ANSWER, "554 5.7.1 Message rejected due to content restrictions", NEVER, "spam", False),
    (Phase.ANSWER, "552 5.7.0 This message was blocked because its content presents a potential security issue.", NEVER, "attached", False),
    (Phase.ANSWER, "552 5.2.3 Message exceeds local size limit", NEVER, "too large", False),
    (Phase.ANSWER, "552 5.2.2 mailbox quota exceeded", NEVER, "full", False),
    (Phase.ANSWER, "550 5.6.0 Lone CR or LF in headers", NEVER, "malformed", False),
    (Phase.ANSWER, "554 5.2.252 SendAsDenied; x@example.com not allowed to send as y@example.com", NEVER, "FOLLOWUP_EMAIL", True),
    (Phase.ANSWER, "554 5.7.0 Your message could not be sent. The limit on the number of allowed outgoing messages was exceeded: outgoing rate limit", LATER, "limit", True),
    (Phase.ANSWER, "451 4.3.0 Error: queue file write error", LATER, "problem of its own", False),
    (Phase.ANSWER, "421 4.3.2 System not accepting network messages", LATER, "later", False),
    (Phase.DATA, "503 5.5.1 RCPT first", NEVER, "host and port", True),
]  # fmt: skip


@pytest.mark.parametrize(("phase", "said", "verdict", "advice", "pauses"), SAID, ids=[row[1][:40] for row in SAID])
def test_known_words(phase: Phase, said: str, verdict: Verdict, advice: str, pauses: bool) -> None:
    """What providers are known to say gets the right verdict and the advice that helps."""
    outcome = interpret_reply(parse_reply(int(said[:3]), said[4:]), phase)
    assert (outcome.verdict, outcome.pauses_account) == (verdict, pauses)
    assert advice in outcome.fix
    assert outcome.said == said
    assert (outcome.phase, outcome.code) == (phase, int(said[:3]))


@given(code=st.integers(400, 599), text=st.text(max_size=60), phase=st.sampled_from(Phase))
def test_every_refusal_has_a_meaning(code: int, text: str, phase: Phase) -> None:
    """Whatever code and words come, at whatever point: 4xx is never for good, and there is one sentence of advice."""
    outcome = interpret_reply(parse_reply(code, text), phase)
    assert outcome.verdict in ({LATER} if code < 500 else {LATER, NEVER})
    assert re.fullmatch(r"[A-Z][^\n]+[.]", outcome.fix)


@given(code=st.integers(200, 299), phase=st.sampled_from(Phase))
def test_acceptance(code: int, phase: Phase) -> None:
    """Any 2xx is an acceptance (RFC 5321 section 4.2.1), and needs no advice."""
    outcome = interpret_reply(parse_reply(code, "2.0.0 fine"), phase)
    assert (outcome.verdict, outcome.fix, outcome.enhanced) == (
        Verdict.ACCEPTED,
        "",
        "2.0.0",
    )
