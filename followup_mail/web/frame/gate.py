"""The gate before every page: whose question it is, and what a browser may do with the answer.

A page on this machine can be reached by every site that the user's browser has open, so each question must name this
page as its host (a site whose name was made to lead here is turned away: DNS rebinding), a change must come from a form
of ours (``Origin``, and the word in the form), and whoever asks must have entered by the first address. What a page may
load or run is limited by a Content Security Policy (https://www.w3.org/TR/CSP3/): nothing from elsewhere, no script
inside a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Final, TypeAlias

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from followup_mail.web.frame.visits import Visits

Refuse: TypeAlias = Callable[[Scope, str], Response]
"""Returns the page that says why somebody is turned away: ``host``, ``origin`` or ``stranger``."""

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_OPEN_TO_ALL: Final = ("/enter", "/static/", "/ticket")
_MOST_BYTES: Final = 30_000_000
_KEPT_FOR_BACK: Final = "private, no-cache"
"""For a page that answers a form: with "no-store" the way back to it would end at an error page of the browser."""
_SAFE: Final = frozenset({"GET", "HEAD"})
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_FRAMED: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'"
)
"""The policy of a mail that is shown inside a page: it may look as it likes, and do nothing."""
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": forms would then name no origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


def answer_framed(html: str, status: int = 200) -> Response:
    """Answer with the HTML of a mail, for a frame of ours: it may look as it likes, and do nothing."""
    return HTMLResponse(html, status, {"content-security-policy": _FRAMED, "x-frame-options": "SAMEORIGIN"})


def cookie_name(port: int) -> str:
    """Return the name of the cookie: browsers send it to every port of a host, so each page has its own."""
    return f"followup_{port}"


class Address(Struct, frozen=True):
    """Where the page is reached."""

    port: int
    is_open: bool = False
    """Whether it listens beyond this machine, because the user said so."""

    def is_own(self, host: str) -> bool:
        """Return whether the ``Host`` header names this page. A number cannot be made to lead elsewhere, a name can."""
        name, _, port = host.rpartition(":")
        if port != str(self.port):
            return False
        return name in LOOPBACK or (self.is_open and _is_number(name.strip("[]")))


class Gate(Struct, frozen=True):
    """The application that stands before the pages."""

    inside: ASGIApp
    address: Address
    visits: Visits
    refuse: Refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a question in, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.inside(scope, receive, send)
            return
        scope["state"] = {**scope.get("state", {}), "visits": self.visits, "address": self.address}
        if why := self._find_fault(scope):
            await self.refuse(scope, why)(scope, receive, _guarded(send))
            return
        is_form = scope["method"] not in _SAFE
        kept = {"cache-control": _KEPT_FOR_BACK} if is_form else {}
        await self.inside(scope, _Bounded(receive), _guarded(send, kept))

    def _find_fault(self, scope: Scope) -> str:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if sum(name == b"host" for name, _ in scope["headers"]) != 1 or not self.address.is_own(headers["host"]):
            return "host"
        path: str = scope["path"]
        # Another program of the user's asks for a ticket by a word of its own; no browser does.
        if scope["method"] not in _SAFE and path != "/ticket" and not _is_from_here(headers):
            return "origin"
        given = _read_cookies(headers.get("cookie", ""), cookie_name(self.address.port))
        visit = next((visit for value in given if (visit := self.visits.find(value))), None)
        scope["state"]["visit"] = visit
        if visit is None and not path.startswith(_OPEN_TO_ALL):
            return "stranger"
        return ""


def _is_from_here(headers: dict[str, str]) -> bool:
    """Return whether a form was sent by a page of ours."""
    return headers.get("origin") == f"http://{headers['host']}" and headers.get(
        "sec-fetch-site", "same-origin"
    ) == "same-origin"  # fmt: skip


def _read_cookies(header: str, name: str) -> list[str]:
    """Return every value of a cookie. Browsers send what other programs set at other ports of this host, in any form
    and under any name: none of it may shut the user out, so what is not ours is not even parsed (RFC 6265, 5.4)."""
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    return [value for found, _, value in pairs if found == name]


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _guarded(send: Send, instead: Mapping[str, str] = MappingProxyType({})) -> Send:
    """Return a ``send`` that adds what every answer carries, where the answer or ``instead`` does not say otherwise."""
    headers = {**_HEADERS, **instead}

    async def add_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = list(message.get("headers", []))
            named = {name.lower() for name, _ in own}
            own += [(name.encode(), value.encode()) for name, value in headers.items() if name.encode() not in named]
            message = {**message, "headers": own}
        await send(message)

    return add_headers


class _Bounded:
    """A ``receive`` that refuses more than anything here can need, once all of it has come: a browser reads no answer
    before it has sent everything."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = _MOST_BYTES

    def __call__(self) -> Awaitable[Message]:
        return self._take()

    async def _take(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        while self._left < 0 and message.get("more_body"):
            message = await self._receive()
        if self._left < 0:
            raise HTTPException(413)
        return message
