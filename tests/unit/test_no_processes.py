"""What the tests of this folder must not do is refused to them, whatever the way there."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest


def _connect() -> None:
    with socket.socket() as connection:
        connection.connect(("127.0.0.1", 9))


def _look_up() -> None:
    socket.getaddrinfo("mail.example", 587)


def _start() -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def _start_a_worker() -> None:
    multiprocessing.get_context("fork").Process(target=print).start()


def _use_a_shell() -> None:
    os.system("true")


@pytest.mark.parametrize("step", [_connect, _look_up, _start, _start_a_worker, _use_a_shell])
@pytest.mark.skipif(os.name == "nt", reason="fork is of POSIX")
def test_a_unit_test_starts_nothing_and_calls_nobody(step: Callable[[], None], refused: list[str]) -> None:
    """A process, a connection or a look-up fails the test that asks for it; no ``except Exception`` hides it."""
    with pytest.raises(pytest.fail.Exception, match="starts no process"):
        step()
    assert len(refused) == 1
    refused.clear()
