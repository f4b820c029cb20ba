"""The default store: one SQLite file. Here are the statements that only SQLite understands; those that PostgreSQL
understands as well are in ``sql_store``.

A store belongs to the thread that opened it; open another one for another thread or process.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from followup_mail.errors import OutboxError
from followup_mail.outbox.columns import Columns
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.database import BUSY_AFTER, explained, is_there, reading, writing, writing_soon
from followup_mail.outbox.entry import OPEN, Entry, NewEntry, State
from followup_mail.outbox.integrity import find_errors
from followup_mail.outbox.migrate import Migration, open_database, open_empty, read_migrations
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.narrow_reads import NarrowReads
from followup_mail.outbox.rows import (
    TOUCHES,
    columns_of_new,
    find_damage,
    to_entries,
)
from followup_mail.outbox.sql_store import Given, in_no_state_but

_WAITS: Final = f"state = '{State.QUEUED}' AND held = ''"
_PAUSED: Final = "(SELECT account FROM pauses WHERE until_at IS NULL OR until_at > :now)"
_CAN_GO: Final = f"{_WAITS} AND (:account IS NULL OR account = :account) AND account NOT IN {_PAUSED}"


class SqliteStore(NarrowReads):
    """A ``Store`` in one SQLite file."""

    _MINE = "1"
    _TOUCHES = TOUCHES

    def __init__(
        self,
        path: Path,
        *,
        busy_after: float = BUSY_AFTER,
        open_within: float | None = None,
        migrations: Sequence[Migration] | None = None,
        make_at_once: bool = True,
    ) -> None:
        """Open the outbox in the file ``path``.

        ``busy_after`` is how many seconds to wait for another process that writes, ``open_within`` the same for the
        opening alone. A file that is not there is made, unless ``make_at_once`` is false: then the first entry
        makes it, and until then the outbox is an empty one. Raises ``OutboxError``.
        """
        self.path = path
        known = read_migrations() if migrations is None else migrations
        self._open_file = partial(open_database, path, busy_after if open_within is None else open_within, known)
        self._busy_milliseconds = int(busy_after * 1000)
        self._has_file = make_at_once or is_there(path)
        self._connection = self._connect() if self._has_file else open_empty(known)

    def _connect(self) -> sqlite3.Connection:
        connection = self._open_file()
        connection.execute(f"PRAGMA busy_timeout = {self._busy_milliseconds}")
        return connection

    def _look_for_file(self) -> None:
        if not self._has_file and is_there(self.path):
            self._use_file()

    def _use_file(self) -> None:
        """Leave the empty database in memory for the file, which is made if it is not there."""
        connection = self._connect()
        self._connection.close()
        self._connection, self._has_file = connection, True

    def adding(self) -> AbstractContextManager[None]:
        if not self._has_file:
            self._use_file()
        return self.writing()

    @contextmanager
    def _transaction(self, begin: Callable[[sqlite3.Connection], AbstractContextManager[object]]) -> Iterator[None]:
        self._look_for_file()
        with explained(self.path), begin(self._connection):
            yield

    def writing(self) -> AbstractContextManager[None]:
        return self._transaction(writing)

    def writing_soon(self) -> AbstractContextManager[None]:
        return self._transaction(writing_soon)

    def reading(self) -> AbstractContextManager[None]:
        return explained(self.path) if self._connection.in_transaction else self._transaction(reading)

    def sync(self) -> None:
        self._empty_log("PASSIVE")

    def _rows(self, query: str, given: Given | Sequence[str | int] = ()) -> list[sqlite3.Row]:
        with self.reading():
            return self._connection.execute(query, given).fetchall()

    def _row(self, query: str, given: Given | Sequence[str | int] = ()) -> sqlite3.Row | None:
        with self.reading():
            row: sqlite3.Row | None = self._connection.execute(query, given).fetchone()
            return row

    def _write(self, statement: str, given: Given | Sequence[str | int] = ()) -> int:
        return self._connection.execute(statement, given).rowcount

    def _insert(self, table: str, columns: Columns, instead: str = "") -> int:
        assert self._has_file, "a transaction that adds rows begins with adding()"
        names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        if instead:
            new = ", ".join(f"{name} = excluded.{name}" for name in columns)
            statement += f" ON CONFLICT ({instead}) DO UPDATE SET {new}"
        return self._connection.execute(statement, columns).lastrowid or 0

    def first_due(self, now: datetime, account: str | None, only: Collection[int] | None = None) -> Entry | None:
        named = "" if only is None else "AND id IN (SELECT value FROM json_each(:only))"
        given: Columns = {"now": to_text(now), "account": account, "only": json.dumps(list(only or ()))}
        return self._first(f"{_CAN_GO} AND ready_at <= :now {named}", given)

    def _first(self, wanted: str, given: Columns) -> Entry | None:
        """Return the first entry that is ready, read row by row: behind a damaged one there may be many."""
        query = f"SELECT * FROM entries WHERE {wanted} ORDER BY ready_at, id"  # noqa: S608
        with self.reading():
            return next(to_entries(self._connection.execute(query, given)), None)

    def next_due_at(self, now: datetime, account: str | None = None) -> datetime | None:
        given: Columns = {"now": to_text(now), "account": account}
        query = (
            "SELECT min(max(until_at, (SELECT min(ready_at) FROM entries "  # noqa: S608
            f"WHERE {_WAITS} AND entries.account = pauses.account))) AS moment "
            "FROM pauses WHERE until_at > :now AND (:account IS NULL OR account = :account)"
        )
        with self.reading():
            first, paused = self._first(_CAN_GO, given), self._row(query, given)
        found = [first.ready_at] if first else []
        found += [to_moment(paused["moment"])] if paused and paused["moment"] else []
        return min(found, default=None)

    def stored_content(self, entry_id: int) -> tuple[bytes | None, str]:
        query = "SELECT content_sha256, bytes FROM entries LEFT JOIN contents ON entry_id = id WHERE id = :id"
        row = self._row_of(entry_id, query)
        return row["bytes"], row["content_sha256"]

    def insert(self, new: NewEntry, account: str, now: datetime) -> int:
        entry_id = self._insert("entries", columns_of_new(new, account, now))
        self._insert("contents", {"entry_id": entry_id, "bytes": new.message.content})
        return entry_id

    def forget(self, application: str) -> int:
        gone = super().forget(application)
        self._empty_log()
        return gone

    def _empty_log(self, how: str = "TRUNCATE") -> None:
        with explained(self.path):
            self._connection.execute(f"PRAGMA wal_checkpoint({how})")

    def damaged(self, states: Collection[State] = OPEN) -> tuple[Damaged, ...]:
        # The plus keeps SQLite from going through all entries for the sake of their order.
        rows = self._rows(f"SELECT * FROM entries WHERE {in_no_state_but(states)} ORDER BY +id")  # noqa: S608
        return tuple(damaged for row in rows if (damaged := find_damage(row)))

    def verify(self) -> tuple[str, ...]:
        try:
            with self.reading():
                return tuple(find_errors(self._connection))
        except OutboxError as error:
            return (error.sentence,)

    def close(self) -> None:
        self._connection.close()
