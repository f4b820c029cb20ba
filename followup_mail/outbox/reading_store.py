"""An outbox that can be read and not written, for a process that must never queue, approve or send anything.

Three walls stand behind one another, so that none has to be perfect: every method that would write is refused in a
sentence; SQLite is told to let nothing be written (``PRAGMA query_only``); and an authorizer lets no statement through
but those that read, so that not even the pragma can be taken back (sqlite.org/c3ref/set_authorizer.html). The file is
still opened for writing, as SQLite needs that to read a write-ahead log and to leave none behind.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, NoReturn

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.database import connect, explained, is_there
from followup_mail.outbox.migrate import check_identity, read_migrations, refuse_lone_log, schema_version
from followup_mail.outbox.sqlite import SqliteStore

_READS: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    }
)


class ReadingStore(SqliteStore):
    """The outbox in the file ``path``, to read from. Raises ``OutboxError`` for one of another version."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, make_at_once=False)
        _seal(self._connection)

    def _connect(self) -> sqlite3.Connection:
        with explained(self.path):
            refuse_lone_log(self.path)
        connection = connect(self.path, self._busy_milliseconds / 1000)
        try:
            with explained(self.path):
                _check_version(connection, self.path)
                connection.execute("PRAGMA query_only = ON")
            return connection
        except BaseException:
            connection.close()
            raise

    def _use_file(self) -> None:
        super()._use_file()
        _seal(self._connection)

    def writing(self) -> AbstractContextManager[None]:
        _refuse()

    def adding(self) -> AbstractContextManager[None]:
        _refuse()

    def writing_soon(self) -> AbstractContextManager[None]:
        _refuse()

    def _empty_log(self, how: str = "TRUNCATE") -> None:
        _refuse()


def open_reading(path: Path) -> ReadingStore:
    """Open the outbox to read from; an empty one where there is none yet. Raises ``OutboxError``."""
    if is_there(path) and path.is_file() and path.stat().st_size == 0:
        raise OutboxError(f"The outbox {path} is empty: something has emptied it.", fix="See: followup-mail doctor")
    return ReadingStore(path)


def _refuse() -> NoReturn:
    raise RefusedError("This process only reads the outbox; nothing was changed.", fix="Use a command or the page.")


def _seal(connection: sqlite3.Connection) -> None:
    # SQLite makes this table at its first use, which looks like a change of the schema.
    connection.execute("SELECT value FROM json_each('[]')").fetchall()
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``OutboxError`` for a database of another program, or an outbox that has to be brought up to date first."""
    migrations = read_migrations()
    check_identity(connection, path, migrations)
    if schema_version(connection) < migrations[-1].number:
        raise OutboxError(
            f"The outbox {path} was written by an older followup-mail, and this process may not change it.",
            fix="Bring it up to date with any command: followup-mail today",
        )
