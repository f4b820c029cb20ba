"""Who did what for a candidate, and when: read from the histories, the contacts and the versions of files.

Nothing is written here: each change writes its line in its own transaction, with who asked for it
(``current_actor``), and the database lets nobody change or delete one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.errors import NotFoundError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase
from followup_mail.outbox.moments import to_moment

_OF_ENTRIES: Final = (
    "SELECT 1 AS part, moves.id AS n, at, actor, cause AS what, entry_id, application, kind || ' to ' || to_email AS "
    "about, before, after, detail FROM moves JOIN entries ON entries.candidate = moves.candidate "
    "AND entries.id = moves.entry_id WHERE moves.candidate = %(candidate)s "
    "AND (%(entry)s::bigint IS NULL OR entry_id = %(entry)s)"
)
_OF_CONTACTS: Final = (
    "SELECT 2, id, at, actor, 'logged', NULL, application, kind || ' by ' || channel, NULL, '', '' FROM touches "
    "WHERE candidate = %(candidate)s"
)
_OF_FILES: Final = (
    "SELECT 3, version, changed_at, changed_by, CASE WHEN {gone} THEN 'deleted' ELSE 'changed' END, NULL, '', "
    "path, NULL, '', 'version ' || version FROM {table} WHERE candidate = %(candidate)s AND path NOT LIKE 'undo/%%'"
)
_EVERYTHING: Final = " UNION ALL ".join(
    (
        _OF_ENTRIES,
        _OF_CONTACTS,
        _OF_FILES.format(table="file_versions", gone="was_deleted"),
        _OF_FILES.format(table="files", gone="content IS NULL"),
    )
)
_IN_ORDER: Final = "ORDER BY at, part, n"


class Deed(Struct, frozen=True):
    """One line of the trail."""

    at: datetime
    """UTC; of a contact that was logged, when it was."""
    actor: str
    """A person, or a worker by its name."""
    what: str
    """For an entry the cause as its history names it (``approved``); else ``logged``, ``changed`` or ``deleted``."""
    entry: int | None
    application: str
    about: str
    """The step and the addressee, or the path of a file."""
    before: str | None
    after: str
    """The state of an entry; else empty."""
    detail: str


def read_deeds(database: OfficeDatabase, asker: Asker, entry: int | None = None) -> tuple[Deed, ...]:
    """Return what was done for a candidate, or with one entry, the newest last. Raises ``NotFoundError``."""
    query = _EVERYTHING if entry is None else _OF_ENTRIES
    given = {"candidate": asker.candidate, "entry": entry}
    with database.reading(asker):
        rows = database.link.execute(f"{query} {_IN_ORDER}".encode(), given).fetchall()
    if entry is not None and not rows:
        raise NotFoundError(
            f"There is no entry #{entry} of {asker.name}.",
            fix=f"See them with: followup-mail --candidate {asker.name} outbox list",
        )
    return tuple(
        Deed(
            to_moment(row["at"]),
            row["actor"],
            row["what"],
            row["entry_id"],
            row["application"],
            row["about"],
            row["before"],
            row["after"],
            row["detail"],
        )
        for row in rows
    )
