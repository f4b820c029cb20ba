"""An outbox that another program keeps locked: said soon, with who it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.errors import OutboxError
from followup_mail.outbox.database import BUSY_AFTER
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.services.overview.demo import Clock, make_demo_workspace

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Let another process hold the lock to write; yield its number."""
    words = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process.pid
        assert process.stdin
        process.stdin.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_the_error_names_the_process(tmp_path: Path) -> None:
    """The sentence holds the name and the number of the process that keeps the outbox locked, not of one that reads."""
    path = tmp_path / "outbox.sqlite3"
    with closing(SqliteStore(path, busy_after=0)) as store, held(path) as pid:
        with pytest.raises(OutboxError, match=rf"is in use by python\S* \(process {pid}\)") as caught:
            store.resume("lumen", NOW)
        assert "Close what has it open" in caught.value.fix


def test_a_command_waits_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that could not open the outbox does not wait as long again to say so on the desktop.

    Once open, it has the usual patience: what a run knows is worth it.
    """
    waited: list[float] = []

    def open_database(path: Path, busy_after: float, *_: object) -> sqlite3.Connection:
        waited.append(busy_after)
        if len(waited) < 3:
            raise OutboxError("it is in use")
        return sqlite3.connect(":memory:")

    workspace = make_demo_workspace(tmp_path, Clock())
    workspace.__dict__.pop("store", None)
    SqliteStore(workspace.store_path).close()
    monkeypatch.setattr("followup_mail.outbox.sqlite.open_database", open_database)
    for _ in range(2):
        with pytest.raises(OutboxError):
            _ = workspace.store
    with closing(workspace.store) as store:
        assert isinstance(store, SqliteStore)
        assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (BUSY_AFTER * 1000,)
    assert waited[0] == BUSY_AFTER
    assert max(waited[1:]) < 0.5


def test_nobody_waits_long() -> None:
    """Five seconds are enough to know that it is not one of our own quick changes."""
    assert BUSY_AFTER == 5.0
