"""The part of a store that takes steps back, and that puts on record what the user changes so that this can be done.

What a worker does is never on record: it is no step of the user's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from followup_mail.cadence.step import Touch
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.base_store import Rule
from followup_mail.outbox.change import Change
from followup_mail.outbox.damaged_rows import DamagedRowError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.recorded import ChangedEntry, Record, Rows, StoreRecord
from followup_mail.outbox.take_back import TakenBack, hold_after_answer, take_back, turn_seen
from followup_mail.outbox.worker_store import WorkerStore


class _OnlyLookedError(Exception):
    """Ends a transaction that was only a look."""


class RecordingStore(WorkerStore):
    """A store whose user may take a step back."""

    record: Record | None = None
    """Called with what a transaction of the user's changes, before it is committed; what it raises undoes it."""
    _noted: StoreRecord | None = None

    @contextmanager
    def deciding(self, *, adds: bool = False) -> Iterator[None]:
        """Begin a transaction of the user's; with ``adds`` one that may add rows."""
        with self.adding() if adds else self.writing():
            self._noted = StoreRecord()
            try:
                yield
                if self.record and self._noted != StoreRecord():
                    self.record(self._noted)
            finally:
                self._noted = None

    def take_back(
        self, step: StoreRecord, now: datetime, why: str, *, again: bool = False, only_look: bool = False
    ) -> tuple[TakenBack, ...]:
        """Take a step back, or do it ``again``, as far as that can be done; all of it in one transaction.

        With ``only_look`` nothing is changed. Doing it twice does no more than doing it once.
        """
        now = now.astimezone(UTC)
        done: tuple[TakenBack, ...] = ()
        with suppress(_OnlyLookedError), self.adding():
            changes = [change.swapped for change in step.entries] if again else list(reversed(step.entries))
            done = tuple(self._take_back(change, now, why) for change in changes)
            self._move_touches(step, again)
            self._move_forgotten(step, again)
            self._move_seen(step, again)
            if only_look:
                raise _OnlyLookedError
        return done

    def _take_back(self, step: ChangedEntry, now: datetime, why: str) -> TakenBack:
        try:
            entry = self.get(step.after.id)
            taken = self.find_taken(step.before.step if step.before else entry.step)
        except NotFoundError:
            return TakenBack(step.after, why_not="is not there any more")
        except DamagedRowError:
            return TakenBack(step.after, why_not="is damaged and stays as it is")
        causes = {transition.cause for transition in self.transitions(entry.id)}
        back = take_back(entry, step, causes, taken, why)
        if back.change and back.change.after.state is State.QUEUED:
            back = hold_after_answer(back, self.history(entry.step.application).touches)
        if back.change:
            self._save(back.change, now)
        return back

    def _move_touches(self, step: StoreRecord, again: bool) -> None:
        for before, after in step.moved_touches if again else reversed(step.moved_touches):
            self.move_touches(*((before, after) if again else (after, before)))
        for touch in step.touches:
            self._set_touch(touch, counts=again)
        for touch in step.deleted_touches:
            self._set_touch(touch, counts=not again)

    def _set_touch(self, touch: Touch, *, counts: bool) -> None:
        is_there = touch in self.touches(touch.step.application)
        if counts and not is_there:
            self.add_touch(touch)
        elif is_there and not counts:
            self.delete_touch(touch)

    def _move_forgotten(self, step: StoreRecord, again: bool) -> None:
        for application, rows in step.forgotten:
            if again:
                self.delete_application(application)
            elif not self.holds_any(rows):
                self._refuse_taken(application, rows)
                self.put_back(rows)

    def _refuse_taken(self, application: str, rows: Rows) -> None:
        """Refuse to put back a mail whose step was taken since: two mails would be for one step."""
        taken = self.find_in_the_way(rows)
        if taken is None:
            return
        kind = str(taken.step.kind).replace("_", " ")
        raise RefusedError(
            f"The application {application} cannot be brought back: its {kind} to {taken.message.to.name} is in "
            f"the outbox once more, as {taken.label}, {taken.state}. Nothing was taken back.",
            fix="Take back the later steps about it first (`followup-mail undo --list`), or give the new one another "
            f"name with `followup-mail change {taken.step.application} --rename NAME`.",
        )

    def _move_seen(self, step: StoreRecord, again: bool) -> None:
        for change in step.seen if again else reversed(step.seen):
            now = {known.id: known for known in self.seen()}.get(change.before.id)
            turned = turn_seen(change, now, again)
            if now is None:
                # Seen again after it was forgotten, it is there under another number.
                if turned and not self.knows_mail(turned.place, turned.mail.message_id):
                    self.put_seen(turned)
            elif turned is None:
                self.delete_seen(now.id)
            elif turned != now:
                self.put_seen(turned)

    def _decide(self, entry_id: int, now: datetime, rule: Rule) -> Entry:
        """Change one entry by a rule of the user's, on record."""
        with self.deciding():
            entry = self.get(entry_id)
            change = rule(entry)
            return entry if change is None else self._save(change, now)

    def _save(self, change: Change, now: datetime) -> Entry:
        if self._noted is None or self.record is None:
            return super()._save(change, now)
        content = b"" if change.content is None else self.stored_content(change.after.id)[0] or b""
        after = super()._save(change, now)
        self._note(StoreRecord((ChangedEntry(change.before, after, content, change.content or b""),)))
        return after

    def _note(self, changed: StoreRecord) -> None:
        if self._noted is not None:
            self._noted = self._noted.followed_by(changed)
