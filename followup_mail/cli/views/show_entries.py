"""Entries of the outbox on the screen: one line each, or one in full."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_mailbox, say_when
from followup_mail.cli.views.show_holds import say_hold, say_stays_held, say_way_on
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import NEEDS_USER, OPEN, Entry, State, shown_clock
from followup_mail.outbox.transitions import Transition
from followup_mail.services.deliver import find_abandoned
from followup_mail.services.stranded import judge_account
from followup_mail.workspace import Workspace

HANG = "    "
"""Where the rest of a line about an entry stands: clear of the numbers."""

_BECAME = {State.FAILED: "failed", State.MISSED: "was missed", State.UNCLEAR: "is unclear"}
_TO_TYPE = {
    State.UNCLEAR: "outbox resolve {id} --look",
    State.FAILED: "outbox retry {id}, or outbox cancel {id}",
    State.MISSED: "outbox reschedule {id} --at WHEN, or outbox cancel {id}",
    State.DRAFT: "outbox approve {id}",
}


def list_and_show(workspace: Workspace, application: str, every: bool, json: bool) -> None:
    """Print the entries that are open, what needs the user first; with ``every`` all of them."""
    found: tuple[Entry, ...] = ()
    find_abandoned(workspace)
    if workspace.has_store:
        slug = workspace.facts.load(application).slug if application else None
        found = workspace.store.entries(application=slug, states=() if every else OPEN | {State.IN_FOLDER})
    found = tuple(sorted(found, key=lambda one: (not one.needs_user, one.ready_at)))
    if json:
        screen.emit_json([entry_json(entry) for entry in found])
        return
    if not found:
        show_damaged(workspace)
        screen.out("Nothing is queued." if not every else "The outbox is empty.")
        return
    show_damaged(workspace)
    rows = [(e.label, _coloured(e), _when(e), e.message.to.name, str(e.step.kind), e.step.application) for e in found]
    screen.table(("", "State", "When", "To", "What", "Application"), rows)
    for entry in found:
        if entry.needs_user:
            screen.out()
            say_trouble(workspace, entry)
        elif entry.state is State.QUEUED:
            _say_if_stranded(workspace, entry)


def show_damaged(workspace: Workspace) -> None:
    """Say which entries cannot be understood, and what to do about them."""
    for damaged in workspace.store.damaged() if workspace.has_store else ():
        screen.note(screen.bad(damaged.sentence))
        screen.note(damaged.fix)


def show_entry(workspace: Workspace, entry_id: int, history: bool, raw: bool, json: bool) -> None:
    """Print one entry in full."""
    find_abandoned(workspace)
    entry = workspace.store.get(entry_id)
    moves = workspace.store.transitions(entry_id) if history or json else ()
    if raw:
        sys.stdout.flush()
        sys.stdout.buffer.write(workspace.store.content(entry_id))
        return
    if json:
        screen.emit_json({**entry_json(entry), "text": entry.message.text, "history": list(moves)})
        return
    screen.out(screen.strong(f"{entry.label} {entry.step.kind.traits.in_heading} for {entry.step.application}"))
    for label, value in _rows(workspace, entry):
        screen.out(f"  {screen.dim(f'{label:<8}')} {value}", " " * 11)
    screen.out()
    for line in entry.message.text.rstrip("\n").split("\n"):
        screen.out(screen.wrap(line, "  ") if line else "")
    if entry.needs_user:
        screen.out()
        say_trouble(workspace, entry)
    if history:
        screen.out()
        screen.table(("At", "From", "To", "Cause", "Detail"), [_move_row(move, workspace.own_zone) for move in moves])


def _say_discarded(entry: Damaged, json: bool) -> None:
    if json:
        screen.emit_json({"id": entry.id, "state": State.CANCELLED, "damaged": entry.column})
    else:
        screen.out(f"{entry.label} is cancelled. It was damaged, so what it held is not shown.", HANG)


def changed(workspace: Workspace, entry: Entry | Damaged, json: bool) -> None:
    """Say how an entry stands after a change."""
    if isinstance(entry, Damaged):
        _say_discarded(entry, json)
        return
    if json:
        screen.emit_json(entry_json(entry))
    elif entry.state is State.QUEUED:
        screen.out(say_queued(entry, workspace.own_zone), HANG)
        _say_if_stranded(workspace, entry)
    else:
        screen.out(f"{entry.label} is {entry.state}: {entry.message.subject} (to {entry.message.to.name}).", HANG)
    say_stays_held(workspace, entry)


def _say_if_stranded(workspace: Workspace, entry: Entry) -> None:
    if stranded := judge_account(workspace, entry):
        screen.note(screen.doubtful(f"{entry.label} {stranded.why}. {stranded.fix}"))


def say_queued(entry: Entry, own_zone: ZoneInfo) -> str:
    """Return a line that says what leaves when."""
    held = f"  held: {entry.held}" if entry.held else ""
    return (
        f"{entry.label}  {entry.step.kind} to {entry.message.to.name} is queued for "
        f"{say_when(entry.timing, own_zone)}: {entry.message.subject}{held}"
    )


def say_trouble(workspace: Workspace, entry: Entry) -> None:
    """Print what happened to an entry that needs the user, and what to type."""
    what = f"{_BECAME.get(entry.state, f'is {entry.state}')}: {entry.reason}"
    fix, command = entry.fix, _TO_TYPE.get(entry.state, "").format(id=entry.id)
    if entry.held:
        what = f"is held: {say_hold(workspace, entry)}"
        way, command = say_way_on(workspace, entry)
        fix = fix or way
    screen.out(screen.doubtful(f"{entry.label} to {entry.message.to.name} {what}"), HANG)
    if fix:
        screen.out(screen.wrap(fix, "    "))
    if command:
        screen.out(f"    followup-mail {command}")


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry for ``--json``, without its text."""
    return {
        "id": entry.id,
        "state": entry.state,
        "account": entry.account,
        "held": entry.held,
        "needs_you": entry.needs_user,
        "application": entry.step.application,
        "kind": entry.step.kind,
        "step": str(entry.step),
        "to": {"name": entry.message.to.name, "email": entry.message.to.email},
        "subject": entry.message.subject,
        "due_at": entry.timing.due_at,
        "next_at": entry.ready_at,
        "last_at": entry.timing.last_at,
        "time_zone": entry.timing.place.zone,
        "attempts": entry.attempts,
        "reason": entry.reason,
        "fix": entry.fix,
        "message_id": entry.message.message_id,
        "wording": entry.message.wording,
        "ignored_rules": entry.ignored_rules,
        "created_at": entry.created_at,
        "sent_at": entry.sent_at,
        "filed_at": entry.filed_at,
        "sha256": entry.content_sha256,
    }


def _rows(workspace: Workspace, entry: Entry) -> list[tuple[str, str]]:
    zone, own_zone = shown_clock(entry.timing.place.zone), workspace.own_zone
    filed = entry.state is State.IN_FOLDER
    reason = "nothing left this machine" if filed else entry.reason
    rows = [("State", f"{entry.state}{f': {reason}' if reason else ''}")]
    if entry.held:
        rows.append(("Held", say_hold(workspace, entry)))
    rows += [("To", say_mailbox(entry.message.to)), ("Subject", entry.message.subject)]
    if gone_at := entry.sent_at or entry.filed_at:
        rows.append(("Put" if filed else "Left", describe_moment(gone_at, zone, own_zone)))
    elif entry.state in OPEN:
        rows.append(("Leaves", describe_moment(entry.ready_at, zone, own_zone)))
        rows.append(("By", entry.account or "no account: it goes into the folder"))
    if entry.outcome and entry.outcome.queue_id:
        rows.append(("File" if filed else "Taken as", entry.outcome.queue_id))
    rows += [("Attached", file.path.name) for file in entry.message.attached]
    if entry.ignored_rules:
        rows.append(("Ignored", ", ".join(entry.ignored_rules)))
    return [*rows, ("Message", entry.message.message_id)]


def _move_row(move: Transition, zone: ZoneInfo) -> tuple[str, ...]:
    at = f"{move.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return at, str(move.before or ""), str(move.after), str(move.cause), move.detail


def _coloured(entry: Entry) -> str:
    if entry.held:
        return screen.doubtful(f"{entry.state}, held")
    colour = screen.bad if entry.state in NEEDS_USER else _done_colour(entry)
    return colour(str(entry.state))


def _done_colour(entry: Entry) -> Callable[[str], str]:
    if entry.state is State.IN_FOLDER:
        return screen.doubtful
    return screen.good if entry.state is State.SENT else str


def _when(entry: Entry) -> str:
    moment = entry.sent_at or entry.filed_at or entry.ready_at
    zone = shown_clock(entry.timing.place.zone)
    return f"{moment.astimezone(zone):%a %d %b %H:%M} {zone.key.rsplit('/', 1)[-1].replace('_', ' ')}"
