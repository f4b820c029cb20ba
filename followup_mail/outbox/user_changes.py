"""What the user does to entries: add, approve, cancel, hold, reschedule, edit, retry, resolve, forget.

Every function runs inside a transaction that the caller began; a refusal undoes all of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from followup_mail.cadence.step import Touch
from followup_mail.errors import RefusedError
from followup_mail.outbox.editors import Editing, find_editing, say_editing
from followup_mail.outbox.entry import FOLDER, OPEN, OPEN_IN_EDITOR, Entry, NewEntry, Rewording, State, Timing
from followup_mail.outbox.row_changes import find_taken, insert, load, move, say_taken, wish, write_history
from followup_mail.outbox.row_queries import moves
from followup_mail.outbox.rows import Columns, columns_of_mail, columns_of_step, columns_of_timing, to_entries, to_text
from followup_mail.outbox.store import Cancelled
from followup_mail.outbox.transitions import Cause, may_move


def add(connection: sqlite3.Connection, new: Sequence[NewEntry], now: datetime) -> tuple[Entry, ...]:
    """Add every one of ``new``; see ``Store.add``."""
    return tuple(_add_one(connection, one, now) for one in new)


def _add_one(connection: sqlite3.Connection, new: NewEntry, now: datetime) -> Entry:
    step = columns_of_step(new.step)
    taken = find_taken(connection, step)
    if taken is not None:
        raise say_taken(taken)
    row: Columns = {**step, **columns_of_mail(new.message), **columns_of_timing(new.timing)}
    row |= {
        "account": new.message.mail_from.lower() if new.account is None else new.account,
        "content_sha256": new.message.sha256,
        "state": str(new.state),
        "created_at": to_text(now),
        "ignored_rules": json.dumps(new.ignored_rules),
    }
    entry_id = insert(connection, "entries", row)
    insert(connection, "contents", {"entry_id": entry_id, "bytes": new.message.content})
    write_history(connection, entry_id, Cause.ADDED, (None, new.state), {"at": to_text(now)})
    _replace_others(connection, entry_id, step, now)
    return load(connection, entry_id)


def _replace_others(connection: sqlite3.Connection, entry_id: int, step: Columns, now: datetime) -> None:
    rows = connection.execute(
        "SELECT * FROM entries WHERE application = :application AND kind = :kind AND round = :round "
        "AND person = :person AND nth = :nth AND state IN ('failed', 'missed')",
        step,
    ).fetchall()
    for entry in to_entries(rows):
        move(connection, entry, Cause.REPLACED, now, {"reason": f"replaced by #{entry_id}", "fix": ""})


def approve(connection: sqlite3.Connection, entry_id: int, now: datetime) -> Entry:
    """Move a draft into the queue."""
    return wish(connection, load(connection, entry_id), Cause.APPROVED, now)


def cancel(connection: sqlite3.Connection, entry_id: int, now: datetime, why: str) -> Entry:
    """Cancel one entry; for one under way, note the wish and return it unchanged in state."""
    entry = load(connection, entry_id)
    if entry.state is State.SENDING:
        return move(connection, entry, Cause.CANCEL_ASKED, now, {"cancel_asked": why or "cancelled", "detail": why})
    return wish(connection, entry, Cause.CANCELLED, now, {"reason": why, "fix": "", "held": "", "filed_at": None})


def cancel_all(connection: sqlite3.Connection, application: str, now: datetime, why: str) -> Cancelled:
    """Cancel what is open for an application."""
    cancelled, under_way, unclear = [], [], []
    for entry in _open_entries(connection, application):
        if entry.state is State.UNCLEAR:
            unclear.append(entry)
        elif entry.state is State.SENDING:
            under_way.append(cancel(connection, entry.id, now, why))
        else:
            cancelled.append(cancel(connection, entry.id, now, why))
    return Cancelled(tuple(cancelled), tuple(under_way), tuple(unclear))


def hold(connection: sqlite3.Connection, entry_id: int, now: datetime, why: str, by: str = "") -> Entry:
    """Hold one entry; ``by`` names the process that has it open in an editor."""
    entry = load(connection, entry_id)
    if by and entry.held == OPEN_IN_EDITOR:
        _refuse_if_open(connection, entry, now)
    elif by and entry.held:
        return entry  # that hold stays when the editor is closed
    detail = say_editing(by) if by else why
    return wish(connection, entry, Cause.HELD, now, {"held": why or "held", "detail": detail})


def _refuse_if_open(connection: sqlite3.Connection, entry: Entry, now: datetime) -> None:
    editing = _find_open(connection, entry)
    if editing and not editing.is_left(now):
        which = f" (process {editing.process})" if editing.process else ""
        raise RefusedError(f"{entry.label} is open in another editor{which}.", fix="Close that editor first.")


def _find_open(connection: sqlite3.Connection, entry: Entry) -> Editing | None:
    """Return the editor that holds an entry."""
    return find_editing(moves(connection, entry.id)) if entry.held == OPEN_IN_EDITOR else None


def hold_all(connection: sqlite3.Connection, application: str, now: datetime, why: str) -> tuple[Entry, ...]:
    """Hold what is open for an application and not held yet, or only by an editor, which will be closed."""
    held = [one for one in _open_entries(connection, application) if one.held in {"", OPEN_IN_EDITOR}]
    return tuple(hold(connection, one.id, now, why) for one in held)


def resume(connection: sqlite3.Connection, entry_id: int, now: datetime, by: str = "") -> Entry:
    """Let one held entry go on; with ``by`` only when it is the hold of that process."""
    entry = load(connection, entry_id)
    if by:
        editing = _find_open(connection, entry)
        if editing is None or editing.by != by:
            return entry
    if not entry.held and may_move(entry.state, Cause.RESUMED):
        raise RefusedError(f"{entry.label} is not held; it is {entry.state}.")
    return wish(connection, entry, Cause.RESUMED, now, {"held": "", "detail": entry.held})


def resume_all(connection: sqlite3.Connection, application: str, now: datetime) -> tuple[Entry, ...]:
    """Let everything go on that is held for an application, but for what somebody has open in an editor."""
    held = [one for one in _open_entries(connection, application) if one.held]
    open_now = {one.id for one in held if (editing := _find_open(connection, one)) and not editing.is_left(now)}
    return tuple(resume(connection, one.id, now) for one in held if one.id not in open_now)


def reschedule(connection: sqlite3.Connection, entry_id: int, timing: Timing, now: datetime) -> Entry:
    """Give an entry another timing."""
    entry = load(connection, entry_id)
    cause = Cause.RETRIED if entry.state in {State.FAILED, State.MISSED} else Cause.RESCHEDULED
    columns = columns_of_timing(timing) | {"reason": "", "fix": "", "attempts": 0}
    return wish(connection, entry, cause, now, columns | {"detail": f"to {to_text(timing.due_at)}"})


def edit(connection: sqlite3.Connection, entry_id: int, new: Rewording, now: datetime) -> Entry:
    """Replace mail and bytes of an entry whose bytes are still those that the rewording was made from."""
    entry = load(connection, entry_id)
    if may_move(entry.state, Cause.EDITED) and entry.content_sha256 != new.was:
        raise RefusedError(
            f"{entry.label} was changed by somebody else meanwhile; your change is not stored.",
            fix=f"Look at it with `followup-mail outbox show {entry.id}`, then edit it again.",
        )
    if new.message.message_id == entry.message.message_id and new.message.sha256 != entry.content_sha256:
        _refuse_if_tried(connection, entry)
    columns = {**columns_of_mail(new.message), "content_sha256": new.message.sha256, "detail": new.message.subject}
    columns["ignored_rules"] = json.dumps(new.ignored_rules)
    entry = wish(connection, entry, Cause.EDITED, now, columns)
    connection.execute("UPDATE contents SET bytes = ? WHERE entry_id = ?", (new.message.content, entry_id))
    return entry


def _refuse_if_tried(connection: sqlite3.Connection, entry: Entry) -> None:
    """Who got the old words by this Message-ID would take the new ones for a copy, and perhaps not show them."""
    tried = connection.execute(
        "SELECT 1 FROM moves WHERE entry_id = ? AND cause = ? LIMIT 1", (entry.id, str(Cause.INTENDED))
    ).fetchone()
    if tried and may_move(entry.state, Cause.EDITED):
        raise RefusedError(
            f"{entry.label} may have been sent out meanwhile; your change is not stored.", fix="Edit it again."
        )


def retry(connection: sqlite3.Connection, entry_id: int, now: datetime, account: str) -> Entry:
    """Put a failed, missed or filed entry back into the queue, due at once; see ``Store.retry``.

    The files attached count as they were in the preview.
    """
    entry = load(connection, entry_id)
    new_account = _choose_account(entry, account)
    if entry.state in {State.DRAFT, State.QUEUED} and new_account != entry.account:
        return wish(connection, entry, Cause.REROUTED, now, {"account": new_account, "detail": f"by {new_account}"})
    columns: Columns = {"reason": "", "fix": "", "attached": "[]", "attempts": 0}
    columns |= {"account": new_account, "filed_at": None}
    columns |= {"next_attempt_at": to_text(now), "ready_at": max(to_text(now), to_text(entry.timing.due_at))}
    columns |= _without_passed_deadline(entry, now)
    return wish(connection, entry, Cause.RETRIED, now, columns)


def _choose_account(entry: Entry, account: str) -> str:
    """Return by which account an entry leaves: its own, or for one that was meant for the folder the one set now."""
    if entry.account != FOLDER:
        return entry.account
    if account == FOLDER and entry.state is State.IN_FOLDER:
        raise RefusedError(
            f"{entry.label} lies in the folder, and no account is set by which it could leave.",
            fix="Set FOLLOWUP_SMTP_HOST and the rest of the account, then say this again.",
        )
    if account not in {FOLDER, entry.message.mail_from.lower()}:
        raise RefusedError(
            f"{entry.label} was written from {entry.message.mail_from}, and the account that is set is {account}.",
            fix=f"Cancel it with `followup-mail outbox cancel {entry.id}`, and write it again.",
        )
    return account


def _without_passed_deadline(entry: Entry, now: datetime) -> Columns:
    """The user decided with the deadline before their eyes: one that has passed holds no longer."""
    passed = entry.timing.last_at is not None and entry.timing.last_at < now
    return {"last_at": None} if passed else {}


def resolve(connection: sqlite3.Connection, entry_id: int, was_sent: bool, now: datetime, why: str = "") -> Entry:
    """End an unclear entry by the user's word, or by what was found in their mailbox (``why``)."""
    entry = load(connection, entry_id)
    if was_sent:
        at = to_text(entry.intent_at or now)
        return wish(
            connection,
            entry,
            Cause.SAID_SENT,
            now,
            {
                "sent_at": at,
                "filed_at": None,
                "cancel_asked": "",
                "reason": why or "you said that it was sent",
                "fix": "",
            },
        )
    columns: Columns = {"intent_at": None, "handed_at": None, "cancel_asked": "", "fix": ""}
    columns |= {
        "reason": why or "you said to send it again",
        "next_attempt_at": None,
        "ready_at": to_text(entry.timing.due_at),
    }
    columns |= _without_passed_deadline(entry, now)
    return wish(connection, entry, Cause.SAID_RESEND, now, columns)


def log_touch(connection: sqlite3.Connection, touch: Touch) -> None:
    """Record a touch that the user made."""
    row: Columns = {**columns_of_step(touch.step), "channel": str(touch.channel), "at": to_text(touch.at)}
    row |= {"reached": int(touch.reached), "body": touch.text, "subject": touch.subject}
    row |= {"message_id": touch.message_id, "refs": json.dumps(touch.references)}
    insert(connection, "touches", row)


def forget(connection: sqlite3.Connection, application: str) -> int:
    """Delete everything about an application; refused while one of its entries is being sent."""
    under_way = connection.execute(
        "SELECT id FROM entries WHERE application = ? AND state = 'sending'", (application,)
    ).fetchone()
    if under_way:
        raise RefusedError(f"#{under_way['id']} is being sent right now.", fix="Wait a moment, then forget it.")
    connection.execute("INSERT INTO forgetting (application) VALUES (?)", (application,))
    gone = connection.execute("DELETE FROM entries WHERE application = ?", (application,)).rowcount
    connection.execute("DELETE FROM touches WHERE application = ?", (application,))
    connection.execute("DELETE FROM forgetting")
    return gone


def _open_entries(connection: sqlite3.Connection, application: str) -> list[Entry]:
    states = ", ".join(f"'{state}'" for state in sorted(OPEN))
    rows = connection.execute(
        f"SELECT * FROM entries WHERE application = ? AND state IN ({states}) ORDER BY id",  # noqa: S608
        (application,),
    ).fetchall()
    return list(to_entries(rows))
