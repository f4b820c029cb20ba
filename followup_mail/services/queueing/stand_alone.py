"""A follow-up whose mail before it never left: at its hour it goes as a mail of its own, in no thread."""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.errors import FollowupError, OutboxError
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.pre_send_check import Action
from followup_mail.services.context.contact_checks import check_thread
from followup_mail.services.context.whose_words import is_ours_alone
from followup_mail.workspace import Workspace


def _lacks_thread(workspace: Workspace, entry: Entry) -> bool:
    """Return whether a mail goes on from one that never left."""
    return check_thread(entry, workspace.store, workspace.now()).action is Action.BLOCK


def let_stand_alone(workspace: Workspace, due: Entry) -> Entry:
    """Write a mail that is due again where the mail that it goes on from never left. Returns it as it stands.

    Where it cannot be written it stays as it is, and the check before sending says what stops it.
    """
    if not due.message.references or not due.step.kind.traits.continues_thread:
        return due
    if not _lacks_thread(workspace, due) or not is_ours_alone(workspace, due):
        return due
    # Few mails come to this, and the others are spared the writer.
    from followup_mail.services.queueing.carried_through import find_outdated, rewrite

    try:
        outdated = find_outdated(workspace, due.step.application, even_same={due.id})
        found = next((one for one in outdated if one.entry.id == due.id and one.message and not one.renamed), None)
        if found is None or _lacks_thread(workspace, replace(due, message=found.message or due.message)):
            return due
        # It leaves at its hour: only its words have changed.
        rewrite(workspace, [replace(found, now=replace(found.now, timing=due.timing))])
    except OutboxError:
        raise
    except FollowupError:
        return due
    return workspace.store.get(due.id)
