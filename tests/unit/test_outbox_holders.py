"""Who has the outbox open is read from the system's own list of processes."""

from __future__ import annotations

import os
from pathlib import Path

from followup_mail.outbox.file_holders import name_holders


def run(proc: Path, pid: int, name: str, *files: Path | str) -> None:
    """Let a process of this number have these files open."""
    (proc / str(pid) / "fd").mkdir(parents=True)
    (proc / str(pid) / "comm").write_text(f"{name}\n")
    for number, file in enumerate(files):
        (proc / str(pid) / "fd" / str(number)).symlink_to(file)


def test_who_has_the_file_open_is_named(tmp_path: Path) -> None:
    """By name and number, whichever of the database's three files it is; other processes are not."""
    outbox, proc = tmp_path / "outbox.sqlite3", tmp_path / "proc"
    run(proc, 1234, "sqlitebrowser", "/dev/null", outbox)
    run(proc, 99, "bash", "/dev/null", f"{outbox}.old")
    assert name_holders(outbox, proc) == "sqlitebrowser (process 1234)"
    run(proc, 77, "cp", f"{outbox}-wal")
    assert name_holders(outbox, proc) == "cp (process 77) and sqlitebrowser (process 1234)"


def test_who_writes_is_named_alone(tmp_path: Path) -> None:
    """A service that has the outbox open for days is not blamed for the lock that another process holds."""
    outbox, proc = tmp_path / "outbox.sqlite3", tmp_path / "proc"
    outbox.touch()
    run(proc, 10, "followup-mail", outbox)
    run(proc, 20, "sqlite3", outbox)
    inode = outbox.stat().st_ino
    (proc / "locks").write_text(
        f"1: POSIX  ADVISORY  READ 10 08:01:{inode} 128 128\n"
        f"1: -> POSIX  ADVISORY  WRITE 10 08:01:{inode} 120 120\n"
        f"2: POSIX  ADVISORY  WRITE 20 08:01:{inode} 120 120\n"
        "nonsense\n"
    )
    assert name_holders(outbox, proc) == "sqlite3 (process 20)"


def test_many_are_counted(tmp_path: Path) -> None:
    """Three are named, the rest counted."""
    outbox, proc = tmp_path / "outbox.sqlite3", tmp_path / "proc"
    for pid in range(1, 7):
        run(proc, pid, "x", outbox)
    assert name_holders(outbox, proc) == "x (process 1), x (process 2), x (process 3) and 3 more"


def test_where_nothing_is_known_no_name_is_made_up(tmp_path: Path) -> None:
    """Other systems have no such list; other users' processes and our own are passed over; names are made printable."""
    outbox, proc = tmp_path / "outbox.sqlite3", tmp_path / "proc"
    assert name_holders(outbox, proc) == "another program"
    run(proc, os.getpid(), "ourselves", outbox)
    (proc / "5").mkdir()
    (proc / "self").mkdir()
    assert name_holders(outbox, proc) == "another program"
    run(proc, 6, "a\x1b[31m", outbox)
    assert name_holders(outbox, proc) == "a?[31m (process 6)"
