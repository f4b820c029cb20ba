"""An outbox that another program keeps locked: said soon, with who it is."""

from __future__ import annotations

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


def test_nobody_waits_long() -> None:
    """Five seconds are enough to know that it is not one of our own quick changes."""
    assert BUSY_AFTER == 5.0
