"""Start, kill and look: what the crash tests share. Real processes, real SIGKILL."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, Final

import pytest
from crash_child import Fault, Place, open_store, send
from crash_server import Counting
from outbox_samples import NOW, make_new

from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import is_process_gone

CONTEXT = multiprocessing.get_context("forkserver") if os.name == "posix" else multiprocessing.get_context("spawn")
PRELOADED: Final = (
    *("crash_child", "office_play", "seen_child", "undo_child", "pytest"),
    *("followup_mail.message.date_header", "idna", "yagmail"),
)
"""What the process that forks the children has imported. What is missing here, each child imports for itself, and that
takes longer than all that it does."""


@cache
def _start_fork_server() -> None:
    """Start what forks the children: a small process of one thread, one for all tests of this process.

    Python before 3.13 does not tell it where the modules of the tests are, and it leaves out in silence what it cannot
    find (CPython issue 117378); so it learns that from its environment.
    """
    if os.name != "posix":
        return
    CONTEXT.set_forkserver_preload(list(PRELOADED))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        forkserver.ensure_running()


@dataclass(frozen=True)
class Ground:
    """What a test is played on: a kind of store."""

    lay: Callable[[object], Place]
    """Makes the place of an empty store, given what tells it from the others of this test."""
    step: int
    """Of how many points one is tried. The transactions are the same in every store; where one takes longer to fill,
    a usual run leaves some out."""


KILLED = -signal.SIGKILL if os.name == "posix" else 1


def start(target: Callable[..., None], *given: Any) -> Any:
    _start_fork_server()
    process = CONTEXT.Process(target=target, args=given, daemon=True)
    process.start()
    return process


def start_sending(place: Place, port: int, before: Callable[[int], None] = lambda _: None) -> Any:
    """Start a run and return when it is about to open the outbox; ``before`` that, somebody may learn its pid."""
    here, there = CONTEXT.Pipe()
    process = start(send, place, port, Fault(), there)
    assert here.poll(30), "a process does not start"
    here.recv()
    before(process.pid)
    here.send("go")
    return process


def end(process: Any, within: float = 60) -> int:
    """Wait for the end of a process and return its exit code; ``within`` (seconds) is for one that hangs."""
    process.join(within)
    code = process.exitcode
    assert code is not None, "a process hangs"
    process.close()
    return int(code)


def fill(place: Place, count: int) -> None:
    """Put an outbox with so many due entries there."""

    def add(empty: Place) -> None:
        store = open_store(empty)
        store.add([make_new(n) for n in range(1, count + 1)], NOW)
        store.close()

    lay(place, f"model-{count}", add)


def lay(place: Place, name: str, make: Callable[[Place], object]) -> None:
    """Make an outbox there; a file is a copy of the first one of this name, since making one takes its time."""
    if not isinstance(place, Path):
        make(place)
        return
    model = place.with_name(name)
    if not model.exists():
        make(model)
    shutil.copy(model, place)


def look(place: Place) -> tuple[Entry, ...]:
    """Return the entries after a crash, by id; nothing may be broken."""
    store = open_store(place)
    store.recover(NOW, is_process_gone)
    entries = tuple(sorted(store.entries(), key=lambda entry: entry.id))
    assert store.verify() == ()
    store.close()
    return entries


def check(counting: Counting, entries: tuple[Entry, ...], kills: int) -> None:
    """At most once, nothing lost, and no more doubt than crashes."""
    for entry in entries:
        taken = counting.taken[entry.message.message_id]
        assert taken <= 1, f"{entry.label} was taken {taken} times"
        assert entry.state in {State.SENT, State.QUEUED, State.UNCLEAR}
        if entry.state is State.SENT:
            assert taken == 1, f"{entry.label} is called sent, and was never taken"
        if entry.state is State.QUEUED:
            assert taken == 0, f"{entry.label} was taken, and is queued again"
    assert sum(entry.state is State.UNCLEAR for entry in entries) <= kills


def finish(place: Place, port: int) -> tuple[Entry, ...]:
    """Let a run without faults do the rest; nothing is killed in it, so it needs no process of its own."""
    send(place, port, Fault())
    return look(place)
