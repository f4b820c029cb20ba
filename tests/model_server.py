"""A server that plays a writing model, in threads, on a port of its own: a real one over HTTP, that does as it is told.

``ModelServer`` answers each request with the next of its ``plays``, and with the last of them from then on. Every
request that came is kept whole, so that a test can read what was on the wire.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "tiny-writer"


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    wire: bytes
    """Everything that the client sent: the request line, the headers and the body."""

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


class Player:
    """The server's end of one request."""

    def __init__(self, handler: BaseHTTPRequestHandler, asked: Asked, stop: threading.Event) -> None:
        self.asked = asked
        self.stop = stop
        self._handler = handler

    def reply(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole reply. ``headers`` override those that belong to JSON of this length."""
        self.begin(status, {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})})
        self.send(body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response_only(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def hang_up(self) -> None:
        self._handler.close_connection = True
        with contextlib.suppress(OSError):
            self._handler.connection.shutdown(socket.SHUT_RDWR)


Play = Callable[[Player], None]


def completion(content: object, *, finish: str = "stop", **message: object) -> bytes:
    """Return the body of a chat completion."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return json.dumps({"id": "c-1", "object": "chat.completion", "model": MODEL, "choices": [choice]}).encode()


def well(content: object = '{"subject": "Thank you", "body": "Hello"}', **more: Any) -> Play:
    """Answer with this content; ``finish`` and further fields of the message as ``completion`` has them."""
    return says(200, completion(content, **more))


def says(status: int, body: bytes | str = b"", **headers: str) -> Play:
    """Answer with this status and body; ``retry_after="1"`` becomes a header."""
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda player: player.reply(status, raw, named)


def fails(status: int, message: str = "no", **headers: str) -> Play:
    """Answer with an error as such servers word it."""
    return says(status, json.dumps({"error": {"message": message, "type": "error"}}), **headers)


def redirects(location: str) -> Play:
    return says(307, b"", location=location)


def without_schemas(status: int = 400) -> Play:
    """Refuse a request with ``response_format``, as servers do that do not know it; answer any other."""

    def play(player: Player) -> None:
        known = "response_format" not in player.asked.json
        refusal = fails(status, "response_format json_schema is not supported")
        (well() if known else refusal)(player)

    return play


def late(player: Player) -> None:
    """Say nothing until the test ends."""
    player.stop.wait(30)


def drip(player: Player) -> None:
    """Begin a good answer and send a byte of it every so often."""
    body = completion("x" * 5_000)
    player.begin(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    for byte in body:
        if player.stop.wait(0.02):
            break
        player.send(bytes([byte]))


def drip_headers(player: Player) -> None:
    """Begin the headers of an answer and send a byte of them every so often, without an end."""
    player.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not player.stop.wait(0.02):
        player.send(b"x")


def cut_off(player: Player) -> None:
    """Hang up in the middle of the body."""
    body = completion("a mail that is never finished")
    player.begin(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    player.send(body[: len(body) // 2])
    player.hang_up()


def hangs_up(player: Player) -> None:
    """Hang up without an answer."""
    player.hang_up()


def too_long(player: Player) -> None:
    """Send an answer without end."""
    player.begin(200, {"Content-Type": "application/json", "Connection": "close"})
    while not player.stop.is_set():
        player.send(b" " * 65_536)


def bomb(player: Player) -> None:
    """Send a few kilobytes that unpack to twenty megabytes."""
    packed = gzip.compress(completion("x" * 20_000_000))
    player.reply(200, packed, {"Content-Encoding": "gzip"})


def lists(*names: str) -> Play:
    """Answer with a list of models."""
    return says(200, json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}))


@dataclass
class ModelServer:
    """A server on 127.0.0.1. ``plays`` is what it answers to one request after the other, the last one for ever."""

    plays: tuple[Play, ...] = ()
    context: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http{'s' if self.context else ''}://127.0.0.1:{self.port}/v1"

    @contextlib.contextmanager
    def running(self) -> Iterator[ModelServer]:
        stop = threading.Event()
        server = _Listener(("127.0.0.1", 0), self._make_handler(stop))
        if self.context:
            server.socket = self.context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            stop.set()
            server.shutdown()
            server.server_close()
            thread.join(5)

    def _make_handler(self, stop: threading.Event) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self) -> None:
                self._play()

            def do_POST(self) -> None:
                self._play()

            def _play(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                wire = self.raw_requestline + self.headers.as_bytes() + body
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body, wire)
                server.asked.append(asked)
                play = server.plays[min(len(server.asked), len(server.plays)) - 1] if server.plays else well()
                play(Player(self, asked, stop))

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        return Handler


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients of these tests hang up."""
