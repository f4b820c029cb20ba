"""Logs in on an open connection with PLAIN, LOGIN, XOAUTH2 or OAUTHBEARER, and tries once.

``smtplib.login`` goes through every method that the server offers, so one wrong password counts three times towards
a lockout, and it refuses passwords that are not ASCII.
"""

from __future__ import annotations

import base64
from typing import Final

from followup_mail.delivery.bearer import TOKEN_METHODS, bearer_text, last_answer
from followup_mail.delivery.replies import Reply
from followup_mail.delivery.smtp_account import Account
from followup_mail.delivery.smtp_connection import SmtpConnection
from followup_mail.delivery.timeouts import ConnectionLostError

LOGGED_IN: Final = frozenset({235, 503})
"""235: done. 503: already logged in (RFC 4954 section 4)."""
_LINE_LIMIT: Final = 510
"""Bytes in a command without its end (RFC 5321 section 4.5.3.1.4). Postfix cuts off a longer one without a word."""


class NoLoginError(Exception):
    """There is no login method that both sides know, or none that keeps the password private."""


def log_in(connection: SmtpConnection, account: Account, secret: str) -> Reply:
    """Log in once and return the server's final reply.

    Raises:
        NoLoginError: no method fits, and no secret was sent.
        ConnectionLostError: the connection ended meanwhile.
    """
    if not connection.is_encrypted_or_local:
        raise NoLoginError("The connection is not encrypted, so the password was not sent")
    method = _choose_method(connection, account)
    if method == "LOGIN":
        return _auth_login(connection, account.user, secret)
    reply = _say_secret(connection, method, initial_response(method, account.user, secret))
    # A refused token is explained in a challenge, which wants an answer before the server says 535.
    if reply.code == 334 and method in TOKEN_METHODS:
        reply = connection.command(_base64(last_answer(method)))
    return _final(connection, reply)


def initial_response(method: str, user: str, secret: str) -> str:
    """Return the base64 that carries user and secret (RFC 4616 for PLAIN; ``bearer`` for tokens)."""
    return _base64(f"\0{user}\0{secret}" if method == "PLAIN" else bearer_text(method, user, secret))


def _choose_method(connection: SmtpConnection, account: Account) -> str:
    offered = str(connection.esmtp_features.get("auth", "")).upper().split()
    wanted = TOKEN_METHODS if account.auth.takes_token else ("PLAIN", "LOGIN")
    for method in wanted:
        if method in offered:
            return method
    known = f"it offers {', '.join(sorted(set(offered)))}" if offered else "it offers no login on this connection"
    raise NoLoginError(f"The server does not support a login by {' or '.join(wanted)}; {known}")


def _say_secret(connection: SmtpConnection, method: str, response: str) -> Reply:
    """Say it with the command, or after it where both are too long for one line (RFC 4954 section 4).

    Microsoft's tokens have some 2000 letters. An answer to a question may be 12288 bytes long.
    """
    line = f"AUTH {method} {response}"
    if len(line) <= _LINE_LIMIT:
        return connection.command(line)
    reply = connection.command(f"AUTH {method}")
    return connection.command(response) if reply.code == 334 else reply


def _auth_login(connection: SmtpConnection, user: str, secret: str) -> Reply:
    reply = connection.command("AUTH LOGIN")
    for answer in (user, secret):
        if reply.code != 334:
            break
        reply = connection.command(_base64(answer))
    return _final(connection, reply)


def _final(connection: SmtpConnection, reply: Reply) -> Reply:
    """Stop a dialogue that does not end: a server that keeps asking would receive commands as passwords."""
    if reply.code in LOGGED_IN or 400 <= reply.code <= 599:
        return reply
    connection.close()
    raise ConnectionLostError(f"The server answered the login with {reply.code}, which means nothing here")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
