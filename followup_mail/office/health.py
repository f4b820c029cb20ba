"""What the office's database says of itself: to compare with what this machine says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from followup_mail.office.database import Link, explained
from followup_mail.outbox.moments import to_moment


class Health(Struct, frozen=True):
    """What a look at the server told."""

    server: str
    """Its version, such as ``16.4``."""
    role: str
    """As whom we are signed in."""
    clock_ahead: timedelta
    """How far this machine's clock is ahead of the server's; negative where it is behind."""


def look_at_database(link: Link) -> Health:
    """Ask the server. Raises ``OutboxError``."""
    asked_at = datetime.now(UTC)
    with explained():
        row = link.execute(
            "SELECT clock_timestamp() AS moment, current_setting('server_version') AS server, current_user AS role"
        ).fetchone()
    assert row is not None
    halfway = asked_at + (datetime.now(UTC) - asked_at) / 2
    return Health(str(row["server"]).split()[0], row["role"], halfway - to_moment(row["moment"]))
