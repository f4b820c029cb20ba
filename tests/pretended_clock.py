"""Let Python wait in time while the library faketime pretends another moment.

The library moves the clock by which waiting is measured too, but from version 3.11 on Python waits for a lock with
``sem_clockwait``, which the library does not know (and told to leave that clock alone, it breaks ``time.sleep``). So
``Event.wait(2)`` would wait for years. Here such a wait asks for the lock again and again instead.
"""

from __future__ import annotations

import _thread
import os
import threading
import time

PAUSE = 0.005
"""Seconds between two looks at a lock."""


class PolledLock:
    """A lock whose ``acquire`` with a timeout needs nothing but ``time.sleep``."""

    def __init__(self) -> None:
        self._lock = _thread.allocate_lock()
        self.release = self._lock.release
        self.locked = self._lock.locked

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock as ``threading.Lock.acquire`` does."""
        if not blocking or timeout < 0:
            return self._lock.acquire(blocking)
        ends_at = time.monotonic() + timeout
        while not self._lock.acquire(blocking=False):
            if time.monotonic() >= ends_at:
                return False
            time.sleep(PAUSE)
        return True

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def is_pretended() -> bool:
    """Return whether the library stands between this process and the clock."""
    return "libfaketime" in os.environ.get("LD_PRELOAD", "")


def wait_in_time() -> None:
    """Use such locks in this process, for all conditions, events, queues and timers, if a moment is pretended."""
    if is_pretended():
        threading._allocate_lock = PolledLock  # type: ignore[attr-defined]
