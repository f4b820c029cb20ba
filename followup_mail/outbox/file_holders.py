"""Who has the database open: known on Linux, where the system shows each process the files of its user's processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_MOST_NAMED: Final = 3
_UNKNOWN: Final = "another program"


def name_holders(path: Path, proc: Path = _PROC) -> str:
    """Return who else uses the database: "python3 (process 1234)", or "another program" where that is not known.

    If any of them holds a lock to write, only those are named: a service that only has the file open blocks nobody.
    """
    files = [Path(f"{os.path.realpath(path)}{end}") for end in ("", "-wal", "-shm")]
    users = [pid for pid in _pids(proc) if pid != os.getpid() and _has_open(proc / str(pid), files)]
    writers = _writers(proc, files)
    named = [_name(proc, pid) for pid in users if pid in writers] or [_name(proc, pid) for pid in users]
    if len(named) > _MOST_NAMED:
        named = [*named[:_MOST_NAMED], f"{len(named) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:]))) or _UNKNOWN


def _pids(proc: Path) -> list[int]:
    with suppress(OSError):
        return sorted(int(name) for name in os.listdir(proc) if name.isascii() and name.isdigit())  # noqa: PTH208
    return []


def _has_open(process: Path, files: list[Path]) -> bool:
    wanted = {str(file) for file in files}
    with suppress(OSError):  # another user's, or gone meanwhile
        return any(target in wanted for target in _targets(process / "fd"))
    return False


def _targets(folder: Path) -> Iterator[str]:
    """Yield where the links lead, without touching what they lead to: that may be a drive which does not answer."""
    for name in os.listdir(folder):  # noqa: PTH208
        with suppress(OSError):
            yield os.readlink(folder / name)  # noqa: PTH115


def _writers(proc: Path, files: list[Path]) -> set[int]:
    """Return who holds a lock to write on the files (proc_locks(5)). The number of the device there may differ."""
    inodes = set()
    for file in files:
        with suppress(OSError):
            inodes.add(str(file.stat().st_ino))
    try:
        lines = [line.split() for line in (proc / "locks").read_text("utf-8", "replace").splitlines()]
    except OSError:
        return set()
    locks = (line for line in lines if len(line) == 8 and line[3] == "WRITE")
    return {int(pid) for *_, pid, file, _, _ in locks if file.rpartition(":")[2] in inodes and pid.isdecimal()}


def _name(proc: Path, pid: int) -> str:
    try:
        name = (proc / str(pid) / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        name = ""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return f"{shown or 'a program'} (process {pid})"
