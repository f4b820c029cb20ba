"""imapclient's client on a ``BoundedConnection``: whatever the server does, a search ends."""

from __future__ import annotations

import imaplib
from typing import Any

from imapclient import IMAPClient

from followup_mail.delivery.bounded_connection import BoundedConnection


class BoundedClient(IMAPClient):  # type: ignore[misc]
    """A client that reads through ``connection``, with its limits."""

    def __init__(self, host: str, port: int, connection: BoundedConnection, context: Any = None) -> None:
        """Connect, encrypted from the first byte if there is a TLS ``context``."""
        self._intake = connection
        super().__init__(host, port, ssl=context is not None, ssl_context=context)

    def allow(self, seconds: float) -> None:
        """Give everything from now on this long in total."""
        self._intake.deadlines.allow(seconds)

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802  # imapclient's name
        return _BoundedImap(self.host, self.port, self._intake, self.ssl_context)

    def list_marked_folders(self) -> Any:
        """Return all folders as ``list_folders`` does, asking for what they are for (RFC 6154 section 2)."""
        kind, listed = self._imap._simple_command("LIST", '""', '"*"', "RETURN (SPECIAL-USE)")  # noqa: SLF001
        self._checkok("LIST", kind, listed)
        return self._proc_folder_list(self._imap._untagged_response(kind, listed, "LIST")[1])  # noqa: SLF001

    def forget_answers(self) -> None:
        """Drop what a failed command left unread: imaplib would count it to the answer of the next one."""
        self._imap.untagged_responses.clear()


class _BoundedImap(imaplib.IMAP4):
    """imaplib's connection without its buffered file, whose timeout starts again with each byte."""

    def __init__(self, host: str, port: int, connection: BoundedConnection, context: Any) -> None:
        self._intake = connection
        self._context = context
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> Any:
        return self._intake.connect(self.host, self.port, self._context)

    def read(self, size: int) -> bytes:
        return self._intake.read(self.sock, size)

    def readline(self) -> bytes:
        return self._intake.readline(self.sock)

    def send(self, data: Any) -> None:
        self._intake.send(self.sock, data)

    def starttls(self, ssl_context: Any = None) -> Any:
        return super().starttls(_TlsContext(self._intake, ssl_context))


class _TlsContext:
    """Stands in for a TLS context, so that the handshake is limited and nothing unencrypted is read after it."""

    def __init__(self, connection: BoundedConnection, context: Any) -> None:
        self._intake = connection
        self._context = context

    def wrap_socket(self, sock: Any, server_hostname: str) -> Any:
        return self._intake.encrypt(sock, self._context, server_hostname)
