"""The rows of one candidate: read, written, and added by statements that each name the candidate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final

from psycopg.rows import DictRow
from psycopg.types.numeric import Int8

from followup_mail.errors import OutboxError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase
from followup_mail.outbox.columns import Columns
from followup_mail.outbox.sql_store import NOTHING, Given, SqlStore
from followup_mail.regex import regex

OF_CANDIDATE: Final = "candidate = %(candidate)s"
"""The first wall: every statement contains this, and its value is always the candidate who is asked for."""


_NAME: Final = regex(r"(?<![:\w]):(\w+)")
"""A value in a statement of ``SqlStore``; two colons name a type."""


@lru_cache(maxsize=512)
def _in_postgres(statement: str) -> bytes:
    """Return a statement with its values as psycopg wants them named."""
    named = _NAME.sub(r"%(\1)s", statement)
    assert "%(candidate)s" in named, "a statement that does not say whose rows it is about"
    return named.encode()


class CandidateRows(SqlStore):
    """The part of a store in the office's database that runs statements.

    Like every store it belongs to one thread.
    """

    _MINE = "candidate = :candidate"

    def __init__(self, database: OfficeDatabase, asker: Asker) -> None:
        self._database = database
        self._asker = asker
        # Always of the column's type: one statement, prepared once, whatever the number.
        self._candidate = Int8(asker.candidate)

    def writing(self) -> AbstractContextManager[None]:
        # Here ``writing_soon`` waits for the disk like ``writing``. Otherwise a crash of the server could undo what was
        # written while the worker lives on and believes it done: the mail would stay under way for as long as the
        # worker renews its leases.
        return self._database.writing(self._asker)

    def reading(self) -> AbstractContextManager[None]:
        return self._database.reading(self._asker)

    def close(self) -> None:
        # The connection is the office's; each transaction has given it back.
        pass

    def _named(self, statement: str, given: Given) -> tuple[bytes, dict[str, Any]]:
        return _in_postgres(statement), {**given, "candidate": self._candidate}

    def _rows(self, query: str, given: Given = NOTHING) -> list[DictRow]:
        with self.reading():
            return self._database.link.execute(*self._named(query, given)).fetchall()

    def _row(self, query: str, given: Given = NOTHING) -> DictRow | None:
        with self.reading():
            return self._database.link.execute(*self._named(query, given)).fetchone()

    def _stream(self, query: str, given: Given = NOTHING) -> Iterator[DictRow]:
        """Yield rows one at a time, where all are too many to hold in memory. No other statement runs in between."""
        with self.reading(), self._database.link.cursor() as cursor:
            yield from cursor.stream(*self._named(query, given))

    def _write(self, statement: str, given: Given = NOTHING) -> int:
        """Run a statement, within a transaction; return how many rows it was about."""
        return self._database.link.execute(*self._named(statement, given)).rowcount

    def _insert(self, table: str, columns: Columns, instead: str = "") -> None:
        """Add a row. ``instead`` names the columns that identify a row: if it exists already, it is replaced."""
        names, marks = ", ".join(columns), ", ".join(f"%({name})s" for name in columns)
        statement = f"INSERT INTO {table} (candidate, {names}) VALUES (%(candidate)s, {marks})"  # noqa: S608
        if instead:
            new = ", ".join(f"{name} = excluded.{name}" for name in columns)
            statement += f" ON CONFLICT (candidate, {instead}) DO UPDATE SET {new}"
        self._write(statement, columns)

    def _next_number(self, counter: str) -> int:
        """Return the next number that a column of the candidate counts; none is given out twice."""
        statement = (
            f"UPDATE candidates SET {counter} = {counter} + 1 WHERE id = %(candidate)s RETURNING {counter} AS number"  # noqa: S608
        )
        row = self._database.link.execute(*self._named(statement, {})).fetchone()
        if row is None:
            raise OutboxError(f"The candidate {self._asker.name} is not in the office's database any more.")
        return int(row["number"])

    def _count_at_least(self, counter: str, number: int) -> None:
        """Never give out this number, or any number below it: it came with a row that was put back, or taken over."""
        statement = f"UPDATE candidates SET {counter} = greatest({counter}, %(number)s) WHERE id = %(candidate)s"  # noqa: S608
        self._write(statement, {"number": number})
