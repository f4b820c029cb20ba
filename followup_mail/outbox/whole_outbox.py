"""The outbox of a home folder as a whole: all its rows, with nobody else at work in it; and closed for good.

A home that went into an office's database keeps its outbox, and must never send from it again: the same mails would
leave twice. Triggers in the file see to that, so it holds for every program that has it open, in whatever version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from followup_mail.outbox.columns import Columns
from followup_mail.outbox.database import BUSY_AFTER, CLOSED, explained, writing
from followup_mail.outbox.migrate import open_database, read_migrations
from followup_mail.outbox.rows import TOUCHES

TABLES: Final = ("entries", "contents", "moves", "touches", "pauses", "seen_mail", "folder_marks", "last_looks")
"""All that an outbox holds, in the order in which they refer to each other; ``touches`` with their reasons."""
COUNTED: Final = ("entries", "touches", "seen_mail")
"""Tables whose numbers people remember: none is given out twice."""
_REFUSED: Final = {
    "no_new_entries": "INSERT ON entries",
    "no_changes": "UPDATE ON entries",
    "no_touches": "INSERT ON touches",
}
"""The triggers of a closed outbox, and what they refuse."""


class WholeOutbox:
    """The outbox in one file, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, table: str) -> Iterator[Columns]:
        """Yield the rows of one of ``TABLES``, in the order in which they came."""
        columns = "touches.*, coalesce(why, '') AS why" if table == "touches" else "*"
        source, order = TOUCHES if table == "touches" else table, "touches.id" if table == "touches" else "rowid"
        for row in self._connection.execute(f"SELECT {columns} FROM {source} ORDER BY {order}"):  # noqa: S608
            yield dict(row)

    def put(self, table: str, rows: Iterable[Columns]) -> int:
        """Add rows to one of ``TABLES``, as ``rows`` returns them; return how many."""
        count = 0
        for row in rows:
            if table == "touches":
                why = {"touch_id": row["id"], "why": row["why"]}
                self._insert(table, {name: value for name, value in row.items() if name != "why"})
                self._insert("touch_reasons", why)
            else:
                self._insert(table, row)
            count += 1
        return count

    def _insert(self, table: str, row: Columns) -> None:
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608

    def last_numbers(self) -> dict[str, int]:
        """Return the last number that was given out in each of ``COUNTED``, whether or not it is there any more."""
        found = {row["name"]: int(row["seq"]) for row in self._connection.execute("SELECT * FROM sqlite_sequence")}
        return {table: found.get(table, 0) for table in COUNTED}

    def count_on(self, numbers: dict[str, int]) -> None:
        """Give out no number up to these."""
        for table, number in numbers.items():
            # The table has no key to conflict by (sqlite.org/autoinc.html).
            self._connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            self._connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))

    def close_for_good(self, said: str) -> None:
        """Refuse whatever would change an entry from now on; ``said`` is a sentence for whoever tries."""
        quoted = f"{CLOSED}{said}".replace("'", "''")
        self.open_again()
        for name, what in _REFUSED.items():
            refusal = f"BEGIN SELECT RAISE(ABORT, '{quoted}'); END"
            self._connection.execute(f"CREATE TRIGGER closed_{name} BEFORE {what} {refusal}")

    def open_again(self) -> None:
        """Take back ``close_for_good``."""
        for name in _REFUSED:
            self._connection.execute(f"DROP TRIGGER IF EXISTS closed_{name}")


@contextmanager
def whole_outbox(path: Path, busy_after: float = BUSY_AFTER) -> Iterator[WholeOutbox]:
    """Open the outbox at ``path``, made where it is not there, and keep all others from changing it meanwhile.

    What is done is on disk when the block ends, and undone when it raises. Raises ``OutboxError``.
    """
    connection = open_database(path, busy_after, read_migrations())
    try:
        with explained(path), writing(connection):
            yield WholeOutbox(connection)
    finally:
        connection.close()
