"""Tokens as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

EARLY: Final = 60
"""Seconds before its end at which a token counts as too old: it has to last for a login."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a provider gave."""

    access: str = field(repr=False)
    """What a mail server accepts, for about an hour."""
    refresh: str = field(default="", repr=False)
    """What new access tokens are had with; empty where the provider gave none."""
    obtained_at: float = 0.0
    """By this machine's clock, in seconds since 1970."""
    lifetime: int = 0
    """Seconds that the access token is good for; 0 where the provider did not say."""

    def is_good(self, now: float) -> bool:
        """Return whether the access token should still be accepted. A clock that was set back makes it doubtful."""
        if not self.access:
            return False
        return not self.lifetime or 0 <= now - self.obtained_at < self.lifetime - EARLY


def read_answer(answer: Mapping[str, Any], now: float, old: Tokens | None = None) -> Tokens:
    """Return the tokens of a provider's answer; a refresh token that it does not replace stays (RFC 6749 section 6)."""
    refresh = str(answer.get("refresh_token") or (old.refresh if old else ""))
    return Tokens(str(answer["access_token"]), refresh, now, _read_seconds(answer.get("expires_in")))


def _read_seconds(said: Any) -> int:
    """Return a number of seconds, which some providers write with a point or in quotation marks; else 0."""
    try:
        return max(0, int(float(said)))
    except (TypeError, ValueError, OverflowError):
        return 0
