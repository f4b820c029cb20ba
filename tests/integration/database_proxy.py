"""A network between a program and its database that loses something on the way, and then the connection."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class DatabaseProxy:
    """Listens on a port of this machine and passes on to a Unix socket, until it swallows what it was told to."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._what, self._words, self._left = "", b"", 0
        self.swallowed = False
        self._lock = threading.Lock()

    def swallow(self, what: str, words: bytes, number: int) -> None:
        """Swallow the question with these words in it, of that number counted from 1, or its answer; then hang up."""
        self._what, self._words, self._left = what, words, number

    def __enter__(self) -> DatabaseProxy:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        far = socket.socket(socket.AF_UNIX)
        far.connect(self._target)
        deaf = threading.Event()
        answers = threading.Thread(target=self._pass_answers, args=(far, near, deaf), daemon=True)
        answers.start()
        with contextlib.suppress(OSError):
            while data := near.recv(65536):
                struck = self._is_struck(data)
                if struck:
                    deaf.set()
                if not (struck and self._what == "question"):
                    far.sendall(data)
                if struck:
                    # The answer to what was passed on comes before the end; it is not passed back.
                    far.shutdown(socket.SHUT_WR)
                    break
        answers.join(30)
        for one in (near, far):
            one.close()

    def _pass_answers(self, far: socket.socket, near: socket.socket, deaf: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := far.recv(65536):
                if not deaf.is_set():
                    near.sendall(data)
            near.shutdown(socket.SHUT_RDWR)

    def _is_struck(self, data: bytes) -> bool:
        with self._lock:
            if self.swallowed or not self._words or self._words not in data:
                return False
            self._left -= 1
            self.swallowed = self._left == 0
            return self.swallowed
