"""What every method of a store is made of: one change with its line of history, and what is read across tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from msgspec import Struct

from followup_mail.cadence.step import History, Touch
from followup_mail.errors import OutboxError
from followup_mail.message.message import fingerprint
from followup_mail.outbox.application_history import to_history
from followup_mail.outbox.change import Change
from followup_mail.outbox.damaged_rows import Damaged, DamagedRowError
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.outbox.mail_to import WENT, MailTo
from followup_mail.outbox.storage import Storage
from followup_mail.outbox.transitions import Cause, Transition
from followup_mail.outbox.user_changes import refuse_taken_step, resume
from followup_mail.outbox.worker_changes import miss

Rule = Callable[[Entry], Change | None]


class Exported(Struct, frozen=True):
    """One entry with everything the store holds about it."""

    entry: Entry | Damaged
    transitions: tuple[Transition, ...]
    content: bytes
    """Empty when the bytes cannot be read any more, or are not those that were stored."""


class BaseStore(Storage):
    """A storage whose entries only change by rules."""

    def sent_since(self, since: datetime) -> tuple[MailTo, ...]:
        """Return the mails that were sent since a moment, or go out by themselves."""
        mails = (
            MailTo(entry.step.application, entry.message.to.email, entry.sent_at or entry.timing.due_at)
            for entry in self.entries(states=WENT)
        )
        return tuple(mail for mail in mails if mail.at >= since)

    def touches_since(self, since: datetime) -> tuple[Touch, ...]:
        """Return what the user did by hand since a moment, in all applications."""
        return tuple(touch for touch in self.touches() if touch.at >= since)

    def history(self, application: str) -> History:
        """Return what was done and what stands ready for an application."""
        with self.reading():
            return to_history(self.entries(application=application), self.touches(application))

    def content(self, entry_id: int) -> bytes:
        """Return the bytes of a mail. Raises ``OutboxError`` when they are not what was stored."""
        content, content_sha256 = self.stored_content(entry_id)
        if content is None or fingerprint(content) != content_sha256:
            raise OutboxError(
                f"The bytes of #{entry_id} are not those that were stored.",
                fix="The disk may be failing. Write and queue the mail again; run `followup-mail outbox verify`.",
            )
        return content

    def export(self) -> Iterator[Exported]:
        """Yield everything, entry by entry, as of one moment; of a damaged storage, whatever can still be read."""
        with self.reading():
            for entry_id in self.entry_ids():
                transitions: tuple[Transition, ...] = ()
                content = b""
                with suppress(OutboxError):
                    transitions = self.transitions(entry_id)
                with suppress(OutboxError):
                    content = self.content(entry_id)
                yield Exported(self._get_anyhow(entry_id), transitions, content)

    def _change(self, entry_id: int, now: datetime, rule: Rule) -> Entry:
        """Change one entry by a rule, in a transaction of its own; None: it stays as it is."""
        with self.writing():
            entry = self.get(entry_id)
            change = rule(entry)
            return entry if change is None else self._save(change, now)

    def _save(self, change: Change, now: datetime) -> Entry:
        """Write a change and its line of history. Raises ``RefusedError`` when another entry has taken the step."""
        before, after = change.before, change.after
        if change.takes_step and (taken := self.find_taken(after.step)):
            raise refuse_taken_step(taken)
        self.update(before, after)
        if change.content is not None:
            self.replace_content(after.id, change.content)
        self._write_transition(after.id, change.cause, (before.state, after.state), now, change.detail)
        return after

    def _let_go_on(self, entry: Entry, now: datetime) -> Entry:
        """Let a held entry go on; it is missed at once when its last sensible moment has passed meanwhile."""
        resumed = self._save(resume(entry), now)
        missed = miss(resumed, now)
        return self._save(missed, now) if missed else resumed

    def _write_transition(
        self, entry_id: int, cause: Cause, states: tuple[State | None, State], now: datetime, detail: str = ""
    ) -> None:
        before, after = states
        self.add_transition(entry_id, Transition(now.astimezone(UTC), cause, before, after, detail))

    def _open_entries(self, application: str) -> tuple[Entry, ...]:
        return by_id(self.entries(application=application, states=OPEN))

    def _get_anyhow(self, entry_id: int) -> Entry | Damaged:
        """Return an entry, or its row when that cannot be understood."""
        try:
            return self.get(entry_id)
        except DamagedRowError as error:
            return error.damaged


def by_id(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries in the order in which they were added."""
    return tuple(sorted(entries, key=lambda entry: entry.id))
