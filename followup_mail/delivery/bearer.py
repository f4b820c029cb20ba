"""How an access token is said to a server, the same over SMTP and IMAP.

XOAUTH2 is the form that Google and Microsoft made and both document; OAUTHBEARER is its standard (RFC 7628). Where a
server offers both, XOAUTH2 goes first: it is the one that every large provider has.
"""

from __future__ import annotations

from typing import Final

TOKEN_METHODS: Final = ("XOAUTH2", "OAUTHBEARER")
"""In the order in which they are chosen."""


def bearer_text(method: str, user: str, token: str) -> str:
    """Return what carries user and token, before base64."""
    if method == "XOAUTH2":
        return f"user={user}\1auth=Bearer {token}\1\1"
    # RFC 5801 section 4: these two letters separate the parts of the header in front.
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\1auth=Bearer {token}\1\1"


def last_answer(method: str) -> str:
    """Return the answer to the challenge that explains a refusal (RFC 7628 section 3.2.3); empty for XOAUTH2."""
    return "" if method == "XOAUTH2" else "\1"
