"""Find out whether other users can read the password in a ``.env``. POSIX permissions only: on Windows, not known."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from followup_mail.settings.load_settings import Loaded


class Rights(Struct, frozen=True):
    """The permission bits and the group of a file or folder."""

    mode: int
    group: int


def find_exposed(loaded: Loaded) -> Path | None:
    """Return the ``.env`` with a password that others can read; None when there is no such file."""
    return next((path for path in loaded.secret_files if is_exposed(path)), None) if os.name != "nt" else None


def is_open(file: Rights, folders: Iterable[Rights]) -> bool:
    """Return whether others, or the file's group, may read the file and enter every folder on the way to it."""
    parents = list(folders)
    if file.mode & stat.S_IROTH and all(folder.mode & stat.S_IXOTH for folder in parents):
        return True
    if not file.mode & stat.S_IRGRP:
        return False
    return all(folder.mode & (stat.S_IXGRP if folder.group == file.group else stat.S_IXOTH) for folder in parents)


def say_exposed(path: Path) -> str:
    """Return what is wrong, as part of a sentence."""
    return f"{path} contains your password or key, and other users of this machine can read it"


def say_how_to_close(path: Path) -> str:
    """Return what to type."""
    return f"Type: chmod 600 {shlex.quote(str(path))}"


def is_exposed(path: Path) -> bool:
    """Return whether other users of this machine can read a file; False where that cannot be known."""
    try:
        real = path.resolve(strict=True)
        file, *folders = (_rights(entry) for entry in (real, *real.parents))
    except OSError:
        return False
    return is_open(file, folders)


def _rights(path: Path) -> Rights:
    status = path.stat()
    return Rights(status.st_mode, status.st_gid)
