"""What this program is called at a provider, and for whom it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from followup_mail.errors import SettingsError
from followup_mail.sign_in.provider import Provider

_INSTALL: Final = "Install it: pip install 'followup-mail[oauth]'"


@dataclass(frozen=True, slots=True)
class Client:
    """A program that is registered at a provider, with the address that signs in."""

    provider: Provider
    id: str
    address: str
    """The mail address that signs in."""
    find_secret: Callable[[], str] = field(default=str, repr=False, compare=False)
    """Returns the client secret; empty for a client that has no secret."""
    with_mailbox: bool = False
    """Whether the mailbox is to be read too."""

    @property
    def scopes(self) -> tuple[str, ...]:
        """The rights to ask for: no more than are needed."""
        return self.provider.scopes + (self.provider.mailbox_scopes if self.with_mailbox else ())

    @property
    def credentials(self) -> dict[str, str]:
        """What names the client in a request (RFC 6749 section 2.3.1). Holds the secret."""
        return {"client_id": self.id, **self.secret_part}

    @property
    def secret_part(self) -> dict[str, str]:
        """The same without the id, which the library adds itself."""
        secret = self.find_secret()
        return {"client_secret": secret} if secret else {}


def protocol() -> Any:
    """Return the library that knows the protocol. Raises ``SettingsError`` when it is not installed."""
    try:
        import oauthlib.oauth2
    except ImportError:
        raise SettingsError(
            "Signing in by OAuth is set, but the oauthlib library is not installed.", fix=_INSTALL
        ) from None
    return oauthlib.oauth2
