"""The next mail over a connection that is open: offered first, then claimed, then sent.

The first mail of a run is claimed before anything is said to a server: nobody should connect and log in for a mail that
may not go. Once the connection is there, the order is another one, and saves a flush and a packet for each mail:

1. Read what the check needs, and name sender and recipients. Of a server that takes several commands at once they went
   along with the final dot of the mail before (``KeepsConnection``), for an entry that nobody has claimed yet.
2. Claim, check and record the intent, in one transaction: between them nothing is left to be done. Whatever happened
   until now (a cancel, a limit, a pause, an answer, another run that was faster) is seen here, and then nothing leaves.
3. DATA, the bytes, the dot, the answer; settle. Another mail follows, so its intent takes the settlement to the disk:
   the end of this process cannot undo it meanwhile, and a power cut can only make it *unclear*.

If the process dies between 1 and 2, the entry is queued as before; after 2 it is unclear, as in the first order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.delivery.settling import (
    RELEASED,
    Dispatch,
    Result,
    date,
    explain_crash,
    file_and_settle,
    let_go,
    settle,
    settle_result,
)
from followup_mail.errors import OutboxError
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, InterruptedDelivery, KeepsConnection, Verdict
from followup_mail.outbox.claim import AccountPaused, Claim, Withheld
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.pre_send_check import PreSendCheck


class Offer(Struct, frozen=True):
    """A due entry that nobody has claimed yet, and its mail as it would leave."""

    entry: Entry
    message: Message


class _NotTakenError(Exception):
    """The entry that was offered must not leave now: ``why`` is what the claim said."""

    def __init__(self, why: Withheld | AccountPaused | None) -> None:
        super().__init__()
        self.why = why


class Onward:
    """What a run does while its connection is open."""

    def __init__(self, dispatch: Dispatch, only: Collection[int] | None, goes_on: Callable[[], bool]) -> None:
        """``only``: as in ``deliver_due``. ``goes_on`` tells whether another mail may follow the one in hand."""
        self._dispatch, self._only, self._goes_on = dispatch, only, goes_on
        self._transport = dispatch.transport if isinstance(dispatch.transport, KeepsConnection) else None
        self._following: Offer | None = None
        self._owes_sync = False

    def find_due(self) -> Entry | None:
        """Return the entry that has been due longest; the one that was looked up while the last mail left, if any."""
        if self._following is not None:
            return self._following.entry
        return self._dispatch.store.first_due(self._dispatch.clock(), self._dispatch.worker.account, self._only)

    def offer(self, due: Entry) -> Offer | None:
        """Return the offer of an entry; None without an open connection, or when something is wrong with its mail."""
        following, self._following = self._following, None
        if self._transport is None or not self._transport.is_open:
            return None
        return following or self._make_offer(due)

    def deliver(self, offer: Offer) -> Result | None:
        """Deliver an offered mail; None when it was not to be had: nothing left then."""
        assert self._transport is not None
        check, claims = self._dispatch.make_check(offer.entry), list[Claim]()
        try:
            result = self._transport.deliver_on(
                offer.message, lambda: claims.append(self._claim(offer, check)), self._look_ahead
            )
        except _NotTakenError as error:
            return Result(error.why.entry) if isinstance(error.why, Withheld) else None
        except OutboxError:
            if not claims:  # the claim could not be written, or nobody told us that it was: nothing was sent
                let_go(self._dispatch, offer.entry.id)
            raise
        except InterruptedDelivery as error:
            if claims:
                settle_result(self._dispatch, claims[0], error.result)
            raise
        except Exception as error:
            result = explain_crash(error, bool(claims))
        except BaseException as error:
            self._leave(offer, claims, error)
            raise
        return self._settle(offer, claims[0], result) if claims else self._settle_unclaimed(offer, check, result)

    def end(self) -> None:
        """See that whatever was settled is on the disk."""
        if self._owes_sync:
            with suppress(OutboxError):
                self._dispatch.store.sync()

    def _make_offer(self, due: Entry) -> Offer | None:
        try:
            message = replace(due.message, content=self._dispatch.store.content(due.id))
        except OutboxError:
            return None  # the claim says what is wrong
        return None if message.find_mismatch() else Offer(due, date(message, self._dispatch.clock()))

    def _look_ahead(self) -> Message | None:
        """Return the mail that probably follows. Whatever is wrong with it is said when it is its turn."""
        with suppress(OutboxError):
            if self._goes_on():
                with self._dispatch.store.reading():
                    due = self.find_due()
                    self._following = self._make_offer(due) if due else None
        return self._following.message if self._following else None

    def _claim(self, offer: Offer, check: PreSendCheck) -> Claim:
        dispatch = self._dispatch
        taken = dispatch.store.claim_to_leave(dispatch.worker, check, dispatch.clock(), offer.entry)
        if not isinstance(taken, Claim):
            raise _NotTakenError(taken)
        self._owes_sync = False
        return taken

    def _settle(self, offer: Offer, claim: Claim, result: AttemptResult) -> Result:
        soon = self._following is not None and result.verdict is Verdict.ACCEPTED
        settled = file_and_settle(self._dispatch, claim, result, offer.message, soon)
        self._owes_sync = soon
        return settled

    def _settle_unclaimed(self, offer: Offer, check: PreSendCheck, result: AttemptResult) -> Result | None:
        """Settle a mail that ended before its intent was to be recorded: refused, or the connection was lost."""
        dispatch = self._dispatch
        match dispatch.store.claim(dispatch.worker, check, dispatch.clock(), {offer.entry.id}):
            case Claim(entry) as claim:
                is_same = entry.content_sha256 == offer.entry.content_sha256
                return settle_result(dispatch, claim, result) if is_same else settle(dispatch, claim, RELEASED, None)
            case Withheld(entry):
                return Result(entry)
            case _:
                return None

    def _leave(self, offer: Offer, claims: list[Claim], error: BaseException) -> None:
        """Settle what is in hand before the run ends."""
        if claims:
            settle_result(self._dispatch, claims[0], explain_crash(error, intended=True))
            return
        let_go(self._dispatch, offer.entry.id)
