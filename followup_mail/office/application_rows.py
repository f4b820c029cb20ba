"""The rows of an application as the office's database has them: taken out whole, and put back whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from followup_mail.cadence.step import Touch
from followup_mail.office.candidate_rows import OF_CANDIDATE
from followup_mail.office.seen_mail_table import SeenMailTable, without_candidate
from followup_mail.outbox.recorded import Row, Rows
from followup_mail.outbox.rows import columns_of_touch
from followup_mail.outbox.seen_table import SEEN

_OF_APPLICATION: Final = f"{OF_CANDIDATE} AND application = %(application)s"
_OF_ITS_ENTRIES: Final = f"{OF_CANDIDATE} AND entry_id IN (SELECT id FROM entries WHERE {_OF_APPLICATION})"  # noqa: S608
_TABLES: Final = {
    "entries": f"SELECT * FROM entries WHERE {_OF_APPLICATION} ORDER BY id",  # noqa: S608
    "contents": f"SELECT * FROM contents WHERE {_OF_ITS_ENTRIES} ORDER BY entry_id",  # noqa: S608
    "moves": f"SELECT * FROM moves WHERE {_OF_ITS_ENTRIES} ORDER BY entry_id, id",  # noqa: S608
    "touches": f"SELECT * FROM touches WHERE {_OF_APPLICATION} ORDER BY id",  # noqa: S608
}
"""Each table that holds something about an application, in the order in which they refer to each other."""
_MADE_HERE: Final = {"entries": "to_folded", "moves": "id"}
"""Columns that the database fills in: lines of history keep their order, and their numbers mean nothing."""
_FORGETTING: Final = "SELECT set_config('followup.forgets', 'yes', true) WHERE %(candidate)s IS NOT NULL"
"""For the rest of the transaction: without it the database refuses to delete an entry."""
_MARKS: Final = (
    "SELECT application, encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY part, id), 'UTF8')), 'hex') AS mark "  # noqa: S608
    f"FROM (SELECT application, 1 AS part, id, entries::text AS line FROM entries WHERE {OF_CANDIDATE} "
    f"UNION ALL SELECT application, 2, id, touches::text FROM touches WHERE {OF_CANDIDATE}) AS held "
    "GROUP BY application"
)


class ApplicationRows(SeenMailTable):
    """The part of a store in the office's database that takes rows out and puts them in."""

    def add_touch(self, touch: Touch) -> None:
        self._insert("touches", {"id": self._next_number("last_touch"), **columns_of_touch(touch), "why": touch.why})

    def history_marks(self) -> Mapping[str, str]:
        return {row["application"]: row["mark"] for row in self._rows(_MARKS)}

    def delete_touch(self, touch: Touch) -> None:
        columns = columns_of_touch(touch)
        # JSON can be compared as text alone.
        same = " AND ".join(f"{'refs::text' if name == 'refs' else name} = %({name})s" for name in columns)
        last = f"SELECT max(id) FROM touches WHERE {OF_CANDIDATE} AND {same}"  # noqa: S608
        self._write(f"DELETE FROM touches WHERE {OF_CANDIDATE} AND id = ({last})", columns)  # noqa: S608

    def delete_application(self, application: str) -> int:
        given = {"application": application}
        self._write(_FORGETTING)
        gone = self._write(f"DELETE FROM entries WHERE {_OF_APPLICATION}", given)  # noqa: S608
        self._write(f"DELETE FROM touches WHERE {_OF_APPLICATION}", given)  # noqa: S608
        self.leave_out_of_seen(application)
        return gone

    def rows_of(self, application: str) -> Rows:
        rows = {
            table: [_without_made(table, row) for row in self._rows(query, {"application": application})]
            for table, query in _TABLES.items()
        }
        return rows | {SEEN: self.seen_rows_of(application)}

    def put_back(self, rows: Rows) -> None:
        """Put rows back; those that a store in a file returned are taken over, with the same numbers."""
        for table in _TABLES:
            for row in _with_reasons(rows) if table == "touches" else rows[table]:
                self._insert(table, _without_made(table, row))
        for table, counter in (("entries", "last_entry"), ("touches", "last_touch")):
            self._count_at_least(counter, max((int(row["id"] or 0) for row in rows[table]), default=0))
        self.put_seen_back(rows.get(SEEN, []))


def _without_made(table: str, row: Row) -> Row:
    made = _MADE_HERE.get(table)
    return {name: value for name, value in without_candidate(row).items() if name != made}


def _with_reasons(rows: Rows) -> Sequence[Row]:
    """Return the rows of touches with their reasons, which a file keeps in a table of their own."""
    reasons = {row["touch_id"]: row["why"] for row in rows.get("touch_reasons", [])}
    return [{**row, "why": row.get("why") or reasons.get(row["id"]) or ""} for row in rows["touches"]]
