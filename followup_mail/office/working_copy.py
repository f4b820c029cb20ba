"""A candidate's files as a home folder on this machine, and the way of what is changed there back into the database.

Two who change one file at once do not overwrite each other. What counts is the bytes: what lies in the database is ours
to replace if we have read or written it, and somebody else's if not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.office.files import MISSING, KeptFile, OfficeFiles, changed_meanwhile
from followup_mail.office.kept_paths import UNDO, check_path, find_kept
from followup_mail.office.laid_out import lay_out

_TOKENS: Final = "tokens/"
_GONE: Final = ""
"""In place of a checksum: no file."""


class WorkingCopy:
    """The files of one candidate, copied to a folder of this machine."""

    def __init__(self, files: OfficeFiles, folder: Path, *, with_steps: bool) -> None:
        """Look after ``folder``; without ``with_steps`` the user's last steps are not part of it."""
        self.folder = folder
        self._files = files
        self._left_out = "" if with_steps else UNDO
        self._last: dict[str, str] = {}
        """The checksum of each file, as it was last read from the database or written there."""
        self._ours: dict[str, set[str]] = {}
        """What we have read or written of each: also what a transaction wrote that was undone afterwards."""

    def lay_out(self) -> None:
        """Write all files. Raises ``OutboxError`` for a name that cannot be one here."""
        self._take(self._files.read_all(but_below=self._left_out))

    def catch_up(self) -> None:
        """Copy what others have put on record of their steps since: ours gets the next number."""
        self._take(self._files.read(set(self._files.paths_below(UNDO)) - self._ours.keys()))

    def save(self, below: str = "") -> None:
        """Keep what has changed, or what has below a folder. Raises ``RefusedError`` for what somebody else changed.

        That is not overwritten; everything else is kept.
        """
        if foreign := self._keep(dict(self._find_changes(below)), or_nothing=False):
            raise _say_conflict(foreign, self._files.whose)

    def save_file(self, path: Path, after: bytes | None) -> None:
        """Keep a file that is about to be changed, and what was put on record about that, or neither.

        Raises ``RefusedError`` when somebody else has changed it: then it must not change here either.
        """
        name = path.relative_to(self.folder).as_posix()
        try:
            foreign = self._keep({**dict(self._find_changes(UNDO)), name: after}, or_nothing=True)
        except BaseException:
            self._forget_record()
            raise
        if foreign:
            self._forget_record()
            raise changed_meanwhile(foreign[0].path, self._files.whose, foreign[0].changed_by)

    def _take(self, found: Mapping[str, KeptFile]) -> None:
        for path, kept in found.items():
            self._last[path] = _sum(kept.content)
            self._ours[path] = {_sum(kept.content)}
            if kept.content is not None:
                self._write(check_path(path, self._files.whose), kept.content)

    def _keep(self, changes: Mapping[str, bytes | None], *, or_nothing: bool) -> tuple[KeptFile, ...]:
        """Write changes that are made from what is there; return what is somebody else's."""
        if not changes:
            return ()
        with self._files.writing():  # nobody else writes files of this candidate meanwhile
            there = self._files.read(changes)
            foreign = [kept for path, kept in there.items() if not self._may_replace(kept, changes[path])]
            apart = {kept.path for kept in foreign}
            done = {} if foreign and or_nothing else {path: new for path, new in changes.items() if path not in apart}
            to_put = {path: new for path, new in done.items() if path not in there or there[path].content != new}
            versions = {path: there[path].version if path in there else MISSING for path in to_put}
            self._files.put(to_put, versions, datetime.now(UTC))
            for path, new in done.items():
                self._last[path] = _sum(new)
                self._ours.setdefault(path, {_GONE}).add(_sum(new))
        return tuple(foreign)

    def _may_replace(self, kept: KeptFile, new: bytes | None) -> bool:
        if kept.path.startswith(_TOKENS) and kept.content is not None:
            # Each time they are renewed they change; the last tokens are the best, whoever got them.
            return True
        return kept.content == new or _sum(kept.content) in self._ours.get(kept.path, {_GONE})

    def _find_changes(self, below: str) -> Iterator[tuple[str, bytes | None]]:
        """Yield each file that is not as it was last kept; None for a file that is gone."""
        there = set()
        for path, place in find_kept(self.folder):
            if not path.startswith(below) or (self._left_out and path.startswith(self._left_out)):
                continue
            with suppress(FileNotFoundError):
                content = place.read_bytes()
                there.add(path)
                if self._last.get(path, _GONE) != _sum(content):
                    yield check_path(path, self._files.whose), content
        for path, last in list(self._last.items()):
            if last != _GONE and path.startswith(below) and path not in there:
                yield path, None

    def _forget_record(self) -> None:
        """Put what is on record of the user's steps back as it is kept: the step is not done."""
        with suppress(OutboxError, OSError):
            changed = dict(self._find_changes(UNDO))
            there = self._files.read(changed)
            for path in changed:
                (self.folder / path).unlink(missing_ok=True)
                if path in there and (content := there[path].content) is not None:
                    self._write(path, content)

    def _write(self, path: str, content: bytes) -> None:
        try:
            lay_out(self.folder, path, content)
        except OSError as error:
            raise OutboxError(
                f"{path} of {self._files.whose} can't be written on this machine: {error.strerror or error}.",
                fix="Make room in the folder for temporary files, or give the file another name.",
            ) from None


def _sum(content: bytes | None) -> str:
    return _GONE if content is None else sha256(content).hexdigest()


def _say_conflict(foreign: tuple[KeptFile, ...], whose: str) -> RefusedError:
    said = "; ".join(f"{kept.path} was changed by {kept.changed_by}" for kept in foreign)
    which = "it was" if len(foreign) == 1 else "them was"
    return RefusedError(
        f"While this worked for {whose}, {said}. What this changed in {which} not kept; everything else was.",
        fix="Look at it as it is now, and make your change again.",
    )
