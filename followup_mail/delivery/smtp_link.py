"""The connection itself: smtplib's, with bounds that smtplib has not.

``smtplib`` waits for each single byte as long as its time-out says, so a server that drips bytes, or never ends its
reply, holds it for ever. Here each reply has a time to be complete in, all of an attempt has a deadline, and a reply
has a size. A server that speaks before it is asked has lost the thread (or somebody else is speaking): that ends the
connection, since its next words could be taken for the answer to ours.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from typing import Any, Final

from followup_mail.delivery.dial import reach
from followup_mail.delivery.replies import Reply, one_line, read_reply
from followup_mail.delivery.timeouts import DotNotTakenError, InjectedError, LinkLostError, Patience

REPLY_LIMIT: Final = 64 * 1024
"""Bytes that one reply may have. The longest EHLO replies of large providers are below 1 KB."""
_CHUNK: Final = 64 * 1024
_REPLY_LINE: Final = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)


class SmtpLink(smtplib.SMTP):
    """A connection to an SMTP server. After any ``LinkLostError`` it is closed."""

    def __init__(self, host: str, port: int, *, patience: Patience, **options: Any) -> None:
        self.patience = patience
        self._heard = bytearray()
        super().__init__(host, port, **options)

    def ask(self, line: str | bytes) -> Reply:
        """Say one line and return the reply. Raises ``LinkLostError``."""
        said = line if isinstance(line, bytes) else line.encode("ascii")
        if b"\r" in said or b"\n" in said:
            raise ValueError("one command is one line")
        self.send(said + b"\r\n")
        return read_reply(*self.getreply())

    def hear(self) -> Reply:
        """Return the next reply. Raises ``LinkLostError``."""
        return read_reply(*self.getreply())

    @property
    def is_quiet(self) -> bool:
        """True when nothing is left over that was not asked for."""
        return not self._heard

    @property
    def is_private(self) -> bool:
        """True when nobody on the way can listen: encrypted, or within this machine."""
        if isinstance(self.sock, ssl.SSLSocket):
            return True
        peer = str(self.sock.getpeername()[0]) if self.sock else ""
        return peer == "::1" or peer.startswith(("127.", "::ffff:127."))

    def overhear(self) -> None:
        """Take in what the server has said unasked, without waiting. Raises ``LinkLostError`` when it hung up."""
        if self.sock is None:
            raise LinkLostError("The connection is closed")
        self.sock.settimeout(0)
        try:
            chunk = self.sock.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError as error:
            raise self._lost(f"The connection broke: {_why(error)}") from error
        if not chunk:
            raise self._lost("The server closed the connection")
        self._heard += chunk

    # From here on: what smtplib calls, with bounds.

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return reach(host, port, self.patience)

    def send(self, s: Any) -> None:
        """Send all of it, each chunk within the time of one reply."""
        data = memoryview(s if isinstance(s, bytes) else str(s).encode("ascii"))
        if self.sock is None:
            raise LinkLostError("The connection is closed")
        if self._heard:
            raise self._lost("The server spoke before it was asked")
        while data:
            try:
                self.sock.settimeout(self.patience.left(self.patience.next_until()))
                data = data[self.sock.send(data[:_CHUNK]) :]
            except LinkLostError:
                self.close()
                raise
            except OSError as error:
                raise self._lost(f"The connection broke: {_why(error)}") from error

    def send_dot(self) -> None:
        """Send the final dot.

        Raises:
            DotNotTakenError: the system refused it because the connection was gone already.
            LinkLostError: any other failure; the dot may have left.
        """
        try:
            self.send(b".\r\n")
        except LinkLostError as error:
            # send() that fails so has handed on nothing of what it was given; a time-out may have.
            if isinstance(error.__cause__, BrokenPipeError | ConnectionResetError | ConnectionAbortedError):
                raise DotNotTakenError(str(error)) from error
            raise

    def getreply(self) -> tuple[int, bytes]:
        """Return code and words of the next reply, its lines joined by LF."""
        until, spent, words, first = self.patience.next_until(), 0, [], b""
        while True:
            line = self._hear_line(until, REPLY_LIMIT - spent)
            spent += len(line) + 1
            match = _REPLY_LINE.fullmatch(line)
            if match is None or match[1] != (first or match[1]):
                said = one_line(line[:100].decode("utf-8", errors="replace"))
                raise self._lost(f"The server's answer is not SMTP: {said!r}")
            first = match[1]
            words.append((match[3] or b"").strip())
            if match[2] != b"-":
                return int(first), b"\n".join(words)

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        """Say a command of smtplib's own and return the reply; allow nothing behind the answer to STARTTLS."""
        answer = super().docmd(cmd, args)
        if cmd.upper() == "STARTTLS":
            if self._heard:
                self.close()
                raise InjectedError("The server sent unencrypted text behind its answer to STARTTLS")
            if self.sock is not None:
                self.sock.settimeout(self.patience.left(self.patience.next_until()))
        return answer

    def _hear_line(self, until: float, limit: int) -> bytes:
        while (end := self._heard.find(b"\n")) < 0:
            if len(self._heard) > limit:
                raise self._lost("The server's answer does not end")
            self._heard += self._receive(until)
        if end > limit:
            raise self._lost("The server's answer does not end")
        line = bytes(self._heard[:end]).removesuffix(b"\r")
        del self._heard[: end + 1]
        return line

    def _receive(self, until: float) -> bytes:
        if self.sock is None:
            raise LinkLostError("The connection is closed")
        try:
            self.sock.settimeout(self.patience.left(until))
            chunk = self.sock.recv(_CHUNK)
        except LinkLostError:
            self.close()
            raise
        except TimeoutError as error:
            raise self._lost("No complete answer from the server in time") from error
        except OSError as error:
            raise self._lost(f"The connection broke: {_why(error)}") from error
        if not chunk:
            raise self._lost("The server closed the connection")
        return chunk

    def _lost(self, sentence: str) -> LinkLostError:
        self.close()
        return LinkLostError(sentence)


class SmtpTlsLink(smtplib.SMTP_SSL, SmtpLink):
    """The same, encrypted from the first byte."""

    def __init__(self, host: str, port: int, *, patience: Patience, **options: Any) -> None:
        self.patience = patience
        self._heard = bytearray()
        smtplib.SMTP_SSL.__init__(self, host, port, **options)


def _why(error: OSError) -> str:
    return one_line(error.strerror or str(error) or type(error).__name__)
