"""A mark for all that an outbox holds about each application: as long as it is the same, nothing has changed there.

It is made of the rows themselves, not of numbers or times beside them. So it holds for a file too that was put back
from a copy, or changed by another program.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from followup_mail.outbox.rows import TOUCHES

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

COLUMNS: Final = "SELECT name FROM pragma_table_info('entries')"
OF_TOUCHES: Final = f"SELECT application, * FROM {TOUCHES} ORDER BY touches.id"  # noqa: S608


def entries_query(columns: Iterable[str]) -> str:
    """Return the query for the rows of entries that ``mark_rows`` takes; ``columns`` are those of the table.

    The text of a mail takes as long to read as all the rest, and the hash of its bytes stands in the same row.
    """
    shown = ", ".join("length(body)" if name == "body" else name for name in columns)
    return f"SELECT application, {shown} FROM entries ORDER BY id"  # noqa: S608


@contextmanager
def reading_bytes(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """Hand out a cursor that yields tuples with texts as they lie in the file: one that is not UTF-8 is like no other,
    and nothing takes the time to decode them."""
    cursor, usual = connection.cursor(), connection.text_factory
    cursor.row_factory, connection.text_factory = None, bytes
    try:
        yield cursor
    finally:
        connection.text_factory = usual
        cursor.close()


def mark_rows(*tables: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Return the mark of each application. The first column of every row is its name; the order of rows counts.

    No row is kept meanwhile: of many mails, looking after so many values would take longer than reading them.
    """
    from hashlib import sha256

    hashes: dict[bytes, Hash] = {}
    for n, table in enumerate(tables):
        for row in table:
            hashed = hashes.get(row[0])
            if hashed is None:
                hashed = hashes[row[0]] = sha256()
            # Only written, never read: the quickest bytes of plain values, in this format the same for the same values.
            hashed.update(marshal.dumps((n, row), 2))
    return {name.decode(errors="backslashreplace"): hashed.hexdigest() for name, hashed in hashes.items()}
