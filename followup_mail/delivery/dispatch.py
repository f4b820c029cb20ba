"""Claim one due entry, check it again, deliver, settle; repeat until nothing is due.

Every step is on disk before the next begins, and the intent to send before the first byte of DATA leaves. Whatever dies
when, an entry is then found queued (nothing left), sent (the answer is on disk) or unclear (it may have left).
One bad recipient never stops the others; an account that cannot send rests, and the run goes on without it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from followup_mail.delivery.interrupted import InterruptedDelivery
from followup_mail.errors import OutboxError
from followup_mail.message.date_header import with_date
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Transport, Verdict
from followup_mail.outbox.claim import AccountPaused, Claim, LeaseLostError, StoppedError, Withheld
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.lease import IsDead, Worker, is_process_gone
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement, decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause, say_how_to_resolve

LONGEST_SLEEP: Final = timedelta(minutes=1)
"""``keep_delivering`` looks at least this often: the clock may have jumped, or the machine slept."""
SHORTEST_SLEEP: Final = timedelta(seconds=1)
SETTLE_AGAIN_AFTER: Final = (1.0, 5.0, 10.0, 15.0)
"""Seconds. Each try also waits for a lock as long as the store does."""

_RELEASED: Final = Settlement(Cause.RELEASED, "sending broke off before the mail left", counts=False)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Everything a run needs."""

    store: Store
    transport: Transport
    make_check: Callable[[Entry], PreSendCheck]
    """Reads, before the claim, what the check of a due entry needs."""
    worker: Worker
    clock: Callable[[], datetime]
    """Returns the present moment, aware. Its zone becomes that of the Date header."""
    spread: Callable[[], float] = random.random
    """From 0 to 1: spreads the next tries."""
    is_dead: IsDead = is_process_gone
    sleep: Callable[[float], object] = time.sleep
    """Waits for so many seconds before a result is written again that could not be written."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one entry in this run. ``entry`` is as it stands afterwards."""

    entry: Entry
    outcome: AttemptResult | None = None
    """None when nothing was tried: the check withheld it, or a worker that died had left it behind."""
    pause: Pause | None = None
    """The rest that this attempt brought to the account."""


class Stop(Protocol):
    """Tells a run to end; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Tell whether the run should end."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep for ``timeout`` seconds, or until the run should end; tell which."""
        ...


def deliver_due(
    dispatch: Dispatch, limit: int | None = None, stop: Stop | None = None, only: Collection[int] | None = None
) -> Iterator[Result]:
    """Deliver what is due, and yield each result once it is on disk.

    Ends when nothing is due, after ``limit`` attempts, or between two entries when ``stop`` is set. ``only`` names the
    entries that may go, for who wants to send just those. An account that
    must rest is left alone (``store.pauses`` says why and until when), the others go on.

    Raises:
        OutboxError: the store cannot be read or written; nothing is sent that it does not know of.
        KeyboardInterrupt: passed on after the entry in hand was settled.
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


def keep_delivering(dispatch: Dispatch, stop: Stop, report: Callable[[Result | OutboxError], None]) -> None:
    """Deliver whatever falls due until ``stop`` is set; sleep in between, a minute at most.

    Trouble with the store (a full disk, another program's lock) is reported, and tried again after the sleep.
    """
    while not stop.is_set():
        try:
            dispatch.store.heartbeat(dispatch.worker, dispatch.clock())
            for result in deliver_due(dispatch, stop=stop):
                report(result)
            next_at = dispatch.store.next_due_at(dispatch.clock(), dispatch.worker.account)
        except OutboxError as error:
            report(error)
            next_at = None
        # A server ends a connection that idles; a new one is made for the next mail.
        dispatch.transport.close()
        stop.wait(sleep_after(next_at, dispatch.clock()).total_seconds())


def sleep_after(next_at: datetime | None, now: datetime) -> timedelta:
    """Return how long to sleep before looking again."""
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
        return _settle_outcome(dispatch, claim, unfit)
    try:
        outcome = dispatch.transport.deliver(_date(claim.entry.message, dispatch.clock()), before_data)
    except LeaseLostError:
        return Result(dispatch.store.get(claim.entry.id))
    except StoppedError as error:
        return _settle(dispatch, claim, replace(_RELEASED, reason=error.sentence), None)
    except OutboxError:
        # The intent could not be put on disk, so nothing was sent. If this cannot be written either, a later run
        # finds the claim and frees it.
        with suppress(OutboxError):
            dispatch.store.settle(claim, _RELEASED, dispatch.clock())
        raise
    except InterruptedDelivery as error:
        _settle_outcome(dispatch, claim, error.outcome)
        raise
    except Exception as error:
        outcome = _explain_crash(error, intended)
    except BaseException as error:
        _settle_outcome(dispatch, claim, _explain_crash(error, intended))
        raise
    return _settle_outcome(dispatch, claim, outcome)


def _check_envelope(claim: Claim) -> AttemptResult | None:
    """Refuse a mail whose row in the outbox names another recipient or sender than the mail does."""
    differing = claim.entry.message.find_mismatch()
    if not differing:
        return None
    said = f"Its {differing} in the outbox is not the one in the mail itself"
    fix = f"Cancel it with `followup-mail outbox cancel {claim.entry.id}`, and write it again."
    return AttemptResult(Verdict.REFUSED, Phase.CONNECT, said, fix=fix)


def _date(message: Message, now: datetime) -> Message:
    return replace(message, content=with_date(message.content, now))


def _explain_crash(error: BaseException, intended: bool) -> AttemptResult:
    """A transport should not raise. If it does: without a recorded intent nothing left, with one nobody knows."""
    said = f"Sending broke off ({type(error).__name__})"
    if intended:
        return AttemptResult(Verdict.UNCLEAR, Phase.BODY, said)
    return AttemptResult(Verdict.DEFERRED, Phase.MAIL, said)


def _settle_outcome(dispatch: Dispatch, claim: Claim, outcome: AttemptResult) -> Result:
    return _settle(dispatch, claim, decide(claim.entry, outcome, dispatch.clock(), dispatch.spread()), outcome)


def _settle(dispatch: Dispatch, claim: Claim, move: Settlement, outcome: AttemptResult | None) -> Result:
    """Put the result on disk. What is known now is worth some patience: afterwards nobody knows it."""
    for seconds in (*SETTLE_AGAIN_AFTER, None):
        try:
            return Result(dispatch.store.settle(claim, move, dispatch.clock()), outcome, move.pause)
        except OutboxError as error:
            if seconds is None:
                raise _explain_unsettled(claim.entry, move, error) from error
            dispatch.sleep(seconds)
    raise AssertionError("unreachable")


def _explain_unsettled(entry: Entry, move: Settlement, error: OutboxError) -> OutboxError:
    """The attempt is over and its result cannot be written: say it now, since the store will only say *unclear*."""
    if move.cause is Cause.LOST:
        sentence = f"Nobody knows whether {entry.label} was sent, and that could not be written down. {error.sentence}"
        return OutboxError(sentence, fix=f"{error.fix} {say_how_to_resolve(entry.id)}")
    result = "was sent" if move.cause is Cause.ACCEPTED else f"was tried ({move.cause})"
    fix = f"{error.fix} {entry.label} will be shown as unclear; then say `followup-mail outbox resolve {entry.id}"
    fix += " --sent`." if move.cause is Cause.ACCEPTED else " --resend`."
    return OutboxError(f"{entry.label} {result}, but that could not be written down. {error.sentence}", fix=fix)
