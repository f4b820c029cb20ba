"""Which version of the database a file has, read without changing it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from followup_mail.outbox.database import explained
from followup_mail.outbox.migrate import read_migrations

_PATIENCE: Final = 2.0
"""Seconds to wait for another process."""


def compare_versions(path: Path) -> tuple[int, int]:
    """Return the version of the outbox at ``path``, and the one that this program knows. Raises ``OutboxError``."""
    with explained(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return version, read_migrations()[-1].number
