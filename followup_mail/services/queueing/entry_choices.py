"""What the user can do about an entry as it stands: for a front that shows choices instead of taking commands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from followup_mail.outbox.entry import FOLDER, TO_DRAFTS, WAITS, Entry, State
from followup_mail.outbox.transitions import Cause, is_allowed
from followup_mail.services.context.mail_accounts import find_mailbox, of_message
from followup_mail.services.queueing.editor_holds import is_left
from followup_mail.workspace import Workspace


class Choice(StrEnum):
    """Something to do about an entry, named as the command for it."""

    APPROVE = "approve"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    EDIT = "edit"
    RETRY = "retry"
    SENT = "sent"
    """To say that it was sent."""
    RESEND = "resend"
    """To say that it was not sent."""
    LOOK = "look"
    """To look for it in the Sent folder."""
    LOOK_AT_DRAFT = "look at draft"
    TO_DRAFTS = "to-drafts"
    GO_ON = "go on"
    """To let it go on that an editor left held."""


_BY_CAUSE: Final = {
    Choice.APPROVE: Cause.APPROVED,
    Choice.CANCEL: Cause.CANCELLED,
    Choice.EDIT: Cause.EDITED,
    Choice.SENT: Cause.SAID_SENT,
    Choice.RESEND: Cause.SAID_RESEND,
}


def find_choices(workspace: Workspace, entry: Entry) -> frozenset[Choice]:
    """Return what may be done about an entry. Each is decided again when it is done."""
    state = entry.state
    found = {choice for choice, cause in _BY_CAUSE.items() if is_allowed(state, cause)}
    came_back = entry.was_sent_at is not None
    if state is State.SENDING:  # it goes on, and is not tried again
        found.add(Choice.CANCEL)
    if not came_back and (is_allowed(state, Cause.RESCHEDULED) or state in {State.FAILED, State.MISSED}):
        found.add(Choice.RESCHEDULE)
    waits_without = state in WAITS and entry.account == FOLDER and workspace.leaves_machine
    if (not came_back and is_allowed(state, Cause.RETRIED)) or waits_without:
        found.add(Choice.RETRY)
    if is_allowed(state, Cause.TO_DRAFTS) and of_message(workspace, entry.message).has_mailbox:
        found.add(Choice.TO_DRAFTS)
    found |= _looks(workspace, entry)
    if entry.held == TO_DRAFTS:
        found -= {Choice.APPROVE, Choice.EDIT, Choice.RESCHEDULE}
    if is_left(workspace, entry):
        found.add(Choice.GO_ON)
    return frozenset(found)


def _looks(workspace: Workspace, entry: Entry) -> set[Choice]:
    if find_mailbox(workspace, entry.account) is None:
        return set()
    found = {Choice.LOOK} if entry.state is State.UNCLEAR else set()
    return found | ({Choice.LOOK_AT_DRAFT} if entry.in_drafts else set())
