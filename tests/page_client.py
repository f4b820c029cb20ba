"""A reader of pages at a real server, without a browser: it enters as a browser does, and fills the forms it finds."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import httpx

from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.web.app import Site
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.gate import Address
from followup_mail.web.serve import make_server

SETTINGS = """\
FOLLOWUP_NAME="Jordan Example"
FOLLOWUP_EMAIL=jordan@example.com
FOLLOWUP_TIME_ZONE=America/Chicago
FOLLOWUP_COUNTRY=US
"""
NOON = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
"""A Wednesday, noon in Chicago."""
_RENDERER: Final = BoundedRenderer()
"""One process renders for all readers, one after the other; to start one takes longer than most tests."""

_NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""The page speaks plain HTTP; httpx would read all authorities of the machine for each reader."""


@dataclass(frozen=True)
class Seen:
    """A page that was answered."""

    status: int
    text: str
    address: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """What a reader sees of it, in one line."""
        body = re.sub(r"<(script|style|dialog).*?</\1>", " ", self.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()

    def fields(self, action: str) -> dict[str, list[str]]:
        """Return the hidden fields, and the filled ones, of the first form that leads to ``action``."""
        forms = _Forms()
        forms.feed(self.text)
        found = next((fields for to, fields in forms.found if to.partition("?")[0] == action), None)
        assert found is not None, f"no form leads to {action}, only to {[to for to, _ in forms.found]}"
        return found


class _Forms(HTMLParser):
    """Every form of a page, with the values that it would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, list[str]]]] = []
        self._text = ""
        self._select = ""
        self._is_chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", ""), {}))
        if not self.found:
            return
        fields = self.found[-1][1]
        if tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind == "file" or (kind in {"checkbox", "radio"} and "checked" not in given):
                return
            fields.setdefault(given["name"], []).append(given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._text = given.get("name", "")
            fields.setdefault(self._text, []).append("")
        elif tag == "select":
            self._select, self._is_chosen = given.get("name", ""), False
        elif tag == "option" and self._select:
            self._choose(fields, given)

    def _choose(self, fields: dict[str, list[str]], given: dict[str, str]) -> None:
        if self._select not in fields:
            fields[self._select] = [given.get("value", "")]
        elif "selected" in given and not self._is_chosen:
            fields[self._select], self._is_chosen = [given.get("value", "")], True

    def handle_data(self, data: str) -> None:
        if self._text and self.found:
            self.found[-1][1][self._text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # HTML leaves out the line end right behind the opening tag.
            values = self.found[-1][1].get(self._text, [""]) if self.found else [""]
            values[-1] = values[-1].removeprefix("\n")
            self._text = ""
        elif tag == "select":
            self._select = ""


class PageClient:
    """Somebody at the page of a home."""

    def __init__(self, home: Path, now: datetime = NOON, settings: str = SETTINGS, delivers: bool = False) -> None:
        home.mkdir(parents=True, exist_ok=True)
        if settings and not (home / ".env").exists():
            (home / ".env").write_text(settings, "utf-8")
        self.home = home
        self.now = now
        self.ended: list[bool] = []
        self.desk = Desk(home, clock=lambda: self.now, renderer=_RENDERER, delivers=delivers)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.site = Site(self.desk, Address(self.port), "a secret")
        self._server = make_server(self.site, lambda: self.ended.append(True))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]})
        self._thread.start()
        self.client = httpx.Client(
            base_url=self.root, follow_redirects=True, trust_env=False, timeout=60, verify=_NO_TLS
        )

    def __enter__(self) -> PageClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()
        self._listener.close()

    def enter(self) -> PageClient:
        """Come in by a first address."""
        assert self.client.get("/enter", params={"ticket": self.site.visits.make_ticket()}).status_code == 200
        return self

    def get(self, path: str, **headers: str) -> Seen:
        """Look at a page."""
        return self._seen(self.client.get(path, headers=headers))

    def post(self, path: str, fields: Mapping[str, Any], files: Sequence[tuple[str, Any]] = ()) -> Seen:
        """Send a form from nowhere: without the word of a page, unless ``fields`` has it."""
        answer = self.client.post(path, data=dict(fields), files=list(files) or None, headers={"Origin": self.root})
        return self._seen(answer)

    def send(self, page: Seen, action: str, files: Sequence[tuple[str, Any]] = (), **changed: str | list[str]) -> Seen:
        """Send the form of a page that leads to ``action``, with some fields filled otherwise."""
        return self.post(action, {**page.fields(action), **changed}, files)

    def _seen(self, answer: httpx.Response) -> Seen:
        return Seen(answer.status_code, answer.text, str(answer.url).removeprefix(self.root), answer.headers)
