"""Change the words of a queued mail in an editor, a window or a page: it is held meanwhile, so that it cannot leave."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.editors import find_editing, note_open_here
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.transitions import Cause, check_allowed
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.queueing.change_entry import EntryChange
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.editor_holds import is_left
from followup_mail.services.queueing.outbox_list import filled_store
from followup_mail.workspace import Workspace


class EditSession(Struct, frozen=True):
    """An entry whose words are being changed."""

    entry: Entry
    by: str
    """Who has it open: the name of this process."""

    @property
    def text(self) -> str:
        """Subject and text, as the user edits them."""
        return f"Subject: {self.entry.message.subject}\n\n{self.entry.message.text}"

    @property
    def mark(self) -> str:
        """The part of the name that no other process shares, by which what was typed can be found again."""
        return self.by.rpartition(":")[2]


class LeftBehind(Struct, frozen=True):
    """What the last editor of an entry left behind."""

    was_held: bool
    """True when that editor is gone and its hold is still there."""
    mark: str
    """The mark of a text that may still lie there and was not used; empty when there is none."""


def open_session(workspace: Workspace, entry_id: int) -> EditSession:
    """Return a session for an entry, which is not held yet.

    Raises ``NotFoundError``, and ``RefusedError`` when the entry's state forbids other words.
    """
    entry = filled_store(workspace).get(entry_id)
    check_allowed(entry, Cause.EDITED)
    return EditSession(entry, name_worker().name)


def find_left_behind(workspace: Workspace, session: EditSession) -> LeftBehind:
    """Return what the last editor of the entry left behind."""
    editing = find_editing(workspace.store.transitions(session.entry.id))
    was_held = is_left(workspace, session.entry)
    is_unused = was_held or session.entry.held != OPEN_IN_EDITOR
    return LeftBehind(was_held, editing.mark if editing and is_unused else "")


def start_editing(workspace: Workspace, session: EditSession) -> EditSession:
    """Hold the entry, and return the session with it. Raises ``RefusedError`` when it is open in another editor."""
    note_open_here(session.by, is_open=True)
    try:
        held = workspace.store.hold_entry(session.entry.id, workspace.now(), OPEN_IN_EDITOR, session.by)
    except BaseException:
        note_open_here(session.by, is_open=False)
        raise
    return replace(session, entry=held)


def save_edit(workspace: Workspace, session: EditSession, typed: str, ignore: Sequence[str]) -> Entry:
    """Use what was typed. Raises ``RefusedError`` when it cannot be read, or a check finds an error in it."""
    return reword_entry(workspace, session.entry, *split_mail(typed), ignore)


def stop_editing(workspace: Workspace, session: EditSession) -> None:
    """Let the entry go on; nothing when this session does not hold it."""
    note_open_here(session.by, is_open=False)
    with suppress(NotFoundError):  # it may have been forgotten meanwhile
        workspace.store.resume_entry(session.entry.id, workspace.now(), session.by)


def end_session(workspace: Workspace, session: EditSession) -> EntryChange:
    """Return how the entry stands now."""
    return EntryChange(as_it_leaves(workspace, workspace.store.get(session.entry.id)))


def split_mail(typed: str) -> tuple[str, str]:
    """Return subject and text of a mail as it was typed. Raises ``RefusedError`` when it does not have that form."""
    head, _, rest = typed.replace("\r\n", "\n").partition("\n")
    gap, _, body = rest.partition("\n")
    label, colon, subject = head.partition(":")
    if not colon or label.strip().lower() != "subject" or not subject.strip() or gap.strip() or not body.strip():
        raise RefusedError('The first line must be "Subject: ...", then an empty line, then the text.')
    return subject.strip(), body.strip("\n") + "\n"
