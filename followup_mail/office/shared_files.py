"""What the office shares with all its candidates: templates and methods, kept once, and changed by none of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import NotFoundError
from followup_mail.office.asker import Asker
from followup_mail.office.database import Link, OfficeDatabase
from followup_mail.office.kept_paths import SHARED, check_path
from followup_mail.office.laid_out import lay_out
from followup_mail.outbox.moments import to_moment

_SHARE = (
    "INSERT INTO office_files (path, version, content, changed_at, changed_by) "
    "VALUES (%(path)s, 1, %(content)s, now(), current_actor()) ON CONFLICT (path) DO UPDATE "
    "SET version = office_files.version + 1, content = excluded.content, changed_at = now(), "
    "changed_by = current_actor() WHERE office_files.content IS DISTINCT FROM excluded.content"
)


class SharedFile(Struct, frozen=True):
    """A file that the office shares, as it is listed."""

    path: str
    """Below ``templates/`` or ``cadences/``, with slashes."""
    version: int
    changed_at: datetime
    """UTC."""
    changed_by: str


def share(database: OfficeDatabase, files: Mapping[str, bytes], actor: str) -> tuple[str, ...]:
    """Share files, all or none; return the paths of those that were not there in just this form."""
    with database.for_all(actor) as link:
        return tuple(path for path, content in files.items() if _put(link, path, content))


def unshare(database: OfficeDatabase, path: str, actor: str) -> None:
    """Share a file no longer. Raises ``NotFoundError`` when none is shared by this path."""
    with database.for_all(actor) as link:
        there = link.execute("SELECT 1 FROM office_files WHERE path = %s AND content IS NOT NULL", (path,)).fetchone()
        if there:
            _put(link, path, None)
    if not there:
        raise NotFoundError(
            f"The office shares no '{path[:80]}'.", fix="See what it shares with: followup-mail office shared"
        )


def _put(link: Link, path: str, content: bytes | None) -> bool:
    return link.execute(_SHARE, {"path": path, "content": content}).rowcount == 1


def list_shared(database: OfficeDatabase, actor: str) -> tuple[SharedFile, ...]:
    """Return what is shared, by its path."""
    query = "SELECT path, version, changed_at, changed_by FROM office_files WHERE content IS NOT NULL ORDER BY path"
    with database.for_all(actor) as link:
        rows = link.execute(query).fetchall()
    return tuple(
        SharedFile(row["path"], row["version"], to_moment(row["changed_at"]), row["changed_by"]) for row in rows
    )


def lay_out_shared(database: OfficeDatabase, asker: Asker, home: Path) -> None:
    """Write what the office shares below a candidate's home folder, where templates and methods are looked for."""
    with database.reading(asker):
        rows = database.link.execute("SELECT path, content FROM office_files WHERE content IS NOT NULL").fetchall()
    for row in rows:
        lay_out(home, SHARED + check_path(row["path"], "the office"), row["content"])
