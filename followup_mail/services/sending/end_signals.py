"""The signals that tell a process to end: which they are, and who handles them for how long."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol


def end_signals() -> dict[int, Any]:
    """Return the signals that tell this process to end, each with what handles it now; ignored signals are left out."""
    known = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    handlers = {number: signal.getsignal(number) for number in known if number}
    return {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}


def handle_signals(handlers: Mapping[int, Any]) -> None:
    """Let each of these signals be handled so from now on."""
    for number, handler in handlers.items():
        signal.signal(number, handler)


class Ending(Protocol):
    """A server that can be asked to end, as uvicorn's can."""

    should_exit: bool
    force_exit: bool


@contextmanager
def ended_by_signals(server: Ending) -> Iterator[None]:
    """End a server with Ctrl-C, when told to, and with the terminal; a second signal waits for no open connections.

    A SIGHUP that is ignored (nohup) stays ignored. uvicorn's own way ends the whole process where it stands.
    """

    def end(*_: Any) -> None:
        server.force_exit = server.should_exit
        server.should_exit = True

    before = end_signals()
    handle_signals(dict.fromkeys(before, end))
    try:
        yield
    finally:
        handle_signals(before)
