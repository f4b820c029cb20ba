"""Waits on this machine for the browser to come back with the code (RFC 8252 section 7.3).

The server listens on 127.0.0.1 only, answers the one request that carries our ``state``, and is gone after that. A
request with another ``state`` is somebody else's and changes nothing.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from followup_mail.errors import SignInError

_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>followup-mail</title>
<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em"><h1>{}</h1><p>{}</p></body></html>"""
_DONE: Final = _PAGE.format("Back to the terminal", "followup-mail has the answer. You can close this page.")
_FOREIGN: Final = _PAGE.format("Not this sign-in", "This page belongs to no sign-in that followup-mail waits for.")
_SLICE: Final = 0.1
"""Seconds between two looks at the keyboard: on Windows, Ctrl-C does not end a wait."""


class Loopback:
    """A server for one answer."""

    def __init__(self, state: str, port: int = 0) -> None:
        self._answers: queue.Queue[str] = queue.Queue()
        self._server = _Server(("127.0.0.1", port), _make_handler(state, self._answers))
        self.port: int = self._server.server_address[1]

    def wait(self, seconds: float) -> str:
        """Return the path and query that the browser came back with. Raises ``SignInError`` after ``seconds``."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(queue.Empty):
                return self._answers.get(timeout=_SLICE)
        raise SignInError(
            f"Nobody signed in within {seconds / 60:g} minutes.", fix="Start again: followup-mail account login"
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(_SLICE,), daemon=True).start()


@contextmanager
def listening(state: str, port: int = 0) -> Iterator[Loopback]:
    """Run the server; ``port`` 0 means any that is free. Raises ``SignInError`` when the port is taken."""
    try:
        server = Loopback(state, port)
    except OSError:
        raise SignInError(f"The port {port} of this machine cannot be used.", fix="Name another with --port.") from None
    server.serve()
    try:
        yield server
    finally:
        server.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a browser may hang up."""


def _make_handler(state: str, answers: queue.Queue[str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:  # the library's name
            parts = urlsplit(self.path)
            is_ours = parts.path in {"", "/"} and parse_qs(parts.query).get("state") == [state]
            page = (_DONE if is_ours else _FOREIGN).encode()
            self.send_response(200 if is_ours else 400)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            # The address of the page has the code in it.
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(page)
            if is_ours:
                answers.put(self.path)

        def log_message(self, *_: Any) -> None:
            """Say nothing: the line would have the code in it."""

    return Handler
