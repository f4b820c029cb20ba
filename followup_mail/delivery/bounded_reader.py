"""What is taken in from a server, within bounds: a deadline for all of it, a size for a line, a size for everything.

A time-out of a socket starts again with each byte, so a server that drips holds a reader for ever, and one that never
ends its answer fills the memory. ``smtp_link`` has such bounds for SMTP, where one reply follows another; this is for
protocols whose own library reads from the socket, such as imaplib.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from typing import Final

from followup_mail.delivery.dial import reach
from followup_mail.delivery.timeouts import InjectedError, LinkLostError, Patience

_CHUNK: Final = 64 * 1024
_OVERHEAD: Final = 256
"""Bytes of memory that a line costs whatever its length: a million empty lines are not nothing."""


class OutOfBoundsError(Exception):
    """The server took too long or said too much. The text goes on from the server's name: "sent more than 8 MB".

    Not an ``OSError``: libraries make something else of those on the way.
    """


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many bytes may come."""

    line: int = 1024 * 1024
    """In one line. The longest in use is a search that finds a hundred thousand mails."""
    everything: int = 8 * 1024 * 1024
    """Altogether. The heads of 200 mails are below 1 MB. What is parsed takes up to thirty times as much memory."""


class Intake:
    """Connects to one server, sends to it, and takes in what it says. After an ``OutOfBoundsError`` it does neither."""

    def __init__(self, patience: Patience, sizes: Sizes) -> None:
        self.patience = patience
        self._sizes = sizes
        self._heard = bytearray()
        self._taken = 0
        self._ended: OutOfBoundsError | None = None

    def connect(self, host: str, port: int, context: ssl.SSLContext | None) -> socket.socket:
        """Return a connected socket, encrypted if there is a ``context``. Raises ``OSError``."""
        sock = reach(host, port, self.patience)
        return self.encrypt(sock, context, host) if context else sock

    def encrypt(self, sock: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
        """Encrypt a link. Raises ``OSError``, also when something unencrypted is still to be read (CVE-2011-0411)."""
        if self._heard:
            raise InjectedError("The server sent unencrypted text behind its answer to STARTTLS")
        sock.settimeout(self._seconds_left(self.patience.next_until()))
        return context.wrap_socket(sock, server_hostname=host)

    def send(self, sock: socket.socket, data: bytes) -> None:
        """Send all of it. Raises ``OSError``."""
        sock.settimeout(self._seconds_left(self.patience.next_until()))
        sock.sendall(data)

    def read(self, sock: socket.socket, count: int) -> bytes:
        """Return so many bytes; fewer when the server hangs up."""
        if self._taken + count - len(self._heard) > self._sizes.everything:
            raise self._end(f"announced {count:,} bytes at once")
        until = self.patience.next_until()
        while len(self._heard) < count and self._receive(sock, until):
            pass
        return self._take(count)

    def readline(self, sock: socket.socket) -> bytes:
        """Return a line with its end; what there is of it when the server hangs up."""
        until, searched = self.patience.next_until(), 0
        while (end := self._heard.find(b"\n", searched)) < 0:
            searched = len(self._heard)
            if searched > self._sizes.line:
                raise self._end("sent a line that does not end")
            if not self._receive(sock, until):
                return self._take(searched)
        self._taken += _OVERHEAD
        return self._take(end + 1)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._heard[:count])
        del self._heard[:count]
        return taken

    def _receive(self, sock: socket.socket, until: float) -> bool:
        if self._taken > self._sizes.everything:
            raise self._end(f"sent more than {self._sizes.everything / 1024 / 1024:.0f} MB")
        sock.settimeout(self._seconds_left(until))
        try:
            chunk = sock.recv(_CHUNK)
        except TimeoutError:
            raise self._end("did not finish its answer in time") from None
        self._heard += chunk
        self._taken += len(chunk)
        return bool(chunk)

    def _seconds_left(self, until: float) -> float:
        if self._ended:
            raise self._ended
        try:
            return self.patience.left(until)
        except LinkLostError:
            raise self._end("did not finish its answer in time") from None

    def _end(self, words: str) -> OutOfBoundsError:
        self._ended = OutOfBoundsError(words)
        return self._ended
