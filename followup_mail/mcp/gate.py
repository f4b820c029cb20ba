"""The gate before the HTTP server: who asks, and whether this server is meant.

Any site that the user's browser has open can reach a port of this machine. So each request must name this server as its
host (a name that was made to lead here is turned away: DNS rebinding), must not come from a page of another origin, and
must carry the token. The specification asks for all three (modelcontextprotocol.io, "Streamable HTTP", security).
"""

from hmac import compare_digest
from typing import Final

from msgspec import Struct
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST: Final = "127.0.0.1"
_NAMES: Final = (HOST, "localhost")


class Gate(Struct, frozen=True):
    """The application that stands before the server."""

    inside: ASGIApp
    port: int
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._find_fault(scope["headers"])
            await (refusal or self.inside)(scope, receive, send)

    def _find_fault(self, headers: list[tuple[bytes, bytes]]) -> PlainTextResponse | None:
        hosts = _all_of(headers, b"host")
        if len(hosts) != 1 or hosts[0] not in {f"{name}:{self.port}".encode() for name in _NAMES}:
            return PlainTextResponse("This server is at another address.\n", 421)
        origins = _all_of(headers, b"origin")
        if any(origin not in {f"http://{name}:{self.port}".encode() for name in _NAMES} for origin in origins):
            return PlainTextResponse("Pages of other sites are not let in.\n", 403)
        given = _all_of(headers, b"authorization")
        scheme, _, token = (given[0] if len(given) == 1 else b"").partition(b" ")
        if not compare_digest(token.strip(), self.token.encode()) or scheme.lower() != b"bearer":
            said = "Send the header Authorization: Bearer TOKEN, with the token from the file mcp-token.\n"
            return PlainTextResponse(said, 401, {"www-authenticate": "Bearer"})
        return None


def _all_of(headers: list[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for known, value in headers if known.lower() == name]
