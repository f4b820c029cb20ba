"""Requests to a provider's sign-in server: tokens for a code, new tokens for old, a token given back.

Redirects are not followed, and an answer has a limit of size. Nothing that is raised contains a code or a token.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from followup_mail.delivery.redaction import make_redactor
from followup_mail.delivery.smtp_account import is_loopback
from followup_mail.errors import SettingsError, SignInError, SignInUnreachableError
from followup_mail.sign_in.client import Client, protocol

SIGN_IN_AGAIN: Final = "Sign in again: followup-mail account login"
_SECONDS: Final = 20.0
_BYTES_LIMIT: Final = 1_000_000
_NOT_NOW: Final = "What is queued stays queued. Check the network; followup-mail tries again later."
_WRONG_CLIENT: Final = (
    "Check FOLLOWUP_OAUTH_CLIENT_ID and FOLLOWUP_OAUTH_CLIENT_SECRET; docs/oauth.md says where to see them."
)
_KNOWN_CLIENT_ERRORS: Final = {"invalid_client", "unauthorized_client"}


class SignedOutError(SignInError):
    """The provider gives no new tokens: consent was revoked, or the refresh token is too old (``invalid_grant``)."""


class ProtocolError(SignInError):
    """The provider refused; ``code`` is its word for the reason (RFC 6749 section 5.2)."""

    def __init__(self, code: str, sentence: str, *, fix: str = "") -> None:
        super().__init__(sentence, fix=fix)
        self.code = code


def ask_for_tokens(client: Client, body: str) -> dict[str, Any]:
    """Send a form to the token address and return the answer, which has an ``access_token``.

    Raises ``SignedOutError``, ``ProtocolError``, ``SignInUnreachableError``, ``SettingsError``.
    """
    status, text = post(client.provider.token_url, body)
    _refuse_outage(client, status)
    library = protocol()
    try:
        found: dict[str, Any] = dict(library.rfc6749.parameters.parse_token_response(text))
    except library.OAuth2Error as error:
        raise explain(client, str(error.error or ""), str(error.description or "")) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SignInError(f"{client.provider.host} gave an answer that makes no sense.", fix=_NOT_NOW) from None
    return found


def ask_for_code(client: Client, form: Mapping[str, str]) -> dict[str, Any]:
    """Ask for a device code and return the answer (RFC 8628 section 3.2). Raises as ``ask_for_tokens`` does."""
    from urllib.parse import urlencode

    status, text = post(client.provider.device_url, urlencode(form))
    _refuse_outage(client, status)
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and "error" in found:
        raise explain(client, str(found["error"]), str(found.get("error_description") or ""))
    if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in ("device_code", "user_code")):
        raise SignInError(f"{client.provider.host} gave an answer that makes no sense.", fix=_NOT_NOW)
    return found


def explain(client: Client, code: str, description: str) -> SignInError | SettingsError:
    """Return what a refusal means."""
    if code == "invalid_grant":
        return SignedOutError(f"{client.provider.host} gives no new token for {client.address}.", fix=SIGN_IN_AGAIN)
    said = make_redactor([client.find_secret()]).text(f"{code}: {description}" if description else code)
    sentence = f"{client.provider.host} refused: {said or 'without a reason'}"
    if code in _KNOWN_CLIENT_ERRORS:
        return SettingsError(sentence, fix=_WRONG_CLIENT)
    return ProtocolError(code, sentence, fix=SIGN_IN_AGAIN)


def post(url: str, body: str) -> tuple[int, str]:
    """Post a form once; return status and text of the answer. Raises ``SignInUnreachableError``."""
    host = urlsplit(url).hostname or ""
    headers = {"Accept": "application/json", "User-Agent": "followup-mail"}
    # Provider has made sure that the address is https, or http on this machine.
    request = Request(url, body.encode("ascii"), headers)  # noqa: S310
    # A server on this machine is not reached through a proxy.
    opener = build_opener(_NoRedirects, *([ProxyHandler({})] if is_loopback(host) else []))
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return answer.status, answer.read(_BYTES_LIMIT).decode("utf-8", errors="replace")
    except HTTPError as error:
        with error:
            return error.code, error.read(_BYTES_LIMIT).decode("utf-8", errors="replace")
    except (OSError, ValueError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        why = "its certificate is not trusted" if isinstance(reason, ssl.SSLCertVerificationError) else "no connection"
        why = "it did not answer in time" if isinstance(reason, TimeoutError) else why
        raise SignInUnreachableError(f"The sign-in server {host} cannot be reached: {why}.", fix=_NOT_NOW) from None


def _refuse_outage(client: Client, status: int) -> None:
    if status == 429 or status >= 500 or 300 <= status < 400:
        sentence = f"The sign-in server {client.provider.host} is out of order (HTTP {status})."
        raise SignInUnreachableError(sentence, fix=_NOT_NOW)


class _NoRedirects(HTTPRedirectHandler):
    """A redirect would carry a secret to an address that nobody chose."""

    def redirect_request(self, *_: Any) -> None:
        return None
