"""Changing the key: what older keys sealed is sealed again with the first key, file by file.

It can be stopped at any moment and run again, even twice at once: what the first key opens is left alone, and new bytes
only replace the bytes that they were made from. Earlier versions are sealed again too: otherwise the old key could
never be thrown away.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.errors import SettingsError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.files import place_of
from followup_mail.office.sealing import Seal

_SEALED: Final = (
    "SELECT path, version, content FROM files WHERE candidate = %(candidate)s AND is_sealed AND content IS NOT NULL "
    "UNION ALL SELECT path, version, content FROM file_versions "
    "WHERE candidate = %(candidate)s AND is_sealed AND content IS NOT NULL ORDER BY path, version"
)


class Resealed(Struct, frozen=True):
    """What came of one candidate's files."""

    done: int
    """How many were sealed again."""
    closed: tuple[str, ...]
    """Paths of what no key opens; it stays as it is."""


def reseal_candidate(database: OfficeDatabase, asker: Asker, seal: Seal) -> Resealed:
    """Seal everything of a candidate with the first key, in one transaction. Raises ``OutboxError``."""
    done, closed = 0, list[str]()
    with database.writing(asker):
        rows = database.link.execute(_SEALED, {"candidate": asker.candidate}).fetchall()
        for row in rows:
            place = place_of(asker, row["path"])
            if seal.is_newest(row["content"], place):
                continue
            try:
                anew = seal.seal(seal.open(row["content"], place), place)
            except SettingsError:
                closed.append(row["path"])
                continue
            given = (row["path"], row["version"], row["content"], anew)
            database.link.execute("SELECT reseal(%s, %s, %s, %s)", given)
            done += 1
    return Resealed(done, tuple(dict.fromkeys(closed)))
