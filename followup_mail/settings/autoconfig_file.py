"""Read the servers of a provider from a file in Mozilla's autoconfig form, as administrators hand it out.

The form: https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat. The file may come from anywhere, so
no document type is read: without it, XML has no entities that grow or that open other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.delivery.smtp_account import Security
from followup_mail.errors import SettingsError
from followup_mail.settings.providers import Server, SignIn
from followup_mail.settings.value_readers import read_host

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BYTES_LIMIT: Final = 256 * 1024
_SECURITY: Final = {"SSL": Security.TLS, "STARTTLS": Security.STARTTLS}
_FIX: Final = "It should be a file in the form clientConfig, version 1.1, with an outgoingServer of the type smtp."


class Autoconfig(Struct, frozen=True):
    """What such a file says about one address."""

    name: str
    smtp: Server
    user: str
    imap: Server | None
    sign_in: tuple[SignIn, ...]


def read_autoconfig(path: Path, address: str) -> Autoconfig:
    """Return what a file says about the mail of ``address``.

    Only encrypted servers count. Raises ``SettingsError`` when the file cannot be read, or names none.
    """
    root = _parse(path)
    try:
        outgoing = list(_servers(root, "outgoingServer", "smtp"))
        incoming = list(_servers(root, "incomingServer", "imap"))
    except ValueError as error:
        raise SettingsError(f"{path}: {error}.", fix=_FIX) from None
    if not outgoing:
        raise SettingsError(f"{path} names no encrypted server for sending.", fix=_FIX)
    smtp, element = outgoing[0]
    name = (root.findtext("emailProvider/displayName") or smtp.host).strip()[:80]
    return Autoconfig(
        name,
        smtp,
        _fill((element.findtext("username") or "%EMAILADDRESS%").strip(), address),
        incoming[0][0] if incoming else None,
        _ways(element),
    )


def _parse(path: Path) -> Element:
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        with path.open("rb") as stream:
            content = stream.read(_BYTES_LIMIT + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or type(error).__name__).lower() if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{path} cannot be read: {reason}.", fix=_FIX) from None
    if len(content) > _BYTES_LIMIT or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SettingsError(f"{path} is too large for such a file, or has a document type.", fix=_FIX)
    try:
        # A text, not bytes: no encoding that the file claims can hide a document type.
        return fromstring(text)  # noqa: S314
    except (ParseError, ValueError):
        raise SettingsError(f"{path} is not XML.", fix=_FIX) from None


def _servers(root: Element, tag: str, kind: str) -> Iterator[tuple[Server, Element]]:
    """Yield the encrypted servers of a kind. Raises ``ValueError`` for a port or a name that cannot be."""
    for element in root.iterfind(f"emailProvider/{tag}"):
        security = _SECURITY.get((element.findtext("socketType") or "").strip().upper())
        port = (element.findtext("port") or "").strip()
        if element.get("type") != kind or security is None:
            continue
        if not port.isascii() or not port.isdigit() or len(port) > 5 or not 1 <= int(port) <= 65535:
            raise ValueError(f"the port of an {tag} is not a number from 1 to 65535")
        yield Server(read_host((element.findtext("hostname") or "").strip()), int(port), security), element


def _ways(element: Element) -> tuple[SignIn, ...]:
    named = [(way.text or "").strip().lower() for way in element.iterfind("authentication")]
    ways = (SignIn.OAUTH if name == "oauth2" else SignIn.PASSWORD for name in named if name)
    return tuple(dict.fromkeys(ways)) or (SignIn.PASSWORD,)


def _fill(text: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    for gap, value in (("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain)):
        text = text.replace(gap, value)
    return text
