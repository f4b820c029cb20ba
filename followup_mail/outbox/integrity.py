"""What is wrong with the database: its pages, its links, the bytes of mails, and rows that cannot be understood."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final

from followup_mail.message.message import fingerprint
from followup_mail.outbox.columns import FoundRow
from followup_mail.outbox.rows import TOUCHES, find_damage, readable, to_touch, to_transition
from followup_mail.outbox.seen_rows import to_seen

_ENTRIES: Final = (
    "SELECT id, state, content_sha256, bytes, "
    "(SELECT after FROM moves WHERE entry_id = entries.id ORDER BY moves.id DESC LIMIT 1) AS last "
    "FROM entries LEFT JOIN contents ON entry_id = entries.id ORDER BY entries.id"
)


def find_errors(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong, in sentences; nothing when all is sound."""
    yield from (f"SQLite finds: {row[0]}." for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"Table {row[0]} refers to something that is gone."
    for row in connection.execute(_ENTRIES):
        yield from name_changes(row)
    for table, name in UNREADABLE_ROWS.items():
        rows = TOUCHES if table == "touches" else table
        for row in connection.execute(f"SELECT * FROM {rows} ORDER BY id"):  # noqa: S608
            yield from name(row)


def name_changes(row: FoundRow) -> Iterator[str]:
    """Yield what is wrong with an entry, given its id, state, bytes, their hash, and how its history ends (``last``):
    bytes that are not the ones that were stored, a history that ends in another state."""
    if row["bytes"] is None or fingerprint(row["bytes"]) != row["content_sha256"]:
        yield f"The bytes of #{row['id']} are not those that were stored."
    if row["last"] != row["state"]:
        yield f"#{row['id']} is {row['state']}, but its history ends in {row['last'] or 'nothing'}."


def _name_entry(row: FoundRow) -> Iterator[str]:
    if damaged := find_damage(row):
        yield damaged.sentence


def _named(read: Callable[[Any], object], sentence: str) -> Callable[[FoundRow], Iterator[str]]:
    """Return what yields the sentence about a row that cannot be read."""

    def name(row: FoundRow) -> Iterator[str]:
        if not list(readable(read, [row])):
            yield sentence.format(**{name: row[name] for name in row.keys()})  # noqa: SIM118 as in ``seen_rows``

    return name


UNREADABLE_ROWS: Final[dict[str, Callable[[FoundRow], Iterator[str]]]] = {
    "entries": _name_entry,
    "moves": _named(to_transition, "A line in the history of #{entry_id} cannot be read."),
    "touches": _named(to_touch, "Something that was logged for {application} cannot be read."),
    "seen_mail": _named(to_seen, "The mail m{id}, which was seen in the mailbox, cannot be read."),
}
"""What yields the sentence about a row of each table, if it cannot be understood."""
