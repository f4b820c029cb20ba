"""How a database is made and brought up to date: numbered ``.sql`` files, each applied whole or not at all.

A new database is made complete under another name and then put in its place, so that a file of that name is never
half-made: an empty file there means that something emptied it. Before an existing database is changed, it is copied
to a file beside it.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import OutboxError
from followup_mail.facts.atomic_files import flush_folder
from followup_mail.outbox.database import (
    APPLICATION_ID,
    check_place,
    connect,
    explained,
    make_private,
    use_our_types,
    writing,
)

_RECORD: Final = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"

_PATIENCE: Final = 2.0
"""Seconds to wait for another process when a version is only looked at."""


class Migration(Struct, frozen=True):
    """One step of the schema."""

    number: int
    name: str
    sql: str


def read_migrations() -> tuple[Migration, ...]:
    """Return the migrations that ship with the program, in order."""
    folder = Path(__file__).with_name("migrations")
    found = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return tuple(
        Migration(int(file.name[:4]), file.name.removesuffix(".sql"), file.read_text("utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    )


def open_database(path: Path, busy_after: float, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """Open the outbox at ``path``, made or brought up to date as needed. Raises ``OutboxError``."""
    with explained(path):
        check_place(path)
        refuse_lone_log(path)
        if not path.exists():
            _create(path, busy_after, migrations)
        elif path.stat().st_size == 0:
            raise OutboxError(
                f"The outbox {path} is empty: something has emptied it.",
                fix=(
                    f"Restore a backup (yours, or one of {path.name}.before-*), or delete it to start again. "
                    "Neither knows what was sent since then: look into your Sent folder before you use "
                    "`followup-mail run` or `followup-mail queue`."
                ),
            )
        make_private(path)
    connection = connect(path, busy_after)
    try:
        with explained(path):
            check_identity(connection, path, migrations)
            _bring_up_to_date(connection, path, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_empty(migrations: Sequence[Migration]) -> sqlite3.Connection:
    """Open an empty outbox in memory, to read from while there is no file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    use_our_types(connection)
    for migration in migrations:
        _apply(connection, migration)
    return connection


def refuse_lone_log(path: Path) -> None:
    """A log without its database would be played into the next file of that name and ruin it."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size and not path.exists():
        raise OutboxError(
            f"The outbox {path} is gone, but its log {log.name} is still there.",
            fix=f"Put {path.name} back where it was, or, to start again, move {log.name} away as well.",
        )


def _create(path: Path, busy_after: float, migrations: Sequence[Migration]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new-{os.urandom(4).hex()}")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(connect(new, busy_after)) as connection:
            for migration in migrations:
                _apply(connection, migration)
            # The log goes into the file before it moves: a log is found by the file's name.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _put_in_place(new, path)
    finally:
        for left in (new, new.with_name(f"{new.name}-wal"), new.with_name(f"{new.name}-shm")):
            left.unlink(missing_ok=True)


def _put_in_place(new: Path, path: Path) -> None:
    """Give the file its name unless another process was faster; then its file is used."""
    with suppress(FileExistsError):
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:
            # No hard links here (FAT, some mounts): the time between the check and the move is as short as it gets.
            if not path.exists():
                new.replace(path)
    flush_folder(path.parent)


def check_identity(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Raise ``OutboxError`` for a database of another program, and for an outbox of a newer version of this one."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise OutboxError(
            f"{path} is a database of another program, not an outbox.",
            fix="Move it away, or name another home folder by FOLLOWUP_HOME.",
        )
    version, known = _pragma(connection, "user_version"), migrations[-1].number
    if version > known:
        raise OutboxError(
            f"The outbox {path} was written by a newer followup-mail (version {version}; this one knows {known}).",
            fix="Update followup-mail: pip install --upgrade followup-mail",
        )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    for migration in migrations:
        if _pragma(connection, "user_version") < migration.number:
            _apply(connection, migration, backup_of=path)


def _apply(connection: sqlite3.Connection, migration: Migration, backup_of: Path | None = None) -> None:
    """Apply one migration and its record in one transaction, unless another process just did."""
    # A table that is made again is dropped in between, and with foreign keys on, all that refers to it would go too.
    # They cannot be switched within a transaction (sqlite.org/lang_altertable.html, section 7).
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _apply_at_once(connection, migration, backup_of)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply_at_once(connection: sqlite3.Connection, migration: Migration, backup_of: Path | None) -> None:
    with writing(connection):
        if _pragma(connection, "user_version") >= migration.number:
            return
        if backup_of is not None:
            _back_up(backup_of, backup_of.with_name(f"{backup_of.name}.before-{migration.number:04d}"))
        for statement in split_statements(migration.sql):
            connection.execute(statement)
        connection.execute(_RECORD)
        connection.execute("INSERT INTO migrations (number, name) VALUES (?, ?)", (migration.number, migration.name))
        # Both live in the first page of the file and so belong to the transaction.
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {migration.number}")


def _back_up(path: Path, copy: Path) -> None:
    """Copy the database beside it. The caller holds the write lock, so the copy is of this very moment."""
    new = copy.with_name(f"{copy.name}.new-{os.urandom(4).hex()}")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        new.replace(copy)
    finally:
        new.unlink(missing_ok=True)
    flush_folder(copy.parent)


def split_statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script one by one; ``executescript`` would commit before the first."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if re.sub(r"--[^\n]*", "", statement).strip():
        raise OutboxError(f"A migration ends in the middle of a statement: {statement.strip()[:80]}.")


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration that was made."""
    return _pragma(connection, "user_version")


def compare_versions(path: Path) -> tuple[int, int]:
    """Return the version of the outbox at ``path``, and the one that this program knows. Raises ``OutboxError``.

    The file is not changed by it.
    """
    with explained(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
            return schema_version(connection), read_migrations()[-1].number


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
