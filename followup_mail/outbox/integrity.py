"""What is wrong with the database: its pages, its links, the bytes of mails, and rows that cannot be understood."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from followup_mail.message.message import fingerprint
from followup_mail.outbox.rows import TOUCHES, find_damage, readable, to_touch, to_transition
from followup_mail.outbox.seen_rows import to_seen


def find_errors(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong, in sentences; nothing when all is sound."""
    yield from (f"SQLite finds: {row[0]}." for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"Table {row[0]} refers to something that is gone."
    yield from _check_entries(connection)
    for row in connection.execute("SELECT * FROM entries ORDER BY id"):
        if damaged := find_damage(row):
            yield damaged.sentence
    for row in connection.execute("SELECT * FROM moves ORDER BY id"):
        if not list(readable(to_transition, [row])):
            yield f"A line in the history of #{row['entry_id']} cannot be read."
    for row in connection.execute(f"SELECT * FROM {TOUCHES} ORDER BY id"):  # noqa: S608
        if not list(readable(to_touch, [row])):
            yield f"Something that was logged for {row['application']} cannot be read."
    for row in connection.execute("SELECT * FROM seen_mail ORDER BY id"):
        if not list(readable(to_seen, [row])):
            yield f"The mail m{row['id']}, which was seen in the mailbox, cannot be read."


def _check_entries(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the entries whose bytes are not the ones that were stored, or whose history ends in another state."""
    query = (
        "SELECT id, state, content_sha256, bytes, "
        "(SELECT after FROM moves WHERE entry_id = entries.id ORDER BY moves.id DESC LIMIT 1) AS last "
        "FROM entries LEFT JOIN contents ON entry_id = entries.id ORDER BY entries.id"
    )
    for row in connection.execute(query):
        if row["bytes"] is None or fingerprint(row["bytes"]) != row["content_sha256"]:
            yield f"The bytes of #{row['id']} are not those that were stored."
        if row["last"] != row["state"]:
            yield f"#{row['id']} is {row['state']}, but its history ends in {row['last'] or 'nothing'}."
