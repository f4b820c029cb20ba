"""``open`` as a person runs it: the address, a second ``open``, and every way in which it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from desk import COMMAND, Desk

ENTER = re.compile(r"http://127\.0\.0\.1:(\d+)/enter\?ticket=\S+")


@contextmanager
def opened(desk: Desk, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``open`` without a browser; give the process and the address that it printed."""
    process = subprocess.Popen(
        [COMMAND, "open", "--no-browser", *options],
        cwd=desk.folder, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def enter(address: str) -> httpx.Response:
    """Follow a first address, and the link on the page behind it."""
    with httpx.Client(trust_env=False, follow_redirects=True) as client:
        assert client.get(address).status_code == 200
        return client.get(f"{address.partition('/enter')[0]}/")


def test_it_prints_an_address_that_opens_the_page(desk: Desk) -> None:
    """Whoever has no browser at hand gets an address; it opens Today, once."""
    with opened(desk) as (_, address):
        assert ENTER.fullmatch(address)
        assert "Nothing is written down yet" in enter(address).text
        assert httpx.get(address, trust_env=False).status_code == 403


def test_a_second_open_finds_the_first(desk: Desk) -> None:
    """One page for one home: a second ``open`` gives another address of it, and ends."""
    with opened(desk) as (_, address):
        again = desk.run("open", "--no-browser")
        assert again.returncode == 0
        assert "open already" in again.stderr
        assert ENTER.fullmatch(again.stdout.strip())[1] == ENTER.fullmatch(address)[1]  # type: ignore[index]
        assert enter(again.stdout.strip()).status_code == 200


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_when_told_to(desk: Desk, name: str) -> None:
    """Ctrl-C, a wish to end and a closed terminal end it well, and it leaves no trace of having been open."""
    with opened(desk) as (process, address):
        assert enter(address).status_code == 200
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=30)
        assert process.returncode == 0, said
        assert "The page has ended" in said
        assert not (desk.home / "page.json").exists()


def test_after_it_was_killed_a_new_one_begins(desk: Desk) -> None:
    """What a page that died left behind keeps nobody out."""
    with opened(desk) as (process, _):
        process.kill()
        process.wait()
        assert (desk.home / "page.json").exists()
        with opened(desk) as (_, address):
            assert enter(address).status_code == 200


def test_the_secret_is_for_the_user_alone(desk: Desk) -> None:
    """Nobody else on the machine reads the word that lets a second ``open`` in."""
    with opened(desk):
        if os.name == "posix":
            assert (desk.home / "page.json").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_said(desk: Desk) -> None:
    """Where nothing can listen, one sentence says so and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = desk.run("open", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 8
    assert "Leave --port out" in done.stderr


def test_what_is_no_address_is_said(desk: Desk) -> None:
    """A name in place of an IP address is refused in a sentence."""
    done = desk.run("open", "--no-browser", "--host", "my-laptop")
    assert done.returncode == 2
    assert "'my-laptop' is not an IP address" in done.stderr


@pytest.mark.parametrize(("host", "shown"), [("::1", "[::1]"), ("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "127.0.0.1")])
def test_the_address_that_is_shown_opens_it(desk: Desk, host: str, shown: str) -> None:
    """Wherever the page listens, what is printed can be opened on this machine."""
    if ":" in host and not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with opened(desk, "--host", host) as (_, address):
        assert address.startswith(f"http://{shown}:")
        assert enter(address).status_code == 200


def test_broken_settings_do_not_keep_it_closed(desk: Desk) -> None:
    """The page opens where settings cannot be read, and says what is wrong with them."""
    desk.environment["FOLLOWUP_SMTP_PORT"] = "abc"
    with opened(desk) as (_, address):
        shown = enter(address)
        assert shown.status_code == 503
        assert "SMTP_PORT" in shown.text


def test_an_icon_opens_the_page(desk: Desk) -> None:
    """``--launcher`` writes an icon for this home and ends; ``--no-launcher`` takes it away; another's file stays."""
    path = Path(desk.say("open", "--launcher").removeprefix("Wrote ").strip())
    assert str(desk.home) in path.read_text("utf-8")
    desk.say("open", "--no-launcher")
    assert not path.exists()
    assert desk.run("open", "--no-launcher").returncode == 9
    path.write_text("mine", "utf-8")
    assert "is not from followup-mail" in desk.run("open", "--launcher").stderr
    assert path.read_text("utf-8") == "mine"
