"""Short visits to the mailbox of an account, each with a login of its own. Raises ``MailboxError``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.sent_folder import MailboxLook, SearchResult, SearchTerms


def search_mailbox(way: Workspace, terms: SearchTerms) -> SearchResult:
    """Search for a mail that may have been sent."""
    from followup_mail.mailbox.sent_folder import search_sent_folder

    with way.open_mailbox() as client:
        return search_sent_folder(client, terms, way.settings.imap_sent)


def log_in_to_mailbox(way: Workspace) -> MailboxLook:
    """Return the folder of sent mails and the certificate."""
    from followup_mail.mailbox.sent_folder import look_at_mailbox

    with way.open_mailbox() as client:
        return look_at_mailbox(client, way.settings.imap_sent)
