"""Why a mail is held, and what lets it go on."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.services.queueing.editor_holds import Hold, describe_hold
from followup_mail.workspace import Workspace


def say_hold(hold: Hold) -> str:
    """Return why an entry is held; of an editor, whether it is still there."""
    if hold.is_left:
        return f"{hold.reason} that is gone"
    return f"{hold.reason} (process {hold.editor.process})" if hold.editor and hold.editor.process else hold.reason


def say_way_on(entry: Entry, hold: Hold) -> tuple[str, str]:
    """Return what lets a held entry go on: a sentence, perhaps empty, and what to type, perhaps nothing."""
    if entry.held == TO_DRAFTS and entry.state is State.DRAFT:
        return entry.reason, f"followup-mail outbox to-drafts {entry.id}"
    resume = f"followup-mail resume {entry.step.application}"
    if hold.until:
        if entry.stays:
            return f"It does not leave on that day either: {entry.stays.rstrip('.')}; before:", resume
        return "It goes on by itself on that day; before:", resume
    if hold.editor is None:
        return "", resume
    if not hold.is_left:
        return "It goes on when that editor is closed.", ""
    from followup_mail.cli.terminal.worksheet import find_worksheet  # few holds are of an editor that is gone

    typed = find_worksheet(hold.editor.mark)
    return (
        f"What was typed there: {typed}" if typed else "",
        f"followup-mail outbox edit {entry.id}, or {resume} to leave it as it is",
    )


def say_stays_held(workspace: Workspace, entry: Entry) -> None:
    """Say of an entry that was changed that it does not go on all the same."""
    if not entry.held:
        return
    hold = describe_hold(workspace, entry)
    sentence, command = say_way_on(entry, hold)
    screen.note(screen.doubtful(f"{entry.label} stays held: {say_hold(hold)}."))
    if sentence:
        screen.note(sentence)
    if command:
        screen.note(f"To let it go on: {command}")
