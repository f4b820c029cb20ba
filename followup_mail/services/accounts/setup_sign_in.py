"""What is said and set where somebody signs in by OAuth 2.0 in the browser, and no password is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from followup_mail.delivery.smtp_account import Auth
from followup_mail.sign_in.provider import provider_of_server

_CLIENT_ID: Final = "It needs a client id, once: docs/oauth.md says in ten steps how to get one."


def sign_in_texts(smtp_host: str, client_id: str = "") -> Mapping[str, str]:
    """Return the settings for signing in in the browser, by name; an unknown server's sign-in is left to the user."""
    return {"smtp_auth": str(Auth.OAUTH), "oauth_provider": provider_of_server(smtp_host), "oauth_client_id": client_id}


def say_next_command(name: str, client_id: str = "") -> str:
    """Return what to do next about a provider that takes no password, in sentences."""
    if client_id:
        return f"{name} takes no password, only sign-in in the browser. Next: followup-mail account login"
    given = "followup-mail setup --client-id ID"
    return f"{name} takes no password, only sign-in in the browser. {_CLIENT_ID} Then: {given}"
