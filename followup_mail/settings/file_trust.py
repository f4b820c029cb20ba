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
_MOST_LINKS: Final = 40
_MOVE: Final = "Move it into a folder that only you can change, or take the right to write there away from the others."
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
        # A link leads elsewhere: who can change what lies on its way can put another file there.
        yield from _distrust(home / name, with_parents=(home / name).is_symlink())


def _distrust(path: Path, *, with_parents: bool = False) -> Iterator[tuple[str, str]]:
    """Yield why a path is not trusted, and what to type; nothing for one that is not there."""
    try:
        real = path.resolve(strict=True)
        found = real.stat()
    except OSError:
        return
    if not _is_mine(found):
        mine = f"Use files of your own, or take it over: chown {_name_user(os.geteuid())} {shlex.quote(str(real))}"
        yield f"{path} belongs to {_say_user(found.st_uid)}, so it is not used.", mine
    elif others := _others_who_write(found):
        close = f"Type: chmod go-w {shlex.quote(str(real))}"
        yield f"{path} can be changed by {others}, so it is not used.", close
    shared = next((one for one in _on_the_way(path) if _is_shared(one)), None) if with_parents else None
    if shared:
        yield f"{path} is not used: other users could put another in its place, in {shared}.", _MOVE


def _on_the_way(path: Path) -> Iterator[Path]:
    """Yield every folder that a path leads through, and every link: those of the links' targets too."""
    pending = Path(os.path.normpath(path.absolute()))
    for _ in range(_MOST_LINKS):
        link = next((one for one in (*reversed(pending.parents), pending) if one.is_symlink()), None)
        yield from (link or pending).parents
        if link is None:
            return
        yield link
        target = os.path.normpath(link.parent / link.readlink())
        pending = Path(target) / pending.relative_to(link)


def _is_shared(place: Path) -> bool:
    """Tell whether others can rename what lies in a folder, or change a link.

    Where it is sticky, as /tmp is, only its owner and each file's own can.
    """
    found = place.lstat()
    if not _is_mine(found):
        return True
    if stat.S_ISLNK(found.st_mode) or found.st_mode & stat.S_ISVTX:
        return False
    return bool(_others_who_write(found))


def _is_mine(found: os.stat_result) -> bool:
    return found.st_uid in {os.geteuid(), _ROOT}


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


def _say_user(uid: int) -> str:
    name = _name_user(uid)
    return f"the user {name}" if name != str(uid) else f"another user (number {uid})"


def _name_user(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
