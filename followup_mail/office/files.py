"""The files of a candidate's home folder, kept in the database: with their versions, secrets sealed.

Two who change a file at once do not overwrite each other: a change names the version that it was made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.sealing import Seal

SEALED: Final = (".env", "accounts/", "tokens/", "undo/")
"""What may hold a password or a token: a file, or everything below a folder."""

MISSING: Final = 0
"""The version of a file that never was."""

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of the largest file that is kept: each job of a worker lays them all out. No mail server takes as much."""


class KeptFile(Struct, frozen=True):
    """A file as it is in the database."""

    path: str
    """Below the home folder, with slashes."""
    version: int
    content: bytes | None
    """None: it was deleted."""
    changed_by: str = ""


class OfficeFiles:
    """The files of one candidate."""

    def __init__(self, database: OfficeDatabase, asker: Asker, seal: Seal) -> None:
        self._database = database
        self._asker = asker
        self._seal = seal

    def read_all(self, *, but_below: str = "") -> dict[str, KeptFile]:
        """Return every file that there is, or was, by its path, all as of one moment; ``but_below`` a folder."""
        return self._read("(%s = '' OR NOT starts_with(path, %s))", but_below, but_below)

    def read(self, paths: Iterable[str]) -> dict[str, KeptFile]:
        """Return these files, as far as there are, or were, any."""
        return self._read("path = ANY(%s)", list(paths))

    def paths_below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of what is, or was, below a folder, such as ``undo/``."""
        query = "SELECT path FROM files WHERE candidate = %s AND starts_with(path, %s)"
        with self._database.reading(self._asker):
            rows = self._database.link.execute(query, (self._asker.candidate, folder)).fetchall()
        return tuple(row["path"] for row in rows)

    def _read(self, which: str, *given: object) -> dict[str, KeptFile]:
        query = (
            "SELECT path, version, content, is_sealed, changed_by FROM files "  # noqa: S608
            f"WHERE candidate = %s AND {which} ORDER BY path"
        )
        with self._database.reading(self._asker):
            rows = self._database.link.execute(query.encode(), (self._asker.candidate, *given)).fetchall()
        return {
            row["path"]: KeptFile(
                row["path"],
                row["version"],
                self._opened(row["path"], row["content"], row["is_sealed"]),
                row["changed_by"],
            )
            for row in rows
        }

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction for files of this candidate, or a part of what is under way already."""
        if self._database.in_transaction:
            yield
            return
        with self._database.writing(self._asker):
            yield

    @property
    def whose(self) -> str:
        """The candidate's name, for sentences."""
        return self._asker.name

    def put(self, changes: Mapping[str, bytes | None], versions: Mapping[str, int], now: datetime) -> dict[str, int]:
        """Write or delete (None) files, all or none; return their new versions.

        ``versions`` says which version each was made from (``MISSING``: none was there). Within a transaction of the
        same database it belongs to that. Raises ``RefusedError`` when one of them was changed by somebody else since.
        """
        with self.writing():
            return {
                path: self._put(path, content, versions.get(path, MISSING), now) for path, content in changes.items()
            }

    def _put(self, path: str, content: bytes | None, version: int, now: datetime) -> int:
        if content is not None and len(content) > LARGEST:
            raise RefusedError(
                f"{path} of {self._asker.name} has {len(content) // 2**20} MB; the office keeps no file of more than "
                f"{LARGEST // 2**20} MB.",
                fix="Take it out of the home folder, or make it smaller.",
            )
        sealed = is_secret(path)
        kept = self._seal.seal(content, self._place(path)) if sealed and content is not None else content
        given = {
            "candidate": self._asker.candidate,
            "path": path,
            "version": version,
            "content": kept,
            "sealed": sealed,
            "at": now.astimezone(UTC),
            "by": self._asker.actor,
        }
        if version == MISSING:
            statement = (
                "INSERT INTO files (candidate, path, version, content, is_sealed, changed_at, changed_by) "
                "VALUES (%(candidate)s, %(path)s, 1, %(content)s, %(sealed)s, %(at)s, %(by)s) "
                "ON CONFLICT DO NOTHING"
            )
        else:
            statement = (
                "UPDATE files SET version = version + 1, content = %(content)s, is_sealed = %(sealed)s, "
                "changed_at = %(at)s, changed_by = %(by)s "
                "WHERE candidate = %(candidate)s AND path = %(path)s AND version = %(version)s"
            )
        if self._database.link.execute(statement, given).rowcount != 1:
            raise self._changed_meanwhile(path)
        return version + 1

    def _changed_meanwhile(self, path: str) -> RefusedError:
        row = self._database.link.execute(
            "SELECT changed_by FROM files WHERE candidate = %s AND path = %s", (self._asker.candidate, path)
        ).fetchone()
        return changed_meanwhile(path, self._asker.name, row["changed_by"] if row else "somebody else")

    def _opened(self, path: str, content: bytes | None, sealed: bool) -> bytes | None:
        return self._seal.open(content, self._place(path)) if sealed and content is not None else content

    def _place(self, path: str) -> str:
        return place_of(self._asker, path)


def changed_meanwhile(path: str, whose: str, by: str) -> RefusedError:
    """Return the error for a file that somebody else changed since it was read."""
    return RefusedError(
        f"{path} of {whose} was changed by {by} in the meantime; it was not touched.",
        fix="Look at it, and make your change again.",
    )


def place_of(asker: Asker, path: str) -> str:
    """Return what sealed bytes of a candidate's file are bound to."""
    return f"{asker.candidate}:{path}"


def is_secret(path: str) -> bool:
    """Return whether a file is kept sealed."""
    return any(path == secret or (secret.endswith("/") and path.startswith(secret)) for secret in SEALED)
