"""Queue mails and say what was queued for when."""

from __future__ import annotations

from dataclasses import replace

from followup_mail.cli import screen
from followup_mail.cli.allowing import ask_to_attach
from followup_mail.cli.show_entries import HANG, entry_json, say_queued
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.road.enqueue import enqueue, enqueue_planned
from followup_mail.road.request import Request, read_kind
from followup_mail.wiring import House


def queue_and_show(house: House, request: Request, kind: str, planned: bool, json: bool) -> None:
    """Queue one kind, or with ``planned`` whatever the plan has ready."""
    if planned == bool(kind):
        raise RefusedError("Say what to queue: a KIND, or --planned, not both.", fix="e.g. thank_you")
    if planned:
        entries, left = enqueue_planned(house, request, ask_to_attach)
    else:
        entries, left = enqueue(house, replace(request, kind=read_kind(kind)), ask_to_attach)
    if json:
        screen.emit_json({"queued": [entry_json(entry) for entry in entries], "left_out": list(left)})
        return
    _show(house, entries)
    for sentence in left:
        screen.note(f"Left out: {sentence}")


def _show(house: House, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        screen.out(say_queued(entry, house.own_zone), HANG)
    if entries and not house.leaves_machine:
        screen.note(house.say_folder())
    if entries:
        screen.note("`followup-mail run` delivers what is due; `run --watch` waits for it.")
