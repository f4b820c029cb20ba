"""A log that several processes can write at once, and that never grows beyond six files of a megabyte.

``logging.handlers.RotatingFileHandler`` is made for one process: of two, each keeps writing into a file that the other
has renamed. Here every line is one ``write`` to a file opened for it, and only one process at a time rotates the files.
No function here raises: a log that cannot be written must not stop a delivery.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from followup_mail.regex import regex

FILE: Final = "followup-mail.log"
LARGEST: Final = 1_000_000
"""Bytes."""
OLD_FILES: Final = 5
_STALE_AFTER: Final = timedelta(minutes=1)
_LONGEST_LINE: Final = 1_000
_ADDRESS: Final = regex(r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+")


def append_line(folder: Path, text: str, now: datetime) -> bool:
    """Add a line with the time (UTC) and this process's id; return whether that worked.

    The log folder is made if the home folder exists.
    """
    line = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} [{os.getpid()}] {clean_line(text)}\n".encode("utf-8", "replace")
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _rotate(path, now)
        # Without O_NONBLOCK, a pipe in its place would block forever.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags, 0o600)
        try:
            return os.write(handle, line) == len(line)
        finally:
            os.close(handle)
    except OSError:
        return False


def clean_line(text: str) -> str:
    """Return text for one line of the log: printable, of limited length, and without mail addresses."""
    bare = _ADDRESS.sub("(address)", text[: 4 * _LONGEST_LINE])
    return "".join(letter if letter.isprintable() else " " for letter in bare)[:_LONGEST_LINE]


def forget_word(folder: Path, word: str) -> None:
    """Remove every line that contains ``word`` as a whole word."""
    pattern = _whole_word(word)
    _rewrite(folder, lambda line: b"" if pattern.search(line) else line)


def replace_word(folder: Path, word: str, new: str) -> None:
    """Write ``new`` for ``word`` wherever it stands as a whole word."""
    pattern = _whole_word(word)
    _rewrite(folder, lambda line: pattern.sub(new.encode(), line))


def _whole_word(word: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\w-])" + re.escape(word).encode() + rb"(?![\w-])")


def _rewrite(folder: Path, change: Callable[[bytes], bytes]) -> None:
    for path in _files(folder / FILE):
        with suppress(OSError):
            lines = path.read_bytes().splitlines(keepends=True)
            changed = [change(line) for line in lines]
            if changed != lines:
                path.write_bytes(b"".join(changed))


def _files(path: Path) -> list[Path]:
    """Return the log's files, the newest first."""
    return [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, OLD_FILES + 1))]


def _rotate(path: Path, now: datetime) -> None:
    """Rotate the files when the newest is full, unless another process is doing it."""
    if not _is_full(path):
        return
    lock = path.with_name(f".{path.name}.moving")
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        # A lock left behind by a killed process is removed; the next line rotates the files.
        with suppress(OSError):
            if abs(now.timestamp() - lock.stat().st_mtime) > _STALE_AFTER.total_seconds():
                lock.unlink()
        return
    try:
        if _is_full(path):
            files = _files(path)
            for older, newer in zip(reversed(files), reversed(files[:-1]), strict=False):
                with suppress(FileNotFoundError):
                    newer.replace(older)
    finally:
        lock.unlink(missing_ok=True)


def _is_full(path: Path) -> bool:
    try:
        return path.stat().st_size >= LARGEST
    except OSError:
        return False
