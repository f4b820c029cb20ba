"""What a worker writes to stderr: a line for each thing that happens, in JSON, or on a terminal in words.

The numbers of a candidate and of an entry, and the domain of the account that sends: no name, no address, no word of a
mail, and nothing that a mail server said but its number.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final, TextIO

import psycopg

from followup_mail.delivery.dispatch import Result
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import NEEDS_USER, State

Value = str | int | float | bool | None

_ENGINE_EVENTS: Final = {
    "job_error": "job broke off",
    "poll_jobs_to_abort_error": "engine was disturbed",
    "side_task_failed": "engine broke off",
}


class WorkerLog:
    """Writes lines; several threads may."""

    def __init__(self, worker: str, clock: Callable[[], datetime], stream: TextIO | None = None) -> None:
        self._worker = worker
        self._clock = clock
        self._stream = stream or sys.stderr
        self._is_read = self._stream.isatty()
        self._lock = threading.Lock()

    def write(self, event: str, level: str = "info", **values: Value) -> None:
        """Write a line; a stream that nobody reads any more stops no mail."""
        at = self._clock()
        given = {name: value for name, value in values.items() if value not in {None, ""}}
        if self._is_read:
            said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in given.items())
            line = f"{at.astimezone():%H:%M:%S}  {event}{': ' if said else ''}{said}"
        else:
            told = {"at": at.isoformat(timespec="milliseconds"), "level": level, "event": event}
            line = json.dumps({**told, "worker": self._worker, **given})
        with self._lock:
            try:
                self._stream.write(f"{line}\n")
                self._stream.flush()
            except (OSError, ValueError):
                pass

    def tell_result(self, candidate: int, result: Result) -> None:
        """Write what became of an entry."""
        entry = result.entry
        bad = entry.state in NEEDS_USER
        self.write(
            "mail",
            "warning" if bad else "info",
            candidate=candidate,
            entry=entry.id,
            state=str(entry.state),
            domain=domain_of(entry.account),
            answer=result.attempt.code if result.attempt else None,
            late_seconds=lateness(result),
            account_rests=True if result.pause else None,
        )

    def tell_error(self, error: BaseException, candidate: int | None = None, job: str = "") -> None:
        """Write that something broke off. What the error says about a candidate's own files stays with them: the log
        only has its kind, and where to see the rest."""
        kind, said, fix = type(error).__name__, None, None
        if isinstance(error, FollowupError) and (candidate is None or _is_about_connection(error)):
            said, fix = error.sentence, error.fix
        elif candidate is not None and isinstance(error, FollowupError):
            fix = "followup-mail --candidate NAME doctor"
        self.write("error", "error", candidate=candidate, job=job, kind=kind, said=said, fix=fix)


def _is_about_connection(error: FollowupError) -> bool:
    """Return whether this is the database's trouble, in which no value of anybody is quoted."""
    return isinstance(error.__cause__, psycopg.OperationalError)


def lateness(result: Result) -> float | None:
    """Return how many seconds after it was ready a mail was sent; None where it was not."""
    entry = result.entry
    if entry.state is not State.SENT or entry.sent_at is None or result.attempt is None:
        return None
    return round(max(0.0, (entry.sent_at - entry.ready_at).total_seconds()), 1)


def domain_of(account: str) -> str:
    """Return the part of an account that may be logged."""
    return account.rpartition("@")[2]


class EngineLines(logging.Handler):
    """Takes what the engine logs and writes it without arguments of jobs and without tracebacks."""

    def __init__(self, log: WorkerLog, level: int = logging.WARNING) -> None:
        super().__init__(level)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        action = str(getattr(record, "action", ""))
        error = record.exc_info[1] if record.exc_info else None
        self._log.write(
            _ENGINE_EVENTS.get(action, "engine"),
            record.levelname.lower(),
            action=action or record.name,
            kind=type(error).__name__ if error else None,
        )


def follow_engine(log: WorkerLog) -> None:
    """Let what the engine and its connections log be written by our log."""
    # While the database is away, the pool warns several times a second; our log says once that it is away.
    for name, level in (
        ("procrastinate", logging.WARNING),
        ("psycopg", logging.ERROR),
        ("psycopg.pool", logging.ERROR),
    ):
        logger = logging.getLogger(name)
        logger.handlers[:] = [EngineLines(log, level)]
        logger.propagate = False
