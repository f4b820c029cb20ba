"""What a store of entries must do. ``sqlite`` is the default; ``tests/contract`` holds every store to this.

Each method is one transaction: done and on disk when it returns, or not done at all. Methods that change an entry take
``now`` (aware) for its history. They raise ``NotFoundError`` for an unknown id, ``RefusedError`` when the entry's state
forbids the wish (the sentence says which won), and ``OutboxError`` when the store cannot be read or written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from followup_mail.cadence.step import History, Touch
from followup_mail.errors import RefusedError
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import FOLDER, OPEN, Entry, NewEntry, Rewording, State, Timing
from followup_mail.outbox.lease import IsDead, Worker, assume_alive
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement
from followup_mail.outbox.transitions import Transition


class LeaseLostError(RefusedError):
    """The claim is not ours any more: somebody else took the entry over, or it is settled. Nothing may be sent."""


class StoppedError(RefusedError):
    """The entry was cancelled or held after it was claimed, in time: nothing was sent, and nothing may be."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry that a worker took in order to send it: its message has its bytes, checked against their hash."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Turned:
    """An entry that was due but must not go now: the fresh look moved it elsewhere."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Rested:
    """An account that must wait before it sends more."""

    pause: Pause


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What came of cancelling an application's entries."""

    cancelled: tuple[Entry, ...]
    under_way: tuple[Entry, ...]
    """Being sent right now. They are not tried again, should this attempt not send them."""
    unclear: tuple[Entry, ...]
    """Sent or not, nobody knows: these wait for the user's decision."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One entry with everything the store holds about it."""

    entry: Entry | Damaged
    moves: tuple[Transition, ...]
    content: bytes
    """Empty when the bytes cannot be read any more, or are not those that were stored."""


class Store(Protocol):
    """Where entries are kept."""

    # --- what the user does -----------------------------------------------------------------------------------------

    def add(self, new: Sequence[NewEntry], now: datetime) -> tuple[Entry, ...]:
        """Add all of them or none. A step that is already taken is a ``RefusedError`` naming the entry.

        A failed or missed entry of the same step is cancelled: the new one replaces it.
        """
        ...

    def approve(self, entry_id: int, now: datetime) -> Entry:
        """Move a draft into the queue."""
        ...

    def cancel(self, entry_id: int, now: datetime, why: str = "") -> Entry:
        """Cancel one entry. While it is being sent this is refused, but the entry is not tried again afterwards."""
        ...

    def discard(self, entry_id: int, now: datetime) -> Damaged:
        """Cancel an entry whose row cannot be understood. ``RefusedError`` when it can, or may have been sent."""
        ...

    def cancel_all(self, application: str, now: datetime, why: str) -> Cancelled:
        """Cancel whatever is still open for an application."""
        ...

    def hold(self, application: str, now: datetime, why: str) -> tuple[Entry, ...]:
        """Hold whatever is open for an application until it is resumed, also when an editor that has it is closed."""
        ...

    def resume(self, application: str, now: datetime) -> tuple[Entry, ...]:
        """Let everything go on that is held for an application, but for what a living process has open in an editor."""
        ...

    def hold_entry(self, entry_id: int, now: datetime, why: str, by: str = "") -> Entry:
        """Hold one entry. ``by`` names the process that has it open in an editor (``OPEN_IN_EDITOR``).

        Such a hold is taken over from a process that is gone, and refused while another lives. An entry that is held
        for another reason stays as it is.
        """
        ...

    def resume_entry(self, entry_id: int, now: datetime, by: str = "") -> Entry:
        """Let one held entry go on; with ``by`` only when it is that process that holds it, and else leave it alone."""
        ...

    def reschedule(self, entry_id: int, timing: Timing, now: datetime) -> Entry:
        """Give an entry another moment. A failed or missed one goes back into the queue."""
        ...

    def edit(self, entry_id: int, new: Rewording, now: datetime) -> Entry:
        """Replace mail, bytes and ignored rules. Refused when the bytes are not those any more that ``new`` is from.

        Refused too when an intent was ever recorded for it and ``new`` has other bytes under the same Message-ID.
        """
        ...

    def retry(self, entry_id: int, now: datetime, account: str = FOLDER) -> Entry:
        """Put a failed or missed entry back into the queue, due now, with the bytes of its preview.

        One that was meant for the folder leaves by ``account`` from then on, if it was written from that address; so
        does one that lies in the folder, or still waits in the queue.
        """
        ...

    def resolve(self, entry_id: int, was_sent: bool, now: datetime, why: str = "") -> Entry:
        """End an unclear entry: it was sent, or it is to be sent again. By the user's word, unless ``why`` says how
        else that is known. One in the folder may have been sent by hand."""
        ...

    def log_touch(self, touch: Touch) -> None:
        """Record a call, a letter or a message that the user made."""
        ...

    def forget(self, application: str) -> int:
        """Delete everything about an application, bytes and history included. Returns how many entries went."""
        ...

    # --- what a worker does -----------------------------------------------------------------------------------------

    def claim(
        self, worker: Worker, look: PreSendCheck, now: datetime, only: Collection[int] | None = None
    ) -> Claim | Turned | Rested | None:
        """Take the first entry that is due, if ``pre_send_check``, called in the same transaction, says go.

        ``only`` names the entries that may be taken; any by default.

        None when nothing is due. Held entries and those of paused accounts are left alone. An error in
        ``pre_send_check`` postpones the entry, so that it neither goes unseen nor blocks the others.
        """
        ...

    def record_intent(self, claim: Claim, now: datetime) -> None:
        """Put on disk that the mail is about to leave.

        Raises ``LeaseLostError`` when the claim is not ours any more, and ``StoppedError`` when the user has cancelled
        or held the entry since; the claim is to be settled as released then.
        """
        ...

    def settle(self, claim: Claim, move: Settlement, now: datetime) -> Entry:
        """Carry out what was decided after the attempt. Returns the entry as it stands then.

        An answer that comes after somebody else gave the attempt up still counts as far as it is certain: accepted
        means sent, whatever comes of another attempt under way: that must not be followed by a third.
        """
        ...

    def beat(self, worker: Worker, now: datetime) -> None:
        """Prolong the leases of a worker and record that it is alive."""
        ...

    def workers(self) -> tuple[tuple[str, datetime], ...]:
        """Return the names of the workers seen, and when each was last alive."""
        ...

    def recover(self, now: datetime, is_dead: IsDead = assume_alive) -> tuple[Entry, ...]:
        """Free the entries of workers that are gone: queued when no intent was recorded, else unclear."""
        ...

    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        """Return when the next entry of ``account`` (None: of any) can go, pauses considered.

        At once (``now`` or before) when one is due.
        """
        ...

    def pause(self, pause: Pause, now: datetime) -> None:
        """Let an account rest."""
        ...

    def resume_account(self, account: str, now: datetime) -> tuple[Entry, ...]:
        """End an account's rest, and put entries back into the queue that failed only because of the account."""
        ...

    # --- what anybody may look at -----------------------------------------------------------------------------------

    def get(self, entry_id: int) -> Entry:
        """Return one entry."""
        ...

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that fit, in order of due time; all of them by default."""
        ...

    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        """Return the entries in these states whose rows cannot be understood; all else goes on without them."""
        ...

    def content(self, entry_id: int) -> bytes:
        """Return the bytes of a mail. Raises ``OutboxError`` when they are not what was stored."""
        ...

    def moves(self, entry_id: int) -> tuple[Transition, ...]:
        """Return every move of an entry, oldest first."""
        ...

    def applications(self) -> tuple[str, ...]:
        """Return every application that has entries, sorted."""
        ...

    def history(self, application: str) -> History:
        """Return what was done and what stands ready for an application."""
        ...

    def pauses(self, now: datetime) -> tuple[Pause, ...]:
        """Return the accounts that rest at ``now``."""
        ...

    def export(self) -> Iterable[Exported]:
        """Return everything, entry by entry."""
        ...

    def touches(self) -> tuple[Touch, ...]:
        """Return all logged touches."""
        ...

    def verify(self) -> tuple[str, ...]:
        """Check the store's integrity and the hash of every mail. Returns what is wrong, in sentences."""
        ...

    def close(self) -> None:
        """Close it. Nothing is lost when it is never called."""
        ...
