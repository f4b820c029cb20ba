"""What a worker does to an entry: claim, record the intent, settle, recover. Pure decisions.

A claim is known by its worker and by the entry's count of claims, which only grows. Whoever wants to send must find its
claim still the latest, in the very transaction that records the intent; so of two workers at most one sends.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from followup_mail.errors import FollowupError, OutboxError
from followup_mail.message.message import fingerprint
from followup_mail.outbox.attempt import Phase
from followup_mail.outbox.change import Change, make_change
from followup_mail.outbox.claim import Claim, LeaseLostError, StoppedError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.pre_send_check import Action, PreSendCheck, Ruling, SendContext, rule_on_deadline
from followup_mail.outbox.retry import Pause, Settlement
from followup_mail.outbox.transitions import Cause, is_allowed, say_how_to_resolve

CHECK_AGAIN_AFTER: Final = timedelta(minutes=10)
"""How long an entry waits when the check before sending failed."""
_WORKS_AGAIN: Final = "the account works again"


def rule(entry: Entry, content: bytes | None, check: PreSendCheck, context: SendContext, now: datetime) -> Ruling:
    """Return what the check before sending says of an entry, or that its stored bytes are not the right ones.

    A check that fails must not let the mail go unseen, nor stand in the way of all the others. Trouble with the store
    (``OutboxError``) is not the check's fault, and passes through.
    """
    if content is None or fingerprint(content) != entry.content_sha256:
        fix = f"Queue the step again, then `followup-mail outbox cancel {entry.id}`."
        return Ruling(Action.BLOCK, "its bytes are not those that were stored: the disk may be failing", fix=fix)
    try:
        return check(entry, context, now)
    except OutboxError:
        raise
    except FollowupError as error:
        said, fix = error.sentence, error.fix
    except Exception as error:
        said, fix = type(error).__name__, ""
    reason = f"the check before sending failed: {said.rstrip('.')}"
    if entry.is_past(now):
        return Ruling(Action.MISS, f"{reason}; and its last sensible moment has passed", fix=fix)
    return Ruling(Action.POSTPONE, reason, now + CHECK_AGAIN_AFTER, fix)


_CAUSES: Final = {
    Action.POSTPONE: Cause.POSTPONED,
    Action.MISS: Cause.MISSED,
    Action.BLOCK: Cause.BLOCKED,
    Action.CANCEL: Cause.CANCELLED,
    Action.HOLD: Cause.HELD,
}


def claim(entry: Entry, ruling: Ruling, worker: Worker, now: datetime) -> Change | Pause:
    """Return what follows from a ruling: the claim, another state for the entry, or a pause of its account."""
    if ruling.action is Action.GO:
        return _claim(entry, ruling, worker, now)
    # A ruling that names no moment, or a past one, must not make the worker spin.
    until = max(ruling.until or now, now + timedelta(seconds=1)).astimezone(UTC)
    if ruling.action is Action.PAUSE:
        return Pause(entry.account, ruling.reason, until, ruling.fix)
    after = replace(entry, reason=ruling.reason, fix=ruling.fix)
    if ruling.action is Action.POSTPONE:
        after = replace(after, next_attempt_at=until)
    elif ruling.action is Action.HOLD:
        after = replace(after, reason=entry.reason, held=ruling.reason or "held")
    return make_change(entry, _CAUSES[ruling.action], after, ruling.detail or ruling.reason)


def miss(entry: Entry, now: datetime) -> Change | None:
    """Return that a queued entry is missed, if its last sensible moment has passed; else None."""
    missed = rule_on_deadline(entry, now) if entry.state is State.QUEUED else None
    if missed is None:
        return None
    return make_change(entry, Cause.MISSED, replace(entry, reason=missed.reason, fix=missed.fix), missed.reason)


def _claim(entry: Entry, ruling: Ruling, worker: Worker, now: datetime) -> Change:
    after = replace(
        entry,
        why=ruling.why or entry.why,
        claims=entry.claims + 1,
        claimed_at=now,
        claimed_by=worker.name,
        lease_until=now + worker.lease,
        handed_at=now,
        intent_at=None,
        reason="",
        fix="",
    )
    return make_change(entry, Cause.CLAIMED, after, worker.name)


def record_intent(entry: Entry, claimed: Claim, now: datetime) -> Change:
    """Note that the mail is about to leave, if the claim is still the latest and the user has not stopped it."""
    if entry.state is not State.SENDING or not _is_latest(entry, claimed) or entry.intent_at is not None:
        raise LeaseLostError(
            f"{entry.label} was taken over or settled by somebody else meanwhile; it is {entry.state} now.",
            fix="Nothing needs doing: this attempt sent nothing.",
        )
    stop = entry.cancel_asked or entry.held
    if stop:
        raise StoppedError(f"{entry.label} was stopped in time: {stop}.")
    lease = claimed.entry.lease_until or now
    span = lease - (claimed.entry.claimed_at or lease)
    return make_change(entry, Cause.INTENDED, replace(entry, intent_at=now, lease_until=now + span))


def settle(entry: Entry, claimed: Claim, settlement: Settlement, now: datetime) -> Change:
    """Carry out what was decided after an attempt, also when the answer comes late."""
    if _is_latest(entry, claimed) and entry.state in {State.SENDING, State.UNCLEAR}:
        return _settle_latest(entry, settlement, now)
    if settlement.cause is Cause.ACCEPTED and is_allowed(entry.state, Cause.TOOK_LATE) and not entry.was_sent_at:
        # Even when a newer attempt is leaving this moment: the server has it, so whatever comes of that, no third one.
        return _mark_sent(entry, Cause.TOOK_LATE, settlement, now)
    return make_change(entry, Cause.LATE, detail=f"{settlement.cause}: {settlement.reason}")


def _is_latest(entry: Entry, claimed: Claim) -> bool:
    return (entry.claims, entry.claimed_by) == (claimed.entry.claims, claimed.entry.claimed_by)


def _settle_latest(entry: Entry, settlement: Settlement, now: datetime) -> Change:
    if settlement.cause is Cause.FILED and not entry.cancel_asked:
        return _file_away(entry, settlement, now)
    if settlement.cause is Cause.ACCEPTED:
        late = entry.state is State.UNCLEAR
        return _mark_sent(entry, Cause.TOOK_LATE if late else Cause.ACCEPTED, settlement, now)
    after = replace(
        entry,
        reason=settlement.reason,
        fix=settlement.fix,
        outcome=settlement.outcome,
        lease_until=None,
        attempts=entry.attempts + int(settlement.counts),
    )
    if settlement.cause is Cause.LOST:
        return make_change(entry, Cause.LOST, after, settlement.reason)
    return _put_back(entry, settlement.cause, replace(after, next_attempt_at=settlement.next_attempt_at))


def _mark_sent(entry: Entry, cause: Cause, settlement: Settlement, now: datetime) -> Change:
    after = replace(_tried(entry, settlement), sent_at=now, cancel_asked="")
    return make_change(entry, cause, after, settlement.reason)


def _file_away(entry: Entry, settlement: Settlement, now: datetime) -> Change:
    """Note that it is in the folder. No limit counts it, and no intent is left: nothing left this machine."""
    after = replace(_tried(entry, settlement), filed_at=now, intent_at=None, handed_at=None)
    return make_change(entry, Cause.FILED, after, settlement.reason)


def _tried(entry: Entry, settlement: Settlement) -> Entry:
    """Return what is the same about every entry that got where it should."""
    return replace(
        entry,
        reason=settlement.reason,
        fix="",
        outcome=settlement.outcome,
        lease_until=None,
        attempts=entry.attempts + 1,
        held="",
        next_attempt_at=None,
    )


def _put_back(entry: Entry, cause: Cause, after: Entry) -> Change:
    """Move an entry that was certainly not sent: into the queue, to failed, or away if it was cancelled meanwhile."""
    after = replace(after, intent_at=None, handed_at=None)
    if entry.cancel_asked:
        cause = Cause.DROPPED
        after = replace(after, reason=entry.cancel_asked, fix="", held="", cancel_asked="")
    return make_change(entry, cause, after, after.reason)


def is_abandoned(entry: Entry, now: datetime, is_dead: bool) -> bool:
    """Return whether the worker of an entry that is being sent is gone, or its lease has run out."""
    # A lease that begins in the future comes from a clock that was set back since: it would hold too long.
    ahead = entry.claimed_at is not None and entry.claimed_at > now + timedelta(minutes=1)
    return entry.lease_until is None or entry.lease_until <= now or ahead or is_dead


def is_claimed_by(entry: Entry, worker: Worker | None) -> bool:
    """Return whether a worker claimed an entry of the account that it sends by; its other jobs have others."""
    return worker is not None and worker.name == entry.claimed_by and worker.account in {None, entry.account}


def free(entry: Entry) -> Change:
    """Free what a worker that is gone had claimed: queued when no intent was recorded, else unclear."""
    if entry.intent_at is None:
        reason = "the worker ended before the mail left"
        after = replace(entry, reason=reason, fix="", lease_until=None, next_attempt_at=None)
        return _put_back(entry, Cause.RELEASED, after)
    reason = "the worker ended while the mail was leaving: sent or not, nobody knows"
    after = replace(entry, reason=reason, fix=say_how_to_resolve(entry.id), lease_until=None)
    return make_change(entry, Cause.LOST, after, reason)


def take_up(entry: Entry) -> Change | None:
    """Return what changes for an entry whose account works again: it failed, or waits, only because of the account."""
    result = entry.outcome
    if result is None or not result.pauses_account or entry.was_sent_at:
        return None
    if entry.state is State.FAILED:
        return make_change(entry, Cause.RETRIED, replace(entry, reason="", fix=""), _WORKS_AGAIN)
    # A refused token: the mail waits for the next try, and the user has signed in again since.
    waits_for_login = result.phase is Phase.LOGIN and entry.reason == result.said and entry.next_attempt_at is not None
    if entry.state is not State.QUEUED or not waits_for_login:
        return None
    return make_change(entry, Cause.RESCHEDULED, replace(entry, next_attempt_at=None, reason="", fix=""), _WORKS_AGAIN)
