"""Record what they answered, and say what that stopped and what to type next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from followup_mail.cadence.step import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_entries import HANG, entry_json, say_queued
from followup_mail.cli.views.show_holds import say_stays_held
from followup_mail.cli.views.show_mail import as_json, show_all
from followup_mail.errors import FollowupError, NotFoundError, WhenError
from followup_mail.facts.questions import read_day_told
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import OPEN, State
from followup_mail.services.enqueue import enqueue_prepared
from followup_mail.services.prepare import prepare
from followup_mail.services.record_outcome import Concluded, conclude, take_up
from followup_mail.services.request import Request
from followup_mail.workspace import Workspace


def record_outcome(
    workspace: Workspace, slug: str, status: str, message: Path | None, on: date | None, json: bool
) -> None:
    """Record an outcome by its name."""
    try:
        wanted = Status(status.strip().lower())
    except ValueError:
        raise NotFoundError(f"There is no outcome '{status}'.", fix=f"There are: {', '.join(Status)}.") from None
    if wanted is Status.REJECTED:
        record_rejection(workspace, slug, message, on, json)
        return
    concluded = conclude(workspace, slug, wanted, on, message)
    if json:
        screen.emit_json(_as_json(wanted, concluded))
        return
    _say(workspace, slug, wanted, concluded)


def record_rejection(workspace: Workspace, slug: str, message: Path | None, on: date | None, json: bool) -> None:
    """Record a rejection and keep a draft of the answer; recording holds even when the draft cannot be written."""
    concluded = conclude(workspace, slug, Status.REJECTED, on, message)
    if not json:
        _say(workspace, slug, Status.REJECTED, concluded)
    try:
        prepared = prepare(workspace, Request(slug, Kind.REJECTION_THANKS)).prepared
        entries = enqueue_prepared(workspace, prepared, (), State.DRAFT)
    except FollowupError as error:
        if json:
            screen.emit_json({**_as_json(Status.REJECTED, concluded), "drafts": [], "why_not": error.sentence})
            return
        screen.note(f"The answer could not be drafted: {error.sentence}")
        screen.note(error.fix)
        return
    if json:
        drafts = [as_json(one) for one in prepared]
        screen.emit_json({**_as_json(Status.REJECTED, concluded), "drafts": drafts, "entries": [e.id for e in entries]})
        return
    screen.out()
    show_all(prepared, workspace.own_zone)
    screen.out()
    for entry in entries:
        screen.out(f"Kept as draft {entry.label}. To queue it: followup-mail outbox approve {entry.id}")


def read_past_day(workspace: Workspace, text: str) -> date | None:
    """Read ``--on``. Raises ``WhenError`` for a day that is still to come, anywhere on earth."""
    day = _read_day(workspace, "on", text)
    if day and day > workspace.now().date() + timedelta(days=1):
        raise WhenError(f"--on: {text} is still to come.", fix="Say when their answer came.")
    return day


def read_coming_day(workspace: Workspace, option: str, text: str) -> date | None:
    """Read a day they named for later. Raises ``WhenError`` for one that has passed."""
    day = _read_day(workspace, option, text)
    if day and day < workspace.now().date() - timedelta(days=1):
        raise WhenError(f"--{option}: {text} has passed.", fix="Say the new day that they named.")
    return day


def _read_day(workspace: Workspace, option: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return read_day_told(text, workspace.now().date())
    except ValueError as error:
        raise WhenError(f"--{option}: {error}.") from None


def go_on(workspace: Workspace, slug: str, said: Mapping[str, object], json: bool) -> None:
    """Take an application up again."""
    entries = take_up(workspace, slug, said)
    if json:
        screen.emit_json({"resumed": [entry_json(entry) for entry in entries]})
        return
    screen.out(f"{slug} goes on.")
    for entry in entries:
        screen.out(say_queued(entry, workspace.own_zone), HANG)
    for entry in workspace.store.entries(application=slug, states=OPEN, held=True) if workspace.has_store else ():
        say_stays_held(workspace, entry)
    screen.note(f"`followup-mail plan {slug}` shows what comes next.")


def _say(workspace: Workspace, slug: str, status: Status, concluded: Concluded) -> None:
    screen.out(f"{workspace.facts.load(slug).company}: {status}.")
    for entry in concluded.cancelled:
        screen.out(f"Cancelled {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    for entry in concluded.held:
        screen.out(f"Held {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    if concluded.held or status is Status.REPLIED:
        screen.note(f"Nothing more leaves for {slug} until `followup-mail resume {slug}` or another outcome.")
    for entry in concluded.under_way:
        screen.note(f"{entry.label} to {entry.message.to.name} is being sent at this moment; that is too late to stop.")
    for entry in concluded.unclear:
        screen.note(f"{entry.label} to {entry.message.to.name} is unclear: see `followup-mail outbox show {entry.id}`.")
    for sentence in concluded.notes:
        screen.note(sentence)


def _as_json(status: Status, concluded: Concluded) -> dict[str, object]:
    return {
        "status": status,
        "cancelled": [entry_json(entry) for entry in concluded.cancelled],
        "held": [entry_json(entry) for entry in concluded.held],
        "too_late": [entry_json(entry) for entry in (*concluded.under_way, *concluded.unclear)],
        "notes": list(concluded.notes),
    }
