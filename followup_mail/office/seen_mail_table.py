"""The tables of the office's database that keep mail seen in the mailboxes of a candidate: the statements."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from followup_mail.office.candidate_rows import OF_CANDIDATE, CandidateRows
from followup_mail.outbox.recorded import Row
from followup_mail.outbox.seen_mail import NewSeen, SeenMail
from followup_mail.outbox.seen_rows import columns_of_seen
from followup_mail.outbox.seen_table import SEEN, SeenRows, listed

_SEEN: Final = f"SELECT * FROM seen_mail WHERE {OF_CANDIDATE}"  # noqa: S608
_OF: Final = "(strpos(applications::text, %(listed)s) > 0 OR strpos(was::text, %(listed_within)s) > 0)"
"""Finds what belongs or belonged to an application."""


class SeenMailTable(SeenRows, CandidateRows):
    """The part of a store in the office's database that keeps seen mail."""

    def insert_seen(self, new: NewSeen, seen_at: datetime) -> int:
        seen_id = self._next_number("last_seen_mail")
        self._insert(SEEN, columns_of_seen(SeenMail(seen_id, new.place, new.mail, seen_at)))
        return seen_id

    # --- with an application -----------------------------------------------------------------------------------------

    def _seen_row(self, seen_id: int) -> Row | None:
        row = self._row(f"{_SEEN} AND id = %(id)s", {"id": seen_id})
        return None if row is None else without_candidate(row)

    def _seen_rows_of(self, application: str) -> list[Row]:
        return [without_candidate(row) for row in self._rows(f"{_SEEN} AND {_OF} ORDER BY id", listed(application))]

    def _put_seen_row(self, row: Row) -> None:
        self._insert(SEEN, row)
        self._count_at_least("last_seen_mail", int(row["id"] or 0))


def without_candidate(row: Row) -> Row:
    """Return a row as a store in a file would have it: there all are of one candidate."""
    return {name: value for name, value in row.items() if name != "candidate"}
