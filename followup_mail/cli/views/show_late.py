"""Mails that should have left by now and have not: since when, why, and what to type."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cli.terminal import screen
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import rewrite_command
from followup_mail.workspace import Workspace

_GRACE: Final = timedelta(minutes=10)
"""Runs in the background come every few minutes."""


def find_late(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the queued entries that were tried in vain, turned away, or not looked at by any run."""
    if not workspace.has_store:
        return ()
    now = workspace.now()
    queued = workspace.store.entries(states={State.QUEUED}, held=False)
    ours = (one for one in queued if one.account == workspace.sending_account)  # the others are told as stranded
    return tuple(one for one in ours if one.timing.due_at <= now and (one.reason or one.ready_at <= now - _GRACE))


def show_late(workspace: Workspace, late: tuple[Entry, ...]) -> None:
    """Print them, with what to type about each kind of delay."""
    if not late:
        return
    now, zone = workspace.now(), workspace.own_zone
    resting = {pause.account for pause in workspace.store.pauses(now)}
    screen.out(screen.strong("Late: these should have left by now"))
    for entry in late:
        planned = f"{entry.label} to {entry.message.to.name} should have left on {_at(entry.timing.due_at, zone)}"
        screen.out(screen.doubtful(f"{planned}{_say_why(entry, now, zone, resting)}"), "    ")
        if entry.is_past(now):
            screen.out(f"    followup-mail outbox reschedule {entry.id} --at WHEN")
            screen.out(f"    or: followup-mail outbox cancel {entry.id}, then followup-mail {rewrite_command(entry)}")
    if any(one.ready_at <= now and not one.is_past(now) and one.account not in resting for one in late):
        screen.out("    followup-mail run")
    screen.out()


def _say_why(entry: Entry, now: datetime, zone: ZoneInfo, resting: Collection[str]) -> str:
    if entry.is_past(now) and entry.timing.last_at:
        return f"; its last sensible moment, {_at(entry.timing.last_at, zone)}, has passed, so it is not sent as it is."
    if not entry.reason and entry.account in resting:
        return "; its account rests."
    if not entry.reason:
        return "; nothing has tried to send it yet."
    fix = f" {entry.fix}" if entry.fix else ""
    again = f"next try {_at(entry.ready_at, zone)}" if entry.ready_at > now else "it is tried by the next run"
    return f": {entry.reason.rstrip('.')}; {again}.{fix}"


def _at(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"
