"""Who has an entry open in an editor, and how to know that nobody has it open any more.

The line of history of the hold names the process. A hold whose process is gone would keep the mail for ever; it is not
lifted by itself, as the user wanted other words, but the next edit takes it over.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.outbox.entry import OPEN_IN_EDITOR
from followup_mail.outbox.lease import find_process, is_process_gone
from followup_mail.outbox.transitions import Cause, Transition

LONGEST_EDIT: Final = timedelta(hours=12)
"""A hold that is older counts as left behind, whatever is known of its process: on another machine, or on Windows."""
_BY: Final = f"{OPEN_IN_EDITOR}, by "
_open_here: set[str] = set()
"""The editors that this process has open, by name: a page may have several."""
_SLACK: Final = timedelta(minutes=1)


class Editing(Struct, frozen=True):
    """The hold of an editor."""

    by: str
    """Whose it is (``lease.name_worker``); empty when that is not known."""
    since: datetime

    @property
    def process(self) -> str:
        """The number of the process; empty when it is not known."""
        return self.by.rpartition(":")[0].rpartition(":")[2]

    @property
    def mark(self) -> str:
        """The part of the name that no other process shares."""
        return self.by.rpartition(":")[2]

    def is_left(self, now: datetime) -> bool:
        """Return whether the editor is gone and left the hold behind. Says no when in doubt, for half a day."""
        return now - self.since >= LONGEST_EDIT or (bool(self.by) and (is_process_gone(self.by) or self._is_other()))

    def _is_other(self) -> bool:
        """Return whether another process has that number by now: ours, without such an editor, or a later process."""
        process = find_process(self.by)
        if process in {None, os.getpid()}:
            return process is not None and self.by not in _open_here
        started = _started_at(process)
        return started is not None and started > self.since + _SLACK


def note_open_here(by: str, *, is_open: bool) -> None:
    """Note that this process has an editor open, or has it open no more."""
    (_open_here.add if is_open else _open_here.discard)(by)


def say_editing(by: str) -> str:
    """Return how the history names the process that has an entry open."""
    return _BY + by


def find_editing(transitions: Iterable[Transition]) -> Editing | None:
    """Return the hold of an editor, if it is the last hold in an entry's history."""
    held = (transition for transition in reversed(tuple(transitions)) if transition.cause is Cause.HELD)
    last = next(held, None)
    if last is None or not last.detail.startswith(OPEN_IN_EDITOR):
        return None
    return Editing(last.detail.removeprefix(_BY) if last.detail.startswith(_BY) else "", last.at)


def _started_at(process: int | None) -> datetime | None:
    """Return when a process of this machine began, where Linux says so (proc_pid_stat(5), field 22)."""
    with suppress(OSError, ValueError, IndexError, AttributeError):
        ticks = int(Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[19])
        age = float(Path("/proc/uptime").read_text("utf-8").split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
        return datetime.fromtimestamp(time.time() - age, UTC)
    return None
