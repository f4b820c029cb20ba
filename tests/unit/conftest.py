"""The promise of this folder: no test in it starts a process or touches a network.

Python itself reports both to an audit hook, whatever the way there (PEP 578). A test that does either fails there and
then, and once more at its end, in case the first failure was swallowed. Such a test belongs in ``tests/integration``.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

REFUSED = frozenset(
    {
        *("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"),
        *("pty.spawn", "_winapi.CreateProcess", "os.exec"),
        *("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
    }
)
_watching = False
_seen: list[str] = []


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in REFUSED:
        _seen.append(f"{event}{arguments!r:.200}")
        pytest.fail(f"A unit test starts no process and touches no network, but this one did: {_seen[-1]}")


sys.addaudithook(_refuse)  # it stays for the life of the process, and is silent while other folders' tests run


@contextmanager
def _refusing() -> Generator[None]:
    global _watching  # noqa: PLW0603  # an audit hook cannot be handed anything
    _watching = True
    _seen.clear()
    try:
        yield
    finally:
        _watching = False
    assert not _seen, f"A unit test starts no process and touches no network, but this one did: {_seen}"


@pytest.fixture
def refused() -> list[str]:
    """What was refused to the present test. A test that means it empties this list."""
    return _seen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    with _refusing():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    with _refusing():
        yield
