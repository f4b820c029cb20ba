"""What the office's database says of itself: to compare with what this machine says."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.office.database import Link, explained

_TRIES: Final = 3


class Health(Struct, frozen=True):
    """What a look at the server told."""

    server: str
    """Its version, such as ``16.4``."""
    role: str
    """As whom we are signed in."""
    clock_offset: timedelta
    """What is to be added to this machine's clock; negative where that is ahead of the server's."""


def look_at_database(link: Link, own: Callable[[], datetime]) -> Health:
    """Ask the server; ``own`` is this machine's clock. Raises ``OutboxError``."""
    with explained():
        row = link.execute("SELECT current_setting('server_version') AS server, current_user AS role").fetchone()
        assert row is not None
        return Health(str(row["server"]).split()[0], row["role"], measure_offset(link, own))


def measure_offset(link: Link, own: Callable[[], datetime]) -> timedelta:
    """Return how far the database's clock is ahead of this machine's, ``own``.

    Of several tries the quickest counts: its answer was on the way for the shortest time.
    """
    return min(_ask(link, own) for _ in range(_TRIES))[1]


def _ask(link: Link, own: Callable[[], datetime]) -> tuple[float, timedelta]:
    began, before = time.monotonic(), own()
    # Microseconds since 1970: moments of this connection come as text.
    row = link.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at").fetchone()
    taken = time.monotonic() - began
    assert row is not None
    theirs = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=row["at"])
    return taken, theirs - (before + timedelta(seconds=taken / 2))
