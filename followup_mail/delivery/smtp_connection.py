"""An SMTP connection with limits that smtplib lacks.

smtplib's timeout starts again with each byte, so a server that sends slowly, or never ends its reply, holds it forever.
Here each reply has a deadline and a maximum size, and so does the attempt as a whole. A server that speaks before it is
asked is out of step (or somebody else is speaking): that ends the connection, since its next words could be taken for
the answer to our next command.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Sequence
from typing import Any, Final

from followup_mail.delivery.redaction import one_line
from followup_mail.delivery.replies import Reply, parse_reply
from followup_mail.delivery.timeouts import (
    ConnectionLostError,
    Deadlines,
    DotNotSentError,
    InjectedTextError,
    connect_socket,
)
from followup_mail.regex import regex

REPLY_LIMIT: Final = 64 * 1024
"""Bytes in one reply. The longest EHLO replies of large providers are below 1 KB."""
_CHUNK: Final = 64 * 1024
_DOT: Final = b".\r\n"
_REPLY_LINE: Final = regex(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)


class SmtpConnection(smtplib.SMTP):
    """A connection to an SMTP server. After any ``ConnectionLostError`` it is closed."""

    def __init__(self, host: str, port: int, *, deadlines: Deadlines, **options: Any) -> None:
        self.deadlines = deadlines
        self._unread = bytearray()
        self.greeting = b""
        """What the server said first, without its code."""
        self._passed_on = 0
        super().__init__(host, port, **options)

    def command(self, line: str | bytes) -> Reply:
        """Send one line and return the reply. Raises ``ConnectionLostError``."""
        self.send(as_lines([line if isinstance(line, bytes) else line.encode("ascii")]))
        return self.next_reply()

    def next_reply(self) -> Reply:
        """Return the next reply. Raises ``ConnectionLostError``."""
        return parse_reply(*self.getreply())

    @property
    def has_read_everything(self) -> bool:
        """True when the server has sent nothing beyond the replies that were read."""
        return not self._unread

    @property
    def is_encrypted_or_local(self) -> bool:
        """True when nobody on the way can listen."""
        if isinstance(self.sock, ssl.SSLSocket):
            return True
        peer = str(self.sock.getpeername()[0]) if self.sock else ""
        return peer == "::1" or peer.startswith(("127.", "::ffff:127."))

    def read_unsolicited(self) -> None:
        """Read what the server sent without being asked; do not wait. Raises ``ConnectionLostError``."""
        if self.sock is None:
            raise ConnectionLostError("The connection is closed")
        self.sock.settimeout(0)
        try:
            chunk = self.sock.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError as error:
            raise self._lost(f"The connection broke: {_why(error)}") from error
        if not chunk:
            raise self._lost("The server closed the connection")
        self._unread += chunk

    # What smtplib calls, with the limits.

    def connect(self, *place: Any, **options: Any) -> tuple[int, bytes]:
        """Connect, and keep the greeting."""
        code, self.greeting = super().connect(*place, **options)
        return code, self.greeting

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect_socket(host, port, self.deadlines)

    def send(self, s: Any) -> None:
        """Send all of it, each chunk within the time for one reply."""
        data = memoryview(s if isinstance(s, bytes) else str(s).encode("ascii"))
        self._passed_on = 0
        if self.sock is None:
            raise ConnectionLostError("The connection is closed")
        if self._unread:
            raise self._lost("The server spoke before it was asked")
        while data:
            try:
                self.sock.settimeout(self.deadlines.left(self.deadlines.next_reply_by()))
                count = self.sock.send(data[:_CHUNK])
                self._passed_on += count
                data = data[count:]
            except ConnectionLostError:
                self.close()
                raise
            except OSError as error:
                raise self._lost(f"The connection broke: {_why(error)}") from error

    def send_dot(self, behind: bytes = b"") -> None:
        """Send the final dot, and in the same packet what comes ``behind`` it.

        Raises:
            DotNotSentError: the system refused it because the connection was already gone.
            ConnectionLostError: any other failure; the dot may have left.
        """
        try:
            self.send(_DOT + behind)
        except ConnectionLostError as error:
            # A send() that fails with one of these has passed on none of its data; one that times out may have.
            refused = isinstance(error.__cause__, BrokenPipeError | ConnectionResetError | ConnectionAbortedError)
            if refused and self._passed_on < len(_DOT):
                raise DotNotSentError(str(error)) from error
            raise

    def getreply(self) -> tuple[int, bytes]:
        """Return code and text of the next reply, its lines joined by LF."""
        until, received, texts, first = self.deadlines.next_reply_by(), 0, [], b""
        while True:
            line = self._read_line(until, REPLY_LIMIT - received)
            received += len(line) + 1
            match = _REPLY_LINE.fullmatch(line)
            if match is None or match[1] != (first or match[1]):
                said = one_line(line[:100].decode("utf-8", errors="replace"))
                raise self._lost(f"The server's answer is not SMTP: {said!r}")
            first = match[1]
            texts.append((match[3] or b"").strip())
            if match[2] != b"-":
                return int(first), b"\n".join(texts)

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        """Send a command for smtplib and return the reply; refuse unencrypted text after the answer to STARTTLS."""
        answer = super().docmd(cmd, args)
        if cmd.upper() == "STARTTLS":
            if self._unread:
                self.close()
                raise InjectedTextError("The server sent unencrypted text after its answer to STARTTLS")
            if self.sock is not None:
                self.sock.settimeout(self.deadlines.left(self.deadlines.next_reply_by()))
        return answer

    def _read_line(self, until: float, limit: int) -> bytes:
        while (end := self._unread.find(b"\n")) < 0:
            if len(self._unread) > limit:
                raise self._lost("The server's answer does not end")
            self._unread += self._receive(until)
        if end > limit:
            raise self._lost("The server's answer does not end")
        line = bytes(self._unread[:end]).removesuffix(b"\r")
        del self._unread[: end + 1]
        return line

    def _receive(self, until: float) -> bytes:
        if self.sock is None:
            raise ConnectionLostError("The connection is closed")
        try:
            self.sock.settimeout(self.deadlines.left(until))
            chunk = self.sock.recv(_CHUNK)
        except ConnectionLostError:
            self.close()
            raise
        except TimeoutError as error:
            raise self._lost("No complete answer from the server in time") from error
        except OSError as error:
            raise self._lost(f"The connection broke: {_why(error)}") from error
        if not chunk:
            raise self._lost("The server closed the connection")
        return chunk

    def _lost(self, sentence: str) -> ConnectionLostError:
        self.close()
        return ConnectionLostError(sentence)


class SmtpTlsConnection(smtplib.SMTP_SSL, SmtpConnection):
    """The same, encrypted from the first byte."""

    def __init__(self, host: str, port: int, *, deadlines: Deadlines, **options: Any) -> None:
        self.deadlines = deadlines
        self._unread = bytearray()
        self._passed_on = 0
        smtplib.SMTP_SSL.__init__(self, host, port, **options)


def as_lines(commands: Sequence[bytes]) -> bytes:
    """Return commands as they are sent. A command with a line break in it is a ``ValueError``: it would be two."""
    if any(b"\r" in command or b"\n" in command for command in commands):
        raise ValueError("one command is one line")
    return b"".join(command + b"\r\n" for command in commands)


def _why(error: OSError) -> str:
    return one_line(error.strerror or str(error) or type(error).__name__)
