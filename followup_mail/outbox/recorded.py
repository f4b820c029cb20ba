"""What a step of the user's changed in the outbox, as it was before and after: enough to take the step back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.step import StepId, Touch
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.seen_mail import SeenMail

TAKEN_BACK: Final = "you took back the step that had queued it"
"""The reason of an entry that is cancelled because the step that added it was taken back."""

Row = dict[str, str | int | bytes | None]
Rows = dict[str, list[Row]]
"""What a storage holds about an application, table by table."""


class ChangedEntry(Struct, frozen=True):
    """One entry before and after a step."""

    before: Entry | None
    """None: the step added it."""
    after: Entry
    content_before: bytes = b""
    """Empty, as is ``content_after``, when the bytes stayed as they were."""
    content_after: bytes = b""

    @property
    def came_to_nothing(self) -> bool:
        """Whether the step added it and cancelled it again, as Ctrl-C does while a mail waits its minute."""
        return self.before is None and self.after.state is State.CANCELLED

    def followed_by(self, later: ChangedEntry) -> ChangedEntry:
        """Return this change and a later one of the same entry as one."""
        content_before = self.content_before or later.content_before
        return ChangedEntry(self.before, later.after, content_before, later.content_after or self.content_after)

    @property
    def swapped(self) -> ChangedEntry:
        """The way from after to before, as a step of its own: taking that back does the step again."""
        undone = self.before or replace(
            self.after, state=State.CANCELLED, reason=TAKEN_BACK, fix="", held="", filed_at=None
        )
        return ChangedEntry(self.after, undone, self.content_after, self.content_before)


class ChangedSeen(Struct, frozen=True):
    """One mail that was seen in the mailbox, before and after a step."""

    before: SeenMail
    after: SeenMail | None
    """None: the step forgot it."""

    @property
    def applications(self) -> tuple[str, ...]:
        """The applications that it belongs to, or belonged to."""
        mails = (mail for seen in (self.before, self.after) if seen for mail in (seen.mail, seen.was) if mail)
        return tuple(dict.fromkeys(name for mail in mails for name in mail.applications))


class StoreRecord(Struct, frozen=True):
    """What transactions of the user's change in the outbox: written down before they are committed."""

    entries: tuple[ChangedEntry, ...] = ()
    touches: tuple[Touch, ...] = ()
    forgotten: tuple[tuple[str, Rows], ...] = ()
    """Applications, each with everything that was deleted about it."""
    moved_touches: tuple[tuple[StepId, StepId], ...] = ()
    """Steps whose touches belong to another one now, in the order in which they were moved."""
    seen: tuple[ChangedSeen, ...] = ()
    """Mails of the mailbox that are understood otherwise now, settled, or forgotten; in that order."""
    deleted_touches: tuple[Touch, ...] = ()
    """Contacts that do not count any more."""

    def followed_by(self, later: StoreRecord) -> StoreRecord:
        """Return this and what the same step changed later as one."""
        found = {change.after.id: change for change in self.entries}
        for change in later.entries:
            earlier = found.get(change.after.id)
            found[change.after.id] = earlier.followed_by(change) if earlier else change
        return StoreRecord(
            tuple(found.values()),
            self.touches + later.touches,
            self.forgotten + later.forgotten,
            self.moved_touches + later.moved_touches,
            self.seen + later.seen,
            self.deleted_touches + later.deleted_touches,
        )


Record = Callable[[StoreRecord], object]
