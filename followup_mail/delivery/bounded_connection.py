"""A connection with limits on time and size, for protocols whose own library reads from the socket (imaplib).

A socket's timeout starts again with each byte, so a server that sends one byte at a time can hold a reader forever, and
one that never ends its answer fills the memory. ``smtp_connection`` has such limits for SMTP.
"""

from __future__ import annotations

import socket
import ssl
from typing import Final

from msgspec import Struct

from followup_mail.delivery.timeouts import ConnectionLostError, Deadlines, InjectedTextError, connect_socket

_CHUNK: Final = 64 * 1024
_LINE_OVERHEAD: Final = 256
"""Bytes of memory that any line costs: a million empty lines add up too."""
_TOO_SLOW: Final = "did not finish its answer in time"


class LimitExceededError(Exception):
    """The server took too long or sent too much. The text follows the server's name: "sent more than 8 MB".

    Not an ``OSError``: the libraries in between turn those into something else.
    """


class SizeLimits(Struct, frozen=True):
    """How many bytes the server may send."""

    line: int = 1024 * 1024
    """In one line. The longest in practice is the result of a search that finds a hundred thousand mails."""
    answer: int = 8 * 1024 * 1024
    """In answer to one command: parsing takes up to thirty times as much memory."""
    everything: int = 8 * 1024 * 1024
    """In total. The headers of 200 mails are below 1 MB."""


class BoundedConnection:
    """Connects to one server, sends and reads. After a ``LimitExceededError`` it does nothing any more."""

    def __init__(self, deadlines: Deadlines, sizes: SizeLimits) -> None:
        self.deadlines = deadlines
        self._sizes = sizes
        self._unread = bytearray()
        self._received = 0
        self._may_receive = min(sizes.answer, sizes.everything)
        self._failure: LimitExceededError | None = None

    def connect(self, host: str, port: int, context: ssl.SSLContext | None) -> socket.socket:
        """Return a connected socket, encrypted if there is a ``context``. Raises ``OSError``."""
        sock = connect_socket(host, port, self.deadlines)
        return self.encrypt(sock, context, host) if context else sock

    def encrypt(self, sock: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
        """Encrypt the connection. Raises ``OSError``, also when unencrypted text is left to read (CVE-2011-0411)."""
        if self._unread:
            raise InjectedTextError("The server sent unencrypted text after its answer to STARTTLS")
        sock.settimeout(self._seconds_left(self.deadlines.next_reply_by()))
        return context.wrap_socket(sock, server_hostname=host)

    def send(self, sock: socket.socket, data: bytes) -> None:
        """Send all of it; what comes then is a new answer. Raises ``OSError``."""
        self._may_receive = min(self._received + self._sizes.answer, self._sizes.everything)
        sock.settimeout(self._seconds_left(self.deadlines.next_reply_by()))
        sock.sendall(data)

    def read(self, sock: socket.socket, count: int) -> bytes:
        """Return ``count`` bytes, or fewer when the server hangs up."""
        if self._received + count - len(self._unread) > self._may_receive:
            raise self._fail(f"announced {count:,} bytes at once")
        until = self.deadlines.next_reply_by()
        while len(self._unread) < count and self._receive(sock, until):
            pass
        return self._take(count)

    def readline(self, sock: socket.socket) -> bytes:
        """Return a line with its line end, or what there is of it when the server hangs up."""
        until, searched = self.deadlines.next_reply_by(), 0
        while (end := self._unread.find(b"\n", searched)) < 0:
            searched = len(self._unread)
            if searched > self._sizes.line:
                raise self._fail("sent a line that does not end")
            if not self._receive(sock, until):
                return self._take(searched)
        self._received += _LINE_OVERHEAD
        return self._take(end + 1)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._unread[:count])
        del self._unread[:count]
        return taken

    def _receive(self, sock: socket.socket, until: float) -> bool:
        if self._received > self._may_receive:
            limit = min(self._sizes.answer, self._sizes.everything)
            raise self._fail(f"sent more than {limit / 1024 / 1024:.0f} MB")
        sock.settimeout(self._seconds_left(until))
        try:
            chunk = sock.recv(_CHUNK)
        except TimeoutError:
            raise self._fail(_TOO_SLOW) from None
        self._unread += chunk
        self._received += len(chunk)
        return bool(chunk)

    def _seconds_left(self, until: float) -> float:
        if self._failure:
            raise self._failure
        try:
            return self.deadlines.left(until)
        except ConnectionLostError:
            raise self._fail(_TOO_SLOW) from None

    def _fail(self, words: str) -> LimitExceededError:
        self._failure = LimitExceededError(words)
        return self._failure
