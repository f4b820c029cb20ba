"""What a look into the Sent folder brought, on the screen, and what to type next."""

from __future__ import annotations

import typer

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.drafts_view import look_and_say_draft
from followup_mail.cli.views.show_entries import HANG
from followup_mail.errors import ExitCode
from followup_mail.mailbox.sent_folder import SearchResult
from followup_mail.outbox.entry import Entry
from followup_mail.services.as_json.json_views import found_out_json
from followup_mail.services.queueing.outbox_list import filled_store
from followup_mail.services.sending.find_in_mailbox import find_out
from followup_mail.workspace import Workspace


def look_and_say(workspace: Workspace, entry_id: int, json: bool) -> None:
    """Look, print what was seen. Ends with exit code 1 when a look was made and the mail was not found."""
    entry = filled_store(workspace).get(entry_id)
    if entry.in_drafts:
        look_and_say_draft(workspace, entry, json)
        return
    found = find_out(workspace, entry_id)
    if json:
        screen.emit_json(found_out_json(found))
    elif found.sighting is None:
        _say_what_to_look_for(found.entry)
    else:
        _say_seen(workspace, found.entry, found.sighting)
    if found.sighting and not found.sighting.found_at:
        raise typer.Exit(ExitCode.FINDINGS)


def _say_what_to_look_for(entry: Entry) -> None:
    screen.out(f"{entry.label} is unclear. No mailbox is set (FOLLOWUP_IMAP_HOST), so please look yourself:", HANG)
    screen.out(f"  in your Sent folder, for a mail to {entry.message.to.email}", HANG)
    screen.out(f"  with the subject   {entry.message.subject}", HANG)
    screen.out(f"  and the Message-ID {entry.message.message_id}", HANG)
    if entry.intent_at:
        screen.out(f"  of {entry.intent_at:%Y-%m-%d %H:%M} UTC or a little later")
    _say_commands(entry)


def _say_seen(workspace: Workspace, entry: Entry, seen: SearchResult) -> None:
    who = f"{entry.label} to {entry.message.to.name}"
    if seen.found_at:
        at = describe_moment(seen.found_at, workspace.own_zone, workspace.own_zone)
        screen.out(f"{who} lies in the folder '{seen.folder}' since {at}: it was sent, and is recorded so.", HANG)
        return
    screen.out(f"{who} is not in the folder '{seen.folder}'. {_weigh(workspace, seen)} It stays unclear.", HANG)
    _say_commands(entry)


def _weigh(workspace: Workspace, seen: SearchResult) -> str:
    """Say what it means that the mail was not found."""
    if seen.alike_at:
        at = describe_moment(seen.alike_at, workspace.own_zone, workspace.own_zone)
        return (
            f"One with the same subject to the same address is, since {at}, under another Message-ID: some servers "
            "give a mail a new one, so compare the words."
        )
    if seen.others_found:
        return (
            "Other mails of yours are there, so the server files what it takes: most likely this one was not sent. If "
            "it broke off just now, look again in a few minutes."
        )
    if seen.others_sought:
        return "But neither are others that were surely sent: this server files no copies, so that says nothing."
    return "The copy is filed after the sending, so that says little: it may have broken off before."


def _say_commands(entry: Entry) -> None:
    screen.out(f"It was sent:     followup-mail outbox resolve {entry.id} --sent")
    screen.out(f"It was not sent: followup-mail outbox resolve {entry.id} --resend")
