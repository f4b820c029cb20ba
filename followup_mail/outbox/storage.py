"""What a kind of storage must be able to do so that ``Store`` can run on it: read rows, write rows, and transactions.

Nothing here decides anything. Moments that are passed in are in UTC. Whatever cannot be read or written is an
``OutboxError``; ``tests/contract`` holds every storage to this.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from followup_mail.cadence.step import StepId, Touch
from followup_mail.errors import NotFoundError
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import OPEN, Entry, NewEntry, State
from followup_mail.outbox.recorded import Rows
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.seen_storage import SeenStorage
from followup_mail.outbox.transitions import Transition


class Storage(SeenStorage):
    """Rows of entries, of their histories, and of what stands around them.

    Each reading method sees the transaction in which it is called. Lists leave out rows that cannot be understood.
    """

    @abstractmethod
    def writing(self) -> AbstractContextManager[object]:
        """Begin a transaction that writes: on disk when the block ends, undone when it raises. One at a time."""

    def adding(self) -> AbstractContextManager[object]:
        """Begin a transaction that writes and may add rows. A storage that is not made yet is made here, and only here:
        ``writing`` changes rows that are there, and there are none."""
        return self.writing()

    def writing_soon(self) -> AbstractContextManager[object]:
        """Begin a transaction like ``writing`` that a later one takes to the disk, or ``sync``: the end of this process
        cannot undo it, but until then a power cut can. Transactions never survive without those before them."""
        return self.writing()

    def sync(self) -> None:
        """Take to the disk what ``writing_soon`` wrote."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[object]:
        """Begin a transaction that reads, unless there is one: everything in the block sees the same moment."""

    # --- entries ----------------------------------------------------------------------------------------------------

    @abstractmethod
    def get(self, entry_id: int) -> Entry:
        """Return one entry. Raises ``NotFoundError``, and ``DamagedRowError`` for a row that cannot be understood."""

    @abstractmethod
    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that fit, in order of due time; all of them by default."""

    @abstractmethod
    def entry_ids(self) -> tuple[int, ...]:
        """Return the ids of all entries, damaged ones too."""

    @abstractmethod
    def find_taken(self, step: StepId) -> Entry | None:
        """Return the entry that takes a step (``TAKES_STEP``). Raises ``DamagedRowError``."""

    @abstractmethod
    def first_due(self, now: datetime, account: str | None, only: Collection[int] | None = None) -> Entry | None:
        """Return the queued entry that has been ready longest, if any is ready.

        Held entries and those of paused accounts are left alone. ``account``: no entry of another one; None: of any.
        ``only`` names the entries that count; None: all.
        """

    @abstractmethod
    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        """Return when the next entry of ``account`` (None: of any) can go, pauses considered.

        At once (``now`` or before) when one is due.
        """

    @abstractmethod
    def stored_content(self, entry_id: int) -> tuple[bytes | None, str]:
        """Return the bytes of a mail as they are, and the hash they should have. Raises ``NotFoundError``."""

    @abstractmethod
    def insert(self, new: NewEntry, account: str, now: datetime) -> int:
        """Add an entry and its bytes; return its id, which is never given out twice."""

    @abstractmethod
    def update(self, before: Entry, after: Entry) -> None:
        """Write the fields of an entry that have changed."""

    @abstractmethod
    def replace_content(self, entry_id: int, content: bytes) -> None:
        """Replace the bytes of a mail."""

    # --- what happened to them --------------------------------------------------------------------------------------

    @abstractmethod
    def transitions(self, entry_id: int) -> tuple[Transition, ...]:
        """Return every transition of an entry, oldest first. Raises ``NotFoundError``."""

    @abstractmethod
    def add_transition(self, entry_id: int, transition: Transition) -> None:
        """Append a line to the history of an entry."""

    @abstractmethod
    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        """Return when an account handed mails over after ``since``, oldest first (``Entry.handed_at``)."""

    @abstractmethod
    def last_handed_over_to(self, domain: str) -> datetime | None:
        """Return when anything was last handed over to an addressee of this domain."""

    @abstractmethod
    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        """Return what was handed over to addressees of this domain from ``since`` on, or may have been, in order of due
        time."""

    # --- applications -----------------------------------------------------------------------------------------------

    @abstractmethod
    def applications(self) -> tuple[str, ...]:
        """Return every application that has entries, sorted."""

    @abstractmethod
    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        """Return the applications with a mail that may have left to one of these addresses (casefolded), or that was
        meant for one of these people; perhaps others with them, but not many."""

    @abstractmethod
    def touches(self, application: str | None = None) -> tuple[Touch, ...]:
        """Return the logged touches, of one application or of all."""

    @abstractmethod
    def history_marks(self) -> Mapping[str, str]:
        """Return a mark for each application of which something is held.

        Two marks are the same only if all is the same that ``entries`` and ``touches`` say about the application. Where
        nothing has changed the mark is the same, in another process too.
        """

    @abstractmethod
    def add_touch(self, touch: Touch) -> None:
        """Record a call, a letter or a message that the user made."""

    @abstractmethod
    def delete_touch(self, touch: Touch) -> None:
        """Delete a touch that the user takes back; of several that are the same, the last."""

    @abstractmethod
    def rows_of(self, application: str) -> Rows:
        """Return everything that is kept about an application, such that ``put_back`` makes it the same again."""

    @abstractmethod
    def find_in_the_way(self, rows: Rows) -> Entry | None:
        """Return an entry that takes a step which one of ``rows_of`` takes, too."""

    @abstractmethod
    def holds_any(self, rows: Rows) -> bool:
        """Return whether anything of ``rows_of`` is there."""

    @abstractmethod
    def put_back(self, rows: Rows) -> None:
        """Put back what ``rows_of`` returned before it was deleted, with the same numbers and history."""

    @abstractmethod
    def move_touches(self, before: StepId, after: StepId) -> None:
        """Write that the touches of a step belong to another one."""

    @abstractmethod
    def delete_application(self, application: str) -> int:
        """Delete everything about an application; return how many entries there were.

        A mail that belongs to other applications as well loses this one.
        """

    # --- accounts and workers ---------------------------------------------------------------------------------------

    @abstractmethod
    def pauses(self, now: datetime) -> tuple[Pause, ...]:
        """Return the accounts that are paused at ``now``, sorted."""

    @abstractmethod
    def put_pause(self, pause: Pause, now: datetime) -> None:
        """Write the pause of an account, in place of an earlier one."""

    @abstractmethod
    def delete_pause(self, account: str) -> None:
        """Delete the pause of an account, if it has one."""

    @abstractmethod
    def workers(self) -> tuple[tuple[str, datetime], ...]:
        """Return the names of the workers seen, sorted, and when each was last alive."""

    @abstractmethod
    def put_worker(self, name: str, now: datetime, forget_before: datetime) -> None:
        """Write that a worker is alive, and delete those that were last seen before ``forget_before``."""

    # --- the storage itself -----------------------------------------------------------------------------------------

    @abstractmethod
    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        """Return the entries in these states, or in unknown ones, whose rows cannot be understood."""

    @abstractmethod
    def cancel_damaged(self, entry_id: int) -> None:
        """Write that an entry is cancelled, whatever else its row holds."""

    @abstractmethod
    def verify(self) -> tuple[str, ...]:
        """Check the integrity and the hash of every mail. Returns what is wrong, in sentences."""

    @abstractmethod
    def close(self) -> None:
        """Close it. Nothing is lost when it is never called."""


def is_number(number: int) -> bool:
    """Return whether something can have this number at all: databases count with 64 bits."""
    return 0 < number < 2**63


def no_entry(entry_id: int) -> NotFoundError:
    """Return the error for the number of no entry."""
    return NotFoundError(f"There is no entry #{entry_id}.", fix="Run `followup-mail outbox list` to see them all.")


def no_mail(seen_id: int) -> NotFoundError:
    """Return the error for the number of no mail that was seen."""
    return NotFoundError(f"There is no mail m{seen_id}.", fix="Run `followup-mail inbox` to see them all.")
