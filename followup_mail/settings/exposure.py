"""Look whether others on this machine can read the password in a ``.env``. POSIX permissions only: elsewhere nothing is
known.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from followup_mail.settings.load_settings import Loaded


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may do what with a file or folder."""

    mode: int
    group: int


def find_exposed(loaded: Loaded) -> Path | None:
    """Return the ``.env`` that holds a password others can read; None when there is none, or it cannot be told."""
    return next((path for path in loaded.secret_files if _is_exposed(path)), None) if os.name != "nt" else None


def is_open(file: Rights, folders: Iterable[Rights]) -> bool:
    """Tell whether others, or the file's group, may read the file and enter every folder on the way to it."""
    on_the_way = list(folders)
    if file.mode & stat.S_IROTH and all(one.mode & stat.S_IXOTH for one in on_the_way):
        return True
    if not file.mode & stat.S_IRGRP:
        return False
    return all(one.mode & (stat.S_IXGRP if one.group == file.group else stat.S_IXOTH) for one in on_the_way)


def say_exposed(path: Path) -> str:
    """Return what is wrong, as a part of a sentence."""
    return f"{path} holds your password, and other users of this machine can read it"


def say_how_to_close(path: Path) -> str:
    """Return what to type."""
    return f"Type: chmod 600 {shlex.quote(str(path))}"


def _is_exposed(path: Path) -> bool:
    try:
        real = path.resolve(strict=True)
        return is_open(_ask(real), [_ask(folder) for folder in real.parents])
    except OSError:
        return False


def _ask(path: Path) -> Rights:
    found = path.stat()
    return Rights(found.st_mode, found.st_gid)
