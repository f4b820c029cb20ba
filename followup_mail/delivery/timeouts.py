"""How long a connection may take, and the errors that end it. All times are monotonic seconds."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable

from msgspec import Struct


class ConnectionLostError(smtplib.SMTPServerDisconnected):
    """The connection cannot be used any more. The text may be shown to the user."""


class DotNotSentError(ConnectionLostError):
    """The operating system did not accept the final dot, so it certainly never left this machine."""


class InjectedTextError(ConnectionLostError):
    """Unencrypted text followed the answer to STARTTLS (CVE-2011-0411)."""


class Timeouts(Struct, frozen=True):
    """How long one attempt may take, in seconds. ``Account.timeout`` limits each single reply."""

    attempt: float = 300.0
    """From connecting to the final dot."""
    answer: float = 600.0
    """From the final dot to its answer. RFC 5321 section 4.5.3.2.6 asks for ten minutes: a server may scan the message
    first, and giving up early is what makes an entry unclear."""
    grace: float = 10.0
    """How long to wait for the answer to the final dot after Ctrl-C. A second Ctrl-C ends the wait."""
    farewell: float = 3.0
    """For the last QUIT."""


class Deadlines:
    """When the next reply, and the attempt as a whole, must be complete."""

    def __init__(self, reply_seconds: float, monotonic: Callable[[], float]) -> None:
        self._reply_seconds = reply_seconds
        self._monotonic = monotonic
        self._ends_at = monotonic() + reply_seconds

    def allow(self, seconds: float, *, reply_seconds: float | None = None) -> None:
        """Give everything from now on this long in total; ``reply_seconds`` changes the time for each reply."""
        self._ends_at = self._monotonic() + seconds
        if reply_seconds is not None:
            self._reply_seconds = reply_seconds

    def next_reply_by(self) -> float:
        """Return the moment at which the next reply must be complete."""
        return min(self._monotonic() + self._reply_seconds, self._ends_at)

    def left(self, until: float) -> float:
        """Return the seconds left until then. Raises ``ConnectionLostError`` when there are none."""
        seconds = until - self._monotonic()
        if seconds <= 0:
            raise ConnectionLostError("No complete answer from the server in time")
        return seconds


def connect_socket(host: str, port: int, deadlines: Deadlines) -> socket.socket:
    """Connect to the first address of the host that answers. Raises ``OSError``.

    The name lookup takes as long as the system lets it.
    """
    failure: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(deadlines.left(deadlines.next_reply_by()))
            sock.connect(address)
            # The final dot travels in a packet of its own; Nagle's algorithm would delay it by 40 ms.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(deadlines.left(deadlines.next_reply_by()))  # limits a TLS handshake as a whole
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure or OSError("the server has no address")
