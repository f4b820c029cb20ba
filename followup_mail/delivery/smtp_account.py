"""A mail account as a value: where the server is, how the connection is protected, and how to log in.

An account that would send a password unencrypted cannot be made. The secret is a callable, called at each login, so
that no value ever holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.regex import regex

_HOST_LABEL: Final = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


class Security(StrEnum):
    """How the connection is protected (RFC 8314)."""

    STARTTLS = "starttls"
    """Starts unencrypted and switches to TLS before anything else; usually port 587."""
    TLS = "tls"
    """Encrypted from the first byte; usually port 465."""
    PLAIN = "plain"
    """Not encrypted: for a server on this machine."""


class Auth(StrEnum):
    """How to log in."""

    PASSWORD = "password"  # noqa: S105 - the name of a way to log in
    XOAUTH2 = "xoauth2"
    """The secret is an OAuth2 access token, as Gmail and Outlook accept it."""
    OAUTH = "oauth"
    """The same, with a token that this program gets and renews itself (``sign_in``)."""
    NONE = "none"

    @property
    def takes_token(self) -> bool:
        """True where the secret is an access token."""
        return self in {Auth.XOAUTH2, Auth.OAUTH}


def no_secret() -> str:
    """Return the secret of an account without a login."""
    return ""


@dataclass(frozen=True, slots=True)
class Account:
    """One account at one mail server.

    Raises:
        SettingsError: the parts contradict each other, or a password could be read on the way.
    """

    host: str
    """A name or an address; an internationalised name is converted to its ASCII form."""
    port: int
    security: Security
    user: str = ""
    auth: Auth = Auth.PASSWORD
    secret: Callable[[], str] = field(default=no_secret, repr=False, compare=False)
    """Returns the password or the token. Called at each login, never stored."""
    renew: Callable[[str], str] | None = field(default=None, repr=False, compare=False)
    """Returns a new token in place of one that the server refused; None where there is no way to get one."""
    ca_file: Path | None = None
    """Certificates (PEM) to trust besides the system's, e.g. of a company's mail server."""
    timeout: float = 30.0
    """Seconds that connecting or one answer may take. The answer to a whole message may take longer."""
    allow_plain: bool = False
    """Permits mail, never a password, over an unencrypted connection to another machine."""
    service: str = "SMTP"
    """SMTP for sending or IMAP for reading, as sentences name it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "host", _ascii_host(self.host))
        if not 1 <= self.port <= 65535:
            raise SettingsError(
                f"The {self.service} port is {self.port}.", fix="Use a number from 1 to 65535, usually 587 or 465."
            )
        if not 0 < self.timeout <= 600:
            raise SettingsError(
                f"The {self.service} timeout is {self.timeout:g} seconds.", fix="Use more than 0, at most 600."
            )
        if self.auth is not Auth.NONE and not self.user:
            raise SettingsError(
                f"There is no user name for the {self.service} login.", fix="Set it, or set the login to 'none'."
            )
        self._check_privacy()

    def _check_privacy(self) -> None:
        if self.security is not Security.PLAIN or self.is_local:
            return
        if self.auth is not Auth.NONE:
            raise SettingsError(
                f"The password would travel to {self.host} unencrypted, and anyone on the way could read it.",
                fix=f"Set the {self.service} security to 'starttls' or 'tls'.",
            )
        if not self.allow_plain:
            raise SettingsError(
                f"Mail would travel to {self.host} unencrypted.",
                fix="Set FOLLOWUP_SMTP_SECURITY to 'starttls' or 'tls', or set FOLLOWUP_SMTP_ALLOW_PLAIN=yes.",
            )

    @property
    def is_local(self) -> bool:
        """True when the server is on this machine (loopback)."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Return whether a name or address means this machine itself (RFC 6761 section 6.3 for the names)."""
    import ipaddress

    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _ascii_host(host: str) -> str:
    import ipaddress

    bare = host.strip().removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    name = bare if bare.isascii() else _a_labels(bare)
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        raise SettingsError(
            f"{host!r} is not the name of a mail server.", fix="Give its name alone, e.g. smtp.example.com."
        )
    return name


def _a_labels(name: str) -> str:
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
