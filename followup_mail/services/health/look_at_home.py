"""Looks of ``doctor`` at the home folder: there, writable, private, and with space left on its disk."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine, warning
from followup_mail.settings.exposure import is_exposed

_MB: Final = 1024 * 1024
_TOO_LITTLE: Final = 10 * _MB
"""A mail with attachments is stored whole, and SQLite writes it twice."""
_LITTLE: Final = 200 * _MB
_OTHER_HOME: Final = "Name a folder of your own, by --home or FOLLOWUP_HOME."
_FILES_SHOWN: Final = 3


def look_at_home(examined: Examined) -> SetupCheck:
    """Look whether the home folder is there and can be written."""
    home = examined.workspace.home
    if not home.exists():
        place = _nearest(home)
        if os.access(place, os.W_OK | os.X_OK):
            return fine("home", f"{home} (not there yet; the first command that writes makes it)")
        return fault("home", f"{home} is not there, and you may not make it: {place} can't be written", _OTHER_HOME)
    if not home.is_dir():
        return fault("home", f"{home} is not a folder", _OTHER_HOME)
    if not os.access(home, os.R_OK | os.X_OK):
        return fault("home", f"{home} can't be read by you", f"Type: chmod u+rwx {_typed(home)}")
    if not os.access(home, os.W_OK):
        fix = f"Type: chmod u+w {_typed(home)}. If the disk is read-only, have it mounted for writing."
        return fault("home", f"{home} can't be written, so nothing can be queued or sent", fix)
    return fine("home", str(home))


def look_at_space(examined: Examined) -> SetupCheck:
    """Look how much space the disk of the home folder has left for this user."""
    place = _nearest(examined.workspace.home)
    free = shutil.disk_usage(place).free
    said = f"{_say_size(free)} free where {place} is"
    fix = "Delete what you no longer need on this disk: a mail that can't be stored can't be sent."
    if free < _TOO_LITTLE or _has_no_files_left(place):
        return fault("disk space", f"{said}; nothing more can be stored", fix)
    return warning("disk space", f"only {said}", fix) if free < _LITTLE else fine("disk space", said)


def look_at_permissions(examined: Examined) -> SetupCheck:
    """Look whether what is written can be written again, and whether other users can read it."""
    home = examined.workspace.home
    if os.name == "nt":
        return fine("permissions", "can't be looked at on Windows")
    if not home.is_dir():
        return fine("permissions", "nothing is there yet")
    kept = list(_list_files(home))
    if locked := [path for path in kept if not os.access(path, os.R_OK | os.W_OK)]:
        fix = f"Type: chmod u+rw {' '.join(map(_typed, locked[:_FILES_SHOWN]))}"
        return fault("permissions", f"you may not read and write {_say_some(locked)}", fix)
    if opened := [path for path in kept if is_exposed(path)]:
        said = f"other users of this machine can read {_say_some(opened)}"
        return warning("permissions", said, f"Type: chmod 700 {_typed(home)}")
    return fine("permissions", "only you can read what is in the home folder")


def _list_files(home: Path) -> Iterator[Path]:
    """Yield the files with facts, mails and settings."""
    single = (home / name for name in (".env", "outbox.sqlite3"))
    for path in chain(single, sorted((home / "applications").glob("*.toml"))):
        if path.exists():
            yield path


def _nearest(place: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    return next(path for path in (place, *place.parents) if path.exists())


def _has_no_files_left(place: Path) -> bool:
    """Return whether the file system can take no new file although it has space (inodes)."""
    if not hasattr(os, "statvfs"):
        return False
    status = os.statvfs(place)
    return status.f_files > 0 and status.f_favail == 0


def _say_size(count: int) -> str:
    return f"{count / _MB / 1024:,.1f} GB" if count >= 1024 * _MB else f"{count / _MB:,.0f} MB"


def _say_some(paths: list[Path]) -> str:
    named = ", ".join(map(str, paths[:_FILES_SHOWN]))
    return f"{named} and {len(paths) - _FILES_SHOWN} more" if len(paths) > _FILES_SHOWN else named


def _typed(path: Path) -> str:
    return shlex.quote(str(path))
