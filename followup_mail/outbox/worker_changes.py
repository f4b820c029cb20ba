"""What a worker does to entries: claim, record the intent, settle, recover. Runs inside the caller's transaction.

A claim is known by its worker and by the entry's count of claims, which only grows. Whoever wants to send must find its
claim still the latest, in the very transaction that records the intent; so of two workers at most one sends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from followup_mail.cadence.step import History
from followup_mail.errors import FollowupError
from followup_mail.message.message import fingerprint
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.lease import IsDead, Worker
from followup_mail.outbox.pauses import put_pause
from followup_mail.outbox.pre_send_check import Action, PreSendCheck, Ruling, SendContext
from followup_mail.outbox.retry import Pause, Settlement
from followup_mail.outbox.row_changes import load, move, write_history
from followup_mail.outbox.row_queries import history, readable
from followup_mail.outbox.rows import Columns, outcome_to_text, to_entries, to_moment, to_text
from followup_mail.outbox.store import Claim, LeaseLostError, Rested, StoppedError, Turned
from followup_mail.outbox.transitions import Cause, may_move, say_how_to_resolve

LOOK_AGAIN_AFTER: Final = timedelta(minutes=10)
"""How long an entry waits when the look before sending could not be made."""

_DUE: Final = (
    "SELECT * FROM entries WHERE state = 'queued' AND held = '' AND ready_at <= :now "
    "AND (:account IS NULL OR account = :account) AND account NOT IN "
    "(SELECT account FROM pauses WHERE until_at IS NULL OR until_at > :now) {only} ORDER BY ready_at, id"
)


def claim(
    connection: sqlite3.Connection, worker: Worker, look: PreSendCheck, now: datetime, only: Collection[int] | None
) -> Claim | Turned | Rested | None:
    """Take the first due entry if the look says go; see ``Store.claim``."""
    rows = connection.execute(
        _DUE.format(only="" if only is None else "AND id IN (SELECT value FROM json_each(:only))"),
        {"now": to_text(now), "account": worker.account, "only": json.dumps(list(only or ()))},
    )
    entry = next(to_entries(rows), None)
    if entry is None:
        return None
    content = connection.execute("SELECT bytes FROM contents WHERE entry_id = ?", (entry.id,)).fetchone()
    if content is None or fingerprint(content["bytes"]) != entry.content_sha256:
        reason = "its bytes are not those that were stored: the disk may be failing"
        fix = f"Queue the step anew, then `followup-mail outbox cancel {entry.id}`."
        return Turned(move(connection, entry, Cause.BLOCKED, now, {"reason": reason, "fix": fix}))
    ruling = _look_again(connection, look, entry, now)
    if ruling.verb is not Action.GO:
        return _turn(connection, entry, ruling, now)
    columns: Columns = {
        "claims": entry.claims + 1,
        "claimed_at": to_text(now),
        "claimed_by": worker.name,
        "lease_until": to_text(now + worker.lease),
        "handed_at": to_text(now),
        "intent_at": None,
        "reason": "",
        "fix": "",
        "detail": worker.name,
    }
    claimed = move(connection, entry, Cause.CLAIMED, now, columns)
    return Claim(replace(claimed, message=replace(claimed.message, content=content["bytes"])))


def _look_again(connection: sqlite3.Connection, look: PreSendCheck, entry: Entry, now: datetime) -> Ruling:
    """Ask the look. One that fails must not let the mail go unseen, nor stand in the way of all the others."""
    try:
        return look(entry, _look_around(connection, entry), now)
    except sqlite3.Error:
        raise
    except FollowupError as error:
        said, fix = error.sentence, error.fix
    except Exception as error:
        said, fix = type(error).__name__, ""
    reason = f"the look before sending failed: {said.rstrip('.')}"
    if entry.is_past(now):
        return Ruling(Action.MISS, f"{reason}; and its last sensible moment has passed", fix=fix)
    return Ruling(Action.POSTPONE, reason, now + LOOK_AGAIN_AFTER, fix)


def _look_around(connection: sqlite3.Connection, entry: Entry) -> SendContext:
    def handed_since(since: datetime) -> tuple[datetime, ...]:
        rows = connection.execute(
            "SELECT handed_at FROM entries WHERE account = ? AND handed_at > ? ORDER BY handed_at",
            (entry.account, to_text(since)),
        )
        return tuple(to_moment(row[0]) for row in rows)

    def last_to_domain_at() -> datetime | None:
        row = connection.execute(
            "SELECT max(handed_at) FROM entries WHERE to_domain = ? AND handed_at IS NOT NULL", (entry.message.domain,)
        ).fetchone()
        return None if row[0] is None else to_moment(row[0])

    application: partial[History] = partial(history, connection, entry.step.application)
    return SendContext(application, handed_since, last_to_domain_at)


def _turn(connection: sqlite3.Connection, entry: Entry, ruling: Ruling, now: datetime) -> Turned | Rested:
    """Carry out a ruling other than go."""
    said: Columns = {"reason": ruling.reason, "fix": ruling.fix}
    # A look that names no moment, or a past one, must not make the worker spin.
    until = max(ruling.until or now, now + timedelta(seconds=1))
    match ruling.verb:
        case Action.REST:
            pause = Pause(entry.account, ruling.reason, until, ruling.fix)
            put_pause(connection, pause, now)
            return Rested(pause)
        case Action.POSTPONE:
            moment = to_text(until)
            columns = said | {"next_attempt_at": moment, "ready_at": max(moment, to_text(entry.timing.due_at))}
            return Turned(move(connection, entry, Cause.POSTPONED, now, columns))
        case Action.MISS:
            return Turned(move(connection, entry, Cause.MISSED, now, said))
        case Action.CANCEL:
            return Turned(move(connection, entry, Cause.CANCELLED, now, said | {"held": ""}))
        case Action.HOLD:
            return Turned(
                move(
                    connection,
                    entry,
                    Cause.HELD,
                    now,
                    {"held": ruling.reason or "held", "fix": ruling.fix, "detail": ruling.reason},
                )
            )
        case _:
            return Turned(move(connection, entry, Cause.BLOCKED, now, said))


def record_intent(connection: sqlite3.Connection, claimed: Claim, now: datetime) -> None:
    """Note that the mail is about to leave, if the claim is still ours and the user has not stopped it."""
    entry = load(connection, claimed.entry.id)
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
    columns: Columns = {"intent_at": to_text(now), "lease_until": to_text(now + span)}
    move(connection, entry, Cause.INTENDED, now, columns)


def settle(connection: sqlite3.Connection, claimed: Claim, decided: Settlement, now: datetime) -> Entry:
    """Carry out what was decided after an attempt; see ``Store.settle``."""
    entry = load(connection, claimed.entry.id)
    if decided.pause is not None:
        put_pause(connection, decided.pause, now)
    if _is_latest(entry, claimed) and entry.state in {State.SENDING, State.UNCLEAR}:
        return _settle_latest(connection, entry, decided, now)
    if decided.cause is Cause.ACCEPTED and may_move(entry.state, Cause.TOOK_LATE):
        # Even when a newer attempt is leaving this moment: the server has it, so whatever comes of that, no third one.
        return _mark_sent(connection, entry, Cause.TOOK_LATE, decided, now)
    write_history(
        connection,
        entry.id,
        Cause.LATE,
        (entry.state, entry.state),
        {"at": to_text(now), "detail": f"{decided.cause}: {decided.reason}"},
    )
    return entry


def _is_latest(entry: Entry, claimed: Claim) -> bool:
    return (entry.claims, entry.claimed_by) == (claimed.entry.claims, claimed.entry.claimed_by)


def _settle_latest(connection: sqlite3.Connection, entry: Entry, decided: Settlement, now: datetime) -> Entry:
    if decided.cause is Cause.FILED and not entry.cancel_asked:
        return _file_away(connection, entry, decided, now)
    if decided.cause is Cause.ACCEPTED:
        late = entry.state is State.UNCLEAR
        return _mark_sent(connection, entry, Cause.TOOK_LATE if late else Cause.ACCEPTED, decided, now)
    columns: Columns = {"reason": decided.reason, "fix": decided.fix, "outcome": outcome_to_text(decided.outcome)}
    columns |= {"lease_until": None, "attempts": entry.attempts + int(decided.counts)}
    if decided.cause is Cause.LOST:
        return move(connection, entry, Cause.LOST, now, columns)
    return _put_back(connection, entry, decided, now, columns)


def _mark_sent(connection: sqlite3.Connection, entry: Entry, cause: Cause, decided: Settlement, now: datetime) -> Entry:
    columns: Columns = {"reason": decided.reason, "fix": "", "outcome": outcome_to_text(decided.outcome)}
    columns |= {"sent_at": to_text(now), "lease_until": None, "attempts": entry.attempts + 1}
    columns |= {"cancel_asked": "", "held": "", "next_attempt_at": None, "ready_at": to_text(entry.timing.due_at)}
    return move(connection, entry, cause, now, columns)


def _file_away(connection: sqlite3.Connection, entry: Entry, decided: Settlement, now: datetime) -> Entry:
    """Note that it lies in the folder. No limit counts it, and no intent is left: nothing left this machine."""
    columns: Columns = {"reason": decided.reason, "fix": "", "outcome": outcome_to_text(decided.outcome)}
    columns |= {"filed_at": to_text(now), "lease_until": None, "attempts": entry.attempts + 1, "held": ""}
    columns |= {"intent_at": None, "handed_at": None, "next_attempt_at": None}
    return move(connection, entry, Cause.FILED, now, columns | {"ready_at": to_text(entry.timing.due_at)})


def _put_back(
    connection: sqlite3.Connection, entry: Entry, decided: Settlement, now: datetime, columns: Columns
) -> Entry:
    """Move an entry that was certainly not sent: into the queue, to failed, or away if it was cancelled meanwhile."""
    due_at = to_text(entry.timing.due_at)
    next_at = None if decided.next_attempt_at is None else to_text(decided.next_attempt_at)
    columns |= {
        "intent_at": None,
        "handed_at": None,
        "next_attempt_at": next_at,
        "ready_at": max(next_at or due_at, due_at),
    }
    cause = decided.cause
    if entry.cancel_asked:
        columns |= {"reason": entry.cancel_asked, "fix": "", "held": "", "cancel_asked": ""}
        cause = Cause.DROPPED
    return move(connection, entry, cause, now, columns)


def recover(connection: sqlite3.Connection, now: datetime, is_dead: IsDead) -> tuple[Entry, ...]:
    """Free what workers that are gone had claimed; see ``Store.recover``."""
    rows = connection.execute("SELECT * FROM entries WHERE state = 'sending' ORDER BY id").fetchall()
    return tuple(_free(connection, entry, now) for entry in to_entries(rows) if _is_gone(entry, now, is_dead))


def _is_gone(entry: Entry, now: datetime, is_dead: IsDead) -> bool:
    # A lease that begins in the future comes from a clock that was set back since: it would hold too long.
    ahead = entry.claimed_at is not None and entry.claimed_at > now + timedelta(minutes=1)
    return entry.lease_until is None or entry.lease_until <= now or ahead or is_dead(entry.claimed_by)


def _free(connection: sqlite3.Connection, entry: Entry, now: datetime) -> Entry:
    if entry.intent_at is None:
        released = Settlement(Cause.RELEASED, "the worker ended before the mail left")
        columns: Columns = {"reason": released.reason, "fix": "", "lease_until": None}
        return _put_back(connection, entry, released, now, columns)
    reason = "the worker ended while the mail was leaving: sent or not, nobody knows"
    fix = say_how_to_resolve(entry.id)
    return move(connection, entry, Cause.LOST, now, {"reason": reason, "fix": fix, "lease_until": None})


def beat(connection: sqlite3.Connection, worker: Worker, now: datetime) -> None:
    """Record that a worker is alive and prolong its leases."""
    connection.execute(
        "INSERT INTO workers (name, seen_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at",
        (worker.name, to_text(now)),
    )
    connection.execute("DELETE FROM workers WHERE seen_at < ?", (to_text(now - timedelta(days=1)),))
    connection.execute(
        "UPDATE entries SET lease_until = ? WHERE state = 'sending' AND claimed_by = ?",
        (to_text(now + worker.lease), worker.name),
    )


def list_workers(connection: sqlite3.Connection) -> tuple[tuple[str, datetime], ...]:
    """Return the workers seen within a day, and when each was last alive."""
    rows = connection.execute("SELECT name, seen_at FROM workers ORDER BY name")
    return tuple(readable(lambda row: (row["name"], to_moment(row["seen_at"])), rows))
