"""The part of a store for entries that the user sends from their own mailbox.

To mean an entry for the mailbox is the user's step, and on record; what is seen there later is not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from followup_mail.outbox import draft_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.draft_changes import SeenDraft
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.outbox.seen_store import SeenStore


class DraftsStore(SeenStore):
    """A store that knows the Drafts folder of a mailbox."""

    def to_put(self, now: datetime) -> tuple[Entry, ...]:
        """Return the entries that are meant for the mailbox and do not lie there, unless a program is at it."""
        waiting = self.entries(states={State.DRAFT}, held=True)
        return tuple(
            entry
            for entry in waiting
            if entry.held == TO_DRAFTS and not draft_changes.is_leased(entry, now.astimezone(UTC))
        )

    def in_drafts(self) -> tuple[Entry, ...]:
        """Return the entries that lie in the Drafts folder, as far as is known."""
        return tuple(entry for entry in self.entries(states={State.IN_FOLDER}) if entry.in_drafts)

    def begin_put(self, entry_id: int, now: datetime) -> Entry:
        """Hold an entry for the mailbox, by this program for a while. Raises ``RefusedError``."""
        now = now.astimezone(UTC)
        return self._decide(entry_id, now, lambda entry: draft_changes.begin(entry, now))

    def note_put(self, entry_id: int, was: str, folder: str, now: datetime) -> Entry:
        """Note that the bytes with the hash ``was`` lie in the folder; an entry that has changed stays as it is."""
        now = now.astimezone(UTC)
        return self._decide(entry_id, now, lambda entry: draft_changes.put(entry, was, folder, now))

    def note_not_put(self, entry_id: int, reason: str, fix: str, now: datetime) -> Entry:
        """Note why an entry could not be put into the mailbox; it stays meant for it."""
        return self._decide(entry_id, now.astimezone(UTC), lambda entry: draft_changes.fail(entry, reason, fix))

    def note_sent_there(self, entry_id: int, seen: SeenDraft, at: datetime, now: datetime) -> Entry:
        """Note that the user sent it at ``at`` from their mailbox, with the words that went."""
        at = at.astimezone(UTC)
        return self._if_in_drafts(entry_id, now, lambda entry: draft_changes.found_sent(entry, seen, at))

    def note_changed_there(self, entry_id: int, seen: SeenDraft, now: datetime) -> Entry:
        """Note how the draft reads now."""
        return self._if_in_drafts(entry_id, now, lambda entry: draft_changes.found_changed(entry, seen))

    def note_missing_there(self, entry_id: int, until: datetime, why: str, now: datetime) -> Entry:
        """Note that the draft is nowhere to be seen; ``until`` says when it counts as deleted."""
        until = until.astimezone(UTC)
        return self._if_in_drafts(entry_id, now, lambda entry: draft_changes.found_missing(entry, until, why))

    def note_deleted_there(self, entry_id: int, now: datetime) -> Entry:
        """Cancel an entry whose draft the user deleted."""
        return self._if_in_drafts(entry_id, now, draft_changes.found_deleted)

    def _if_in_drafts(self, entry_id: int, now: datetime, rule: Callable[[Entry], Change | None]) -> Entry:
        """Change an entry that still lies there; the user may have decided about it while the mailbox was read."""
        return self._change(entry_id, now.astimezone(UTC), lambda entry: rule(entry) if entry.in_drafts else None)
