"""What the processes do that get killed while a step is recorded or taken back. The faults are put in from outside."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crash_child import count_down

from followup_mail.facts.terms import Status
from followup_mail.outbox import migrate
from followup_mail.services.answers.record_outcome import record_outcome
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.overview.demo import AFTER_THE_INTERVIEW, SLUG, Clock
from followup_mail.services.undo.undo_step import finish_interrupted, look_back, take_step_back
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

LATER = AFTER_THE_INTERVIEW + timedelta(minutes=5)
WRITING = {"os.rename", "os.remove", "os.link", "os.mkdir"}
STATEMENTS = ("INSERT", "UPDATE", "DELETE", "COMMIT")


def open_home(home: Path, command: str, at: datetime = LATER) -> Workspace:
    """Return the workspace of the demonstration in a home that has facts already; ``command`` is what was typed."""
    given = {"name": "Jordan Example", "email": "jordan@example.com", "time_zone": "America/Chicago"}
    return Workspace(Loaded(Settings(home=home, **given), home, {}), Clock(at), command)


def arm_writes(number: int) -> None:
    """Die before the write of that number, whether a statement that changes the database or a change of files.

    Between two writes nothing changes on disk, so dying there is dying before the next.
    """
    count, connect = count_down(number), migrate.connect

    def hear(event: str, given: tuple[Any, ...]) -> None:
        if event in WRITING or (event == "open" and isinstance(given[2], int) and given[2] & 0o3):
            count()

    def read(statement: str) -> None:
        if statement.lstrip().upper().startswith(STATEMENTS):
            count()

    def watched(*given: Any) -> sqlite3.Connection:
        connection = connect(*given)
        connection.set_trace_callback(read)
        return connection

    migrate.connect = watched
    sys.addaudithook(hear)


def reject(home: Path) -> None:
    record_outcome(open_home(home, "rejected lumen-freight"), SLUG, Status.REJECTED, None, None)


def forget(home: Path) -> None:
    forget_application(open_home(home, "forget lumen-freight"), SLUG)


def undo(home: Path) -> None:
    workspace = open_home(home, "")
    take_step_back(workspace, look_back(workspace))


def finish(home: Path) -> None:
    finish_interrupted(open_home(home, ""))


JOBS: dict[str, Callable[[Path], None]] = {"reject": reject, "forget": forget, "undo": undo, "finish": finish}


def do(home: Path, job: str, fatal: int) -> None:
    """Do one thing; die at the write of that number. 0: never."""
    if fatal:
        arm_writes(fatal)
    JOBS[job](home)
