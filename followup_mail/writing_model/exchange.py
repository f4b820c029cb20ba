"""One request to the writing model, and its reply as it came: bounded in time and size, over a connection of its own.

httpx has a limit for each wait but none for the whole, and asking for an address has no limit at all. So the request
runs in a thread, and nobody waits for it longer than the time that is left; then its connection is closed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.errors import SettingsError
from followup_mail.writing_model.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx

BYTES_LIMIT: Final = 1_000_000
"""Bytes of a reply's body. A mail has two or three thousand."""
_CONNECT: Final = 15.0
"""Seconds to wait for a connection; a server that is there takes one within a second."""
_SLICE: Final = 0.1
"""Seconds between two looks at the keyboard: on Windows, Ctrl-C does not end a wait."""


class TooLateError(Exception):
    """The time for the whole was over."""


class BadReplyError(Exception):
    """The reply is of a form that is not read. The text is a part of a sentence, and has nothing of the reply."""


class Reply(Struct, frozen=True):
    """What the server answered, whatever it was."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True, slots=True)
class WireRequest:
    """What is sent, and to whom."""

    endpoint: Endpoint
    path: str
    """Below the base address: ``/chat/completions``."""
    key: str = field(default="", repr=False)
    body: bytes | None = field(default=None, repr=False)
    """JSON to be posted; None for a question without a body."""


def exchange(request: WireRequest, seconds: float) -> Reply:
    """Send the request once and return the reply, whatever its status; redirects are not followed.

    ``seconds`` is the time for everything, from the first look-up to the last byte. Ctrl-C ends it at once.

    Raises ``TooLateError``, ``BadReplyError``, ``httpx.TransportError`` for a fault of the connection, and
    ``SettingsError`` when httpx is missing or cannot use the proxy of the environment.
    """
    client = _open_client(request.endpoint, seconds)
    given_up = threading.Event()
    work = _Work(lambda: _send(client, request, given_up))
    try:
        return work.wait(seconds)
    finally:
        # A thread that still waits finds its connection closed; where it has none yet, it sends nothing over it.
        given_up.set()
        client.close()


def require_httpx() -> None:
    """Raise ``SettingsError`` when the library that talks to a writing model is not installed."""
    try:
        import httpx  # noqa: F401
    except ImportError:
        raise SettingsError(
            "A writing model is set, but the httpx library is not installed.",
            fix="Install it: pip install 'followup-mail[writer]'",
        ) from None


def _open_client(endpoint: Endpoint, seconds: float) -> httpx.Client:
    require_httpx()
    import ssl

    import httpx

    # To read the system's certificates takes longer than a request to this machine.
    trusted = ssl.create_default_context() if endpoint.is_encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return httpx.Client(
            verify=trusted,
            timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT)),
            # Only the proxies of the environment are read: httpx opens no .netrc unless it is told to.
            trust_env=not endpoint.is_here,
            follow_redirects=False,
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        # What httpx says about it may have the password of the proxy in it.
        raise SettingsError(
            "The proxy that the environment names (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY) can't be used.",
            fix="Check it. For a SOCKS proxy, type: pip install 'httpx[socks]'",
        ) from None


def _send(client: httpx.Client, request: WireRequest, given_up: threading.Event) -> Reply:
    def trace(event: str, _info: object) -> None:
        # Raised in any other place, it would leave the new connection open.
        if given_up.is_set() and event == "http11.send_request_headers.started":
            raise TooLateError

    url, extensions = request.endpoint.url + request.path, {"trace": trace}
    method = "GET" if request.body is None else "POST"
    with client.stream(method, url, headers=_headers(request), content=request.body, extensions=extensions) as response:
        found = {name.lower(): value for name, value in response.headers.items()}
        if found.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            raise BadReplyError("answered in a compressed form that was not asked for")
        return Reply(response.status_code, found, _read(response))


def _headers(request: WireRequest) -> dict[str, str]:
    headers = {
        "User-Agent": "followup-mail",
        "Accept": "application/json",
        # What is not compressed cannot grow when it is unpacked.
        "Accept-Encoding": "identity",
    }
    if request.key:
        headers["Authorization"] = f"Bearer {request.key}"
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    return headers


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > BYTES_LIMIT:
            raise BadReplyError(f"answered with more than {BYTES_LIMIT // 1_000_000} MB, far more than a mail")
    return bytes(body)


class _Work:
    """Runs a call in a daemon thread: nobody has to wait for it, and the process can end before it does."""

    def __init__(self, call: Callable[[], Reply]) -> None:
        self._done = threading.Event()
        self._reply: Reply | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._run, args=(call,), daemon=True).start()

    def _run(self, call: Callable[[], Reply]) -> None:
        try:
            self._reply = call()
        except BaseException as error:
            self._error = error
        self._done.set()

    def wait(self, seconds: float) -> Reply:
        """Return what the call returned, or raise what it raised; ``TooLateError`` after ``seconds``."""
        end = time.monotonic() + seconds
        while not self._done.wait(max(0.0, min(_SLICE, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise TooLateError
        if self._error:
            raise self._error
        assert self._reply is not None
        return self._reply
