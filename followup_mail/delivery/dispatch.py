"""Claim a due entry, check it again, deliver it, settle it; repeat until nothing is due.

Each step is on disk before the next begins, and the intent to send before the first byte of DATA leaves. So whatever
crashes, the entry is then queued (nothing was sent), sent (the answer is on disk) or unclear (it may have been sent).
One bad recipient never stops the others; an account that cannot send is paused, and the run continues without it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import OutboxError
from followup_mail.message.date_header import with_date
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, InterruptedDelivery, Phase, Transport, Verdict
from followup_mail.outbox.claim import AccountPaused, Claim, LeaseLostError, StoppedError, Withheld
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.lease import IsDead, Worker, is_process_gone
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement, decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause, say_how_to_resolve

LONGEST_SLEEP: Final = timedelta(minutes=1)
"""``keep_delivering`` checks at least this often: the clock may have changed, or the machine slept."""
SHORTEST_SLEEP: Final = timedelta(seconds=1)
SETTLE_RETRY_SECONDS: Final = (1.0, 5.0, 10.0, 15.0)
"""How long to wait before each new try. Each try also waits for a lock as long as the store does."""

NO_COPY: Final = "no copy in the Sent folder"
"""How the phrase begins that says why there is none."""

_RELEASED: Final = Settlement(Cause.RELEASED, "sending broke off before the mail left", counts=False)


class Dispatch(Struct, frozen=True):
    """Everything a run needs."""

    store: Store
    transport: Transport
    make_check: Callable[[Entry], PreSendCheck]
    """Reads, before the claim, what the check of a due entry needs."""
    worker: Worker
    clock: Callable[[], datetime]
    """Returns the current moment, aware. Its zone becomes that of the Date header."""
    spread: Callable[[], float] = random.random
    """Returns a number from 0 to 1 that spreads the next tries."""
    is_dead: IsDead = is_process_gone
    sleep: Callable[[float], object] = time.sleep
    """Waits so many seconds before writing a result again that could not be written."""
    file_copy: Callable[[Message, datetime], str] | None = None
    """Files the copy of a mail that the server accepted, in a bounded time, and returns what came of it in a phrase,
    which begins with ``NO_COPY`` where there is none. None: no copies are filed."""


class Result(Struct, frozen=True):
    """What became of one entry in this run. ``entry`` is its state afterwards."""

    entry: Entry
    attempt: AttemptResult | None = None
    """None without an attempt: the check before sending stopped it, or a worker that died had left it behind."""
    pause: Pause | None = None
    """Why and how long the account sends nothing after this attempt."""
    copy: str = ""
    """What came of the copy in the Sent folder; empty where none is filed."""


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
    yield from (Result(entry) for entry in store.recover(dispatch.clock(), dispatch.is_dead))
    while (limit is None or attempts < limit) and not (stop is not None and stop.is_set()):
        due = store.first_due(dispatch.clock(), dispatch.worker.account, only)
        if due is None:
            return
        match store.claim(dispatch.worker, dispatch.make_check(due), dispatch.clock(), {due.id}):
            case None | AccountPaused():
                continue  # another run was faster, or the account must wait: the others go on
            case Withheld(entry):
                yield Result(entry)
            case Claim() as claim:
                attempts += 1
                yield _deliver(dispatch, claim)


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


def _deliver(dispatch: Dispatch, claim: Claim) -> Result:
    """Make one attempt and settle it, whatever happens in between."""
    intended = False

    def before_data() -> None:
        nonlocal intended
        dispatch.store.record_intent(claim, dispatch.clock())
        intended = True

    if unfit := _check_envelope(claim):
        return _settle_result(dispatch, claim, unfit)
    message = _date(claim.entry.message, dispatch.clock())
    try:
        result = dispatch.transport.deliver(message, before_data)
    except LeaseLostError:
        return Result(dispatch.store.get(claim.entry.id))
    except StoppedError as error:
        return _settle(dispatch, claim, replace(_RELEASED, reason=error.sentence), None)
    except OutboxError:
        # The intent could not be recorded, so nothing was sent. If this cannot be written either, a later run finds
        # the claim and releases it.
        with suppress(OutboxError):
            dispatch.store.settle(claim, _RELEASED, dispatch.clock())
        raise
    except InterruptedDelivery as error:
        _settle_result(dispatch, claim, error.result)
        raise
    except Exception as error:
        result = _explain_crash(error, intended)
    except BaseException as error:
        _settle_result(dispatch, claim, _explain_crash(error, intended))
        raise
    return _file_and_settle(dispatch, claim, result, message)


def _file_and_settle(dispatch: Dispatch, claim: Claim, result: AttemptResult, message: Message) -> Result:
    """File the copy of an accepted mail, then settle it. A crash in between leaves it unclear, and the copy is proof.

    Whatever comes of the copy, the mail is sent.
    """
    if dispatch.file_copy is None or result.verdict is not Verdict.ACCEPTED or result.in_folder:
        return _settle_result(dispatch, claim, result)
    try:
        copy = dispatch.file_copy(message, dispatch.clock())
    except Exception as error:
        copy = f"{NO_COPY}: it broke off ({type(error).__name__})"
    except BaseException:
        _settle_result(dispatch, claim, result, f"{NO_COPY}: interrupted")
        raise
    return _settle_result(dispatch, claim, result, copy)


def _check_envelope(claim: Claim) -> AttemptResult | None:
    """Refuse a mail whose row in the outbox names another recipient or sender than the mail does."""
    differing = claim.entry.message.find_mismatch()
    if not differing:
        return None
    said = f"Its {differing} in the outbox differs from the one in the mail itself"
    fix = f"Cancel it with `followup-mail outbox cancel {claim.entry.id}`, and write it again."
    return AttemptResult(Verdict.REFUSED, Phase.CONNECT, said, fix=fix)


def _date(message: Message, now: datetime) -> Message:
    return replace(message, content=with_date(message.content, now))


def _explain_crash(error: BaseException, intended: bool) -> AttemptResult:
    """A transport should not raise. If it does: without a recorded intent nothing was sent, with one nobody knows."""
    said = f"Sending broke off ({type(error).__name__})"
    if intended:
        return AttemptResult(Verdict.UNCLEAR, Phase.BODY, said)
    return AttemptResult(Verdict.DEFERRED, Phase.MAIL, said)


def _settle_result(dispatch: Dispatch, claim: Claim, result: AttemptResult, copy: str = "") -> Result:
    settlement = decide(claim.entry, result, dispatch.clock(), dispatch.spread())
    if copy:
        settlement = replace(settlement, reason="; ".join(filter(None, (settlement.reason.rstrip("."), copy))))
    return replace(_settle(dispatch, claim, settlement, result), copy=copy)


def _settle(dispatch: Dispatch, claim: Claim, settlement: Settlement, result: AttemptResult | None) -> Result:
    """Write the result to disk. It is worth several tries: afterwards nobody knows it."""
    for seconds in (*SETTLE_RETRY_SECONDS, None):
        try:
            return Result(dispatch.store.settle(claim, settlement, dispatch.clock()), result, settlement.pause)
        except OutboxError as error:
            if seconds is None:
                raise _explain_unsettled(claim.entry, settlement, error) from error
            dispatch.sleep(seconds)
    raise AssertionError("unreachable")


def _explain_unsettled(entry: Entry, settlement: Settlement, error: OutboxError) -> OutboxError:
    """Return the error for a result that cannot be written. It says the result: the store will only say *unclear*."""
    if settlement.cause is Cause.LOST:
        sentence = f"Nobody knows whether {entry.label} was sent, and that could not be written down. {error.sentence}"
        return OutboxError(sentence, fix=f"{error.fix} {say_how_to_resolve(entry.id)}")
    was_sent = settlement.cause is Cause.ACCEPTED
    result = "was sent" if was_sent else f"was tried ({settlement.cause})"
    fix = f"{error.fix} {entry.label} will be shown as unclear; then type `followup-mail outbox resolve {entry.id} "
    fix += "--sent`." if was_sent else "--resend`."
    return OutboxError(f"{entry.label} {result}, but that could not be written down. {error.sentence}", fix=fix)
