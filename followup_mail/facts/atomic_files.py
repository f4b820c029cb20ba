"""Files written so that a crash, a full disk or a second process leaves the old file or the new one, never half.

Facts are private: files 0600, folders 0700 (on Windows the user's own folder protects them).
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PRIVATE: Final = 0o600


def make_folder(home: Path, folder: Path) -> None:
    """Make the home folder and one folder in it, for the user alone."""
    try:
        with said_plainly(folder, "made"):
            home.parent.mkdir(parents=True, exist_ok=True)
            for one in (home, folder):
                one.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError as error:
        raise FactsError(f"{error.filename} is in the way: a folder is needed there", fix="Move it away.") from None


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet. Raises ``FileExistsError`` when it is, and then changes nothing."""
    content = text.encode()
    with _written_aside(path, content) as aside:
        try:
            _move_new(aside, path)
        except FileExistsError:
            raise
        except OSError as error:
            # Some file systems (FAT, some network drives) know no hard links.
            if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
                raise
            # The name is taken first, as nothing may be replaced; then the whole text takes its place.
            write_private(path, b"", flush=False)
            try:
                aside.replace(path)
            except OSError:
                path.unlink()
                raise
    with suppress(OSError):
        flush_folder(path.parent)


def write_over(path: Path, content: str | bytes, mode: int = _PRIVATE) -> None:
    """Replace a file in one step. A link stays a link: what it leads to is replaced."""
    target = Path(os.path.realpath(path))
    with _written_aside(target, content.encode() if isinstance(content, str) else content, mode) as aside:
        aside.replace(target)
    with suppress(OSError):
        flush_folder(target.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes of this program from changing files in ``facts_folder`` meanwhile."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # Some network drives have no locks; then the look before each write must do.
        with suppress(OSError):
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def said_plainly(path: Path, done: str) -> Iterator[None]:
    """Turn what the system says about a file into a sentence: "... could not be written: no space left on device".

    ``FileExistsError`` passes: what that means, the caller knows.
    """
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise FactsError(
            f"{path} could not be {done}: {reason}",
            fix="Nothing was changed. Make room or give permission there, then try again.",
        ) from None


@contextmanager
def _written_aside(path: Path, content: bytes, mode: int = _PRIVATE) -> Iterator[Path]:
    aside = path.parent / f".{path.name}.{os.urandom(4).hex()}.tmp"
    try:
        write_private(aside, content, mode=mode)
        yield aside
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def write_private(path: Path, content: bytes, *, mode: int = _PRIVATE, flush: bool = True) -> None:
    """Write a file that is not there yet, for the user alone unless ``mode`` says more; with ``flush``, to the disk.

    Raises ``OSError``.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(content)
        if flush:
            file.flush()
            os.fsync(file.fileno())


def _move_new(aside: Path, path: Path) -> None:
    if sys.platform == "win32":
        aside.rename(path)  # refuses to overwrite, other than on POSIX
    else:
        os.link(aside, path)


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can flush a folder. Raises ``OSError``."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems
            raise
    finally:
        os.close(handle)
