"""Which copies of sent mails followup-mail files, for one account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from followup_mail.outbox.entry import Entry, State
from followup_mail.settings.file_sent import Copying, decide_copying
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.sent_copy import SentCopies

MOST_EARLIER: Final = 3


def make_copies(workspace: Workspace) -> SentCopies | None:
    """Return what files the copies of this account's mails; None where none are filed."""
    copying = decide_copying(workspace.settings)
    if copying is Copying.NEVER:
        return None
    from followup_mail.mailbox.sent_copy import CopyTerms, SentCopies
    from followup_mail.settings.mail_accounts import mailbox_account

    def earlier() -> tuple[str, ...]:
        return _ids(_sent_last(workspace, workspace.sending_account))

    own = workspace.settings
    terms = CopyTerms(lambda: mailbox_account(own), own.imap_sent, copying is Copying.AFTER_A_LOOK, earlier)
    return SentCopies(terms)


def filed_by_server(workspace: Workspace, account: str) -> tuple[str, ...]:
    """Return Message-IDs of mails that were surely sent last, and whose copies nobody but the server has filed."""
    from followup_mail.mailbox.sent_copy import FILED

    if decide_copying(workspace.settings) is not Copying.NEVER:
        return ()
    return _ids(one for one in _sent_last(workspace, account) if FILED not in one.reason)


def _sent_last(workspace: Workspace, account: str) -> list[Entry]:
    sent = [one for one in workspace.store.entries(states=[State.SENT]) if one.account == account]
    return sorted(sent, key=lambda one: one.sent_at or one.created_at)


def _ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(one.message.message_id for one in entries)[-MOST_EARLIER:]
