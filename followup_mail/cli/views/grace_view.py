"""The minute between *queued for now* and *leaves*, in which the user may think again."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Sequence

import typer

from followup_mail.cli.terminal import screen
from followup_mail.errors import ExitCode
from followup_mail.outbox.entry import Entry
from followup_mail.services.as_json.json_views import entries_json
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.sending.deliver import stop_on_signal
from followup_mail.services.sending.send_now import are_taken_back, cancel_in_time, queue_to_send
from followup_mail.services.writing.prepared import Prepared
from followup_mail.workspace import Workspace


def say_soon(workspace: Workspace, entries: Sequence[Entry]) -> str:
    """Say that mails leave within a few minutes, and how to take them back; empty when none does."""
    now = workspace.now()
    soon = [entry for entry in entries if entry.ready_at - now <= 2 * GRACE and not entry.held]
    if not soon:
        return ""
    leaves_at = min(entry.ready_at for entry in soon).astimezone(workspace.own_zone)
    leave = "leaves" if len(soon) == 1 else "leave"
    return f"{_name(soon)} {leave} at {leaves_at:%H:%M}, not before; `followup-mail undo` takes that back."


def queue_and_wait(
    workspace: Workspace, prepared: Sequence[Prepared], request: Request, json: bool
) -> tuple[Entry, ...]:
    """Queue mails and wait until the first may leave. Ends the command when the user takes them back meanwhile."""
    with stop_on_signal() as stop:  # from before they are queued: no Ctrl-C may leave them in the queue
        entries = queue_to_send(workspace, prepared, request, GRACE)
        _count_down(workspace, entries, stop)
        if not stop.is_set():
            return entries
    cancelled = cancel_in_time(workspace, entries)
    if json:
        screen.emit_json(entries_json(cancelled))
    screen.note(f"Taken back: {_name(cancelled)}. Nothing was sent.")
    raise typer.Exit(ExitCode.INTERRUPTED)


def _count_down(workspace: Workspace, entries: Sequence[Entry], stop: threading.Event) -> None:
    """Wait until the first may leave, ``stop`` is set, or another command took all of them back.

    In a terminal one line counts down.
    """
    leaves_at = min(entry.ready_at for entry in entries)
    what = f"{_name(entries)} {'leaves' if len(entries) == 1 else 'leave in turn, the first'}"
    local = leaves_at.astimezone(workspace.own_zone)
    is_watched = sys.stderr.isatty()
    if not is_watched:
        screen.note(f"{what} at {local:%H:%M:%S}; Ctrl-C takes that back.")
        sys.stderr.flush()
    while (left := (leaves_at - workspace.now()).total_seconds()) > 0:
        if is_watched:
            sys.stderr.write(f"\r{what} in {math.ceil(left):2} s; Ctrl-C takes that back. ")
            sys.stderr.flush()
        if stop.wait(min(left, 1.0)) or are_taken_back(workspace, entries):
            break
    if is_watched:
        screen.note()


def _name(entries: Sequence[Entry]) -> str:
    return ", ".join(entry.label for entry in entries)
