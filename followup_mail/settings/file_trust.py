"""Refuse settings files and home folders that somebody else owns or can change.

Whoever can change the settings can have any command run, and can read the password on its way to their own server.
POSIX permissions only; on Windows, the user's folder is already private.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError

_ROOT: Final = 0
_LINKS_LIMIT: Final = 40
_MOVE: Final = "Move it to a folder that only you can change, or take the others' permission to write there away."
_READ_FROM: Final = (".env", "applications", "templates", "cadences", "accounts", "outbox.sqlite3", "log", "tokens")
"""What the program reads or writes in the home folder."""


def refuse_untrusted(home: Path, named: Path | None = None) -> None:
    """Raise ``SettingsError`` when others own or can change the home, its ``.env``, or the file that the user named."""
    if os.name != "posix":
        return
    found = [*_distrust_home(home), *(_distrust(named, with_parents=True) if named else ())]
    if found:
        reasons, fixes = zip(*found, strict=True)
        raise SettingsError("\n".join(reasons), fix="\n".join(dict.fromkeys(fixes)))


def refuse_changeable(path: Path) -> None:
    """Raise ``SettingsError`` when others own or can change a file that the program keeps for the user."""
    if os.name != "posix":
        return
    for reason, fix in _distrust(path, with_parents=True):
        raise SettingsError(reason, fix=fix)


def _distrust_home(home: Path) -> Iterator[tuple[str, str]]:
    if home.is_dir():
        yield from _distrust(home, with_parents=True)
        for path in (home / name for name in _READ_FROM):
            # A link leads outside the home: others may be able to change a folder on its way.
            yield from _distrust(path, with_parents=path.is_symlink())


def _distrust(path: Path, *, with_parents: bool = False) -> Iterator[tuple[str, str]]:
    """Yield why a path is not trusted, and what to type; nothing when it does not exist."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
    except OSError:
        return
    if not _is_mine(status):
        fix = f"Use your own files, or take ownership: chown {_user_name(os.geteuid())} {shlex.quote(str(real))}"
        yield f"{path} belongs to {_describe_user(status.st_uid)}, so it is not used.", fix
    elif others := _others_who_write(status):
        yield f"{path} can be changed by {others}, so it is not used.", f"Type: chmod go-w {shlex.quote(str(real))}"
    shared = next((place for place in _on_the_way(path) if _is_shared(place)), None) if with_parents else None
    if shared:
        yield f"{path} is not used: other users could replace it, because they can change {shared}.", _MOVE


def _on_the_way(path: Path) -> Iterator[Path]:
    """Yield every folder and link that a path leads through, including those of the links' targets."""
    pending = Path(os.path.normpath(path.absolute()))
    for _ in range(_LINKS_LIMIT):
        link = next((place for place in (*reversed(pending.parents), pending) if place.is_symlink()), None)
        yield from (link or pending).parents
        if link is None:
            return
        yield link
        pending = Path(os.path.normpath(link.parent / link.readlink())) / pending.relative_to(link)


def _is_shared(place: Path) -> bool:
    """Return whether others can rename what is in a folder, or change a link. In a sticky folder (/tmp) they cannot."""
    status = place.lstat()
    if not _is_mine(status):
        return True
    if stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX:
        return False
    return bool(_others_who_write(status))


def _is_mine(status: os.stat_result) -> bool:
    return status.st_uid in {os.geteuid(), _ROOT}


def _others_who_write(status: os.stat_result) -> str:
    if status.st_mode & stat.S_IWOTH:
        return "other users of this machine"
    if status.st_mode & stat.S_IWGRP and not _is_private_group(status.st_gid):
        return "the other members of its group"
    return ""


def _is_private_group(group: int) -> bool:
    """Return whether only the user is in a group: many systems give each user a group, and with it umask 002."""
    import grp
    import pwd

    try:
        own, entry = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return entry.gr_name == own.pw_name and set(entry.gr_mem) <= {own.pw_name}


def _describe_user(uid: int) -> str:
    name = _user_name(uid)
    return f"the user {name}" if name != str(uid) else f"another user (number {uid})"


def _user_name(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
