"""All rows of a candidate, taken over from the outbox of a home folder, and given back to such an outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from psycopg import sql

from followup_mail.errors import NotFoundError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase
from followup_mail.outbox.columns import Columns

_COUNTERS: Final = {"entries": "last_entry", "touches": "last_touch", "seen_mail": "last_seen_mail"}
_OURS: Final = frozenset({"candidate", "actor", "to_folded"})
"""Columns that a file does not have: whose a row is, who wrote it, and what the database works out."""
_MADE_HERE: Final = {"moves": "id"}
"""Lines of history keep their order; their numbers mean nothing."""
_ORDER: Final = {
    "contents": "entry_id",
    "pauses": "account",
    "folder_marks": "account, folder",
    "last_looks": "account",
}
_AT_ONCE: Final = 100
"""Rows in one round trip; each may hold a mail with its attachments."""


def is_untouched(database: OfficeDatabase, asker: Asker, tables: Iterable[str]) -> bool:
    """Return whether nothing of a candidate is there yet, and nothing was; within a transaction."""
    given = (asker.candidate,)
    for table in ("files", *tables):
        query = sql.SQL("SELECT 1 FROM {} WHERE candidate = %s LIMIT 1").format(sql.Identifier(table))
        if database.link.execute(query, given).fetchone():
            return False
    row = database.link.execute("SELECT last_entry FROM candidates WHERE id = %s", given).fetchone()
    return row is not None and row["last_entry"] == 0


def take_over(database: OfficeDatabase, asker: Asker, table: str, rows: Iterable[Columns]) -> int:
    """Add the rows of a table of a file, within a transaction; return how many."""
    count, rest = 0, iter(rows)
    made = _MADE_HERE.get(table)
    while some := [{name: value for name, value in row.items() if name != made} for row in islice(rest, _AT_ONCE)]:
        names = list(some[0])
        statement = sql.SQL("INSERT INTO {} (candidate, {}) VALUES (%s, {})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        )
        with database.link.cursor() as cursor:
            cursor.executemany(statement, [(asker.candidate, *(row[name] for name in names)) for row in some])
        count += len(some)
    return count


def give_back(database: OfficeDatabase, asker: Asker, table: str) -> Iterator[Columns]:
    """Yield the rows of a table as a file has them, within a transaction."""
    query = sql.SQL("SELECT * FROM {} WHERE candidate = %s ORDER BY {}").format(
        sql.Identifier(table), sql.SQL(_ORDER.get(table, "id"))
    )
    with database.link.cursor() as cursor:
        for row in cursor.stream(query, (asker.candidate,)):
            yield {name: value for name, value in row.items() if name not in _OURS}


def last_numbers(database: OfficeDatabase, asker: Asker) -> dict[str, int]:
    """Return the last number that was given out to rows of each table, within a transaction."""
    row = _of_candidate(database, asker)
    return {table: int(row[counter]) for table, counter in _COUNTERS.items()}


def count_on(database: OfficeDatabase, asker: Asker, numbers: dict[str, int]) -> None:
    """Give out no number up to these, within a transaction."""
    for table, counter in _COUNTERS.items():
        statement = sql.SQL("UPDATE candidates SET {} = %s WHERE id = %s").format(sql.Identifier(counter))
        database.link.execute(statement, (numbers[table], asker.candidate))


def moved_out(database: OfficeDatabase, asker: Asker) -> str:
    """Return how everything of a candidate was moved out of the office; empty when it was not. In a transaction."""
    return str(_of_candidate(database, asker)["moved_out"])


def move_out(database: OfficeDatabase, asker: Asker, how: str) -> None:
    """Let nothing of a candidate be sent from here any more, within a transaction."""
    database.link.execute("UPDATE candidates SET moved_out = %s WHERE id = %s", (how, asker.candidate))
    # What is held is nobody's work: without it, workers would look at what waits again and again.
    database.link.execute(
        "UPDATE entries SET held = 'moved out of the office' WHERE candidate = %s AND state = 'queued' AND held = ''",
        (asker.candidate,),
    )


def name_office(database: OfficeDatabase) -> str:
    """Return what tells this office from every other office, also after it was restored elsewhere; in a transaction."""
    row = database.link.execute("SELECT applied_at FROM migrations WHERE number = 1").fetchone()
    return str(row["applied_at"]) if row else ""


def _of_candidate(database: OfficeDatabase, asker: Asker) -> dict[str, Any]:
    row = database.link.execute("SELECT * FROM candidates WHERE id = %s", (asker.candidate,)).fetchone()
    if row is None:
        raise NotFoundError(f"{asker.name} is not in the office's database any more.")
    return row
