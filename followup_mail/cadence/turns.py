"""Minutes between mails to people who sit together, so that they do not look like a mailing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

PANEL_GAP: Final = timedelta(minutes=4)
"""Between two mails to people who sit together: a burst of the same minute looks like a mailing."""
SMALLEST_GAP: Final = timedelta(minutes=1)
"""What is left of it where some of them would otherwise wait over closed days."""


def planned_gap(first: datetime, second: datetime) -> timedelta:
    """Return the gap to keep between two mails that are planned for these moments.

    It is smaller where the plan moved a panel closer together, so that all of it is thanked before offices close.
    """
    apart = abs(second.astimezone(UTC) - first.astimezone(UTC))
    return apart if SMALLEST_GAP <= apart < PANEL_GAP else PANEL_GAP


def not_before(moments: Sequence[datetime], earliest: datetime) -> list[datetime]:
    """Return moments of which none is before ``earliest``, with as much between them as before, a gap at most."""
    moved: dict[int, datetime] = {}
    was = soonest = earliest.astimezone(UTC)
    for at in sorted(range(len(moments)), key=moments.__getitem__):
        due_at = moments[at].astimezone(UTC)
        apart = min(PANEL_GAP, due_at - was) if moved else timedelta()
        was, soonest = due_at, max(soonest + apart, due_at)
        moved[at] = soonest.astimezone(moments[at].tzinfo)
    return [moved[at] for at in range(len(moments))]


def take_turn(
    at: datetime, taken: list[datetime], permit: Callable[[datetime], datetime], gap: timedelta = PANEL_GAP
) -> datetime:
    """Return the first moment from ``at`` on that keeps its distance from those in ``taken``, and add it to them.

    ``taken`` is sorted and in UTC. ``permit`` moves a moment on to one at which a mail may leave.
    """
    while (crowd := _too_close(at, taken, gap)) is not None:
        at = permit((crowd + gap).astimezone(at.tzinfo))
    insort(taken, at.astimezone(UTC))
    return at


def _too_close(at: datetime, taken: list[datetime], gap: timedelta) -> datetime | None:
    """Return the latest moment taken that is less than the gap away from ``at``."""
    moment = at.astimezone(UTC)
    first, last = bisect_right(taken, moment - gap), bisect_left(taken, moment + gap)
    return taken[last - 1] if last > first else None
