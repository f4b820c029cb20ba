"""An operation: what one command changed, in facts and in the outbox, as it was before and after."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.outbox.recorded import StoreRecord


class FileChange(Struct, frozen=True):
    """One file of the home folder before and after an operation."""

    path: str
    """Below the home folder, with slashes."""
    application: str
    """Empty for a file of the whole home."""
    before: bytes | None
    """None, here and in ``after``: it was not there."""
    after: bytes | None

    @property
    def swapped(self) -> FileChange:
        """The way back, as a change of its own."""
        return FileChange(self.path, self.application, self.after, self.before)

    @property
    def is_facts(self) -> bool:
        """Whether it is the file of an application: a transcript lies beside it, and is none."""
        return self.path == f"applications/{self.application}.toml"

    @property
    def takes_facts(self) -> bool:
        """Whether an application has no facts under its name afterwards."""
        return self.is_facts and self.before is not None and self.after is None

    def gives_facts(self, application: str) -> bool:
        """Return whether an application has facts afterwards, and by this."""
        return self.is_facts and self.application == application and self.after is not None


class Operation(Struct, frozen=True):
    """What one run of a command changed."""

    number: int
    command: str
    """As it was typed, without options: their values are nobody's business."""
    at: datetime
    """UTC."""
    files: tuple[FileChange, ...] = ()
    outbox: StoreRecord = field(default_factory=StoreRecord)
    forgets: str = ""
    """The application that was forgotten by it."""
    undone_at: datetime | None = None

    @property
    def applications(self) -> tuple[str, ...]:
        """The applications that it is about."""
        found = [change.application for change in self.files]
        found += [change.after.step.application for change in self.outbox.entries]
        touches = (*self.outbox.touches, *self.outbox.deleted_touches)
        found += [touch.step.application for touch in touches]
        found += [step.application for pair in self.outbox.moved_touches for step in pair]
        found += [name for change in self.outbox.seen for name in change.applications]
        return tuple(dict.fromkeys(filter(None, [*found, self.forgets])))

    @property
    def changes_something(self) -> bool:
        """False for what in the end left everything as it was, such as an editor that was closed without a change."""
        moved = any(change.before != change.after and not change.came_to_nothing for change in self.outbox.entries)
        moved = moved or any(change.before != change.after for change in self.outbox.seen)
        store = moved or self.outbox.touches or self.outbox.deleted_touches or self.outbox.forgotten
        return bool(store) or any(change.before != change.after for change in self.files)

    def with_file(self, change: FileChange) -> Operation:
        """Return it with a further change of a file; several of a file are joined."""
        found = {earlier.path: earlier for earlier in self.files}
        earlier = found.get(change.path, change)
        found[change.path] = replace(change, before=earlier.before)
        return replace(self, files=tuple(found.values()))

    def with_store(self, record: StoreRecord) -> Operation:
        """Return it with what was changed in the outbox since."""
        return replace(self, outbox=self.outbox.followed_by(record))

    @property
    def renames(self) -> bool:
        """Whether it gave an application another name, or made it part of another application."""
        return not self.forgets and any(change.takes_facts for change in self.files)

    def former_names(self, application: str) -> tuple[str, ...]:
        """Return what an application was called before it, or while it was done, if it has been taken back."""
        files = [change.swapped for change in self.files] if self.undone_at else self.files
        if not self.renames or not any(change.gives_facts(application) for change in files):
            return ()
        return tuple(change.application for change in files if change.takes_facts)

    def without(self, application: str) -> Operation | None:
        """Return it without anything about an application; None when nothing is left.

        Where it put two together, each is in the facts and mails of the other: then all of it goes.
        """
        if application not in self.applications:
            return self
        if self.renames:
            return None
        files = tuple(change for change in self.files if change.application != application)
        entries = tuple(entry for entry in self.outbox.entries if entry.after.step.application != application)
        touches = tuple(touch for touch in self.outbox.touches if touch.step.application != application)
        forgotten = tuple(gone for gone in self.outbox.forgotten if gone[0] != application)
        seen = tuple(change for change in self.outbox.seen if application not in change.applications)
        deleted = tuple(touch for touch in self.outbox.deleted_touches if touch.step.application != application)
        moved = tuple(
            pair for pair in self.outbox.moved_touches if application not in {step.application for step in pair}
        )
        outbox = StoreRecord(entries, touches, forgotten, moved, seen, deleted)
        left = replace(self, files=files, outbox=outbox, forgets="" if self.forgets == application else self.forgets)
        return left if left.applications else None

    @property
    def forgets_mail(self) -> frozenset[int]:
        """The numbers of the mails of the mailbox that were forgotten by it."""
        return frozenset(change.before.id for change in self.outbox.seen if change.after is None)

    def without_mail(self, numbers: frozenset[int]) -> Operation:
        """Return it without anything that mails of the mailbox said."""
        kept = tuple(change for change in self.outbox.seen if change.before.id not in numbers)
        return replace(self, outbox=replace(self.outbox, seen=kept))
