"""Why a mail is held, and what lets it go on."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.worksheet import find_worksheet
from followup_mail.outbox.editors import find_editing
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.services.editor_holds import editing_of, is_left, let_go_on
from followup_mail.workspace import Workspace


def say_hold(workspace: Workspace, entry: Entry) -> str:
    """Return why an entry is held; of an editor, whether it is still there."""
    editing = editing_of(workspace, entry)
    if editing is None:
        return entry.held
    if editing.is_left(workspace.now()):
        return f"{entry.held} that is gone"
    return f"{entry.held} (process {editing.process})" if editing.process else entry.held


def say_way_on(workspace: Workspace, entry: Entry) -> tuple[str, str]:
    """Return what lets a held entry go on: a sentence, perhaps empty, and what to type, perhaps nothing."""
    resume = f"resume {entry.step.application}"
    editing = editing_of(workspace, entry)
    if editing is None:
        return "", resume
    if not editing.is_left(workspace.now()):
        return "It goes on when that editor is closed.", ""
    typed = find_worksheet(editing.mark)
    return (
        f"What was typed there: {typed}" if typed else "",
        f"outbox edit {entry.id}, or {resume} to leave it as it is",
    )


def free_and_say(workspace: Workspace, entry: Entry) -> Entry:
    """Let an entry go on that an editor left held, now that the user decided about it, and say so."""
    freed = let_go_on(workspace, entry)
    if freed:
        screen.note(f"{entry.label} was held by an editor that is gone; it is not held any more.")
    return freed or entry


def say_stays_held(workspace: Workspace, entry: Entry) -> None:
    """Say of an entry that was changed that it does not go on all the same."""
    if not entry.held:
        return
    sentence, command = say_way_on(workspace, entry)
    screen.note(screen.doubtful(f"{entry.label} stays held: {say_hold(workspace, entry)}."))
    if sentence:
        screen.note(sentence)
    if command:
        screen.note(f"To let it go on: followup-mail {command}")


def say_left_behind(workspace: Workspace, entry: Entry) -> None:
    """Say what the last editor of an entry left behind: its hold, when it is gone, and a text that was not used."""
    editing = find_editing(workspace.store.transitions(entry.id))
    was_left = is_left(workspace, entry)
    if was_left:
        screen.note(f"An editor had {entry.label} open and is gone.")
    if editing and (was_left or entry.held != OPEN_IN_EDITOR) and (typed := find_worksheet(editing.mark)):
        screen.note(f"What was typed there: {typed}")
