"""Applications that were read before, for a process that lives long: a file is parsed again once it has changed.

Anybody may change a facts file at any moment. So whoever asks looks at the file first, and what was kept counts only
while identity, size and times of the file are the same. A change within the same tick of the file system's clock as the
one before would not show in them; so what was changed a moment before it was read is not kept (git calls such a file
"racily clean").
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.facts.application import Application

Stamp: TypeAlias = tuple[int, ...]
_SETTLED: Final = timedelta(seconds=2)
"""The coarsest clock of a file system in use is that of FAT."""


class _Kept(Struct, frozen=True):
    stamp: Stamp
    points: tuple[str, ...]
    """The proof points with which it was made."""
    application: Application


class KeptFacts:
    """What was read. Threads may share it: each entry is replaced as a whole."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """``clock`` is the one by which files get their times; what it says is aware."""
        self._clock = clock
        self._kept: dict[Path, _Kept] = {}

    def find(self, path: Path, stamp: Stamp, read_points: Callable[[], tuple[str, ...]]) -> Application | None:
        """Return what was read from a file, if it is still as ``stamp`` says and the proof points are the same."""
        kept = self._kept.get(path)
        return kept.application if kept and kept.stamp == stamp and kept.points == read_points() else None

    def keep(self, path: Path, before: Stamp, points: tuple[str, ...], application: Application) -> None:
        """Keep what was read, unless the file was changed since ``before``, or so lately that nobody could tell."""
        if before == stamp_of(path) and self._is_settled(before):
            self._kept[path] = _Kept(before, points, application)
        else:
            self._kept.pop(path, None)

    def keep_only(self, folder: Path, names: Collection[str]) -> None:
        """Drop what was read from files that are gone, once more is kept than there are ``names``."""
        if len(self._kept) > len(names):
            there = {folder / f"{name}.toml" for name in names}
            for path in self._kept.keys() - there:
                self._kept.pop(path, None)

    def _is_settled(self, stamp: Stamp) -> bool:
        changed = max(stamp[-2:]) / 1e9
        return changed < (self._clock() - _SETTLED).timestamp()


def stamp_of(path: Path) -> Stamp | None:
    """Return what tells two states of a file apart, its times last (nanoseconds); None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
