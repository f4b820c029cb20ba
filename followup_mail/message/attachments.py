"""The files that were promised, read once when a draft is written, with the hash by which a later change shows."""

from __future__ import annotations

import errno
import mimetypes
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from followup_mail.errors import FactsError
from followup_mail.facts.clean import clean_line
from followup_mail.message.draft import Attachment

# Gmail refuses more than 25 MB after encoding; base64 adds a third.
_BYTES_LIMIT: Final = 18 * 1024 * 1024
_CORRECT: Final = "Put it there, or correct `file` under [[promised]] in the facts file."
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def read_attachment(path: Path, judge: Callable[[Path, os.stat_result], None]) -> Attachment:
    """Read a file to attach. Raises ``FactsError`` when it is not there, no file, empty, too large, or unreadable.

    ``judge`` is given where the path leads once every link is followed, and the file that is open by then; it raises
    when that may not be sent. What is read afterwards is that very file, whatever is put in its place meanwhile.
    """
    content = _read(path, judge)
    try:
        filename = clean_line(path.name)
    except ValueError as error:
        raise FactsError(f"The file name of {path.as_posix()!r} {error}.", fix="Rename the file.") from None
    return Attachment(path, filename, _media_type(path.name), sha256(content).hexdigest(), content)


def is_unchanged(path: Path, hash_: str) -> bool:
    """Return whether a file that was attached is still what it was, at the cost of reading a file of the usual size.

    A pipe or a device in its place would keep us waiting, and what grew past the limit would fill the memory.
    """
    try:
        with _opened(Path(os.path.realpath(path))) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > _BYTES_LIMIT:
                return False
            return sha256(file.read(_BYTES_LIMIT + 1)).hexdigest() == hash_
    except (OSError, ValueError):
        return False


def _read(path: Path, judge: Callable[[Path, os.stat_result], None]) -> bytes:
    try:
        real = Path(os.path.realpath(path))
        with _opened(real) as file:
            found = os.fstat(file.fileno())
            _check_kind(path, found)
            judge(real, found)
            content = file.read(_BYTES_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FactsError(f"{path}, which you promised to send, cannot be read: {reason}.", fix=_CORRECT) from None
    if not content:
        raise FactsError(f"{path}, which you promised to send, is empty.", fix=_CORRECT)
    if len(content) > _BYTES_LIMIT:  # it grew since
        raise _too_large(path)
    return content


@contextmanager
def _opened(real: Path) -> Iterator[BinaryIO]:
    """Open a file by a path without links. What is a link by now is refused, and a pipe keeps nobody waiting."""
    # To open a device may already do something.
    if not stat.S_ISREG(os.lstat(real).st_mode):
        raise OSError(errno.EINVAL, "it is not a file")
    with os.fdopen(os.open(real, _FLAGS), "rb") as file:
        yield file


def _check_kind(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise FactsError(f"{path}, which you promised to send, is not a file.", fix=_CORRECT)
    if found.st_size > _BYTES_LIMIT:
        raise _too_large(path)


def _too_large(path: Path) -> FactsError:
    return FactsError(f"{path} is larger than 18 MB, more than most mail servers take.", fix="Send a link instead.")


def _media_type(name: str) -> str:
    """Return the media type by the name's ending; what is compressed is sent as it is, not as what is inside."""
    media_type, compressed = mimetypes.guess_type(name)
    return "application/octet-stream" if compressed or not media_type else media_type
