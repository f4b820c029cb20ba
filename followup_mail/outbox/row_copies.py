"""Rows of an application as they lie in the tables of SQLite: taken out whole, and put back whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from followup_mail.cadence.step import Touch
from followup_mail.outbox.history_marks import COLUMNS, OF_TOUCHES, entries_query, mark_rows, reading_bytes
from followup_mail.outbox.recorded import Row, Rows
from followup_mail.outbox.rows import columns_of_touch
from followup_mail.outbox.seen_table import SEEN, SeenTable

_IDS: Final = "(SELECT id FROM entries WHERE application = ?)"
_TOUCHES: Final = "(SELECT id FROM touches WHERE application = ?)"
_TABLES: Final = {
    "entries": "SELECT * FROM entries WHERE application = ? ORDER BY id",
    "contents": f"SELECT * FROM contents WHERE entry_id IN {_IDS} ORDER BY entry_id",  # noqa: S608
    "moves": f"SELECT * FROM moves WHERE entry_id IN {_IDS} ORDER BY id",  # noqa: S608
    "touches": "SELECT * FROM touches WHERE application = ? ORDER BY id",
    "touch_reasons": f"SELECT * FROM touch_reasons WHERE touch_id IN {_TOUCHES} ORDER BY touch_id",  # noqa: S608
}
"""Each table that holds something about an application, in the order in which they refer to each other."""


_LEFT_OUT: Final = {("moves", "actor"), ("touches", "actor"), ("touches", "why"), ("moves", "id")}
"""Columns that only the rows of an office have; and the numbers of lines of history.

These mean nothing but their order. In an office, and on the way out of one, they become others: what was forgotten
before may find its own taken.
"""


class RowCopyingStore(SeenTable):
    """The part of the store in a SQLite file that takes rows out and puts them in."""

    _connection: sqlite3.Connection

    def add_touch(self, touch: Touch) -> None:
        touch_id = self._insert("touches", columns_of_touch(touch))
        self._insert("touch_reasons", {"touch_id": touch_id, "why": touch.why})

    def history_marks(self) -> Mapping[str, str]:
        with self.reading():
            query = entries_query(row["name"] for row in self._rows(COLUMNS))
            with reading_bytes(self._connection) as entries, reading_bytes(self._connection) as touches:
                return mark_rows(entries.execute(query), touches.execute(OF_TOUCHES))

    def delete_touch(self, touch: Touch) -> None:
        columns = columns_of_touch(touch)
        same = " AND ".join(f"{name} = :{name}" for name in columns)
        self._write(f"DELETE FROM touches WHERE id = (SELECT max(id) FROM touches WHERE {same})", columns)  # noqa: S608

    def delete_application(self, application: str) -> int:
        self._write("INSERT INTO forgetting (application) VALUES (?)", (application,))
        gone = self._write("DELETE FROM entries WHERE application = ?", (application,))
        self._write("DELETE FROM touches WHERE application = ?", (application,))
        self.leave_out_of_seen(application)
        self._write("DELETE FROM forgetting")
        return gone

    def rows_of(self, application: str) -> Rows:
        rows = {table: [dict(row) for row in self._rows(query, (application,))] for table, query in _TABLES.items()}
        return rows | {SEEN: self.seen_rows_of(application)}

    def put_back(self, rows: Rows) -> None:
        """Put rows back; those that a store in an office returned are taken over, without who wrote them."""
        for table in _TABLES:
            for row in _reasons(rows) if table == "touch_reasons" else rows[table]:
                self._insert(table, {name: value for name, value in row.items() if (table, name) not in _LEFT_OUT})
        self.put_seen_back(rows.get(SEEN, []))


def _reasons(rows: Rows) -> Sequence[Row]:
    """Return the reasons of touches, which an office keeps in their own rows; rows of long ago have none."""
    apart = rows.get("touch_reasons")
    if apart is not None:
        return apart
    return [{"touch_id": row["id"], "why": row["why"]} for row in rows["touches"] if "why" in row]
