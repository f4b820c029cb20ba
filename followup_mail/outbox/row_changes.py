"""The one way in which a row of ``entries`` changes: new columns and a line of history, together.

These functions run inside a transaction that the caller began.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.damaged_rows import Damaged, DamagedRowError
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.rows import Columns, columns_of_step, to_entry, to_text
from followup_mail.outbox.transitions import Cause, check_move, may_move, state_after


def load(connection: sqlite3.Connection, entry_id: int) -> Entry:
    """Return an entry, or raise ``NotFoundError``."""
    row = None
    if 0 < entry_id < 2**63:
        row = connection.execute("SELECT * FROM entries WHERE id = ?", (entry_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"There is no entry #{entry_id}.", fix="Say `followup-mail outbox list` to see them all.")
    return to_entry(row)


def insert(connection: sqlite3.Connection, table: str, columns: Columns) -> int:
    """Add a row and return its id. ``table`` and the columns' names are ours, never the user's."""
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    cursor = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", columns)  # noqa: S608
    return int(cursor.lastrowid or 0)


def write_history(
    connection: sqlite3.Connection, entry_id: int, cause: Cause, states: tuple[State | None, State], said: Columns
) -> None:
    """Append a line to an entry's history. ``said`` holds ``at`` and ``detail``."""
    before, after = states
    connection.execute(
        "INSERT INTO moves (entry_id, at, cause, before, after, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (entry_id, said["at"], str(cause), before and str(before), str(after), said.get("detail") or ""),
    )


def move(
    connection: sqlite3.Connection, entry: Entry, cause: Cause, now: datetime, columns: Columns | None = None
) -> Entry:
    """Move an entry by ``cause`` and write its history. ``columns`` may hold ``detail`` besides columns to set.

    A move that the table of moves lacks is a ``ValueError``: users' wishes go through ``wish`` first.
    """
    after = state_after(entry.state, cause)
    changed = dict(columns or {})
    detail = changed.pop("detail", None) or changed.get("reason") or ""
    changed["state"] = str(after)
    names = ", ".join(f"{name} = :{name}" for name in changed)
    statement = f"UPDATE entries SET {names} WHERE id = :id RETURNING *"  # noqa: S608
    try:
        row = connection.execute(statement, {**changed, "id": entry.id}).fetchone()
    except sqlite3.IntegrityError as error:
        raise _explain_taken(connection, entry) or error from error
    write_history(connection, entry.id, cause, (entry.state, after), {"at": to_text(now), "detail": detail})
    return to_entry(row)


def wish(
    connection: sqlite3.Connection, entry: Entry, cause: Cause, now: datetime, columns: Columns | None = None
) -> Entry:
    """Move an entry because the user wants it; raises ``RefusedError`` when its state forbids it."""
    check_move(entry, cause)
    return move(connection, entry, cause, now, columns)


def discard(connection: sqlite3.Connection, entry_id: int, now: datetime) -> Damaged:
    """Cancel an entry whose row cannot be understood; see ``Store.discard``."""
    try:
        entry = load(connection, entry_id)
    except DamagedRowError as error:
        damaged = error.damaged
    else:
        raise RefusedError(f"{entry.label} is not damaged.", fix=f"Say `followup-mail outbox cancel {entry.id}`.")
    known = damaged.row["state"] in set(State)
    before = State(damaged.row["state"]) if known else None
    if before and not may_move(before, Cause.CANCELLED):
        raise RefusedError(f"{damaged.sentence} It is {before}, and stays so.", fix="It is never sent again.")
    statement = "UPDATE entries SET state = 'cancelled', held = '', filed_at = NULL WHERE id = ?"
    connection.execute(statement, (entry_id,))
    said: Columns = {"at": to_text(now), "detail": "it was damaged"}
    write_history(connection, entry_id, Cause.CANCELLED, (before, State.CANCELLED), said)
    return damaged


def find_taken(connection: sqlite3.Connection, step: Columns) -> Entry | None:
    """Return the entry that takes a step, so that no other may."""
    row = connection.execute(
        "SELECT * FROM entries WHERE application = :application AND kind = :kind AND round = :round "
        "AND person = :person AND nth = :nth "
        "AND state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder')",
        step,
    ).fetchone()
    return None if row is None else to_entry(row)


def say_taken(entry: Entry) -> RefusedError:
    """Return the refusal of a second entry for one step."""
    when = f" at {entry.sent_at:%Y-%m-%d %H:%M} UTC" if entry.sent_at else ""
    fix = {
        State.SENT: "One follow-up, for one person, once: plan the next step instead.",
        State.SENDING: "It is being sent right now; look again in a moment.",
        State.UNCLEAR: f"Decide about it first: `followup-mail outbox resolve {entry.id} --sent` or `--resend`.",
        State.IN_FOLDER: _say_how_to_leave_the_folder(entry),
    }.get(entry.state, f"Change it by `followup-mail outbox edit {entry.id}`, or cancel it first.")
    kind = str(entry.step.kind).replace("_", " ")
    return RefusedError(
        f"This {kind} to {entry.message.to.email} is already there: {entry.label}, {entry.state}{when}.", fix=fix
    )


def _say_how_to_leave_the_folder(entry: Entry) -> str:
    file = f" {entry.outcome.queue_id}" if entry.outcome else ""
    return (
        f"Once an account is set, `followup-mail outbox retry {entry.id}` queues it. If you sent its file{file} with "
        f"your mail program, say `followup-mail outbox resolve {entry.id} --sent`."
    )


def _explain_taken(connection: sqlite3.Connection, entry: Entry) -> RefusedError | None:
    taken = find_taken(connection, columns_of_step(entry.step))
    return say_taken(taken) if taken is not None and taken.id != entry.id else None
