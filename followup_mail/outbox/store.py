"""The outbox: everything that can be done with entries, over any ``Storage``.

Each method is one transaction: on disk when it returns, or not done at all. The decisions are pure functions in
``user_changes`` and ``worker_changes``: they get the entry as it stands, and what they decide is written together with
its line of history, and put on record (``recording_store``) so that the user can take it back. Methods that change an
entry take ``now`` (aware). They raise ``NotFoundError`` for an unknown id, ``RefusedError`` when the entry's state
forbids the wish (the sentence says which won), and ``OutboxError`` when the storage cannot be read or written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from followup_mail.cadence.step import Touch
from followup_mail.errors import RefusedError
from followup_mail.outbox import user_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.drafts_store import DraftsStore
from followup_mail.outbox.editors import Editing, find_editing
from followup_mail.outbox.entry import FOLDER, OPEN_IN_EDITOR, Entry, NewEntry, Rewording, Rewriting, State, Timing
from followup_mail.outbox.moving import Moving, move_steps
from followup_mail.outbox.recorded import ChangedEntry, StoreRecord
from followup_mail.outbox.transitions import Cause, check_allowed, is_allowed


class Cancelled(Struct, frozen=True):
    """What came of cancelling an application's entries."""

    cancelled: tuple[Entry, ...]
    under_way: tuple[Entry, ...]
    """Being sent right now. They are not tried again, should this attempt not send them."""
    unclear: tuple[Entry, ...]
    """Sent or not, nobody knows: these wait for the user's decision."""


class Store(DraftsStore):
    """Where entries are kept, and all that may be done with them."""

    def add(self, new: Sequence[NewEntry], now: datetime) -> tuple[Entry, ...]:
        """Add all of them or none. A step that is already taken is a ``RefusedError`` naming the entry.

        A failed or missed entry of the same step is cancelled: the new one replaces it.
        """
        with self.deciding(adds=True):
            return tuple(self._add(entry, now.astimezone(UTC)) for entry in new)

    def approve(self, entry_id: int, now: datetime, grace: timedelta = timedelta()) -> Entry:
        """Move a draft into the queue, to leave no sooner than ``grace`` after now.

        ``RefusedError`` names the draft that took the place of one cancelled.
        """
        try:
            return self._decide(entry_id, now, lambda entry: user_changes.approve(entry, now + grace))
        except RefusedError as error:
            step = self.get(entry_id).step
            drafts = self.entries(application=step.application, states={State.DRAFT})
            instead = next((draft.id for draft in drafts if draft.step == step), None)
            if instead is None:
                raise
            fix = f"The draft that waits is #{instead}: followup-mail outbox approve {instead}"
            raise RefusedError(error.sentence, fix=fix) from None

    def cancel(self, entry_id: int, now: datetime, why: str = "") -> Entry:
        """Cancel one entry. While it is being sent this is refused, but the entry is not tried again afterwards."""
        entry = self._decide(entry_id, now, lambda entry: user_changes.cancel(entry, why))
        # The wish is on disk by now, so that a failed attempt is not repeated.
        if entry.state is State.SENDING:
            check_allowed(entry, Cause.CANCELLED)
        return entry

    def cancel_all(self, application: str, now: datetime, why: str) -> Cancelled:
        """Cancel whatever is still open for an application."""
        with self.deciding():
            entries = self._open_entries(application)
            doubtful = [entry for entry in entries if entry.state is State.UNCLEAR]
            stopped = [entry for entry in entries if entry.state is not State.UNCLEAR]
            changed = [self._save(user_changes.cancel(entry, why), now) for entry in stopped]
        return Cancelled(
            cancelled=tuple(entry for entry in changed if entry.state is State.CANCELLED),
            under_way=tuple(entry for entry in changed if entry.state is State.SENDING),
            unclear=tuple(doubtful),
        )

    def discard(self, entry_id: int, now: datetime) -> Damaged:
        """Cancel an entry whose row cannot be understood. ``RefusedError`` when it can, or may have been sent."""
        with self.deciding():
            damaged = self._get_anyhow(entry_id)
            if isinstance(damaged, Entry):
                fix = f"Run `followup-mail outbox cancel {entry_id}`."
                raise RefusedError(f"{damaged.label} is not damaged.", fix=fix)
            if damaged.state and not is_allowed(damaged.state, Cause.CANCELLED):
                sentence = f"{damaged.sentence} It is {damaged.state}, and stays so."
                raise RefusedError(sentence, fix="It is never sent again.")
            self.cancel_damaged(entry_id)
            self._write_transition(entry_id, Cause.CANCELLED, (damaged.state, State.CANCELLED), now, "it was damaged")
        return damaged

    def hold(self, application: str, now: datetime, why: str) -> tuple[Entry, ...]:
        """Hold whatever is open for an application until it is resumed, also when an editor that has it is closed."""
        with self.deciding():
            entries = [entry for entry in self._open_entries(application) if entry.held in {"", OPEN_IN_EDITOR}]
            return tuple(self._save(user_changes.hold(entry, why), now) for entry in entries)

    def resume(self, application: str, now: datetime) -> tuple[Entry, ...]:
        """Let everything go on that is held for an application, but for what a living process has open in an editor.

        What has missed its last sensible moment meanwhile is missed at once.
        """
        with self.deciding():
            held = [entry for entry in self._open_entries(application) if entry.held]
            free = [entry for entry in held if not self._editor_of(entry, now)]
            return tuple(self._let_go_on(entry, now) for entry in free)

    def hold_entry(self, entry_id: int, now: datetime, why: str, by: str = "") -> Entry:
        """Hold one entry. ``by`` names the process that has it open in an editor (``OPEN_IN_EDITOR``).

        Such a hold is taken over from a process that is gone, and refused while another lives. An entry that is held
        for another reason stays as it is.
        """

        def rule(entry: Entry) -> Change | None:
            if by:
                return user_changes.hold_in_editor(entry, by, self._editor_of(entry, now))
            return user_changes.hold(entry, why)

        return self._decide(entry_id, now, rule)

    def resume_entry(self, entry_id: int, now: datetime, by: str = "") -> Entry:
        """Let one held entry go on; with ``by`` only when it is that process that holds it, and else leave it alone.

        It is missed at once when its last sensible moment passed meanwhile.
        """
        with self.deciding():
            entry = self.get(entry_id)
            editing = self._find_editing(entry)
            is_theirs = editing is not None and editing.by == by
            return self._let_go_on(entry, now) if is_theirs or not by else entry

    def release(self, entry_id: int, now: datetime) -> Entry:
        """Let a held entry go on since what held it is over. That is no step of the user's, so it is not on record."""
        with self.writing():
            return self._let_go_on(self.get(entry_id), now)

    def reschedule(
        self, entry_id: int, timing: Timing, now: datetime, ignored: Sequence[str] = (), why: str = ""
    ) -> Entry:
        """Give an entry another moment. A failed or missed one goes back into the queue.

        ``ignored`` are rules that do not hold it back there; ``why`` goes into its history.
        """
        return self._decide(entry_id, now, lambda entry: user_changes.reschedule(entry, timing, ignored, why))

    def edit(self, entry_id: int, new: Rewording, now: datetime) -> Entry:
        """Replace mail, bytes and ignored rules. Refused when the bytes are not those any more that ``new`` is from.

        Refused too when an intent was ever recorded for it and ``new`` has other bytes under the same Message-ID.
        """

        def rule(entry: Entry) -> Change:
            self._refuse_other_step(entry, new)
            return user_changes.edit(entry, new, [transition.cause for transition in self.transitions(entry_id)])

        return self._decide(entry_id, now, rule)

    def carry_through(
        self, rewritings: Sequence[Rewriting], lost: Mapping[int, str], now: datetime
    ) -> tuple[Entry, ...]:
        """Write entries again and cancel those that have lost their point, with the reason why: all of it or nothing.

        Refused as in ``edit``, and for one that is not in the queue any more.
        """
        with self.deciding():
            changes = [user_changes.cancel(self._get_waiting(number), why) for number, why in lost.items()]
            for new in rewritings:
                causes = [transition.cause for transition in self.transitions(new.entry_id)]
                entry = self.get(new.entry_id)
                self._refuse_other_step(entry, new.words)
                changes.append(user_changes.rewrite(entry, new.words, causes, new.timing))
            return tuple(self._save(change, now) for change in changes)

    def retry(self, entry_id: int, now: datetime, account: str = FOLDER, grace: timedelta = timedelta()) -> Entry:
        """Put a failed or missed entry back into the queue, due ``grace`` after now, with the bytes of its preview.

        One that was meant for the folder leaves by ``account`` from then on, if it was written from that address; so
        does one that lies in the folder, or still waits in the queue.
        """
        return self._decide(
            entry_id, now, lambda entry: user_changes.retry(entry, account, now.astimezone(UTC) + grace)
        )

    def resolve(
        self, entry_id: int, was_sent: bool, now: datetime, why: str = "", grace: timedelta = timedelta()
    ) -> Entry:
        """End an unclear entry: it was sent, or it is to be sent again. By the user's word, unless ``why`` says how
        else that is known. One in the folder may have been sent by hand. Again it leaves ``grace`` after now."""
        now, wait = now.astimezone(UTC), timedelta() if was_sent else grace
        return self._decide(entry_id, now, lambda entry: user_changes.resolve(entry, was_sent, why, now + wait))

    def log_touch(self, touch: Touch) -> None:
        """Record a call, a letter or a message that the user made."""
        with self.deciding(adds=True):
            self.add_touch(touch)
            self._note(StoreRecord(touches=(touch,)))

    def strike_touch(self, touch: Touch) -> None:
        """Record that something was no contact after all."""
        with self.deciding():
            self.delete_touch(touch)
            self._note(StoreRecord(deleted_touches=(touch,)))

    def move(self, moving: Moving, now: datetime) -> tuple[Entry, ...]:
        """Give entries and touches of applications other steps: under another short name, or in one application.

        The mail that was seen for them follows. Message-IDs, bytes and history stay. What would be done twice then is
        cancelled; returns those entries. Raises ``RefusedError`` while one is being sent, and when one is damaged.
        """
        with self.deciding():
            self.refuse_to_move(moving.applications)
            names = moving.applications
            entries = [entry for name in names for entry in self.entries(application=name)]
            moved = move_steps(moving, entries, [touch for name in names for touch in self.touches(name)])
            # In this order a round is free again before another one takes it.
            for before, after in moved.touches:
                self.move_touches(before, after)
            self._note(StoreRecord(moved_touches=moved.touches))
            self._rename_in_seen(names, moving.into)
            cancelled = [self._save(user_changes.cancel(entry, why), now) for entry, why in moved.cancelled]
            changed = {entry.id: entry for entry in cancelled}
            for entry, step in moved.entries:
                self._save(user_changes.move(changed.get(entry.id, entry), step), now)
        return tuple(cancelled)

    def refuse_to_move(self, applications: Sequence[str]) -> None:
        """Raise ``RefusedError`` while an entry of these applications is being sent, or when one is damaged."""
        for application in applications:
            sending = self.entries(application=application, states={State.SENDING})
            damaged = [row for row in self.damaged(frozenset(State)) if row.application == application]
            if sending:
                raise user_changes.refuse_while_sending(sending[0].label)
            if damaged:
                fix = f"Run `followup-mail outbox cancel {damaged[0].id}` first."
                raise RefusedError(f"{damaged[0].sentence}", fix=fix)

    def forget(self, application: str) -> int:
        """Delete everything about an application, bytes and history included. Returns how many entries went."""
        with self.deciding():
            sending: list[Entry | Damaged] = [*self.entries(application=application, states={State.SENDING})]
            sending += [row for row in self.damaged({State.SENDING}) if row.application == application and row.state]
            if sending:
                raise user_changes.refuse_while_sending(sending[0].label)
            if self.record:
                self._note(StoreRecord(forgotten=((application, self.rows_of(application)),)))
            return self.delete_application(application)

    def _add(self, new: NewEntry, now: datetime) -> Entry:
        if taken := self.find_taken(new.step):
            raise user_changes.refuse_taken_step(taken)
        account = new.message.mail_from.lower() if new.account is None else new.account
        entry_id = self.insert(new, account, now)
        self._write_transition(entry_id, Cause.ADDED, (None, new.state), now, new.early)
        added = self.get(entry_id)
        self._note(StoreRecord((ChangedEntry(None, added),)))
        for entry in self.entries(application=new.step.application, states={State.FAILED, State.MISSED}):
            if entry.step == new.step:
                self._save(user_changes.replace_failed(entry, entry_id), now)
        return added

    def _get_waiting(self, entry_id: int) -> Entry:
        """Return an entry that waits. Raises ``RefusedError`` when it does not any more."""
        entry = self.get(entry_id)
        check_allowed(entry, Cause.REWRITTEN)
        return entry

    def _refuse_other_step(self, entry: Entry, new: Rewording) -> None:
        """Raise ``RefusedError`` when an entry is to belong to a step that another one has taken."""
        if new.step and new.step != entry.step and (taken := self.find_taken(new.step)):
            raise user_changes.refuse_taken_step(taken)

    def _find_editing(self, entry: Entry) -> Editing | None:
        """Return the editor that holds an entry, also when it is gone."""
        return find_editing(self.transitions(entry.id)) if entry.held == OPEN_IN_EDITOR else None

    def _editor_of(self, entry: Entry, now: datetime) -> Editing | None:
        """Return the editor that has an entry open and is still there."""
        editing = self._find_editing(entry)
        return None if editing is None or editing.is_left(now) else editing
