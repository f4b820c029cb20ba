"""A provider to sign in at, in threads, on a port of its own: codes, device codes, tokens that rotate.

It is strict where a provider is: PKCE, the redirect address and the client must fit; a code and a refresh token are
good once, and a refresh token that comes again ends the whole sign-in (RFC 9700 section 4.14.2).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

CLIENT, CLIENT_SECRET = "client-of-tests", "client-s3cret"


@dataclass
class AuthorizationServer:
    """What it gave, and how it is to behave."""

    says_no: bool = False
    """The user refuses on the page."""
    lifetime: int = 3600
    device_answers: list[str] = field(default_factory=list)
    """Errors to give for a device code before the tokens: ``authorization_pending``, ``slow_down``, ..."""
    outage: int = 0
    """HTTP status of every answer of the token address, while not 0."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and form of every request."""
    accepted: set[str] = field(default_factory=set)
    """Access tokens that are good now."""
    refreshable: set[str] = field(default_factory=set)
    spent: set[str] = field(default_factory=set)
    port: int = 0
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _count: int = 0
    _lock: Any = field(default_factory=threading.RLock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of an account that signs in here."""
        names = {"auth": "AUTH", "token": "TOKEN", "device": "DEVICE", "revoke": "REVOKE"}
        return {
            "FOLLOWUP_SMTP_AUTH": "oauth",
            "FOLLOWUP_OAUTH_PROVIDER": "custom",
            "FOLLOWUP_OAUTH_CLIENT_ID": CLIENT,
            "FOLLOWUP_OAUTH_CLIENT_SECRET": CLIENT_SECRET,
            "FOLLOWUP_OAUTH_SCOPES": "mail.send offline_access",
            **{f"FOLLOWUP_OAUTH_{name}_URL": f"{self.url}/{path}" for path, name in names.items()},
        }

    def expire(self) -> None:
        """No access token that was given is good any more."""
        self.accepted.clear()

    def withdraw(self) -> None:
        """The user withdraws the consent on the provider's page."""
        self.accepted.clear()
        self.refreshable.clear()

    def count(self, grant: str) -> int:
        """Return how often tokens were asked for by this grant."""
        return sum(form.get("grant_type") == grant for _, form in self.asked)

    @contextlib.contextmanager
    def running(self) -> Iterator[AuthorizationServer]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads, server.block_on_close = True, False
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5)

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is sent back to."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        with self._lock:
            self._count += 1
            code = f"code-{self._count}"
            self._codes[code] = query
        answer = {"error": "access_denied"} if self.says_no else {"code": code}
        return f"{query['redirect_uri']}/?{urlencode({**answer, 'state': query['state']})}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        with self._lock:
            if self.outage:
                return self.outage, {}
            if (form.get("client_id"), form.get("client_secret")) != (CLIENT, CLIENT_SECRET):
                return 401, {"error": "invalid_client"}
            if path == "/revoke":
                self.withdraw()
                return 200, {}
            if path == "/device":
                given = {"device_code": "dev-1", "user_code": "WDJB-MJHT", "interval": 5, "expires_in": 600}
                return 200, given | {"verification_uri": f"{self.url}/activate"}
            return self._grant(form)

    def _grant(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        match form.get("grant_type", "").rpartition(":")[2]:
            case "authorization_code":
                query = self._codes.pop(form.get("code", ""), None)
                digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
                proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                if query and (query["code_challenge"], query["redirect_uri"]) == (proof, form.get("redirect_uri")):
                    return self._give()
            case "device_code":
                if self.device_answers:
                    return 400, {"error": self.device_answers.pop(0)}
                return self._give()
            case "refresh_token":
                token = form.get("refresh_token", "")
                if token in self.spent:
                    self.withdraw()
                if token in self.refreshable:
                    self.refreshable.discard(token)
                    self.spent.add(token)
                    return self._give()
        return 400, {"error": "invalid_grant", "error_description": "no good"}

    def _give(self) -> tuple[int, dict[str, Any]]:
        self._count += 1
        access, refresh = f"access-token-{self._count}", f"refresh-token-{self._count}"
        self.accepted.add(access)
        self.refreshable.add(refresh)
        given = {"access_token": access, "refresh_token": refresh, "token_type": "Bearer"}
        return 200, given | {"expires_in": self.lifetime}


def browse(url: str) -> None:
    """Open a page as a browser would, in a thread, and follow where it leads."""

    def go() -> None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            opener.open(url, timeout=10).read()

    threading.Thread(target=go, daemon=True).start()


def _handler(server: AuthorizationServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            server.asked.append((urlsplit(self.path).path, query))
            self.send_response(302)
            self.send_header("Location", server.authorize(query))
            self.end_headers()

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            server.asked.append((self.path, form))
            status, given = server.answer(self.path, form)
            body = json.dumps(given).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
