"""Whose word counts: a file of settings, or a home, that somebody else owns or can write is not used.

Who can write the settings can have any command run, and can read the password on its way to a server of theirs.
POSIX permissions only; on Windows the user's folder is for the user alone.
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
_READ_FROM: Final = (".env", "applications", "templates", "cadences", "outbox.sqlite3", "log")
"""What the home holds that the program reads or writes."""


def refuse_untrusted(home: Path, named: Path | None = None) -> None:
    """Raise ``SettingsError`` when others own or can write the home, its ``.env``, or the file that the user named.

    All of them are told at once.
    """
    if os.name != "posix":
        return
    found = [*_distrust_home(home), *(_distrust(named, with_parents=True) if named else ())]
    if found:
        raise SettingsError("\n".join(said for said, _ in found), fix="\n".join(dict.fromkeys(fix for _, fix in found)))


def _distrust_home(home: Path) -> Iterator[tuple[str, str]]:
    if not home.is_dir():
        return
    yield from _distrust(home, with_parents=True)
    for name in _READ_FROM:
        yield from _distrust(home / name)


def _distrust(path: Path, *, with_parents: bool = False) -> Iterator[tuple[str, str]]:
    """Yield why a path is not trusted, and what to type; nothing for one that is not there."""
    try:
        real = path.resolve(strict=True)
        found = real.stat()
    except OSError:
        return
    if found.st_uid not in {os.geteuid(), _ROOT}:
        mine = f"Use files of your own, or take it over: chown {os.geteuid()} {shlex.quote(str(real))}"
        yield f"{path} belongs to {_name_user(found.st_uid)}, so what stands there does not count as yours.", mine
    elif others := _others_who_write(found):
        close = f"Type: chmod go-w {shlex.quote(str(real))}"
        yield f"{path} can be changed by {others}, so what stands there may not be yours.", close
    open_parent = next((one for one in real.parents if _is_open(one)), None) if with_parents else None
    if open_parent:
        move = f"Move it to a folder of your own, or type: chmod o-w {shlex.quote(str(open_parent))}"
        yield f"{path} lies in {open_parent}, where other users can put another in its place.", move


def _others_who_write(found: os.stat_result) -> str:
    if found.st_mode & stat.S_IWOTH:
        return "other users of this machine"
    if found.st_mode & stat.S_IWGRP and not _is_own_group(found.st_gid):
        return "the other members of its group"
    return ""


def _is_own_group(group: int) -> bool:
    """Tell whether a group holds nobody but the user: many systems give each user one, and umask 002 with it."""
    import grp
    import pwd

    try:
        own, theirs = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return theirs.gr_name == own.pw_name and set(theirs.gr_mem) <= {own.pw_name}


def _is_open(folder: Path) -> bool:
    """Tell whether others can rename what lies in a folder; not where it is sticky, as /tmp is."""
    mode = folder.stat().st_mode
    return bool(mode & stat.S_IWOTH and not mode & stat.S_ISVTX)


def _name_user(uid: int) -> str:
    import pwd

    try:
        return f"the user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"another user (number {uid})"
