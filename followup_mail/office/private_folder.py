"""A folder on this machine for a candidate's files while somebody works with them: for the user alone, and gone after.

It is in the folder that the system keeps in memory and empties at log-out, where there is one (XDG Base Directory
Specification, ``XDG_RUNTIME_DIR``), else where temporary files go. What a killed process left is removed by the next.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from followup_mail.errors import OutboxError

if sys.platform != "win32":
    import fcntl

PREFIX: Final = "followup-mail-office-"
_ALIVE: Final = ".alive"
"""Locked by the process that uses the folder, for as long as it lives."""


@contextmanager
def private_folder(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield a new empty folder (0700), removed at the end. Raises ``OutboxError`` where none can be made."""
    parent = _find_parent(environment)
    _remove_left_behind(parent)
    try:
        whole = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    except OSError as error:
        raise OutboxError(
            f"No folder can be made in {parent}: {(error.strerror or str(error)).lower()}.",
            fix="Make room or give permission there, or name another folder by TMPDIR.",
        ) from None
    handle = _hold(whole)
    try:
        home = whole / "home"
        home.mkdir(mode=0o700)
        yield home
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(whole, ignore_errors=True)


def _find_parent(environment: Mapping[str, str]) -> Path:
    given = environment.get("XDG_RUNTIME_DIR", "")
    if given and os.name == "posix" and _is_private(Path(given)):
        return Path(given)
    return Path(tempfile.gettempdir()).absolute()


def _is_private(folder: Path) -> bool:
    """Return whether a folder is the user's own, and closed to others, as the specification asks."""
    try:
        status = folder.stat()
    except OSError:
        return False
    mine = folder.is_absolute() and stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return mine and not status.st_mode & 0o077 and os.access(folder, os.W_OK)


def _hold(whole: Path) -> int | None:
    """Lock the folder's mark, before it gets the name by which others look for it; None where there are no locks."""
    if sys.platform == "win32":
        return None
    new = whole / f"{_ALIVE}.new"
    handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        new.rename(whole / _ALIVE)
    return handle


def _remove_left_behind(parent: Path) -> None:
    """Remove folders of processes that are gone: secrets may lie there."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for whole in parent.glob(f"{PREFIX}*"):
            with suppress(OSError):
                if whole.lstat().st_uid == os.geteuid() and _is_left(whole / _ALIVE):
                    shutil.rmtree(whole, ignore_errors=True)


def _is_left(mark: Path) -> bool:
    if sys.platform == "win32":
        return False
    handle = os.open(mark, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
