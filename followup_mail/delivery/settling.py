"""Write down what became of an attempt, and file the copy of a mail that was sent.

``Dispatch`` is what a run has, ``Result`` what it tells of one entry.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import OutboxError
from followup_mail.message.date_header import with_date
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Transport, Verdict
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import IsDead, Worker, is_process_gone
from followup_mail.outbox.pre_send_check import PreSendCheck
from followup_mail.outbox.retry import Pause, Settlement, decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause, say_how_to_resolve

SETTLE_RETRY_SECONDS: Final = (1.0, 5.0, 10.0, 15.0)
"""How long to wait before each new try. Each try also waits for a lock as long as the store does."""

NO_COPY: Final = "no copy in the Sent folder"
"""How the phrase begins that says why there is none."""

RELEASED: Final = Settlement(Cause.RELEASED, "sending broke off before the mail left", counts=False)


def _draw() -> float:
    from random import random

    return random()  # noqa: S311  # it only spreads tries


class Dispatch(Struct, frozen=True):
    """Everything a run needs."""

    store: Store
    transport: Transport
    make_check: Callable[[Entry], PreSendCheck]
    """Reads, before the claim, what the check of a due entry needs."""
    worker: Worker
    clock: Callable[[], datetime]
    """Returns the current moment, aware. Its zone becomes that of the Date header."""
    spread: Callable[[], float] = _draw
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


def file_and_settle(
    dispatch: Dispatch, claim: Claim, result: AttemptResult, message: Message, soon: bool = False
) -> Result:
    """File the copy of an accepted mail, then settle it. A crash in between leaves it unclear, and the copy is proof.

    Whatever comes of the copy, the mail is sent. ``soon``: as in ``Store.settle``.
    """
    if dispatch.file_copy is None or result.verdict is not Verdict.ACCEPTED or result.in_folder:
        return settle_result(dispatch, claim, result, soon=soon)
    try:
        copy = dispatch.file_copy(message, dispatch.clock())
    except Exception as error:
        copy = f"{NO_COPY}: it broke off ({type(error).__name__})"
    except BaseException:
        settle_result(dispatch, claim, result, f"{NO_COPY}: interrupted")
        raise
    return settle_result(dispatch, claim, result, copy, soon)


def check_envelope(claim: Claim) -> AttemptResult | None:
    """Refuse a mail whose row in the outbox names another recipient or sender than the mail does."""
    differing = claim.entry.message.find_mismatch()
    if not differing:
        return None
    said = f"Its {differing} in the outbox differs from the one in the mail itself"
    fix = f"Cancel it with `followup-mail outbox cancel {claim.entry.id}`, and write it again."
    return AttemptResult(Verdict.REFUSED, Phase.CONNECT, said, fix=fix)


def date(message: Message, now: datetime) -> Message:
    """Return a mail with its Date header: the one thing that is not known before it leaves."""
    return replace(message, content=with_date(message.content, now))


def explain_crash(error: BaseException, intended: bool) -> AttemptResult:
    """A transport should not raise. If it does: without a recorded intent nothing was sent, with one nobody knows."""
    said = f"Sending broke off ({type(error).__name__})"
    if intended:
        return AttemptResult(Verdict.UNCLEAR, Phase.BODY, said)
    return AttemptResult(Verdict.DEFERRED, Phase.MAIL, said)


def settle_result(
    dispatch: Dispatch, claim: Claim, result: AttemptResult, copy: str = "", soon: bool = False
) -> Result:
    """Decide what follows from a result, and write it to disk. ``copy`` tells of the copy in the Sent folder."""
    settlement = decide(claim.entry, result, dispatch.clock(), dispatch.spread())
    if copy:
        settlement = replace(settlement, reason="; ".join(filter(None, (settlement.reason.rstrip("."), copy))))
    return replace(settle(dispatch, claim, settlement, result, soon), copy=copy)


def settle(
    dispatch: Dispatch, claim: Claim, settlement: Settlement, result: AttemptResult | None, soon: bool = False
) -> Result:
    """Write the result to disk. It is worth several tries: afterwards nobody knows it."""
    for seconds in (*SETTLE_RETRY_SECONDS, None):
        try:
            after = dispatch.store.settle(claim, settlement, dispatch.clock(), *((True,) if soon else ()))
            return Result(after, result, settlement.pause)
        except OutboxError as error:
            if seconds is None:
                raise _explain_unsettled(claim.entry, settlement, error) from error
            dispatch.sleep(seconds)
    raise AssertionError("unreachable")


def let_go(dispatch: Dispatch, entry_id: int) -> None:
    """Release an entry after an error or an interruption in its claim: nothing left, but the claim may be on the disk
    without our having been told so."""
    with suppress(OutboxError):
        entry = dispatch.store.get(entry_id)
        if entry.state is State.SENDING and entry.claimed_by == dispatch.worker.name:
            settle(dispatch, Claim(entry), RELEASED, None)


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
