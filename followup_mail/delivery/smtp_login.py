"""Logs in on an open link: PLAIN, LOGIN or XOAUTH2, one try each time.

``smtplib.login`` goes through every method that the server offers, so one wrong password counts three times towards
a lock-out, and it refuses passwords that are not ASCII. Here one method is chosen and tried once.
"""

from __future__ import annotations

import base64
from typing import Final

from followup_mail.delivery.replies import Reply
from followup_mail.delivery.smtp_account import Account, Auth
from followup_mail.delivery.smtp_link import SmtpLink
from followup_mail.delivery.timeouts import LinkLostError

LOGGED_IN: Final = frozenset({235, 503})
"""235: done. 503: was done already (RFC 4954 section 4)."""


class NoLoginError(Exception):
    """There is no way to log in that both sides know, or none that keeps the password private."""


def log_in(link: SmtpLink, account: Account, secret: str) -> Reply:
    """Log in once and return the server's last word.

    Raises:
        NoLoginError: nothing was said, since no method fits.
        LinkLostError: the link ended meanwhile.
    """
    if not link.is_private:
        raise NoLoginError("The link is not encrypted, so the password was not sent")
    method = _choose(link, account)
    if method == "LOGIN":
        return _log_in_by_asking(link, account.user, secret)
    line = initial_response(method, account.user, secret)
    reply = link.ask(f"AUTH {method} {line}")
    # XOAUTH2 explains a refusal in a challenge and wants an empty answer before it says 535.
    if reply.code == 334 and method == "XOAUTH2":
        reply = link.ask("")
    return _settled(link, reply)


def initial_response(method: str, user: str, secret: str) -> str:
    """Return the base64 that carries user and secret (RFC 4616 for PLAIN; Google's and Microsoft's XOAUTH2)."""
    text = f"\0{user}\0{secret}" if method == "PLAIN" else f"user={user}\1auth=Bearer {secret}\1\1"
    return _base64(text)


def _choose(link: SmtpLink, account: Account) -> str:
    offered = str(link.esmtp_features.get("auth", "")).upper().split()
    wanted = ("XOAUTH2",) if account.auth is Auth.XOAUTH2 else ("PLAIN", "LOGIN")
    for method in wanted:
        if method in offered:
            return method
    known = f"it knows {', '.join(sorted(set(offered)))}" if offered else "it offers no login on this link"
    raise NoLoginError(f"The server does not log in by {' or '.join(wanted)}; {known}")


def _log_in_by_asking(link: SmtpLink, user: str, secret: str) -> Reply:
    reply = link.ask("AUTH LOGIN")
    for answer in (user, secret):
        if reply.code != 334:
            break
        reply = link.ask(_base64(answer))
    return _settled(link, reply)


def _settled(link: SmtpLink, reply: Reply) -> Reply:
    """Refuse to go on with a dialogue that has no end: a server that keeps asking would get commands as passwords."""
    if reply.code in LOGGED_IN or 400 <= reply.code <= 599:
        return reply
    link.close()
    raise LinkLostError(f"The server answered the login with {reply.code}, which means nothing here")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
