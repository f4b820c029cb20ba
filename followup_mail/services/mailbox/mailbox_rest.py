"""How long a mailbox that cannot be read is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from followup_mail.outbox.seen_mail import LastLook

_SHORTEST_REST: Final = timedelta(minutes=5)
_LONGEST_REST: Final = timedelta(hours=1)


def rest_after(last: LastLook) -> timedelta:
    """Return how long a mailbox that could not be read is left alone: the longer, the longer it has been so.

    Providers lock an account at which a wrong password is tried every few minutes.
    """
    if last.failed_at is None:
        return timedelta()
    failing = last.failed_at - last.looked_at if last.looked_at else _SHORTEST_REST * 4
    return min(max(failing / 2, _SHORTEST_REST), _LONGEST_REST)


def is_resting(last: LastLook, now: datetime) -> bool:
    """Return whether a mailbox is left alone at this moment; not after a clock that was ahead."""
    return last.failed_at is not None and now - rest_after(last) < last.failed_at <= now
