"""Claim a due entry, check it again, deliver it, settle it; repeat until nothing is due.

Each step is on disk before the next begins, and the intent to send before the first byte of DATA leaves. So whatever
crashes, the entry is then queued (nothing was sent), sent (the answer is on disk) or unclear (it may have been sent).
One bad recipient never stops the others; an account that cannot send is paused, and the run continues without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec.structs import replace

from followup_mail.delivery.onward import Onward
from followup_mail.delivery.settling import (
    NO_COPY,
    RELEASED,
    Dispatch,
    Result,
    check_envelope,
    date,
    explain_crash,
    file_and_settle,
    let_go,
    settle,
    settle_result,
)
from followup_mail.errors import OutboxError
from followup_mail.outbox.attempt import InterruptedDelivery
from followup_mail.outbox.claim import Claim, LeaseLostError, StoppedError, Withheld
from followup_mail.outbox.entry import Entry

__all__ = [
    "NO_COPY",
    "Dispatch",
    "Result",
    "Stop",
    "deliver_due",
    "keep_delivering",
    "sleep_after",
]

LONGEST_SLEEP: Final = timedelta(minutes=1)
"""``keep_delivering`` checks at least this often: the clock may have changed, or the machine slept."""
SHORTEST_SLEEP: Final = timedelta(seconds=1)


class Stop(Protocol):
    """Tells a run to end, as ``threading.Event`` does."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep for ``timeout`` seconds, or until the run should end; return whether it should."""
        ...


def deliver_due(
    dispatch: Dispatch, limit: int | None = None, stop: Stop | None = None, only: Collection[int] | None = None
) -> Iterator[Result]:
    """Deliver what is due, and yield each result once it is on disk.

    Ends when nothing is due, after ``limit`` attempts, or between two entries when ``stop`` is set. ``only`` restricts
    the run to these entries. A paused account sends nothing (``store.pauses`` says why and until when).

    Raises:
        OutboxError: the store cannot be read or written; nothing is sent that it does not know of.
        KeyboardInterrupt: raised again after the current entry was settled.
    """
    store, attempts = dispatch.store, 0
    freed = store.recover(dispatch.clock(), dispatch.is_dead, dispatch.worker)
    yield from (Result(entry) for entry in freed)

    onward = Onward(dispatch, only, lambda: not is_over(attempts + 1))

    def is_over(attempts: int) -> bool:
        return (limit is not None and attempts >= limit) or (stop is not None and stop.is_set())

    try:
        while not is_over(attempts) and (due := onward.find_due()):
            offer = onward.offer(due)
            result = onward.deliver(offer) if offer else _claim_and_deliver(dispatch, due)
            if result:
                attempts += result.attempt is not None
                yield result
    finally:
        onward.end()


def _claim_and_deliver(dispatch: Dispatch, due: Entry) -> Result | None:
    """Claim an entry and deliver it; None when it was not to be had."""
    check = dispatch.make_check(due)
    try:
        claimed = dispatch.store.claim(dispatch.worker, check, dispatch.clock(), {due.id})
    except OutboxError:
        let_go(dispatch, due.id)
        raise
    match claimed:
        case Withheld(entry):
            return Result(entry)
        case Claim() as claim:
            return _deliver(dispatch, claim)
        case _:
            return None  # another run was faster, or the account must wait: the others go on


def _deliver(dispatch: Dispatch, claim: Claim) -> Result:
    """Make one attempt and settle it, whatever happens in between."""
    intended = False

    def before_data() -> None:
        nonlocal intended
        dispatch.store.record_intent(claim, dispatch.clock())
        intended = True

    if unfit := check_envelope(claim):
        return settle_result(dispatch, claim, unfit)
    message = date(claim.entry.message, dispatch.clock())
    try:
        result = dispatch.transport.deliver(message, before_data)
    except LeaseLostError:
        return Result(dispatch.store.get(claim.entry.id))
    except StoppedError as error:
        return settle(dispatch, claim, replace(RELEASED, reason=error.sentence), None)
    except OutboxError:
        # The intent could not be recorded, so nothing was sent. If this cannot be written either, a later run finds
        # the claim and releases it.
        with suppress(OutboxError):
            dispatch.store.settle(claim, RELEASED, dispatch.clock())
        raise
    except InterruptedDelivery as error:
        settle_result(dispatch, claim, error.result)
        raise
    except Exception as error:
        result = explain_crash(error, intended)
    except BaseException as error:
        settle_result(dispatch, claim, explain_crash(error, intended))
        raise
    return file_and_settle(dispatch, claim, result, message)


def keep_delivering(dispatches: Sequence[Dispatch], stop: Stop, report: Callable[[Result | OutboxError], None]) -> None:
    """Deliver whatever becomes due until ``stop`` is set; sleep in between, for a minute at most.

    Each of the ``dispatches`` is for another account; they have the store and the clock in common.
    An error of the store (a full disk, another program's lock) is reported; the next try comes after the sleep.
    """
    while not stop.is_set():
        sleeps = [_deliver_and_reckon(dispatch, stop, report) for dispatch in dispatches]
        stop.wait(min(sleeps, default=LONGEST_SLEEP).total_seconds())


def _deliver_and_reckon(dispatch: Dispatch, stop: Stop, report: Callable[[Result | OutboxError], None]) -> timedelta:
    """Deliver what is due now, and return how long to sleep then."""
    try:
        dispatch.store.heartbeat(dispatch.worker, dispatch.clock())
        for result in deliver_due(dispatch, stop=stop):
            report(result)
        next_at = dispatch.store.next_due_at(dispatch.clock(), dispatch.worker.account)
    except OutboxError as error:
        report(error)
        next_at = None
    # Servers end idle connections; the next mail opens a new one.
    dispatch.transport.close()
    return sleep_after(next_at, dispatch.clock())


def sleep_after(next_at: datetime | None, now: datetime) -> timedelta:
    """Return how long to sleep before the next check."""
    if next_at is None:
        return LONGEST_SLEEP
    return min(max(next_at - now, SHORTEST_SLEEP), LONGEST_SLEEP)
