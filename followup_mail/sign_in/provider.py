"""Where to sign in and what to ask for: Google's and Microsoft's from ``providers.toml``, or another as it is set."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, field

from followup_mail.delivery.smtp_account import is_loopback
from followup_mail.errors import SettingsError


class Provider(Struct, frozen=True):
    """The addresses of one authorization server (RFC 6749 section 3).

    Raises:
        SettingsError: an address of another machine is not https.
    """

    name: str
    auth_url: str
    token_url: str
    device_url: str = ""
    """Where a device code is had (RFC 8628); empty where there is none."""
    revoke_url: str = ""
    """Where a token is given back (RFC 7009); empty where that is not possible."""
    scopes: tuple[str, ...] = ()
    """The rights that sending needs."""
    mailbox_scopes: tuple[str, ...] = ()
    """Those that reading the mailbox needs besides."""
    redirect_host: str = "127.0.0.1"
    asked: Mapping[str, str] = field(default_factory=dict)
    """Further parameters of the page where one signs in."""

    def __post_init__(self) -> None:
        for url in filter(None, (self.auth_url, self.token_url, self.device_url, self.revoke_url)):
            parts = urlsplit(url)
            if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
                raise SettingsError(
                    f"The sign-in address of {self.name} at {parts.hostname or 'no host'} is not encrypted, and anyone "
                    "on the way could read your token.",
                    fix="Begin it with https.",
                )

    @property
    def host(self) -> str:
        """The name of the machine that gives the tokens, as sentences call it."""
        return urlsplit(self.token_url).hostname or ""


def known_provider(name: str) -> Provider:
    """Return a provider of ``providers.toml``. Raises ``KeyError``."""
    return msgspec.convert({"name": name, **_rows()[name]}, Provider)


def provider_of_server(host: str) -> str:
    """Return the name of the provider that a mail server's accounts sign in at; empty where none is known."""
    named = host.lower()
    return next((name for name, row in _rows().items() if named.endswith(tuple(row["mail_servers"]))), "")


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("providers.toml").read_text("utf-8"))
