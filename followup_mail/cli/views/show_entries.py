"""Entries of the outbox on the screen: one line each, or one in full."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_leaving, say_mailbox
from followup_mail.cli.views.show_holds import say_hold, say_stays_held, say_way_on
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import NEEDS_USER, OPEN, Entry, State, shown_clock
from followup_mail.outbox.transitions import Transition
from followup_mail.services.as_json.json_views import changed_entry_json, entries_json, entry_detail_json
from followup_mail.services.context.departures import read_end_of_pause
from followup_mail.services.context.why_then import why_of
from followup_mail.services.queueing import outbox_list
from followup_mail.services.queueing.change_entry import EntryChange
from followup_mail.services.queueing.editor_holds import describe_hold
from followup_mail.services.queueing.outbox_list import list_entries, read_message
from followup_mail.services.queueing.stranded import judge_account
from followup_mail.services.queueing.way_out import find_way_out
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.queueing.carried_through import Outdated

HANG = "    "
"""Where the rest of a line about an entry stands: clear of the numbers."""

_BECAME = {
    State.FAILED: "failed",
    State.MISSED: "was missed",
    State.UNCLEAR: "is unclear",
    State.DRAFT: "waits for your approval",
}
_TO_TYPE = {
    State.UNCLEAR: "followup-mail outbox resolve {id} --look",
    State.FAILED: "followup-mail outbox retry {id}, or followup-mail outbox cancel {id}",
    State.MISSED: "followup-mail outbox reschedule {id} --at WHEN, or followup-mail outbox cancel {id}",
    State.DRAFT: "followup-mail outbox approve {id}",
}


def list_and_show(workspace: Workspace, application: str, every: bool, json: bool) -> None:
    """Print the entries that are open, what needs the user first; with ``every`` all of them."""
    listed = list_entries(workspace, application, every=every)
    found = listed.entries
    if json:
        screen.emit_json(entries_json(found))
        return
    show_damaged(listed.damaged)
    if not found:
        screen.out("Nothing is queued." if not every else "The outbox is empty.")
        return
    overdue = {entry.id for entry in listed.overdue}
    rows = [
        (
            entry.label,
            screen.doubtful("late") if entry.id in overdue else _coloured(workspace, entry),
            _when(entry),
            entry.message.to.name,
            str(entry.step.kind),
            entry.step.application,
        )
        for entry in found
    ]
    screen.table(("", "State", "When", "To", "What", "Application"), rows)
    for entry in found:
        if entry.needs_user:
            screen.out()
            say_trouble(workspace, entry)
        _say_if_stranded(workspace, entry)
    say_overdue(listed.overdue)
    say_outdated(listed.outdated)


def say_overdue(overdue: Sequence[Entry]) -> None:
    """Say which mails should have left by now, with what sends them."""
    if overdue:
        labels = say_list([entry.label for entry in overdue])
        screen.note(
            screen.doubtful(f"{labels} should have left by now; this sends what is due: followup-mail run"), HANG
        )


def say_outdated(outdated: Iterable[Outdated]) -> None:
    """Say which mails do not go any more and why, and which no longer read like the facts, with what to do about it."""
    for found in outdated:
        entry = found.entry
        if found.lost:
            said, command = found.says_lost, f"cancel {entry.id}"
        else:
            said, command = f"{entry.label} {found.says_outdated}", f"rewrite {entry.step.application}"
        screen.note(screen.doubtful(f"{said}: followup-mail outbox {command}"), HANG)


def show_damaged(damaged: Iterable[Damaged]) -> None:
    """Say which entries cannot be understood, and what to do about them."""
    for entry in damaged:
        screen.note(screen.bad(entry.sentence))
        screen.advise(entry.fix)


def show_entry(workspace: Workspace, entry_id: int, history: bool, raw: bool, json: bool) -> None:
    """Print one entry in full."""
    if raw:
        sys.stdout.flush()
        sys.stdout.buffer.write(read_message(workspace, entry_id))
        return
    detail = outbox_list.show_entry(workspace, entry_id)
    if json:
        screen.emit_json(entry_detail_json(detail))
        return
    entry = detail.entry
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
        rows = [_move_row(move, workspace.own_zone) for move in detail.moves]
        screen.table(("At", "From", "To", "Cause", "Detail"), rows)


def show_change(workspace: Workspace, change: EntryChange, json: bool) -> None:
    """Say how an entry stands after a change."""
    entry = change.entry
    if json:
        screen.emit_json(changed_entry_json(entry))
    if isinstance(entry, Damaged):
        if not json:
            screen.out(f"{entry.label} is cancelled. It was damaged, so what it held is not shown.", HANG)
        return
    if change.was_freed:
        screen.note(f"{entry.label} was held by an editor that is gone; it is not held any more.")
    if not json and entry.state is State.QUEUED:
        screen.out(say_queued(workspace, entry), HANG)
        from followup_mail.cli.views.grace_view import say_soon  # few commands queue

        if soon := say_soon(workspace, [entry]):
            screen.note(soon)
        _say_if_stranded(workspace, entry)
    elif not json:
        screen.out(f"{entry.label} is {entry.state}: {entry.message.subject} (to {entry.message.to.name}).", HANG)
    if change.draft:
        screen.note(change.draft, HANG)
    say_stays_held(workspace, entry)


def _say_if_stranded(workspace: Workspace, entry: Entry) -> None:
    if stranded := judge_account(workspace, entry):
        screen.note(screen.doubtful(f"{entry.label} {stranded.why}. {stranded.fix}"))


def say_queued(workspace: Workspace, entry: Entry) -> str:
    """Return a line that says what leaves when, or why it does not."""
    if entry.stays:
        what = f"{_say_who(entry)} does not leave: {entry.stays.rstrip('.')}."
        return f"{what} {entry.fix}".rstrip()
    held = f"  held: {entry.held}" if entry.held else ""
    return f"{_say_who(entry)} is queued for {say_leaving(workspace, entry)}: {entry.message.subject}{held}"


def _say_who(entry: Entry) -> str:
    return f"{entry.label}  {entry.step.kind.traits.in_heading} to {entry.message.to.name}"


def note_days_off(entries: Iterable[Entry]) -> None:
    """Say which mails leave on a day off, as the user named a day: "in three days" may be a Sunday."""
    from followup_mail.cadence.worktime import why_closed

    for entry in entries:
        local = entry.ready_at.astimezone(shown_clock(entry.timing.place.zone))
        if entry.timing.insisted and (why := why_closed(local.date(), entry.timing.place)):
            day = say_day(local.date(), local.year)
            screen.note(
                screen.doubtful(f"{entry.label} leaves on {day}: that is {why} where {entry.message.to.name} is.")
            )


def say_trouble(workspace: Workspace, entry: Entry) -> None:
    """Print what happened to an entry that needs the user, and what to type."""
    what = _BECAME.get(entry.state, f"is {entry.state}") + (f": {entry.reason}" if entry.reason else "")
    fix, command = entry.fix, _TO_TYPE.get(entry.state, "").format(id=entry.id)
    if entry.stays:
        what = f"does not leave: {entry.stays}"
    if find_way_out(entry):
        command = ""
    if entry.held:
        hold = describe_hold(workspace, entry)
        what = f"is held: {say_hold(hold)}"
        way, command = say_way_on(entry, hold)
        fix = fix or way
    screen.out(screen.doubtful(f"{entry.label} to {entry.message.to.name} {what}"), HANG)
    if fix:
        screen.out(screen.wrap(fix, "    "))
    if command:
        screen.out(f"    {command}")


def _rows(workspace: Workspace, entry: Entry) -> list[tuple[str, str]]:
    zone, own_zone = shown_clock(entry.timing.place.zone), workspace.own_zone
    filed = entry.state is State.IN_FOLDER
    reason = "nothing left this machine" if filed and not entry.in_drafts else entry.reason
    state = "in Drafts" if entry.in_drafts else entry.state
    rows = [("State", f"{state}{f': {reason}' if reason else ''}")]
    if entry.held:
        rows.append(("Held", say_hold(describe_hold(workspace, entry))))
    rows += [("To", say_mailbox(entry.message.to)), ("Subject", entry.message.subject)]
    if gone_at := entry.sent_at or entry.was_sent_at or entry.filed_at:
        rows.append(("Put" if filed else "Left", describe_moment(gone_at, zone, own_zone)))
    elif entry.state in OPEN:
        rows.append(("Leaves", f"not as things stand: {entry.stays}" if entry.stays else say_leaving(workspace, entry)))
        rows.append(("By", entry.account or "no account: it goes into the folder"))
    if why := why_of(entry):
        rows.append(("Why then", why))
    if entry.in_drafts:
        rows.append(("Planned", describe_moment(entry.timing.due_at, zone, own_zone)))
    elif entry.outcome and entry.outcome.queue_id and not entry.outcome.in_folder:
        rows.append(("Taken as", entry.outcome.queue_id))
    elif filed and entry.outcome:
        rows.append(("File", entry.outcome.queue_id))
    rows += [("Attached", file.path.name) for file in entry.message.attached]
    if entry.ignored_rules:
        rows.append(("Ignored", ", ".join(entry.ignored_rules)))
    return [*rows, ("Wording", entry.message.wording), ("Message", entry.message.message_id)]


def _move_row(move: Transition, zone: ZoneInfo) -> tuple[str, ...]:
    at = f"{move.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return at, str(move.before or ""), str(move.after), str(move.cause), outbox_list.say_detail(move, zone)


def _coloured(workspace: Workspace, entry: Entry) -> str:
    now = workspace.now()
    if entry.held:
        until = read_end_of_pause(workspace, entry)
        return screen.doubtful(f"{entry.state}, held{f' until {say_day(until, now.year)}' if until else ''}")
    if entry.stays:
        return screen.doubtful("stays")
    if entry.state is State.QUEUED and entry.is_past(now):
        return screen.bad("too late")
    colour = screen.bad if entry.state in NEEDS_USER else _done_colour(entry)
    return colour("in Drafts" if entry.in_drafts else str(entry.state))


def _done_colour(entry: Entry) -> Callable[[str], str]:
    if entry.state is State.IN_FOLDER:
        return screen.doubtful
    return screen.good if entry.state is State.SENT else str


def _when(entry: Entry) -> str:
    if entry.stays:
        return "does not leave"
    planned = entry.timing.due_at if entry.in_drafts else None  # it left for the mailbox, where it waits for its moment
    moment = entry.sent_at or entry.was_sent_at or planned or entry.filed_at or entry.ready_at
    zone = shown_clock(entry.timing.place.zone)
    return f"{moment.astimezone(zone):%a %d %b %H:%M} {zone.key.rsplit('/', 1)[-1].replace('_', ' ')}"
