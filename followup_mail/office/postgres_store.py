"""The store of an office: one PostgreSQL database for all candidates. Here are the statements that only PostgreSQL
understands; those that SQLite understands as well are in ``outbox.sql_store``.

A store is one candidate's, and belongs to the thread that made it. If its connection breaks, the next transaction
connects again (``office.database``); whether the last transaction was committed is found out by looking, as after a
crash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from followup_mail.errors import OutboxError
from followup_mail.office.candidate_rows import OF_CANDIDATE
from followup_mail.office.indexed_reads import IndexedReads
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import OPEN, Entry, NewEntry, State
from followup_mail.outbox.integrity import UNREADABLE_ROWS, name_changes
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.rows import (
    columns_of_new,
    find_damage,
    to_entries,
    to_entry,
)
from followup_mail.outbox.sql_store import Given, in_no_state_but
from followup_mail.outbox.storage import is_number

_ENTRIES: Final = f"SELECT * FROM entries WHERE {OF_CANDIDATE}"  # noqa: S608
_WAITS: Final = f"{OF_CANDIDATE} AND state = '{State.QUEUED}' AND held = ''"
_RESTS: Final = f"SELECT account FROM pauses WHERE {OF_CANDIDATE} AND (until_at IS NULL OR until_at > %(now)s)"  # noqa: S608
_CAN_GO: Final = f"{_WAITS} AND account NOT IN ({_RESTS})"
_OF_ACCOUNT: Final = "AND account = %(account)s"
# A rest without anything that waits for its end is none: greatest() would take the other of the two.
_ENDS_OF_RESTS: Final = (
    "SELECT min(greatest(until_at, first)) AS moment FROM pauses, LATERAL (SELECT min(ready_at) AS first "  # noqa: S608
    f"FROM entries WHERE {_WAITS} AND entries.account = pauses.account) AS waiting "
    "WHERE pauses.candidate = %(candidate)s AND until_at > %(now)s AND first IS NOT NULL"
)
_STORED: Final = (
    "SELECT entries.id, state, content_sha256, bytes, (SELECT after FROM moves WHERE moves.candidate = %(candidate)s "
    "AND moves.entry_id = entries.id ORDER BY moves.id DESC LIMIT 1) AS last FROM entries LEFT JOIN contents "
    "ON contents.candidate = %(candidate)s AND entry_id = entries.id WHERE entries.candidate = %(candidate)s"
)


class PostgresStore(IndexedReads):
    """A ``Store`` of one candidate in the office's database."""

    def first_due(self, now: datetime, account: str | None, only: Collection[int] | None = None) -> Entry | None:
        named = "" if only is None else "AND id = ANY(%(only)s::bigint[])"
        of_account = "" if account is None else _OF_ACCOUNT
        given = {
            "now": to_text(now),
            "account": account,
            "only": [number for number in only or () if is_number(number)],
        }
        return self._first(f"{_CAN_GO} {of_account} AND ready_at <= %(now)s {named}", given)

    def _first(self, wanted: str, given: Given) -> Entry | None:
        """Return the first entry that is ready; the others are read only when that one is damaged."""
        query = f"SELECT * FROM entries WHERE {wanted} ORDER BY ready_at, id"  # noqa: S608
        row = self._row(f"{query} LIMIT 1", given)
        if row is None or not find_damage(row):
            return None if row is None else to_entry(row)
        return next(to_entries(self._rows(query, given)), None)

    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        given = {"now": to_text(now), "account": account}
        of_account = "" if account is None else _OF_ACCOUNT
        with self.reading():
            first = self._first(f"{_CAN_GO} {of_account}", given)
            paused = self._row(f"{_ENDS_OF_RESTS} {of_account}", given)
        found = [first.ready_at] if first else []
        found += [to_moment(paused["moment"])] if paused and paused["moment"] else []
        return min(found, default=None)

    def stored_content(self, entry_id: int) -> tuple[bytes | None, str]:
        row = self._row_of(entry_id, f"{_STORED} AND entries.id = %(id)s")
        return row["bytes"], row["content_sha256"]

    def insert(self, new: NewEntry, account: str, now: datetime) -> int:
        entry_id = self._next_number("last_entry")
        self._insert("entries", {"id": entry_id, **columns_of_new(new, account, now)})
        self._insert("contents", {"entry_id": entry_id, "bytes": new.message.content})
        return entry_id

    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        wanted = "" if {*states} == {*State} else f"AND {in_no_state_but(states)}"
        rows = self._rows(f"{_ENTRIES} {wanted} ORDER BY id")
        return tuple(damaged for row in rows if (damaged := find_damage(row)))

    def verify(self) -> tuple[str, ...]:
        try:
            with self.reading():
                return tuple(self._find_errors())
        except OutboxError as error:
            return (error.sentence,)

    def _find_errors(self) -> Iterator[str]:
        """Yield what is wrong. Pages and references are PostgreSQL's to check (``pg_amcheck``, its constraints)."""
        for row in self._stream(f"{_STORED} ORDER BY entries.id"):
            yield from name_changes(row)
        for table, name in UNREADABLE_ROWS.items():
            for row in self._stream(f"SELECT * FROM {table} WHERE {OF_CANDIDATE} ORDER BY id"):  # noqa: S608
                yield from name(row)
