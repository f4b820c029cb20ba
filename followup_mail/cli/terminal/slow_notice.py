"""Says in a terminal what the program is doing, when it takes long enough for somebody to wonder."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

SLOW_AFTER: Final = 1.0
"""Seconds."""


@contextmanager
def saying_when_slow(doing: str) -> Iterator[None]:
    """Write what is being done on standard error once it takes over a second; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(SLOW_AFTER, _say, [doing])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(doing: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(f"    {doing} ...\n")
        sys.stderr.flush()
