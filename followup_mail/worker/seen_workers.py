"""Which workers of the office are at work: each writes now and then that it is alive."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from followup_mail.office.database import OfficeDatabase

EVERY: Final = timedelta(seconds=15)
GONE_AFTER: Final = timedelta(minutes=1)
"""Without a sign for so long, a worker is not counted on."""
_FORGOTTEN_AFTER: Final = timedelta(days=7)


def note_alive(database: OfficeDatabase, name: str, now: datetime) -> None:
    """Write that a worker is alive. Raises ``OutboxError``."""
    with database.for_all(name) as link:
        link.execute(
            "INSERT INTO office_workers (name, started_at, seen_at) VALUES (%s, %s, %s) "
            "ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at",
            (name, now, now),
        )


def note_ended(database: OfficeDatabase, name: str, now: datetime) -> None:
    """Write that a worker has ended in order, and forget those that ended long ago. Raises ``OutboxError``."""
    with database.for_all(name) as link:
        link.execute("UPDATE office_workers SET seen_at = %s, ended_at = %s WHERE name = %s", (now, now, name))
        link.execute("DELETE FROM office_workers WHERE seen_at < %s", (now - _FORGOTTEN_AFTER,))
