"""What anybody may look at: entries, bytes, moves, the history of an application, and whether all is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from followup_mail.cadence.step import History, Touch, Waiting
from followup_mail.errors import OutboxError
from followup_mail.facts.names import is_slug
from followup_mail.message.message import fingerprint
from followup_mail.outbox.damaged_rows import UNREADABLE, Damaged, DamagedRowError
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.outbox.row_changes import load
from followup_mail.outbox.rows import entry_to_touch, to_entries, to_entry, to_moment, to_moved, to_text, to_touch
from followup_mail.outbox.store import Exported
from followup_mail.outbox.transitions import Transition

Value = TypeVar("Value")


def entries(
    connection: sqlite3.Connection, application: str | None, states: Collection[State], held: bool | None
) -> tuple[Entry, ...]:
    """Return the entries that fit, in order of due time."""
    wanted, given = ["1"], list[str]()
    if application is not None:
        wanted.append("application = ?")
        given.append(application)
    if states:
        wanted.append(f"state IN ({', '.join('?' * len(states))})")
        given.extend(str(state) for state in sorted(states))
    if held is not None:
        wanted.append("held <> ''" if held else "held = ''")
    query = f"SELECT * FROM entries WHERE {' AND '.join(wanted)} ORDER BY due_at, id"  # noqa: S608
    return tuple(to_entries(connection.execute(query, given)))


def list_damaged(connection: sqlite3.Connection, states: Collection[State]) -> tuple[Damaged, ...]:
    """Return the rows of entries in these states that cannot be understood."""
    named, known = ", ".join("?" * len(states)), ", ".join(f"'{state}'" for state in State)
    wanted = f"state IN ({named}) OR state NOT IN ({known})"
    rows = connection.execute(f"SELECT * FROM entries WHERE {wanted} ORDER BY id", sorted(states))  # noqa: S608
    return tuple(damaged for row in rows if (damaged := _find_damage(row)))


def _find_damage(row: sqlite3.Row) -> Damaged | None:
    try:
        to_entry(row)
    except DamagedRowError as error:
        return error.damaged
    return None


def content(connection: sqlite3.Connection, entry_id: int) -> bytes:
    """Return the bytes of a mail, checked against their fingerprint."""
    with suppress(DamagedRowError):  # the bytes may be sound all the same
        load(connection, entry_id)
    row = connection.execute(
        "SELECT content_sha256, bytes FROM entries LEFT JOIN contents ON entry_id = id WHERE id = ?", (entry_id,)
    ).fetchone()
    if row["bytes"] is None or fingerprint(row["bytes"]) != row["content_sha256"]:
        raise OutboxError(
            f"The bytes of #{entry_id} are not those that were stored.",
            fix="The disk may be failing. Write and queue the mail again; say `followup-mail outbox verify`.",
        )
    return bytes(row["bytes"])


def moves(connection: sqlite3.Connection, entry_id: int) -> tuple[Transition, ...]:
    """Return every move of an entry, oldest first; a line that cannot be understood is left out."""
    load(connection, entry_id)
    return _moves_of(connection, entry_id)


def _moves_of(connection: sqlite3.Connection, entry_id: int) -> tuple[Transition, ...]:
    rows = connection.execute("SELECT * FROM moves WHERE entry_id = ? ORDER BY id", (entry_id,))
    return tuple(readable(to_moved, rows))


def readable(read: Callable[[sqlite3.Row], Value], rows: Iterable[sqlite3.Row]) -> Iterator[Value]:
    """Yield what can be read of rows; ``verify`` names the others."""
    for row in rows:
        with suppress(*UNREADABLE):
            yield read(row)


def history(connection: sqlite3.Connection, application: str) -> History:
    """Return what was done and what stands ready for an application."""
    found = entries(connection, application, (), None)
    logged = connection.execute("SELECT * FROM touches WHERE application = ?", (application,))
    touches = [entry_to_touch(one) for one in found if one.state is State.SENT]
    touches += readable(to_touch, logged)
    return History(
        touches=tuple(sorted(touches, key=lambda touch: touch.at)),
        waiting=tuple(_to_waiting(one) for one in found if one.state in OPEN | {State.IN_FOLDER}),
    )


def applications(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return every application that has entries; from one to the next by the index, however many entries there are."""
    found: list[str] = []
    while row := connection.execute(
        "SELECT min(application) FROM entries WHERE application > ?", (found[-1] if found else "",)
    ).fetchone()[0]:
        found.append(row)
    return tuple(name for name in found if is_slug(name))


def _to_waiting(entry: Entry) -> Waiting:
    mail = entry.message
    due_at, state = entry.timing.due_at, str(entry.state)
    return Waiting(entry.step, entry.label, due_at, state, mail.subject, mail.message_id, mail.references)


def touches(connection: sqlite3.Connection) -> tuple[Touch, ...]:
    """Return all logged touches."""
    rows = connection.execute("SELECT * FROM touches ORDER BY application, at, id")
    return tuple(readable(to_touch, rows))


def next_due_at(connection: sqlite3.Connection, now: datetime, account: str | None) -> datetime | None:
    """Return when the next entry can go; an account's rest moves its entries to the end of the rest."""
    given = {"now": to_text(now), "account": account}
    rows = connection.execute(
        "SELECT * FROM entries WHERE state = 'queued' AND held = '' AND (:account IS NULL OR account = :account) "
        "AND account NOT IN (SELECT account FROM pauses WHERE until_at IS NULL OR until_at > :now) "
        "ORDER BY ready_at, id",
        given,
    )
    first = next(to_entries(rows), None)
    rested = connection.execute(
        "SELECT min(max(until_at, (SELECT min(ready_at) FROM entries WHERE state = 'queued' AND held = '' "
        "AND entries.account = pauses.account))) FROM pauses "
        "WHERE until_at > :now AND (:account IS NULL OR account = :account)",
        given,
    ).fetchone()
    found = [first.ready_at] if first else []
    found += [to_moment(rested[0])] if rested[0] is not None else []
    return min(found, default=None)


def export(connection: sqlite3.Connection) -> Iterator[Exported]:
    """Yield everything, entry by entry; of a damaged database, whatever can still be read."""
    ids = [row[0] for row in connection.execute("SELECT id FROM entries ORDER BY id")]
    for entry_id in ids:
        yield Exported(
            _load_left(connection, entry_id), _moves_left(connection, entry_id), _bytes_left(connection, entry_id)
        )


def _load_left(connection: sqlite3.Connection, entry_id: int) -> Entry | Damaged:
    try:
        return load(connection, entry_id)
    except DamagedRowError as error:
        return error.damaged


def _moves_left(connection: sqlite3.Connection, entry_id: int) -> tuple[Transition, ...]:
    try:
        return _moves_of(connection, entry_id)
    except sqlite3.DatabaseError:
        return ()


def _bytes_left(connection: sqlite3.Connection, entry_id: int) -> bytes:
    try:
        return content(connection, entry_id)
    except (sqlite3.DatabaseError, OutboxError):
        return b""


def verify(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with the database, in sentences; nothing when all is sound."""
    wrong = [f"SQLite finds: {row[0]}." for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [
        f"Table {row[0]} refers to something that is gone." for row in connection.execute("PRAGMA foreign_key_check")
    ]
    query = (
        "SELECT id, state, content_sha256, bytes, "
        "(SELECT after FROM moves WHERE entry_id = entries.id ORDER BY moves.id DESC LIMIT 1) AS last "
        "FROM entries LEFT JOIN contents ON entry_id = entries.id ORDER BY entries.id"
    )
    for row in connection.execute(query):
        if row["bytes"] is None or fingerprint(row["bytes"]) != row["content_sha256"]:
            wrong.append(f"The bytes of #{row['id']} are not those that were stored.")
        if row["last"] != row["state"]:
            wrong.append(f"#{row['id']} is {row['state']}, but its history ends in {row['last'] or 'nothing'}.")
    wrong += [damaged.sentence for damaged in list_damaged(connection, list(State))]
    return (*wrong, *_verify_lines(connection))


def _verify_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what cannot be understood of histories and of logged touches."""
    for row in connection.execute("SELECT * FROM moves ORDER BY id"):
        if not list(readable(to_moved, [row])):
            yield f"A line in the history of #{row['entry_id']} cannot be read."
    for row in connection.execute("SELECT * FROM touches ORDER BY id"):
        if not list(readable(to_touch, [row])):
            yield f"Something that was logged for {row['application']} cannot be read."
