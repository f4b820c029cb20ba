"""Find out where the mail of an address is sent from: by its domain, by DNS, by a file, or as somebody says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from followup_mail.settings.autoconfig_file import read_autoconfig
from followup_mail.settings.mail_dns import Ask, ask_dns, find_announced, find_mx, is_within
from followup_mail.settings.providers import (
    Provider,
    Server,
    SignIn,
    find_provider,
    provider_of_address,
    provider_of_mx,
)


class KnownBy(StrEnum):
    """How the servers of an address were found."""

    NAME = "name"
    """The user named the provider."""
    ADDRESS = "address"
    """The domain of the address is the provider's own."""
    MX = "mx"
    """DNS says that the provider takes the domain's mail (RFC 5321 section 5.1)."""
    SRV = "srv"
    """The domain announces its servers (RFC 6186, RFC 8314)."""
    FILE = "file"
    """A file in Mozilla's autoconfig form."""
    NOTHING = "nothing"
    """Not known."""


class Recognised(Struct, frozen=True):
    """Where the mail of an address is sent from, as far as is known."""

    known_by: KnownBy
    name: str = ""
    smtp: Server | None = None
    imap: Server | None = None
    sign_in: tuple[SignIn, ...] = (SignIn.PASSWORD,)
    user: str = ""
    """The account name, where it is not the address."""
    provider: Provider | None = None
    elsewhere: str = ""
    """A server outside the domain that DNS named: an answer can be forged, so it needs a yes (RFC 6186 section 6)."""


def recognise(address: str, name: str = "", file: Path | None = None, ask: Ask = ask_dns) -> Recognised:
    """Return what is known about the servers for an address. DNS that does not answer is no error.

    Raises ``NotFoundError`` for a provider's ``name`` that is not known, and ``SettingsError`` for a bad ``file``.
    """
    if file:
        return _from_file(file, address)
    if name:
        return _from_provider(find_provider(name), KnownBy.NAME)
    if own := provider_of_address(address):
        return _from_provider(own, KnownBy.ADDRESS)
    domain = address.rpartition("@")[2]
    if hosting := provider_of_mx(find_mx(domain, ask)):
        return _from_provider(hosting, KnownBy.MX)
    announced = find_announced(domain, ask)
    if announced is None:
        return Recognised(KnownBy.NOTHING)
    servers = [one for one in (announced.smtp, announced.imap) if one]
    elsewhere = next((one.host for one in servers if not is_within(one.host, domain)), "")
    return Recognised(KnownBy.SRV, domain, announced.smtp, announced.imap, elsewhere=elsewhere)


def _from_provider(provider: Provider, known_by: KnownBy) -> Recognised:
    imap = provider.imap if provider.imap_password else None
    return Recognised(known_by, provider.name, provider.smtp, imap, provider.sign_in, provider=provider)


def _from_file(file: Path, address: str) -> Recognised:
    found = read_autoconfig(file, address)
    user = found.user if found.user != address else ""
    return Recognised(KnownBy.FILE, found.name, found.smtp, found.imap, found.sign_in, user)
