"""What workers do with a store: claim, record the intent, settle, recover, pause an account.

Each method is one transaction: on disk when it returns, or not done at all. Only ``settle`` may be told not to wait.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from followup_mail.outbox import worker_changes
from followup_mail.outbox.base_store import BaseStore, by_id
from followup_mail.outbox.claim import AccountPaused, Claim, Withheld
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import IsDead, Worker, assume_alive
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement
from followup_mail.outbox.transitions import Cause


class WorkerStore(BaseStore):
    """The part of a store that workers use."""

    def claim(
        self, worker: Worker, check: PreSendCheck, now: datetime, only: Collection[int] | None = None
    ) -> Claim | Withheld | AccountPaused | None:
        """Take the first entry that is due, if ``check``, called in the same transaction, says go.

        None when nothing is due (``first_due``). An error in ``check`` postpones the entry, so that it neither goes
        unseen nor blocks the others.
        """
        now = now.astimezone(UTC)
        with self.writing():
            entry = self.first_due(now, worker.account, only)
            return None if entry is None else self._claim(entry, worker, check, now)

    def claim_to_leave(
        self, worker: Worker, check: PreSendCheck, now: datetime, offered: Entry
    ) -> Claim | Withheld | AccountPaused | None:
        """Claim an entry as ``claim`` does, and put on disk with it that it is about to leave.

        For a mail whose sender and recipients a server has accepted already: nothing is left to be done between the
        two. None when the entry is not due any more, or its mail is not the one that was ``offered``.
        """
        now = now.astimezone(UTC)
        with self.writing():
            entry = self.first_due(now, worker.account, {offered.id})
            same = entry and (entry.message, entry.content_sha256) == (offered.message, offered.content_sha256)
            return self._claim(entry, worker, check, now, leaves=True) if entry and same else None

    def _claim(
        self, entry: Entry, worker: Worker, check: PreSendCheck, now: datetime, *, leaves: bool = False
    ) -> Claim | Withheld | AccountPaused:
        content, _ = self.stored_content(entry.id)
        ruling = worker_changes.rule(entry, content, check, self, now)
        decided = worker_changes.claim(entry, ruling, worker, now)
        if isinstance(decided, Pause):
            self._pause(decided, now)
            return AccountPaused(decided)
        if decided.cause is not Cause.CLAIMED:
            return Withheld(self._save(decided, now))
        claimed = Claim(_with_content(decided.after, content))
        if not leaves:
            self._save(decided, now)
            return claimed
        intended = worker_changes.record_intent(decided.after, claimed, now)
        self.update(entry, intended.after)
        self._tell(decided, now)
        self._tell(intended, now)
        return Claim(_with_content(intended.after, content))

    def record_intent(self, claim: Claim, now: datetime) -> None:
        """Put on disk that the mail is about to leave.

        Raises ``LeaseLostError`` when the claim is not ours any more, and ``StoppedError`` when the user has cancelled
        or held the entry since; the claim is to be settled as released then.
        """
        now = now.astimezone(UTC)
        self._change(claim.entry.id, now, lambda entry: worker_changes.record_intent(entry, claim, now))

    def settle(self, claim: Claim, settlement: Settlement, now: datetime, soon: bool = False) -> Entry:
        """Carry out what was decided after the attempt. Returns the entry as it stands then.

        With ``soon`` the transaction that follows takes it to the disk (``writing_soon``).

        An answer that comes after somebody else gave the attempt up still counts as far as it is certain: accepted
        means sent, whatever comes of another attempt under way: that must not be followed by a third.
        """
        now = now.astimezone(UTC)
        with self.writing_soon() if soon else self.writing():
            if settlement.pause is not None:
                self._pause(settlement.pause, now)
            return self._save(worker_changes.settle(self.get(claim.entry.id), claim, settlement, now), now)

    def heartbeat(self, worker: Worker, now: datetime) -> None:
        """Prolong the leases of a worker and record that it is alive."""
        now = now.astimezone(UTC)
        with self.adding():
            self.put_worker(worker.name, now, forget_before=now - timedelta(days=1))
            for entry in self.entries(states={State.SENDING}):
                if entry.claimed_by == worker.name:
                    self.update(entry, replace(entry, lease_until=now + worker.lease))

    def recover(self, now: datetime, is_dead: IsDead = assume_alive, idle: Worker | None = None) -> tuple[Entry, ...]:
        """Free the entries of workers that are gone: queued when no intent was recorded, else unclear.

        ``idle`` is a worker that has nothing in hands at the moment: what it claimed of its account was left behind, by
        a change that could not be written, or of which it never heard that it was.
        """
        now = now.astimezone(UTC)
        with self.writing():
            return tuple(
                self._save(worker_changes.free(entry), now)
                for entry in by_id(self.entries(states={State.SENDING}))
                if worker_changes.is_abandoned(entry, now, is_dead(entry.claimed_by))
                or worker_changes.is_claimed_by(entry, idle)
            )

    def pause(self, pause: Pause, now: datetime) -> None:
        """Let an account send nothing for a while."""
        with self.adding():
            self._pause(pause, now.astimezone(UTC))

    def resume_account(self, account: str, now: datetime) -> tuple[Entry, ...]:
        """End an account's pause, and let go on what failed or waits only because of the account; return that."""
        account = account.lower()
        with self.writing():
            self.delete_pause(account)
            return tuple(
                self._save(change, now)
                for entry in by_id(self.entries(states={State.FAILED, State.QUEUED}))
                if entry.account == account and (change := worker_changes.take_up(entry)) is not None
                if entry.state is State.QUEUED or self.find_taken(entry.step) is None
            )

    def _pause(self, pause: Pause, now: datetime) -> None:
        """Pause an account. A pause without an end is not shortened by a later one that has an end."""
        earlier = next((other for other in self.pauses(now) if other.account == pause.account), None)
        if earlier is None or pause.outlasts(earlier):
            self.put_pause(pause, now)


def _with_content(entry: Entry, content: bytes | None) -> Entry:
    return replace(entry, message=replace(entry.message, content=content or b""))
