"""The signals that tell a process to end: which they are, and who handles them for how long."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any


def end_signals() -> dict[int, Any]:
    """Return the signals that tell this process to end, each with what handles it now; ignored signals are left out."""
    known = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    handlers = {number: signal.getsignal(number) for number in known if number}
    return {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}


def handle_signals(handlers: Mapping[int, Any]) -> None:
    """Let each of these signals be handled so from now on."""
    for number, handler in handlers.items():
        signal.signal(number, handler)


@contextmanager
def ended_by_signals(end: Callable[..., object]) -> Iterator[None]:
    """Have ``end`` called by Ctrl-C, when the process is told to end, and with its terminal; then as it was before."""
    before = end_signals()
    handle_signals(dict.fromkeys(before, end))
    try:
        yield
    finally:
        handle_signals(before)
