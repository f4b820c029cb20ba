"""Print what was seen in the mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from followup_mail.cadence.wording import say_day, say_list
from followup_mail.cli.terminal import screen
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import LastLook, SeenMail, SeenState
from followup_mail.services.as_json.inbox_json import inbox_json, seen_json
from followup_mail.services.mailbox.inbox_list import Inbox, find_seen, read_inbox
from followup_mail.services.mailbox.inbox_words import say_ask, say_done, say_what
from followup_mail.services.undo.undo_step import say_age
from followup_mail.workspace import Workspace

_LATELY: Final = timedelta(days=14)


def list_and_show(workspace: Workspace, every: bool, json: bool) -> None:
    """Print what asks for something, then what came lately; with ``every`` all of it."""
    inbox = read_inbox(workspace)
    asking = inbox.open
    others = (one for one in inbox.seen if one not in asking and (every or _is_shown(workspace, one)))
    shown = (*asking, *others)
    if json:
        screen.emit_json(inbox_json(inbox, shown))
        return
    for seen in shown:
        show_seen(workspace, seen, inbox.seen)
    if left := len(inbox.seen) - len(shown):
        screen.note(f"{left} more: followup-mail inbox list --all")
    if not inbox.seen:
        screen.out("Nothing was seen yet that concerns an application.")
    show_looks(workspace, inbox)


def _is_shown(workspace: Workspace, seen: SeenMail) -> bool:
    return seen.state is not SeenState.DISMISSED and seen.seen_at >= workspace.now() - _LATELY


def show_looks(workspace: Workspace, inbox: Inbox) -> None:
    """Say when each mailbox was last looked at, and what keeps it from being read."""
    if not inbox.looks:
        screen.note("No mailbox is read: only you can say that they answered. To set one: followup-mail setup --imap")
    for look in inbox.looks:
        screen.note(say_look(workspace, look))


def say_look(workspace: Workspace, look: LastLook) -> str:
    """Return when a mailbox was last looked at, as a sentence."""
    if look.failed_at:
        last = f" (last read {say_age(look.looked_at, workspace.now())})" if look.looked_at else ""
        return screen.bad(f"The mailbox of {look.account} cannot be read{last}. {look.error}")
    if look.looked_at is None:
        return f"The mailbox of {look.account} has not been looked at yet. Now: followup-mail inbox look"
    return f"The mailbox of {look.account} was last read {say_age(look.looked_at, workspace.now())}."


def show_seen(workspace: Workspace, seen: SeenMail, others: Sequence[SeenMail]) -> None:
    """Print a mail in a few lines. ``others`` is all that was seen."""
    mail = seen.mail
    at = seen.came_at.astimezone(workspace.own_zone)
    which = say_list(mail.applications, "or")
    day = say_day(at.date(), workspace.now().year)
    who = mail.name or mail.sender
    told = f"to {who}" if mail.understanding is Understanding.BY_HAND else who
    screen.out(f"{screen.strong(seen.label)}  {day}  {told}, {which}: {say_what(seen)}", hang="    ")
    if words := mail.sentence or mail.first_line:
        screen.out(f'    "{words}"', hang="    ")
    for said in filter(None, (say_done(workspace, seen, others), say_ask(seen))):
        screen.out(f"    {said}", hang="    ")


def show_one(workspace: Workspace, number: int, json: bool) -> None:
    """Print all that is kept of one mail."""
    seen = find_seen(workspace, number)
    if json:
        screen.emit_json(seen_json(seen))
        return
    show_seen(workspace, seen, read_inbox(workspace).seen)
    mail = seen.mail
    screen.out()
    for name, value in (
        (
            "To" if mail.understanding is Understanding.BY_HAND else "From",
            f"{mail.name} <{mail.sender}>" if mail.name else mail.sender,
        ),
        ("Subject", mail.subject),
        ("First line", mail.first_line if mail.sentence else ""),  # else it stands above already
        ("Understood as", _say_understanding(seen)),
        ("Because", mail.why),
        ("Came back to", ", ".join(mail.returned_to)),
        ("Folder", seen.place.folder),
        ("Message-ID", mail.message_id),
    ):
        if value:
            screen.out(f"{name + ':':<15}{value}", hang=" " * 15)
    screen.note()
    screen.note(f"If that is wrong: followup-mail inbox correct {seen.label} --as WHAT")
    screen.note(f"WHAT: {say_list(list(Understanding), 'or')}.")


def _say_understanding(seen: SeenMail) -> str:
    before = f" (first as {seen.was.understanding})" if seen.was else ""
    return f"{seen.mail.understanding}{before}"
