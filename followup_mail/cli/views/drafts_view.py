"""Mails in the Drafts folder of the user's mailbox, on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_entries import HANG
from followup_mail.errors import ExitCode
from followup_mail.outbox.entry import Entry, shown_clock
from followup_mail.services.as_json.json_views import changed_entry_json, entry_json
from followup_mail.services.mailbox.drafts_today import say_pointless
from followup_mail.services.mailbox.notice_drafts import DraftNews, notice_drafts
from followup_mail.services.mailbox.put_in_drafts import put_in_drafts
from followup_mail.workspace import Workspace


def put_and_show(workspace: Workspace, entry_id: int, json: bool) -> None:
    """Put an entry into the Drafts folder, and say what came of it."""
    entries = put_in_drafts(workspace, (entry_id,))
    if json:
        screen.emit_json(changed_entry_json(entries[0]))
    show_drafts(workspace, entries, json)


def show_drafts(workspace: Workspace, entries: Sequence[Entry], json: bool) -> None:
    """Say which lie in the Drafts folder and when the plan has them; ends with exit code 10 when one does not."""
    for entry in () if json else entries:
        if entry.in_drafts:
            screen.out(say_draft(workspace, entry), HANG)
        else:
            screen.note(screen.bad(f"{entry.label} to {entry.message.to.name} is {entry.reason}"), HANG)
            if entry.fix:
                screen.note(f"    {entry.fix}", HANG)
            screen.note(f"    Then the next run tries again, or: followup-mail outbox to-drafts {entry.id}")
    if entries and not json and any(entry.in_drafts for entry in entries):
        screen.note("Send it from your mailbox; `followup-mail run`, or the service, sees that you did.")
    if any(not entry.in_drafts for entry in entries):
        import typer

        raise typer.Exit(ExitCode.MAILBOX)


def say_draft(workspace: Workspace, entry: Entry) -> str:
    """Return a line that says where a draft lies, and when the plan would have it sent."""
    folder = entry.outcome.queue_id if entry.outcome else "Drafts"
    at = describe_moment(entry.timing.due_at, shown_clock(entry.timing.place.zone), workspace.own_zone)
    who = f"{entry.label}  {entry.step.kind.traits.in_heading} to {entry.message.to.name}"
    return f"{who} is in the folder '{folder}' of your mailbox: {entry.message.subject}. The plan has it on {at}."


def look_and_say_draft(workspace: Workspace, entry: Entry, json: bool) -> None:
    """Look into the mailbox what became of a draft, and say it. Raises ``MailboxError`` when it cannot be read."""
    found = notice_drafts(workspace, entry.id)
    if found.errors:
        raise found.errors[0]
    now = found.noticed[0].entry if found.noticed else entry
    if json:
        screen.emit_json({"entry": entry_json(now), "seen": None})
    elif not found.noticed:
        screen.out(f"No mailbox is set for {entry.label}, so nobody can look.")
    elif now.in_drafts and found.noticed[0].news is DraftNews.NOTHING:
        screen.out(say_draft(workspace, now), HANG)
    else:
        screen.out(f"{now.label} is {'in Drafts' if now.in_drafts else now.state}: {now.reason}.", HANG)


def say_drafts_today(workspace: Workspace, found: Sequence[Entry], deleted: Sequence[Entry]) -> None:
    """Say what waits in the mailbox for the user to send, and what they deleted there."""
    if found:
        screen.out(screen.strong("In your Drafts folder, for you to send"))
        for entry in found:
            screen.out(say_draft(workspace, entry), HANG)
            if pointless := say_pointless(workspace, entry):
                screen.out(screen.doubtful(f"{HANG}{pointless}"), HANG)
            if entry.next_attempt_at is not None:
                screen.out(screen.doubtful(f"{HANG}{entry.reason}"), HANG)
        screen.out()
    for entry in deleted:
        who = f"{entry.label}, the {entry.step.kind.traits.in_sentence} to {entry.message.to.name}"
        screen.note(f"You deleted the draft of {who}, in your mailbox, so that step is open again.", HANG)
