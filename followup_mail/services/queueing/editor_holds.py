"""The hold of an editor on a queued mail: whether it was left behind, and what the user's next word does to it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from followup_mail.cadence.wording import say_day
from followup_mail.outbox.editors import Editing, find_editing
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.services.context.departures import read_end_of_pause
from followup_mail.workspace import Workspace


def editing_of(workspace: Workspace, entry: Entry) -> Editing | None:
    """Return the hold of the editor that an entry is open in; None when it is not held, or for another reason."""
    return find_editing(workspace.store.transitions(entry.id)) if entry.held == OPEN_IN_EDITOR else None


def is_left(workspace: Workspace, entry: Entry) -> bool:
    """Return whether an entry is held by an editor that is gone."""
    editing = editing_of(workspace, entry)
    return editing is not None and editing.is_left(workspace.now())


class Hold(Struct, frozen=True):
    """Why an entry is held."""

    reason: str
    editor: Editing | None = None
    """The editor that it is open in."""
    is_left: bool = False
    """True when that editor is gone."""
    until: date | None = None
    """The day on which it goes on by itself."""


def describe_hold(workspace: Workspace, entry: Entry) -> Hold:
    """Return why an entry is held; of an editor, whether it is still there."""
    editing = editing_of(workspace, entry)
    until = read_end_of_pause(workspace, entry)
    reason = f"{entry.held} until {say_day(until, workspace.now().year)}" if until else entry.held
    return Hold(reason, editing, editing is not None and editing.is_left(workspace.now()), until)


def let_go_on(workspace: Workspace, entry: Entry) -> Entry | None:
    """Let an entry go on that an editor left held. Returns None, and does nothing, when none did."""
    if not is_left(workspace, entry):
        return None
    return workspace.store.resume_entry(entry.id, workspace.now())
