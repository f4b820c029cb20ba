"""Whom the notes and the key are sent to: certificates, proxies, and files that others wrote."""

from __future__ import annotations

import ssl
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from model_server import ModelServer, says, well
from servers import server_context

from followup_mail.errors import SettingsError, WritingModelError
from followup_mail.writing_model.chat import ask
from followup_mail.writing_model.endpoint import Endpoint

KEY = "sk-Secret7890abcdefXYZ"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without proxies and certificates of its own."""
    for name in (*PROXIES, *(name.upper() for name in PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def proxy() -> Iterator[ModelServer]:
    """A proxy that answers in the place of every server."""
    with ModelServer((well("by the proxy"),)).running() as running:
        yield running


def ask_at(url: str, key: str = KEY, waits: list[float] | None = None) -> str:
    slept: list[float] = [] if waits is None else waits

    def now() -> float:
        return time.monotonic() + sum(slept)

    return ask(Endpoint(url, "m", lambda: key, 10.0), [], {}, sleep=slept.append, now=now)


def test_an_unknown_certificate_gets_nothing(good_tls: ssl.SSLContext) -> None:
    """A server whose certificate this system does not trust gets neither key nor notes, and is tried once."""
    waits: list[float] = []
    with ModelServer((well(),), good_tls).running() as server:
        with pytest.raises(WritingModelError, match="certificate is not trusted") as caught:
            ask_at(server.url, waits=waits)
        assert "SSL_CERT_FILE" in caught.value.fix
        assert waits == []
        assert server.asked == []


def test_a_certificate_that_the_system_trusts_will_do(
    good_tls: ssl.SSLContext, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificates of the system are trusted, among them those of a file that SSL_CERT_FILE names."""
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    with ModelServer((well("hello"),), good_tls).running() as server:
        assert ask_at(server.url) == "hello"


def test_a_certificate_of_another_name_gets_nothing(
    authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted certificate of another host is not trusted for this host."""
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    other = server_context(authority.issue_cert("writer.example"))
    with ModelServer((well(),), other).running() as server:
        with pytest.raises(WritingModelError, match="certificate is not trusted"):
            ask_at(server.url)
        assert server.asked == []


def test_a_server_without_encryption_is_told(proxy: ModelServer) -> None:
    """An https address where something else answers is a fault of the connection, told in a sentence."""
    with pytest.raises(WritingModelError, match="could not be encrypted"):
        ask_at(proxy.url.replace("http:", "https:"))
    assert proxy.asked == []


def test_other_machines_are_reached_by_the_proxy(proxy: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy of the environment is asked for another machine."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
    assert ask_at("http://writer.example/v1") == "by the proxy"
    assert proxy.asked[0].path == "http://writer.example/v1/chat/completions"


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_this_machine_is_never_reached_by_a_proxy(
    proxy: ModelServer, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """What is for a model on this machine goes to no proxy, whatever the environment says."""
    monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
    with ModelServer((well("here"),)).running() as server:
        assert ask_at(server.url) == "here"
        assert ask_at(server.url.replace("127.0.0.1", "localhost")) == "here"
    assert proxy.asked == []


def test_through_a_proxy_the_certificate_counts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that does not open the way to an https server gets neither key nor notes."""
    with ModelServer((says(502),)).running() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(WritingModelError, match="the proxy of the environment refused"):
            ask_at("https://writer.example/v1")
        assert all(KEY.encode() not in asked.wire for asked in proxy.asked)


@pytest.mark.parametrize(
    "proxy_url", ["socks5://jo:hunter2@127.0.0.1:1", "ftp://jo:hunter2@127.0.0.1:1", "http://jo:hunter2@[::1:1"]
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy_url: str
) -> None:
    """A proxy of a kind that is not known, or not installed, is one sentence without its password."""
    monkeypatch.setenv("ALL_PROXY", proxy_url)
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(SettingsError, match="proxy") as caught:
        ask_at("https://writer.example/v1")
    assert "hunter2" not in f"{caught.value.sentence} {caught.value.fix}"


def test_a_netrc_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password in a .netrc for that host is not sent."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login jo password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    with ModelServer((well("here"),)).running() as server:
        ask_at(server.url, key="")
        assert "authorization" not in server.asked[0].headers


def test_without_httpx_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is an extra: without it the sentence says how to install it, before a key is fetched."""
    monkeypatch.setitem(sys.modules, "httpx", None)

    def never() -> str:
        raise AssertionError

    with pytest.raises(SettingsError, match="httpx library is not installed") as caught:
        ask(Endpoint("http://127.0.0.1:1/v1", "m", never, 1.0), [], {})
    assert "pip install 'followup-mail[writer]'" in caught.value.fix
