"""A bad link to PostgreSQL: a socket of the tests' own between program and server, that breaks where it is told to.

What goes over it is a row of requests and answers, each of whole messages (manual of PostgreSQL, "Message Flow").
"""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PLACES = ("request", "answer", "answer to COMMIT")
_SOCKET = ".s.PGSQL.5432"
_ENDS_A_REQUEST = (b"Q", b"S")
"""A simple query, or the end of an extended one."""
_ENDS_AN_ANSWER = b"Z"


class BadLink:
    """Where a program connects to instead of the server."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder = folder
        self.server = server
        self.passed = dict.fromkeys(PLACES, 0)
        self._breaks: tuple[str, int] = ("", 0)
        self._lock = threading.Lock()

    def url(self, url: str) -> str:
        """Return the address of a database of the server, by way of this link."""
        return url.replace(str(self.server), str(self.folder))

    def break_at(self, what: str, number: int) -> None:
        """Break once, instead of passing on what has this number among its like (``PLACES``); counted from now on."""
        with self._lock:
            self.passed = dict.fromkeys(PLACES, 0)
            self._breaks = (what, number)

    @property
    def is_broken(self) -> bool:
        """Whether it has broken as it was told to."""
        return self._breaks == ("", 0)

    def passes(self, what: str) -> bool:
        """Count one of ``PLACES``; tell whether it may pass."""
        with self._lock:
            self.passed[what] += 1
            if self._breaks != (what, self.passed[what]):
                return True
            self._breaks = ("", 0)
            return False


class _Line(socketserver.BaseRequestHandler):
    """One connection: what the program says goes on in this thread, what the server says in another one."""

    link: BadLink

    def handle(self) -> None:
        self.other = socket.socket(socket.AF_UNIX)
        with suppress(OSError), self.other:
            self.other.connect(str(self.link.server / _SOCKET))
            self.other.sendall(read_message(self.request, is_first=True))
            back = threading.Thread(target=self.go_back, daemon=True)
            back.start()
            self.pass_on(self.request, self.other, _ENDS_A_REQUEST)
            back.join()

    def go_back(self) -> None:
        self.pass_on(self.other, self.request, (_ENDS_AN_ANSWER,))

    def pass_on(self, source: socket.socket, target: socket.socket, ends: tuple[bytes, ...]) -> None:
        held: list[bytes] = []
        with suppress(OSError):
            while message := read_message(source):
                held.append(message)
                if message[:1] not in ends:
                    continue
                if not all(self.link.passes(place) for place in places_of(held, is_answer=target is self.request)):
                    break
                target.sendall(b"".join(held))
                held.clear()
        for end in (self.request, self.other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def places_of(messages: list[bytes], *, is_answer: bool) -> list[str]:
    """Return as what messages count that go on together."""
    if not is_answer:
        return ["request"]
    committed = any(message[:1] == b"C" and message[5:] == b"COMMIT\0" for message in messages)
    return ["answer", "answer to COMMIT"] if committed else ["answer"]


def read_message(source: socket.socket, *, is_first: bool = False) -> bytes:
    """Read one message, the first of a connection without a letter in front; empty at the end."""
    head = read_bytes(source, 4 if is_first else 5)
    return head + read_bytes(source, struct.unpack("!I", head[-4:])[0] - 4) if head else b""


def read_bytes(source: socket.socket, count: int) -> bytes:
    """Read so many bytes; none at the end."""
    found = b""
    while len(found) < count:
        part = source.recv(count - len(found))
        if not part:
            return b""
        found += part
    return found


@contextmanager
def bad_link(folder: Path, server: Path) -> Iterator[BadLink]:
    """Lay a link from ``folder`` to the server whose socket lies in another folder."""
    link = BadLink(folder, server)

    class Lines(socketserver.ThreadingUnixStreamServer):  # there is none on Windows
        daemon_threads = True

    with Lines(str(folder / _SOCKET), type("Line", (_Line,), {"link": link})) as lines:
        thread = threading.Thread(target=lines.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield link
        finally:
            lines.shutdown()
            thread.join(5)
