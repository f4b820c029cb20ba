"""The files of operations, in ``undo/`` of the home folder: written before what they tell of is done.

``000014.20261228T093000Z.json`` is the operation of that number, kept until that moment (UTC). A process writes one at
most, and only when a command names itself: a run in the background never does that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over

if TYPE_CHECKING:
    from followup_mail.outbox.recorded import StoreRecord
    from followup_mail.undo.operation import Operation

FOLDER: Final = "undo"
UNDER_WAY: Final = ".under-way"
"""The file that says which operation is being taken back at this moment, or was when the program died."""
KEPT_FOR: Final = timedelta(days=30)
FORGOTTEN_KEPT_FOR: Final = timedelta(hours=24)
_MOST: Final = 50
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


class Journal(Struct):
    """The operations under a home folder, and what this process has recorded of its own."""

    home: Path
    command: str
    """What this process was asked to do; while it is empty, nothing is recorded."""
    clock: Callable[[], datetime]
    catch_up: Callable[[], object] | None = None
    """Called before the first record, where others keep theirs elsewhere: it fetches them, so that numbers go on."""
    _current: Operation | None = None
    _path: Path | None = None

    @property
    def folder(self) -> Path:
        return self.home / FOLDER

    @property
    def number(self) -> int:
        """The number of what this process has put on record; 0 while that is nothing."""
        return self._current.number if self._current else 0

    def note_file(self, path: Path, before: bytes | None, after: bytes | None, application: str | None = None) -> None:
        """Put on record that a file is about to change. Raises ``FactsError`` when that cannot be written.

        ``application`` is what it is about: by default what the file is called, nothing for a file of the whole home.
        """
        from followup_mail.undo.operation import FileChange

        if self.command and before != after:
            below = path.relative_to(self.home).as_posix()
            about = path.stem if application is None else application
            self._keep(self._operation().with_file(FileChange(below, about, before, after)))

    def note_store(self, record: StoreRecord) -> None:
        """Put on record what a transaction is about to change. Raises ``FactsError`` when that cannot be written."""
        if self.command:
            self._keep(self._operation().with_store(record))

    def begin_forgetting(self, application: str) -> None:
        """Say that this operation forgets an application: it is kept for a day only, and then all that tells of it."""
        self._current = replace(self._operation(), forgets=application)

    def operations(self) -> tuple[Operation, ...]:
        """Return all operations that are kept, oldest first; what cannot be read or changed nothing is left out."""
        found = (self._read(path) for path in self._files())
        return tuple(operation for operation in found if operation and operation.changes_something)

    def mark(self, operation: Operation, undone_at: datetime | None) -> None:
        """Write whether an operation is undone."""
        for path in self.folder.glob(f"{operation.number:06}.*.json"):
            with said_plainly(path, "written"):
                self._write(path, replace(operation, undone_at=undone_at))

    def erase(self, application: str, before: int | None = None) -> None:
        """Delete whatever operations hold about an application, under each name that it had.

        With ``before`` only those of a smaller number.
        """
        from followup_mail.undo.former_names import find_names

        operations = {path: operation for path in self._files() if (operation := self._read(path))}
        names = find_names(tuple(operations.values()), application, before or inf)
        for path, operation in operations.items():
            left: Operation | None = operation
            for name in (name for name, until in names.items() if operation.number < until):
                left = left and left.without(name)
            if left is not operation:
                with said_plainly(path, "deleted"):
                    self._write(path, left) if left else path.unlink(missing_ok=True)
        for name in names:
            if name == application or not (self.home / "applications" / f"{name}.toml").exists():
                for kept in self.folder.glob(f"{name}.kept-*"):
                    kept.unlink(missing_ok=True)

    def _erase_mail(self, numbers: frozenset[int]) -> None:
        """Delete whatever operations hold about mails of the mailbox; their numbers are never given out twice."""
        for path in self._files():
            operation = self._read(path)
            if operation and operation.without_mail(numbers) != operation:
                with said_plainly(path, "deleted"):
                    self._write(path, operation.without_mail(numbers))

    @property
    def needs_tidying(self) -> bool:
        """Whether the time of an operation is over, or taking one back was interrupted: a look at names, no more."""
        now = f"{self.clock().astimezone(UTC):{_MOMENT}}"
        return (self.folder / UNDER_WAY).exists() or any(path.suffixes[0][1:] <= now for path in self._files())

    def purge(self) -> None:
        """Delete operations whose time is over, and with a forgotten application whatever older steps hold about it."""
        now = f"{self.clock().astimezone(UTC):{_MOMENT}}"
        for path in self._files():
            if path.suffixes[0][1:] > now:
                continue
            operation = self._read(path)
            if operation and operation.forgets and operation.undone_at is None:
                self.erase(operation.forgets, operation.number)
            if operation and operation.forgets_mail and operation.undone_at is None:
                self._erase_mail(operation.forgets_mail)
            path.unlink(missing_ok=True)

    def _operation(self) -> Operation:
        from followup_mail.undo.operation import Operation

        return self._current or Operation(0, self.command, self.clock().astimezone(UTC))

    def _keep(self, operation: Operation) -> None:
        """Write the operation of this process, under a number of its own from the first time on."""
        make_folder(self.home, self.folder)
        with said_plainly(self.folder, "written"):
            if self._path is None:
                if self.catch_up:
                    self.catch_up()
                with alone_in(self.folder):
                    files = self._files()
                    for old in files[: max(0, len(files) - _MOST + 1)]:
                        self._drop(old)
                    number = int(files[-1].name[:6]) + 1 if files else 1
                    operation = replace(operation, number=number)
                    forgets = operation.forgets or operation.forgets_mail
                    until = operation.at + (FORGOTTEN_KEPT_FOR if forgets else KEPT_FOR)
                    self._path = self.folder / f"{number:06}.{until:{_MOMENT}}.json"
                    self._write(self._path, operation)
            else:
                self._write(self._path, operation)
        self._current = operation

    def _drop(self, path: Path) -> None:
        """Delete the oldest of too many; what was forgotten stays for its day."""
        operation = self._read(path)
        if not operation or not (operation.forgets or operation.forgets_mail):
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if path.name[:6].isdigit())

    def _write(self, path: Path, operation: Operation) -> None:
        from followup_mail.undo.operation_file import write_operation

        write_over(path, write_operation(operation))

    def _read(self, path: Path) -> Operation | None:
        from followup_mail.outbox.damaged_rows import UNREADABLE
        from followup_mail.undo.operation_file import read_operation

        try:
            return read_operation(path.read_text("utf-8"))
        except (OSError, *UNREADABLE):
            return None
