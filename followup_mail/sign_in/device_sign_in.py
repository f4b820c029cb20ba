"""Signing in with a code that is typed in a browser on any other machine (RFC 8628)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import SignInError, SignInUnreachableError
from followup_mail.sign_in.client import Client, protocol
from followup_mail.sign_in.token_endpoint import ProtocolError, ask_for_code, ask_for_tokens
from followup_mail.sign_in.tokens import Tokens, read_answer

_USUAL_WAIT: Final = 5
"""Seconds between two questions where the provider names none; what ``slow_down`` adds (section 3.5)."""
_USUAL_TIME: Final = 900
_EXPIRED: Final = "The code expired before anybody entered it."
_AGAIN: Final = "Start again: followup-mail account login --device"


class Waiting(Struct, frozen=True):
    """How to wait."""

    sleep: Callable[[float], object] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


def sign_in_by_device(client: Client, show: Callable[[str, str], None], waiting: Waiting = Waiting()) -> Tokens:
    """Have ``show`` say the address and the code to type there, ask until that was done, and return the tokens.

    Raises ``SignInError`` when the user says no, when the code's time is up, and where the provider has no such codes.
    """
    if not client.provider.device_url:
        raise SignInError(
            f"{client.provider.name.capitalize()} gives no device codes for mail.",
            fix="Sign in through a browser: followup-mail account login",
        )
    scopes = " ".join(client.scopes)
    asked = ask_for_code(client, {**client.credentials, "scope": scopes})
    place = asked.get("verification_uri") or asked.get("verification_url")
    show(str(place or client.provider.host), str(asked["user_code"]))
    end = waiting.monotonic() + _number(asked.get("expires_in"), _USUAL_TIME)
    wait = _number(asked.get("interval"), _USUAL_WAIT)
    while waiting.monotonic() < end:
        waiting.sleep(wait)
        try:
            return read_answer(ask_for_tokens(client, _question(client, str(asked["device_code"]))), time.time())
        except SignInUnreachableError:
            wait *= 2  # section 3.5: ask less often after a time-out
        except ProtocolError as error:
            wait += _longer(client, error)
    raise SignInError(_EXPIRED, fix=_AGAIN)


def _question(client: Client, device_code: str) -> str:
    asking = protocol().DeviceClient(client.id)
    return str(asking.prepare_request_body(device_code, include_client_id=True, **client.secret_part))


def _longer(client: Client, error: ProtocolError) -> int:
    """Return by how many seconds to wait longer for the next question; raise what ends the waiting."""
    match error.code:
        case "authorization_pending":
            return 0
        case "slow_down":
            return _USUAL_WAIT
        case "access_denied":
            raise SignInError(
                f"{client.provider.host} says that you did not agree; nothing was changed.", fix=_AGAIN
            ) from None
        case "expired_token":
            raise SignInError(_EXPIRED, fix=_AGAIN) from None
    raise error


def _number(value: Any, usual: int) -> int:
    return value if isinstance(value, int) and 0 < value <= 3600 else usual
