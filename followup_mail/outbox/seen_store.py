"""What is done with mail that was seen in mailboxes: kept together with what follows from it, corrected, settled.

What a look at a mailbox keeps is no step of the user's and on no record; what the user says about it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox import seen_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.damaged_rows import DamagedSeenError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.recorded import ChangedSeen, StoreRecord
from followup_mail.outbox.recording_store import RecordingStore
from followup_mail.outbox.seen_mail import FolderMark, LastLook, NewSeen, SeenMail, SeenState


class SeenStore(RecordingStore):
    """A store that knows the mail in the user's mailboxes."""

    def keep_seen(self, mails: Sequence[NewSeen], mark: FolderMark | None, now: datetime) -> tuple[SeenMail, ...]:
        """Keep what is not known yet, carry out what follows from it, and note how far the folder was looked through.

        All of it or nothing. Returns what was new. A mail that is known changes nothing, in whatever folder it lies
        now; one that another account has as well is kept as it stands there, and nothing follows from it twice.
        """
        now = now.astimezone(UTC)
        with self.adding():
            kept = tuple(seen for new in mails if (seen := self._keep(new, now)))
            if mark:
                self._advance(mark)
        return kept

    def correct_seen(self, seen_id: int, mail: Understood, now: datetime) -> SeenMail:
        """Write that a mail is something else, by the user's word, and make the outbox agree with it.

        What the first understanding did is taken back as far as it can be; then what the new one asks for is done.
        """
        now = now.astimezone(UTC)
        with self.deciding():
            before = self.get_seen(seen_id)
            after = seen_changes.correct(before, mail)
            if after.mail == before.mail:
                return before
            self._replace_seen(before, after)
            self._take_effects_back(before, now)
            self._carry_out(after, now)
        return after

    def settle_seen(self, seen_id: int, state: SeenState, now: datetime) -> SeenMail:
        """Write what has been done about a mail.

        Once nothing is to follow from it (``DISMISSED``), the mails go on that waited only for it. A report that is
        dismissed still stands: ``correct_seen`` says that it was none. ``RECORDED`` is no step of the user's: it is on
        no record, and leaves alone what the user has settled.
        """
        by_user = state is not SeenState.RECORDED
        now = now.astimezone(UTC)
        with self.deciding() if by_user else self.writing():
            before = self.get_seen(seen_id)
            if before.state is state or not (by_user or before.state is SeenState.NEW):
                return before
            after = replace(before, state=state)
            self._replace_seen(before, after)
            if state is SeenState.DISMISSED and before.mail.understanding is not Understanding.RETURNED:
                self._take_effects_back(before, now)
            if before.state is SeenState.DISMISSED:
                self._carry_out(after, now)
        return after

    def forget_seen(self, seen_ids: Sequence[int]) -> tuple[SeenMail, ...]:
        """Delete mails, also damaged ones. What follows from them stays. Returns those that could be read.

        Raises ``NotFoundError`` when one is not there; then none is deleted.
        """
        gone: list[SeenMail] = []
        with self.deciding():
            for seen_id in dict.fromkeys(seen_ids):
                try:
                    seen = self.get_seen(seen_id)
                except DamagedSeenError:
                    pass
                else:
                    gone.append(seen)
                    self._note(StoreRecord(seen=(ChangedSeen(seen, None),)))
                self.delete_seen(seen_id)
        return tuple(gone)

    def look_from_the_start(self, account: str) -> None:
        """Let the next look go through all folders of an account again."""
        with self.adding():
            self.delete_folder_marks(account)

    def note_look(self, account: str, now: datetime, error: str = "") -> None:
        """Write that an account's mailbox was looked through to the end; with ``error`` that this failed, and why."""
        now, account = now.astimezone(UTC), account.lower()
        with self.adding():
            looked_at = self.last_look(account).looked_at if error else now
            self.put_last_look(LastLook(account, looked_at, now if error else None, error))

    def _keep(self, new: NewSeen, now: datetime) -> SeenMail | None:
        """Keep one mail; None when it is known."""
        if self.knows_mail(new.place, new.mail.message_id):
            return None
        twins = self.seen_as(new.mail.message_id) if new.mail.message_id else ()
        twin = next((known for known in twins if known.mail.sender == new.mail.sender), None)
        seen = self.get_seen(self.insert_seen(new, now))
        if twin is None:
            self._carry_out(seen, now)
            return seen
        seen = replace(seen, mail=twin.mail, state=twin.state, was=twin.was)
        self.put_seen(seen)
        return seen

    def _advance(self, mark: FolderMark) -> None:
        known = self.folder_mark(mark.account, mark.folder)
        if known is None or known.uid_validity != mark.uid_validity or known.last_uid < mark.last_uid:
            self.put_folder_mark(mark)

    def _replace_seen(self, before: SeenMail, after: SeenMail) -> None:
        self.put_seen(after)
        self._note(StoreRecord(seen=(ChangedSeen(before, after),)))

    def _rename_in_seen(self, names: Sequence[str], into: str) -> None:
        """Let the mail of applications follow them under another short name."""
        for seen in self.seen():
            renamed = seen_changes.rename_in(seen, names, into)
            if renamed != seen:
                self._replace_seen(seen, renamed)

    def _carry_out(self, seen: SeenMail, now: datetime) -> None:
        """Do what follows from a mail in the outbox."""
        for change in self._list_effects(seen, now):
            self._save(change, now)

    def _list_effects(self, seen: SeenMail, now: datetime) -> Iterator[Change]:
        if seen.mail.understanding is Understanding.NOTHING:
            return
        if seen.mail.understanding is Understanding.RETURNED:
            left = filter(seen_changes.can_come_back, self._named_in(seen.mail))
            yield from (seen_changes.come_back(entry, seen) for entry in left)
            return
        doubtful = self.entries(states={State.UNCLEAR, State.IN_FOLDER})
        yield from filter(None, (seen_changes.prove_sent(entry, seen, now) for entry in doubtful))
        if seen.mail.understanding is Understanding.AUTOMATIC:
            yield from self._end_waiting(seen)
        if seen_changes.still_holds(seen):
            waiting = (entry for application in seen.mail.applications for entry in self._open_entries(application))
            yield from filter(None, (seen_changes.hold_answered(entry, seen) for entry in waiting))

    def _end_waiting(self, seen: SeenMail) -> Iterator[Change]:
        """Yield what lets the mails be looked at again that wait for the end of somebody's absence."""
        queued = self.entries(states={State.QUEUED}) if seen.mail.back_on else ()
        yield from filter(None, (seen_changes.wait_no_longer(entry, seen) for entry in queued))

    def _take_effects_back(self, seen: SeenMail, now: datetime) -> None:
        """Take back what followed from a mail that is settled or understood otherwise by now."""
        match seen.mail.understanding:
            case Understanding.ANSWER:
                for application in seen.mail.applications:
                    self._let_go_on_after_answer(application, now)
            case Understanding.AUTOMATIC:
                for change in self._end_waiting(seen):
                    self._save(change, now)
            case Understanding.RETURNED:
                for entry in self._named_in(seen.mail):
                    back = seen_changes.stay_gone(entry, seen, self.transitions(entry.id))
                    if back and not self._is_reported(entry) and not self.find_taken(entry.step):
                        self._save(back, now)

    def _let_go_on_after_answer(self, application: str, now: datetime) -> None:
        if any(seen_changes.still_holds(known) for known in self.seen(application)):
            return
        for entry in self._open_entries(application):
            if seen_changes.is_held_by_mailbox(entry, self.transitions(entry.id)):
                self._let_go_on(entry, now)

    def _named_in(self, report: Understood) -> Iterator[Entry]:
        """Yield the mails that came back by a report."""
        given = self.entries(states={State.SENT, State.UNCLEAR, State.FAILED})
        return (entry for entry in given if seen_changes.is_about(report, entry))

    def _is_reported(self, entry: Entry) -> bool:
        """Return whether a report that stands says that an entry came back."""
        reports = (known.mail for known in self.seen() if known.mail.understanding is Understanding.RETURNED)
        return any(seen_changes.is_about(report, entry) for report in reports)
