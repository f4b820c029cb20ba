"""What is known about mail providers, read from ``providers.toml``: servers, ways of signing in, limits, pages.

``providers.toml`` says of each fact on which page it stands, and on which day a copy of that page was read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from followup_mail.delivery.smtp_account import Security
from followup_mail.errors import NotFoundError

_FILE: Final = Path(__file__).with_name("providers.toml")


class SignIn(StrEnum):
    """A way to sign in for a program that sends mail."""

    APP_PASSWORD = "app_password"  # noqa: S105 - the name of a way to sign in
    """A password that the provider makes for one program, and that can be withdrawn."""
    PASSWORD = "password"  # noqa: S105
    """The password of the account itself."""
    OAUTH = "oauth"
    """In the browser; the program gets a token and never sees a password (RFC 6749)."""


class Filing(StrEnum):
    """Whether a server files what it sends in the Sent folder."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Server(Struct, frozen=True):
    """Where a server is and how the connection is protected."""

    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({self.security})"


class CheckedPage(Struct, frozen=True):
    """The page behind a fact."""

    tells: str
    """What it tells: servers, sign-in, limit and so on."""
    page: str
    by: str
    """``copy``: a stored copy was read; ``quoted``: another page that quotes it was; ``known``: neither."""
    on: date | None = None
    """The day when it was read; None for ``known``."""


class Provider(Struct, frozen=True):
    """One provider of mail."""

    key: str
    """Its name on the command line."""
    name: str
    domains: frozenset[str]
    mx: tuple[str, ...]
    """How the names of its servers for incoming mail end."""
    smtp: Server
    imap: Server
    sign_in: tuple[SignIn, ...]
    """The ways that work, the best first."""
    page: str
    """Where an app password is made, or access is switched on; or what says that there is neither."""
    steps: tuple[str, ...]
    files_sent: Filing
    notes: str
    checked: tuple[CheckedPage, ...]
    per_day: int | None = None
    """Mails in 24 hours; None where its operator names no number."""
    imap_password: bool = True
    """False where a password opens no mailbox, whatever it does for sending."""
    needs_certificate: bool = False
    """True when its certificate is its own, and has to be given to this program."""
    user_differs: bool = False
    """True when one signs in with another address where the domain is one's own."""


@cache
def list_providers() -> Mapping[str, Provider]:
    """Return every provider by its key, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))
    return {key: msgspec.convert({"key": key, **_whole_row(rows, row)}, Provider) for key, row in rows.items()}


def find_provider(name: str) -> Provider:
    """Return a provider by what somebody types: its key or its name. Raises ``NotFoundError``."""
    wanted = "".join(name.lower().split())
    known = list_providers()
    for provider in known.values():
        if wanted in {provider.key, provider.key.replace("-", ""), "".join(provider.name.lower().split())}:
            return provider
    raise NotFoundError(
        f"No mail provider '{name}' is known.",
        fix=f"Known are {', '.join(known)}. For any other, name its server: followup-mail setup --smtp-host HOST",
    )


def provider_of_address(address: str) -> Provider | None:
    """Return the provider whose own domain an address has."""
    domain = address.rpartition("@")[2].lower()
    return next((provider for provider in list_providers().values() if domain in provider.domains), None)


def provider_of_mx(hosts: tuple[str, ...]) -> Provider | None:
    """Return the provider that takes the mail of a domain, by the names of its MX hosts, the preferred first.

    Of two that fit, the provider with the longer ending is meant: olc.protection.outlook.com is not Microsoft 365.
    """
    for host in hosts:
        name = host.rstrip(".").lower()
        fitting = [
            (len(end), provider)
            for provider in list_providers().values()
            for end in provider.mx
            if name == end or name.endswith(f".{end}")
        ]
        if fitting:
            return max(fitting, key=lambda found: found[0])[1]
    return None


def known_day_limit(host: str, address: str) -> int | None:
    """Return the most mails that a server takes in 24 hours from ``address``, where its operator says so.

    Gmail takes 500 of its own users, and 2,000 of a company's (Workspace) at the same server.
    """
    there = [provider for provider in list_providers().values() if provider.smtp.host == host.lower()]
    own = provider_of_address(address)
    if own in there:
        return own.per_day if own else None
    return next((provider.per_day for provider in there if not provider.domains), there[0].per_day if there else None)


def _whole_row(rows: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with what it takes over from another; domains are never taken over."""
    if "like" not in row:
        return dict(row)
    other = _whole_row(rows, rows[row["like"]])
    return {**other, "mx": [], **{key: value for key, value in row.items() if key != "like"}}
