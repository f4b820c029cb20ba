"""What a mail server shows before any login: its addresses, its certificate, and the time in its greeting.

The certificate is the one that a mail would travel under: the connection is made and checked as for sending. SMTP has
no command that tells the time; some servers (Exchange, Sendmail) write it into their greeting, as RFC 5321 section
4.3.1 leaves them free to.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from msgspec import Struct

from followup_mail.delivery.redaction import one_line
from followup_mail.delivery.smtp_account import Account
from followup_mail.delivery.smtp_connect import ehlo_name, open_connection
from followup_mail.delivery.timeouts import Deadlines
from followup_mail.regex import regex

LOOKUP_SECONDS: Final = 15.0
"""How long the lookup of a name may take. The system's own limit can be minutes, and cannot be set."""
_DATE: Final = regex(rb"[A-Z][a-z]{2}, {1,2}\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


class Certificate(Struct, frozen=True):
    """A certificate that was checked and trusted."""

    issuer: str
    until: datetime
    """The last moment at which it is valid, in UTC."""


class ServerLook(Struct, frozen=True):
    """What the server showed."""

    certificate: Certificate | None
    """None on a connection without TLS."""
    said_time: datetime | None
    """The time in its greeting, aware; None when there is none."""


def find_addresses(host: str, seconds: float = LOOKUP_SECONDS) -> tuple[str, ...]:
    """Return the addresses of a host, each once. Raises ``OSError``, also when there is no answer in time."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else OSError(str(error)))

    # A lookup cannot be stopped; one that hangs is left behind, and does not keep the program from ending.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise TimeoutError(f"no answer within {seconds:g} seconds")
    if isinstance(found[0], OSError):
        raise found[0]
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found[0]))


def look_at_server(account: Account, local_hostname: str) -> ServerLook:
    """Connect as for sending, without a login. Raises ``OSError`` and ``CaFileError`` as ``open_connection`` does."""
    connection = open_connection(account, ehlo_name(local_hostname), Deadlines(account.timeout, time.monotonic))
    try:
        return ServerLook(read_certificate(connection.sock), _read_date(connection.greeting))
    finally:
        with suppress(OSError):
            connection.quit()
        connection.close()


def read_certificate(sock: socket.socket | None) -> Certificate | None:
    """Return the certificate that a connection was encrypted with; None without encryption."""
    shown = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not shown:
        return None
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    return Certificate(_name_issuer(shown.get("issuer", ())), until)


def _name_issuer(issuer: Any) -> str:
    """Return who issued it: the organisation, else its common name."""
    named = {key: value for part in issuer for key, value in part}
    name = named.get("organizationName") or named.get("commonName") or "an issuer without a name"
    return one_line(str(name))[:80]


def _read_date(greeting: bytes) -> datetime | None:
    """Return the date in a greeting (RFC 5322 section 3.3)."""
    written = _DATE.search(greeting)
    if written is None:
        return None
    try:
        return parsedate_to_datetime(written[0].decode("ascii"))
    except ValueError:
        return None
