"""Giving tokens back, so that nobody can use a copy of them (RFC 7009)."""

from __future__ import annotations

from urllib.parse import urlencode

from followup_mail.sign_in.client import Client
from followup_mail.sign_in.token_endpoint import post
from followup_mail.sign_in.tokens import Tokens


def revoke(client: Client, tokens: Tokens) -> bool:
    """Revoke the refresh token, and with it what was had by it; tell whether the provider did so.

    False where it has no address for that, or refused. Raises ``SignInUnreachableError``.
    """
    token = tokens.refresh or tokens.access
    if not client.provider.revoke_url or not token:
        return False
    kind = "refresh_token" if tokens.refresh else "access_token"
    form = {**client.credentials, "token": token, "token_type_hint": kind}
    status, _ = post(client.provider.revoke_url, urlencode(form))
    return status == 200
