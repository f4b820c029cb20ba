"""The database file: opened so that a commit is on the disk; whatever goes wrong with it is explained in a sentence.

WAL with ``synchronous=FULL``: readers never wait, and a commit that returned survives a power cut, save those of
``writing_soon``. Every change begins with ``BEGIN IMMEDIATE``, since SQLite does not wait for the lock when a
transaction turns from reading to writing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from followup_mail.errors import OutboxError
from followup_mail.outbox.damaged_rows import to_str
from followup_mail.outbox.file_holders import name_holders
from followup_mail.outbox.network_drive import network_drive_of

APPLICATION_ID: Final = 0x464D4C31
"""``FML1``, in bytes 68 to 71 of the file (sqlite.org/fileformat.html): tells our file from any other database."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""STRICT tables came with 3.37."""

BUSY_AFTER: Final = 5.0
"""Seconds to wait for another process that is writing: ours do so for some milliseconds."""


def connect(path: Path, busy_after: float = BUSY_AFTER) -> sqlite3.Connection:
    """Open an existing database file. Raises ``OutboxError``; checks nothing about what is inside."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise OutboxError(
            f"This Python comes with SQLite {sqlite3.sqlite_version}; the outbox needs 3.37 or later.",
            fix="Install a newer Python.",
        )
    with explained(path):
        uri = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=busy_after, isolation_level=None, cached_statements=256)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def use_our_types(connection: sqlite3.Connection) -> None:
    """Read rows by the names of their columns, and texts even when they are not UTF-8."""
    connection.row_factory = sqlite3.Row
    connection.text_factory = to_str


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    use_our_types(connection)
    journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if journal != "wal":
        raise OutboxError(
            f"The outbox {path} can't keep a write-ahead log where it is (SQLite says '{journal}').",
            fix="Move the home folder to a disk of this machine, by FOLLOWUP_HOME; network drives often can't.",
        )
    connection.execute("PRAGMA synchronous = FULL")
    # On macOS fsync does not reach the disk; F_FULLFSYNC does. Elsewhere this changes nothing.
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is forgotten is overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction that writes: on disk when the block ends, undone when it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def writing_soon(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction that writes without waiting for the disk: the next one that waits takes it along.

    The end of the process cannot undo it, as the system has it (manual of SQLite, "PRAGMA synchronous").
    """
    connection.execute("PRAGMA synchronous = NORMAL")
    try:
        with writing(connection):
            yield connection
    finally:
        connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction that reads: everything in the block sees the same moment.

    Within another transaction it belongs to that.
    """
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


CLOSED: Final = "closed: "
"""How the words of a trigger begin that keeps an outbox closed for good; a sentence follows."""
_CLOSED: Final = (
    "Nothing is added, changed or sent here. Work with the office: followup-mail --candidate NAME. To take everything "
    "out of it again, into a new folder: followup-mail office export NAME FOLDER --move"
)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into an ``OutboxError`` with the next step."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if str(error).startswith(CLOSED):
            raise OutboxError(f"The outbox {path} is closed: {str(error).removeprefix(CLOSED)}", fix=_CLOSED) from error
        raise OutboxError(f"The outbox refused a change that would break its rules: {error}.") from error
    except sqlite3.Error as error:
        raise _explain(error, path) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise OutboxError(f"The outbox {path} can't hold that: {error}.", fix="Look for unusual characters.") from error
    except OSError as error:
        raise OutboxError(f"The outbox {path} can't be used: {error.strerror or error}.", fix=_CHECK_FOLDER) from error


_CHECK_FOLDER: Final = "Check the folder and its permissions, or name another home folder by FOLLOWUP_HOME."
_RESTORE: Final = (
    "Nothing is sent until it is fixed. Move the file away, then restore a backup: yours, or one of {name}.before-*. "
    "A backup does not know what was sent after it was made: look into your Sent folder, and cancel those mails first."
)

_MEANINGS: Final[dict[int, tuple[str, str]]] = {
    sqlite3.SQLITE_READONLY: ("is read-only", _CHECK_FOLDER),
    sqlite3.SQLITE_PERM: ("may not be opened by you", _CHECK_FOLDER),
    sqlite3.SQLITE_CANTOPEN: ("can't be opened", _CHECK_FOLDER),
    sqlite3.SQLITE_FULL: ("can't be written: the disk is full", "Free some space and run this again."),
    sqlite3.SQLITE_BUSY: (
        "is in use by {holders}",
        "Close what has it open (perhaps a database browser or a backup), and run this again.",
    ),
    sqlite3.SQLITE_LOCKED: ("is in use by {holders}", "Close what has it open, and run this again."),
    sqlite3.SQLITE_PROTOCOL: (
        "can't be locked; on a network drive that is usual",
        "Move the home folder to a disk of this machine, by FOLLOWUP_HOME.",
    ),
    sqlite3.SQLITE_IOERR: (
        "can't be read or written",
        "Check the disk and its free space. On a network drive, move the home folder to a disk of this machine.",
    ),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _RESTORE),
    sqlite3.SQLITE_NOTADB: ("is not a database", _RESTORE),
}


def _explain(error: sqlite3.Error, path: Path) -> OutboxError:
    # The low byte is the primary result code (sqlite.org/rescode.html).
    code = getattr(error, "sqlite_errorcode", None)
    meaning, fix = _MEANINGS.get(code & 0xFF, ("", "")) if code is not None else ("", "")
    if not meaning:
        return OutboxError(f"The outbox {path} can't be used: {error}.", fix=_CHECK_FOLDER)
    if "{holders}" in meaning:
        meaning = meaning.format(holders=name_holders(path))
    return OutboxError(f"The outbox {path} {meaning} (SQLite says '{error}').", fix=fix.format(name=path.name))


def is_there(path: Path) -> bool:
    """Return whether there is an outbox. A link to nowhere is an outbox out of reach, not a missing one."""
    return path.exists() or path.is_symlink()


def check_place(path: Path) -> None:
    """Refuse places where a database can't live: a folder of that name, a network drive."""
    if path.is_dir():
        raise OutboxError(f"{path} is a folder; the outbox should be a file there.", fix="Move the folder away.")
    if path.is_symlink() and not path.exists():
        raise OutboxError(
            f"The outbox {path} is a link to {path.readlink()}, and nothing is there.",
            fix="Put the file back, or connect the disk that it is on; nothing is sent until then.",
        )
    if path.exists() and not path.is_file():
        raise OutboxError(f"{path} is not a file, so it can't be the outbox.", fix="Move it away.")
    blocking = next((folder for folder in path.parents if folder.exists()), path.parent)
    if not blocking.is_dir():
        raise OutboxError(f"{blocking} is a file; the outbox needs a folder there.", fix=_CHECK_FOLDER)
    drive = network_drive_of(path)
    if drive:
        raise OutboxError(
            f"The outbox {path} is on a network drive ({drive}), where SQLite loses data.",
            fix="Name a home folder on a disk of this machine by FOLLOWUP_HOME.",
        )


def make_private(path: Path) -> None:
    """Let nobody else read the file: mails and names are in it."""
    mode = path.stat().st_mode
    if os.name == "posix" and mode & 0o077:
        # Only the rights of others are taken away: whoever made it read-only meant it.
        path.chmod(mode & 0o700)
