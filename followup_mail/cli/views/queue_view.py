"""Queue mails and say what was queued for when."""

from __future__ import annotations

from dataclasses import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.allowed_files_view import ask_to_attach
from followup_mail.cli.views.show_entries import HANG, entry_json, say_queued
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.services.enqueue import enqueue, enqueue_planned
from followup_mail.services.request import Request, read_kind
from followup_mail.workspace import Workspace


def queue_and_show(workspace: Workspace, request: Request, kind: str, planned: bool, json: bool) -> None:
    """Queue one kind, or with ``planned`` whatever the plan has ready."""
    if planned == bool(kind):
        raise RefusedError("Say what to queue: a KIND, or --planned, not both.", fix="e.g. thank_you")
    if planned:
        entries, left = enqueue_planned(workspace, request, ask_to_attach)
    else:
        entries, left = enqueue(workspace, replace(request, kind=read_kind(kind)), ask_to_attach)
    if json:
        screen.emit_json({"queued": [entry_json(entry) for entry in entries], "left_out": list(left)})
        return
    _show(workspace, entries)
    for sentence in left:
        screen.note(f"Left out: {sentence}")


def _show(workspace: Workspace, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        screen.out(say_queued(entry, workspace.own_zone), HANG)
    if entries and not workspace.leaves_machine:
        screen.note(workspace.say_folder())
    if entries:
        screen.note("`followup-mail run` delivers what is due; `run --watch` waits for it.")
