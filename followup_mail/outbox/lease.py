"""Who is sending: the name of a worker, how long its claims hold, and how to know for certain that it is gone.

A claim is a lease. A worker that dies leaves it behind, and when it has run out others free the entry. Clocks need not
agree: whoever is about to send must find its claim still the latest when it records the intent.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from msgspec import Struct

LEASE: Final = timedelta(minutes=20)
"""Longer than any single attempt: the transport's own deadline is shorter."""

IsDead = Callable[[str], bool]
"""Tells whether the worker of that name is gone for certain."""


class Worker(Struct, frozen=True):
    """A process or a thread that sends."""

    name: str
    lease: timedelta = LEASE
    account: str | None = None
    """The account that it sends by: it takes no entry of another account. None: it takes any."""


def name_worker(account: str | None = None) -> Worker:
    """Name this process: host, process id, and a part that no other worker shares."""
    return Worker(f"{_machine()}:{os.getpid()}:{os.urandom(4).hex()}", account=account)


def _machine() -> str:
    import platform

    return platform.node() or "localhost"


def assume_alive(_: str) -> bool:
    """Never call a worker dead: wait for its lease to run out."""
    return False


def is_process_gone(name: str) -> bool:
    """Return whether the worker ran on this machine and its process is gone.

    Says no when in doubt: another machine, a process id that is in use again, or Windows, where asking with signal 0
    would end the process.
    """
    process = find_process(name)
    if sys.platform == "win32" or process is None:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def find_process(name: str) -> int | None:
    """Return the process id of a worker that ran on this machine; None if that was another machine."""
    host, _, number = name.rpartition(":")[0].rpartition(":")
    is_here = host == _machine() and number.isascii() and number.isdigit()
    return int(number) if is_here else None
