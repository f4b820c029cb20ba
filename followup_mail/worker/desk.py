"""What every job of a worker works with, and how long it may."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from followup_mail.delivery.dispatch import Result
from followup_mail.office.database import OfficeDatabase
from followup_mail.services.sending.run_due import has_failed
from followup_mail.worker.clock import DatabaseClock
from followup_mail.worker.log_lines import WorkerLog
from followup_mail.worker.metrics import Meters
from followup_mail.workspace import Workspace

LONGEST_JOB: Final = 30.0
"""Seconds after which a delivery hands on what is left, so that one candidate's backlog holds up nobody else."""

Opener: TypeAlias = Callable[[int], AbstractContextManager[Workspace]]
"""Opens a candidate's workspace by their number. Raises ``NotFoundError`` for a candidate who was deleted."""


class Tally:
    """What a process has done so far; several threads count."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.jobs = 0
        self.bad = 0
        """Mails that need somebody: failed, unclear, missed."""

    def note_job(self) -> None:
        """Count a job that has ended."""
        with self._lock:
            self.jobs += 1

    def note_result(self, result: Result) -> None:
        """Count a mail, if it needs somebody."""
        if has_failed([result]):
            with self._lock:
                self.bad += 1


class UnderWay:
    """Which accounts this process is delivering for.

    The engine may begin a job again that is still under way here, when it did not hear from us for a while. A delivery
    takes what this worker has claimed of its account for left behind, so it must be the only one here.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: set[str] = set()

    @contextmanager
    def alone(self, lock: str) -> Iterator[bool]:
        """Yield whether nobody else here is at the same."""
        with self._lock:
            is_first = lock not in self._locks
            self._locks.add(lock)
        try:
            yield is_first
        finally:
            if is_first:
                with self._lock:
                    self._locks.discard(lock)


@dataclass(frozen=True)
class Desk:
    """The parts that the jobs of one process share."""

    name: str
    """The worker's, in leases and in the audit trail: ``HOST:PID:RANDOM`` (``outbox.lease``)."""
    make_database: Callable[[], OfficeDatabase]
    """A database for one thread, for what belongs to the office itself."""
    open: Opener
    clock: DatabaseClock
    log: WorkerLog
    meters: Meters
    threads: ThreadPoolExecutor
    stop: threading.Event = field(default_factory=threading.Event)
    """Set when the worker was told to end: the mail in hand is finished."""
    tally: Tally = field(default_factory=Tally)
    under_way: UnderWay = field(default_factory=UnderWay)

    def note(self, candidate: int, result: Result) -> None:
        """Tell and count what became of an entry."""
        self.log.tell_result(candidate, result)
        self.meters.count(result)
        self.tally.note_result(result)


class Bound:
    """A ``Stop`` that is also set when a job has taken long enough."""

    def __init__(self, stop: threading.Event, seconds: float = LONGEST_JOB) -> None:
        self._stop = stop
        self._until = time.monotonic() + seconds

    def is_set(self) -> bool:
        """Return whether no further mail is to be begun."""
        return self._stop.is_set() or time.monotonic() >= self._until

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the worker to be told to end."""
        return self._stop.wait(timeout)
