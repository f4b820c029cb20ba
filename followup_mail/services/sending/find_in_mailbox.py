"""Find out what became of an unclear mail: look into the user's mailbox; a copy there proves that it was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.mailbox.sent_folder import SearchResult, SearchTerms
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.mail_accounts import find_mailbox
from followup_mail.services.mailbox.file_copies import filed_by_server
from followup_mail.services.mailbox.mailbox_access import search_mailbox
from followup_mail.workspace import Workspace

_BEFORE: Final = timedelta(days=1)
"""A server files by its own clock and zone."""


class FoundOut(Struct, frozen=True):
    """What a look brought, and how the entry stands afterwards."""

    entry: Entry
    sighting: SearchResult | None
    """None: no mailbox is set, so nobody looked."""


def find_out(workspace: Workspace, entry_id: int) -> FoundOut:
    """Look for an unclear mail in the mailbox; record it as sent when it is there, and else leave it unclear.

    Raises ``RefusedError`` when the entry is not unclear, ``MailboxError`` when the mailbox cannot be searched.
    """
    entry = workspace.store.get(entry_id)
    if entry.state is not State.UNCLEAR:
        raise RefusedError(
            f"{entry.label} is {entry.state}, not unclear: there is nothing to decide.",
            fix=f"See `followup-mail outbox show {entry.id} --history`.",
        )
    own = find_mailbox(workspace, entry.account)
    if own is None:
        return FoundOut(entry, None)
    sighting = search_mailbox(own, _describe(own, entry))
    if sighting.found_at:
        why = f"found in the folder '{sighting.folder}', filed at {sighting.found_at:%Y-%m-%d %H:%M %z}"
        entry = workspace.store.resolve(entry_id, True, workspace.now(), why)
    return FoundOut(entry, sighting)


def _describe(own: Workspace, entry: Entry) -> SearchTerms:
    """Say what to look for. Where only the server files copies, mails that were surely sent tell whether it does."""
    mail = entry.message
    since = (entry.intent_at or entry.created_at) - _BEFORE
    others = filed_by_server(own, entry.account)
    copied = mail.mail_from.lower() in {address.lower() for address in mail.rcpt_to}
    return SearchTerms(mail.message_id, mail.to.email, mail.subject, since.date(), copied, others)
