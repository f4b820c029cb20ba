"""A wall around a whole process: it opens no connection, starts no program, and writes nothing but proposals.

``ReadingWorkspace`` has no part that could send or change anything. Behind it stands this: Python asks an audit hook
before it opens a file, a connection or a program (PEP 578), and no code can take a hook away again. So a mistake in a
tool, or in a package that we use, is a refused call and not a mail. It is no sandbox for hostile code; there is none in
this process, only hostile text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.proposals.kept import FOLDER

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CONNECTS: Final = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)
_RUNS: Final = frozenset(
    {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "pty.spawn"}
)
_CHANGES: Final = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime"}
)
_RENDERER: Final = "followup_mail.drafts.render_child"
"""The one program that is started: it renders wordings, and gets them through a pipe."""


class _Wall(Struct, frozen=True):
    proposals: str
    """The folder of proposals, without links in its path."""
    outbox: str
    """How the outbox is opened (``outbox.database.connect``)."""

    def check(self, event: str, given: tuple[Any, ...]) -> None:
        """Raise ``PermissionError`` for what is not allowed."""
        if event in _CONNECTS:
            raise _refuse("opens no connection")
        if event in _RUNS or (event == "subprocess.Popen" and not _is_renderer(given)):
            raise _refuse("starts no program")
        if event == "sqlite3.connect" and not self._is_outbox(given[0]):
            raise _refuse("opens no other database")
        if (event == "open" and _is_to_write(given)) or event in _CHANGES:
            paths = given[:2] if event in {"os.rename", "os.link", "os.symlink"} else given[:1]
            if not all(map(self._may_write, paths)):
                raise _refuse("writes nothing but proposals")
        if event == "os.mkdir" and not self._may_make(given[0]):
            raise _refuse("writes nothing but proposals")

    def _may_write(self, path: object) -> bool:
        if isinstance(path, int):
            return True  # what is open already
        text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        return text == os.devnull or _real(text).startswith(self.proposals + os.sep)

    def _may_make(self, path: object) -> bool:
        """Return whether a folder may be made: that of proposals, or one that it lies in where there is no home yet."""
        text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        is_above = f"{self.proposals}{os.sep}".startswith(_real(text).rstrip(os.sep) + os.sep)
        return is_above or Path(text).is_dir()  # a folder that is there cannot be made again

    def _is_outbox(self, database: object) -> bool:
        text = os.fsdecode(database) if isinstance(database, str | bytes | os.PathLike) else ""
        return text in {":memory:", self.outbox}


def wall_in(home: Path) -> Callable[[str, tuple[Any, ...]], None]:
    """Put the wall up around this process, for good, and return it. Descriptors that are open already stay usable."""
    outbox = (home / "outbox.sqlite3").absolute().as_uri() + "?mode=rw"
    wall = _Wall(_real(str(home / FOLDER)), outbox)
    sys.addaudithook(wall.check)
    return wall.check


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _is_to_write(given: tuple[Any, ...]) -> bool:
    _, mode, flags = (*given, None, None)[:3]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITES)


def _is_renderer(given: tuple[Any, ...]) -> bool:
    executable, arguments = given[0], given[1]
    return executable in {None, sys.executable} and arguments[:1] == [sys.executable] and arguments[-1] == _RENDERER


def _refuse(what: str) -> PermissionError:
    return PermissionError(1, f"a server for assistants {what}")
