"""A form that comes twice: by a double click, from two tabs, or long after what it was made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from page_client import NOON, SETTINGS, PageClient
from servers import Sink, serve

from followup_mail.services.applications.forget import find_kept

ONE = "/applications/lumen"
LUMEN = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
[[interviews]]
start = 2026-11-17T10:00:00-06:00
duration = "45 min"
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
"""
_TOGETHER = 0.5
"""Seconds for which a form waits for its twin; the twin is there long before."""


@pytest.fixture
def sink() -> Sink:
    """A mail server that takes everything."""
    return Sink()


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None, sink: Sink) -> Iterator[PageClient]:
    """Somebody with an application and a mail server."""
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "lumen.toml").write_text(LUMEN, "utf-8")
    with serve(sink) as port:
        server = f"FOLLOWUP_SMTP_HOST=localhost\nFOLLOWUP_SMTP_PORT={port}\nFOLLOWUP_SMTP_SECURITY=plain\n"
        settings = f"{SETTINGS}{server}FOLLOWUP_SMTP_AUTH=none\n"
        with PageClient(tmp_path / "home", NOON, settings) as reader:
            yield reader.enter()


def send_twice_at_once(reader: PageClient, path: str, fields: dict[str, Any]) -> list[int]:
    """Send the same form over two connections; returns both answers' status."""

    def send(_: int) -> int:
        with httpx.Client(base_url=reader.root, cookies=dict(reader.client.cookies), trust_env=False) as client:
            return client.post(path, data=fields, headers={"Origin": reader.root}, timeout=60).status_code

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, range(2)))


def meet_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have a function that changes something wait for a second call of it, so that both would do it at once."""
    module, _, function = name.rpartition(".")
    real: Callable[..., Any] = getattr(__import__(module, fromlist=[function]), function)
    both = threading.Barrier(2)

    def wait_and_do(*args: Any, **kwargs: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            both.wait(_TOGETHER)
        return real(*args, **kwargs)

    monkeypatch.setattr(name, wait_and_do)


def test_a_note_pressed_twice_is_kept_once(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A double click writes a note down once, and both answers say that it is done."""
    meet_in(monkeypatch, "followup_mail.web.views.deciding.decisions.keep_note")
    form = reader.get(f"{ONE}/decide").fields(f"{ONE}/note")
    assert send_twice_at_once(reader, f"{ONE}/note", {**form, "note": "Ask about the depots"}) == [303, 303]
    assert (reader.home / "applications" / "lumen.toml").read_text("utf-8").count("Ask about the depots") == 1


def test_a_call_pressed_twice_is_one_call(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A double click writes a call down once."""
    meet_in(monkeypatch, "followup_mail.web.views.deciding.by_hand.log_touch")
    form = reader.get(f"{ONE}/log").fields(f"{ONE}/log")
    send_twice_at_once(reader, f"{ONE}/log", {**form, "channel": "phone", "to": "priya-raman", "at": ""})
    with reader.desk.open() as workspace:
        assert len(find_kept(workspace, "lumen").touches) == 1


def test_a_test_mail_pressed_twice_is_one_mail(reader: PageClient, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """A double click sends one test mail."""
    meet_in(monkeypatch, "followup_mail.web.views.settings.setup.send_test_mail")
    send_twice_at_once(reader, "/setup/test", reader.get("/setup").fields("/setup/test"))
    assert len(sink.received) == 1
