"""One clock for all workers: the database's. A worker measures how far its own is from it, and corrects that.

What is due is a question of the clock, so a machine whose clock is an hour ahead would send an hour early. A few
seconds are corrected; a clock that is off by more than ``MOST`` is not worked with at all, since tokens and
certificates go by it too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.office.database import Link

WARNED: Final = timedelta(seconds=5)
"""From here on the worker warns of it."""
MOST: Final = timedelta(seconds=60)
"""From here on nothing is sent."""
_TRIES: Final = 3


def read_own_clock() -> datetime:
    """Return the present moment by this machine's clock, in UTC."""
    return datetime.now(UTC)


class DatabaseClock:
    """This machine's clock, corrected by what was measured last. Called, it returns the present moment in UTC."""

    def __init__(self, own: Callable[[], datetime] = read_own_clock) -> None:
        self._own = own
        self.offset = timedelta()
        """What is to be added to this machine's clock."""

    def __call__(self) -> datetime:
        return self._own() + self.offset

    def measure(self, link: Link) -> timedelta:
        """Ask the database for its time, and correct by it from now on; return the offset.

        Of several tries the quickest counts: its answer was on the way for the shortest time.
        """
        tries = [self._ask(link) for _ in range(_TRIES)]
        self.offset = min(tries)[1]
        return self.offset

    def _ask(self, link: Link) -> tuple[float, timedelta]:
        began, before = time.monotonic(), self._own()
        # Microseconds since 1970: moments of this connection come as text.
        row = link.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at").fetchone()
        taken = time.monotonic() - began
        assert row is not None
        theirs = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=row["at"])
        return taken, theirs - (before + timedelta(seconds=taken / 2))

    @property
    def is_far_off(self) -> bool:
        return abs(self.offset) > MOST

    @property
    def is_off(self) -> bool:
        return abs(self.offset) > WARNED

    def say(self) -> str:
        """Say how this machine's clock goes."""
        seconds = abs(self.offset).total_seconds()
        direction = "behind" if self.offset > timedelta() else "ahead of"
        return f"This machine's clock is {seconds:,.0f} seconds {direction} the database's"

    def refuse_far_off(self) -> None:
        """Raise ``SettingsError`` when nothing may be sent by this clock."""
        if self.is_far_off:
            raise SettingsError(
                f"{self.say()}, so nothing is sent from here: it would leave at the wrong hour.",
                fix="Let the system set the clocks of both machines (NTP: timedatectl set-ntp true), "
                "and start the worker again.",
            )
