"""Change an entry of the outbox by the user's word: approve, cancel, reschedule, retry, resolve."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import RefusedError
from followup_mail.outbox.damaged_rows import Damaged, DamagedRowError
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.queueing.editor_holds import let_go_on
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.queueing.outbox_list import filled_store
from followup_mail.services.queueing.stranded import retry_entry
from followup_mail.workspace import Workspace


class EntryChange(Struct, frozen=True):
    """How an entry stands after a change."""

    entry: Entry | Damaged
    was_freed: bool = False
    """True when an editor that is gone had left it held, which this change ended."""
    draft: str = ""
    """What was done about its draft in the mailbox, in a sentence; empty where there is none."""


def approve(workspace: Workspace, entry_id: int) -> EntryChange:
    """Put a draft into the queue. Raises ``NotFoundError``, ``RefusedError``."""
    return _free(workspace, filled_store(workspace).approve(entry_id, workspace.now(), GRACE))


def retry(workspace: Workspace, entry_id: int) -> EntryChange:
    """Put a mail that failed, was missed or lies in the folder back into the queue. Raises ``RefusedError``."""
    entry = filled_store(workspace).get(entry_id)
    _require_thread(workspace, entry)
    if not entry.in_drafts:
        return _free(workspace, retry_entry(workspace, entry_id))
    from followup_mail.services.mailbox.notice_drafts import take_out_to_send

    draft = take_out_to_send(workspace, entry)
    return replace(_free(workspace, retry_entry(workspace, entry_id)), draft=draft)


def _require_thread(workspace: Workspace, entry: Entry) -> None:
    """Refuse to try a mail again that goes on from one that never left: the next run would only fail it again."""
    if entry.state is not State.FAILED or not entry.step.kind.traits.continues_thread:
        return
    from followup_mail.outbox.pre_send_check import Action
    from followup_mail.services.context.contact_checks import check_thread
    from followup_mail.services.context.whose_words import is_ours_alone

    ruling = check_thread(entry, workspace.store, workspace.now())
    if ruling.action is Action.BLOCK and not is_ours_alone(workspace, entry):
        raise RefusedError(f"{entry.label} cannot leave: {ruling.reason}.", fix=ruling.fix)


def reschedule(
    workspace: Workspace, entry_id: int, at: str, ignore: Sequence[str] = (), early: str = ""
) -> EntryChange:
    """Give a mail another moment, in the WHEN grammar. Raises ``RefusedError`` when a check finds an error there.

    ``EarlyError`` when the plan has it on a later day, and ``early`` does not say why it may leave before.
    """
    from followup_mail.services.queueing.edit_entry import reschedule_entry

    filled_store(workspace)
    return _free(workspace, reschedule_entry(workspace, entry_id, at, ignore, early))


def resolve(workspace: Workspace, entry_id: int, *, was_sent: bool) -> EntryChange:
    """Decide what became of an unclear mail. Raises ``RefusedError`` when it is not unclear."""
    store, now = filled_store(workspace), workspace.now()
    return _free(workspace, store.resolve(entry_id, was_sent=was_sent, now=now, grace=GRACE))


def cancel(workspace: Workspace, entry_id: int, sleep: Callable[[float], object] = time.sleep) -> EntryChange:
    """Cancel one entry, a damaged one too. While it is being sent, wait until it is known which came first.

    Raises ``RefusedError`` when the mail was quicker, or cannot be cancelled for another reason.
    """
    store = filled_store(workspace)
    try:
        entry = store.get(entry_id)
    except DamagedRowError:
        return EntryChange(store.discard(entry_id, workspace.now()))
    was, draft = entry.state, _withdraw(workspace, entry)
    if draft and (gone := store.get(entry_id)).state is State.CANCELLED:  # the look found that the user deleted it
        return EntryChange(gone, draft=draft)
    try:
        return EntryChange(store.cancel(entry_id, workspace.now()), draft=draft)
    except RefusedError:
        if was not in {State.QUEUED, State.SENDING}:
            raise
    from followup_mail.services.queueing.wait_for_others import wait_for_others

    entry = wait_for_others(workspace, (entry_id,), sleep)[0]
    return EntryChange(entry if entry.state is State.CANCELLED else store.cancel(entry_id, workspace.now()))


def _withdraw(workspace: Workspace, entry: Entry) -> str:
    """Take the draft of an entry out of the mailbox first: after the entry, nobody would look for it any more."""
    if entry.held == TO_DRAFTS:
        from followup_mail.services.mailbox.notice_drafts import withdraw_stray

        return withdraw_stray(workspace, entry)
    if not entry.in_drafts:
        return ""
    from followup_mail.services.mailbox.notice_drafts import withdraw_draft

    return withdraw_draft(workspace, entry).said


def _free(workspace: Workspace, entry: Entry) -> EntryChange:
    """Let an entry go on that an editor left held, now that the user decided about it."""
    freed = let_go_on(workspace, entry)
    return EntryChange(as_it_leaves(workspace, freed or entry), was_freed=freed is not None)
