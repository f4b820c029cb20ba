"""Looks of ``doctor`` at the time zone and at this machine's clock: a mail leaves at the hour that they say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from followup_mail.background.changes import Command
from followup_mail.background.system_programs import run_program
from followup_mail.errors import ServiceError, SettingsError
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine, warning
from followup_mail.settings.own_zone import find_own_zone

_SLIGHT: Final = timedelta(minutes=2)
"""What a slow connection and a careless server explain."""
_GRAVE: Final = timedelta(hours=1)
_SET_CLOCK: Final = "Set the clock, or let the system set it: in its settings, 'Set time automatically'."
_NTP: Final = Command(("timedatectl", "show", "--property=NTPSynchronized", "--value"))


def look_at_time_zone(examined: Examined) -> SetupCheck:
    """Look whether the zone is set or the machine's, and whether the two show the same hours."""
    workspace = examined.workspace
    own = workspace.own_zone
    if not workspace.settings.time_zone:
        return fine("time zone", f"{own.key}, this machine's own")
    try:
        machine = find_own_zone(os.environ)
    except SettingsError:
        return fine("time zone", f"{own.key}, as set; which one this machine is in is not certain")
    now = workspace.clock()
    if now.astimezone(own).utcoffset() == now.astimezone(machine).utcoffset():
        return fine("time zone", f"{own.key}, as set; this machine shows the same hours")
    said = f"{own.key} is set, but this machine is in {machine.key}; hours are meant and shown by {own.key}"
    fix = "If you have moved, change FOLLOWUP_TIME_ZONE; without it, the machine's own zone is used."
    return warning("time zone", said, fix)


def look_at_clock(examined: Examined) -> SetupCheck:
    """Compare this machine's clock with what can tell: the mail server, the system, and files written before."""
    workspace = examined.workspace
    told = list(_tell(examined))
    if later := _find_later(workspace.home, workspace.clock()):
        said = f"{later} was written later than this clock says it is now: {workspace.clock():%Y-%m-%d %H:%M} UTC"
        return warning("clock", "; ".join((said, *told)), _SET_CLOCK)
    apart = _measure(examined)
    if apart is not None and apart >= _SLIGHT:
        find = fault if apart >= _GRAVE else warning
        return find("clock", f"{int(apart.total_seconds() // 60):,} min apart from the mail server's", _SET_CLOCK)
    if _is_synchronized() is False:
        told.append("the system says that its clock is not set over the network")
        if apart is None:
            return warning("clock", "; ".join(told), _SET_CLOCK)
    return fine("clock", "; ".join(told) or "can't be compared: nothing here tells the time")


def _tell(examined: Examined) -> Iterator[str]:
    """Yield what agrees with the clock, and what tells nothing."""
    apart = _measure(examined)
    if apart is not None:
        yield f"within {max(1, int(apart.total_seconds()))} s of the mail server's"
    if _is_synchronized():
        yield "the system sets it over the network"
    elif apart is None and examined.workspace.leaves_machine:
        yield "can't be compared with the mail server's, which doesn't tell the time"


def _measure(examined: Examined) -> timedelta | None:
    """Return how far the clock is from the time in the mail server's greeting; None where there is none."""
    if not examined.workspace.leaves_machine:
        return None
    with suppress(Exception):  # the look at the server tells what is wrong with it
        if examined.server.said_time and examined.asked_at:
            return abs(examined.asked_at - examined.server.said_time)
    return None


def _is_synchronized() -> bool | None:
    """Return what systemd says about the clock; None where it cannot be asked."""
    try:
        answer = run_program(_NTP, timeout=3.0)
    except ServiceError:
        return None
    return {b"yes": True, b"no": False}.get(answer.out.strip()) if answer.code == 0 else None


def _find_later(home: Path, now: datetime) -> Path | None:
    """Return a file of ours that was written in what this clock calls the future: the clock has been put back."""
    for path in (home / "outbox.sqlite3", home / ".env", *sorted((home / "applications").glob("*.toml"))):
        with suppress(OSError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) > now + _SLIGHT:
                return path
    return None
