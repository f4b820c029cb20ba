"""One clock for all workers: the database's. A worker measures how far its own is from it, and corrects that.

What is due is a question of the clock, so a machine whose clock is an hour ahead would send an hour early. A few
seconds are corrected; a clock that is off by more than ``MOST`` is not worked with at all, since tokens and
certificates go by it too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.office.database import Link
from followup_mail.office.health import measure_offset
from followup_mail.workspace import read_clock

WARNED: Final = timedelta(seconds=5)
"""From here on the worker warns of it."""
MOST: Final = timedelta(seconds=60)
"""From here on nothing is sent."""


class DatabaseClock:
    """This machine's clock, corrected by what was measured last. Called, it returns the present moment in UTC."""

    def __init__(self, own: Callable[[], datetime] = read_clock) -> None:
        self._own = own
        self.offset = timedelta()
        """What is to be added to this machine's clock."""

    def __call__(self) -> datetime:
        return self._own() + self.offset

    def measure(self, link: Link) -> timedelta:
        """Ask the database for its time, and correct by it from now on; return the offset."""
        self.offset = measure_offset(link, self._own)
        return self.offset

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
