"""Signing in through the browser: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 8252)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit

from followup_mail.errors import SignInError
from followup_mail.sign_in.client import Client, protocol
from followup_mail.sign_in.loopback import listening
from followup_mail.sign_in.token_endpoint import ask_for_tokens, explain
from followup_mail.sign_in.tokens import Tokens, read_answer

PATIENCE: Final = 300.0
"""Seconds to wait for a person to sign in."""


def sign_in_by_browser(client: Client, show: Callable[[str], None], port: int = 0, seconds: float = PATIENCE) -> Tokens:
    """Have ``show`` open the provider's page, wait for the answer, and return the tokens.

    Raises ``SignInError`` when the user says no or nobody comes, and as ``ask_for_tokens`` does.
    """
    library = protocol()
    state = secrets.token_urlsafe(24)
    asking = library.WebApplicationClient(client.id)
    verifier = asking.create_code_verifier(64)
    challenge = asking.create_code_challenge(verifier, "S256")
    with listening(state, port) as server:
        redirect = f"http://{client.provider.redirect_host}:{server.port}"
        show(_page(client, redirect, state, challenge))
        came_back = server.wait(seconds)
    code = _read_code(client, came_back, state)
    body = asking.prepare_request_body(
        code=code,
        redirect_uri=redirect,
        code_verifier=verifier,
        include_client_id=True,
        **client.secret_part,
    )
    return read_answer(ask_for_tokens(client, body), time.time())


def _page(client: Client, redirect: str, state: str, challenge: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": redirect,
        "scope": " ".join(client.scopes),
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": client.address,
        **client.provider.asked,
    }
    joint = "&" if urlsplit(client.provider.auth_url).query else "?"
    return client.provider.auth_url + joint + urlencode(asked)


def _read_code(client: Client, came_back: str, state: str) -> str:
    library = protocol()
    try:
        # The library reads only the query, and wants an address that is encrypted; this one does not leave the machine.
        answer = library.rfc6749.parameters.parse_authorization_code_response(f"https://localhost{came_back}", state)
    except library.OAuth2Error as error:
        if error.error == "access_denied":
            raise SignInError(
                f"{client.provider.host} says that you did not agree; nothing was changed.",
                fix="Start again when you want to: followup-mail account login",
            ) from None
        raise explain(client, str(error.error or ""), str(error.description or "")) from None
    return str(answer["code"])
