"""Whose words a waiting mail is in: what is ours alone may be written again without asking."""

from __future__ import annotations

from followup_mail.outbox.entry import WORDED_BY, Entry
from followup_mail.outbox.transitions import Cause
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.workspace import Workspace


def is_ours_alone(workspace: Workspace, entry: Entry) -> bool:
    """Return whether a mail is in our words, so that it can be written again without asking."""
    if entry.message.wording.startswith(WORDED_BY):
        return False
    if any(move.cause is Cause.EDITED for move in workspace.store.transitions(entry.id)):
        return False
    return of_entry(workspace, entry).sender.mailbox.email.lower() == entry.message.mail_from.lower()
