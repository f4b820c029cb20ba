"""The default store: one SQLite file. Each method is one transaction; the rules themselves are in the modules beside.

``user_changes`` holds what the user does, ``worker_changes`` what a worker does, ``row_queries`` what anybody may look
at. A store belongs to the thread that opened it; open another one for another thread or process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from followup_mail.cadence.step import History, Touch
from followup_mail.errors import OutboxError
from followup_mail.outbox import pauses, row_changes, row_queries, user_changes, worker_changes
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.database import BUSY_AFTER, told, writing
from followup_mail.outbox.database import reading as reading_at_once
from followup_mail.outbox.entry import FOLDER, OPEN, Entry, NewEntry, Rewording, State, Timing
from followup_mail.outbox.lease import IsDead, Worker, assume_alive
from followup_mail.outbox.migrate import Migration, open_database, read_migrations
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement
from followup_mail.outbox.store import Cancelled, Claim, Exported, Rested, Turned
from followup_mail.outbox.transitions import Cause, Transition, check_move


class SqliteStore:
    """A ``Store`` in one SQLite file."""

    def __init__(
        self,
        path: Path,
        *,
        busy_after: float = BUSY_AFTER,
        open_within: float | None = None,
        migrations: Sequence[Migration] | None = None,
    ) -> None:
        """Open the outbox in the file ``path``, made if it is not there.

        ``busy_after`` is how many seconds to wait for another process that writes, ``open_within`` the same for the
        opening alone. Raises ``OutboxError``.
        """
        first = busy_after if open_within is None else open_within
        self._connection = open_database(path, first, read_migrations() if migrations is None else migrations)
        self._connection.execute(f"PRAGMA busy_timeout = {int(busy_after * 1000)}")
        self.path = path

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), writing(self._connection) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), reading_at_once(self._connection) as connection:
            yield connection

    # --- what the user does -----------------------------------------------------------------------------------------

    def add(self, new: Sequence[NewEntry], now: datetime) -> tuple[Entry, ...]:
        """Add all of them or none."""
        with self._writing() as connection:
            return user_changes.add(connection, new, _utc(now))

    def approve(self, entry_id: int, now: datetime) -> Entry:
        """Move a draft into the queue."""
        with self._writing() as connection:
            return user_changes.approve(connection, entry_id, _utc(now))

    def cancel(self, entry_id: int, now: datetime, why: str = "") -> Entry:
        """Cancel one entry; refused while it is being sent, but then it is not tried again."""
        with self._writing() as connection:
            entry = user_changes.cancel(connection, entry_id, _utc(now), why)
        # The wish is on disk by now, so that a failed attempt is not repeated.
        if entry.state is State.SENDING:
            check_move(entry, Cause.CANCELLED)
        return entry

    def discard(self, entry_id: int, now: datetime) -> Damaged:
        """Cancel an entry whose row cannot be understood."""
        with self._writing() as connection:
            return row_changes.discard(connection, entry_id, _utc(now))

    def cancel_all(self, application: str, now: datetime, why: str) -> Cancelled:
        """Cancel whatever is still open for an application."""
        with self._writing() as connection:
            return user_changes.cancel_all(connection, application, _utc(now), why)

    def hold(self, application: str, now: datetime, why: str) -> tuple[Entry, ...]:
        """Hold whatever is open for an application."""
        with self._writing() as connection:
            return user_changes.hold_all(connection, application, _utc(now), why)

    def resume(self, application: str, now: datetime) -> tuple[Entry, ...]:
        """Let everything go on that is held for an application, but for what is open in an editor."""
        with self._writing() as connection:
            return user_changes.resume_all(connection, application, _utc(now))

    def hold_entry(self, entry_id: int, now: datetime, why: str, by: str = "") -> Entry:
        """Hold one entry."""
        with self._writing() as connection:
            return user_changes.hold(connection, entry_id, _utc(now), why, by)

    def resume_entry(self, entry_id: int, now: datetime, by: str = "") -> Entry:
        """Let one held entry go on."""
        with self._writing() as connection:
            return user_changes.resume(connection, entry_id, _utc(now), by)

    def reschedule(self, entry_id: int, timing: Timing, now: datetime) -> Entry:
        """Give an entry another moment."""
        with self._writing() as connection:
            return user_changes.reschedule(connection, entry_id, timing, _utc(now))

    def edit(self, entry_id: int, new: Rewording, now: datetime) -> Entry:
        """Replace mail and bytes, if the bytes are still those the change was made from."""
        with self._writing() as connection:
            return user_changes.edit(connection, entry_id, new, _utc(now))

    def retry(self, entry_id: int, now: datetime, account: str = FOLDER) -> Entry:
        """Put an entry back into the queue."""
        with self._writing() as connection:
            return user_changes.retry(connection, entry_id, _utc(now), account)

    def resolve(self, entry_id: int, was_sent: bool, now: datetime, why: str = "") -> Entry:
        """End an unclear entry by the user's word, or by proof."""
        with self._writing() as connection:
            return user_changes.resolve(connection, entry_id, was_sent, _utc(now), why)

    def log_touch(self, touch: Touch) -> None:
        """Record a touch that the user made."""
        with self._writing() as connection:
            user_changes.log_touch(connection, touch)

    def forget(self, application: str) -> int:
        """Delete everything about an application, from the log too."""
        with self._writing() as connection:
            gone = user_changes.forget(connection, application)
        with told(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    # --- what a worker does -----------------------------------------------------------------------------------------

    def claim(
        self, worker: Worker, look: PreSendCheck, now: datetime, only: Collection[int] | None = None
    ) -> Claim | Turned | Rested | None:
        """Take the first entry that is due, if ``pre_send_check`` says go."""
        with self._writing() as connection:
            return worker_changes.claim(connection, worker, look, _utc(now), only)

    def record_intent(self, claim: Claim, now: datetime) -> None:
        """Put on disk that the mail is about to leave."""
        with self._writing() as connection:
            worker_changes.record_intent(connection, claim, _utc(now))

    def settle(self, claim: Claim, move: Settlement, now: datetime) -> Entry:
        """Carry out what was decided after the attempt."""
        with self._writing() as connection:
            return worker_changes.settle(connection, claim, move, _utc(now))

    def beat(self, worker: Worker, now: datetime) -> None:
        """Prolong the leases of a worker and record that it is alive."""
        with self._writing() as connection:
            worker_changes.beat(connection, worker, _utc(now))

    def workers(self) -> tuple[tuple[str, datetime], ...]:
        """Return the names of the workers seen, and when each was last alive."""
        with self._reading() as connection:
            return worker_changes.list_workers(connection)

    def recover(self, now: datetime, is_dead: IsDead = assume_alive) -> tuple[Entry, ...]:
        """Free the entries of workers that are gone."""
        with self._writing() as connection:
            return worker_changes.recover(connection, _utc(now), is_dead)

    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        """Return when the next entry can go."""
        with self._reading() as connection:
            return row_queries.next_due_at(connection, _utc(now), account)

    def pause(self, pause: Pause, now: datetime) -> None:
        """Let an account rest."""
        with self._writing() as connection:
            pauses.put_pause(connection, pause, _utc(now))

    def resume_account(self, account: str, now: datetime) -> tuple[Entry, ...]:
        """End an account's rest."""
        with self._writing() as connection:
            return pauses.end_pause(connection, account, _utc(now))

    # --- what anybody may look at -----------------------------------------------------------------------------------

    def get(self, entry_id: int) -> Entry:
        """Return one entry."""
        with self._reading() as connection:
            return row_changes.load(connection, entry_id)

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that fit, in order of due time."""
        with self._reading() as connection:
            return row_queries.entries(connection, application, states, held)

    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        """Return the entries whose rows cannot be understood."""
        with self._reading() as connection:
            return row_queries.list_damaged(connection, states)

    def content(self, entry_id: int) -> bytes:
        """Return the bytes of a mail."""
        with self._reading() as connection:
            return row_queries.content(connection, entry_id)

    def moves(self, entry_id: int) -> tuple[Transition, ...]:
        """Return every move of an entry, oldest first."""
        with self._reading() as connection:
            return row_queries.moves(connection, entry_id)

    def history(self, application: str) -> History:
        """Return what was done and what stands ready for an application."""
        with self._reading() as connection:
            return row_queries.history(connection, application)

    def applications(self) -> tuple[str, ...]:
        """Return every application that has entries."""
        with self._reading() as connection:
            return row_queries.applications(connection)

    def pauses(self, now: datetime) -> tuple[Pause, ...]:
        """Return the accounts that rest at ``now``."""
        with self._reading() as connection:
            return pauses.list_pauses(connection, _utc(now))

    def export(self) -> Iterator[Exported]:
        """Yield everything, entry by entry, as of one moment."""
        with self._reading() as connection:
            yield from row_queries.export(connection)

    def touches(self) -> tuple[Touch, ...]:
        """Return all logged touches."""
        with self._reading() as connection:
            return row_queries.touches(connection)

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong, in sentences."""
        try:
            with self._reading() as connection:
                return row_queries.verify(connection)
        except OutboxError as error:
            return (error.sentence,)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _utc(now: datetime) -> datetime:
    """Reckon in UTC from here on: arithmetic within one zone goes by its wall clock, which jumps twice a year."""
    return now.astimezone(UTC)
