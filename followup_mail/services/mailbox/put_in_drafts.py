"""Put mails into the Drafts folder of the user's mailbox, for people who want to press "send" themselves.

Each lies there once: before it is put there, it is looked for by its Message-ID. What breaks off in between stays meant
for the mailbox, and the next run, or ``outbox to-drafts``, completes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.mail_accounts import find_by_address, find_mailbox, of_message
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from followup_mail.mailbox.drafts_folder import Draft, FolderNames
    from followup_mail.message.message import Message


def require_mailbox(workspace: Workspace, messages: Iterable[Message]) -> None:
    """Raise ``RefusedError`` when the account that a mail is written from has no mailbox."""
    for message in messages:
        if not of_message(workspace, message).has_mailbox:
            raise RefusedError(
                f"No mailbox is set for {message.mail_from} ({variable('imap_host')}), so there is no Drafts folder.",
                fix="`followup-mail setup` sets it; with --no-drafts the mail is sent from here.",
            )


def put_in_drafts(workspace: Workspace, entry_ids: Sequence[int]) -> tuple[Entry, ...]:
    """Put entries into the Drafts folders of their accounts; return them as they stand then.

    One that could not be put there stays meant for it, and says why. Raises ``RefusedError`` for others.
    """
    store = workspace.store
    entries = [store.get(entry_id) for entry_id in entry_ids]
    require_mailbox(workspace, (entry.message for entry in entries))
    begun = [store.begin_put(entry.id, workspace.now()) for entry in entries]
    return tuple(_put_all(workspace, begun))


def complete_drafts(workspace: Workspace) -> tuple[Entry, ...]:
    """Put there what was meant for it and is not there yet; leave to others what they are at."""
    begun = []
    for entry in workspace.store.to_put(workspace.now()) if workspace.has_store else ():
        if find_mailbox(workspace, entry.account) is None:
            continue
        try:
            begun.append(workspace.store.begin_put(entry.id, workspace.now()))
        except RefusedError:
            continue  # another program was faster
    return tuple(_put_all(workspace, begun))


def folder_names(own: Workspace) -> FolderNames:
    """Return the folders that the settings of an account name."""
    from followup_mail.mailbox.drafts_folder import FolderNames

    return FolderNames(own.settings.imap_drafts, own.settings.imap_sent)


def _put_all(workspace: Workspace, begun: list[Entry]) -> Iterator[Entry]:
    begun.sort(key=lambda entry: (entry.account, entry.id))
    for account, entries in groupby(begun, key=lambda entry: entry.account):
        own = find_by_address(workspace, account)
        assert own is not None, "an entry without a mailbox is not begun"
        yield from _put_some(own, list(entries))


def _put_some(own: Workspace, entries: list[Entry]) -> Iterator[Entry]:
    """Put the entries of one account there over one connection."""
    from followup_mail.mailbox.drafts_folder import put_draft
    from followup_mail.message.date_header import with_date

    left = list(entries)
    try:
        with own.open_mailbox() as client:
            while left:
                entry, now = left[0], own.now()
                content = with_date(own.store.content(entry.id), now)
                folder = put_draft(client, replace(entry.message, content=content), now, folder_names(own))
                left.pop(0)
                noted = own.store.note_put(entry.id, entry.content_sha256, folder, own.now())
                yield noted if noted.in_drafts else _take_back(own, client, noted, content)
    except FollowupError as error:
        for entry in left:
            why = f"not in your Drafts folder yet: {error.sentence}"
            yield own.store.note_not_put(entry.id, why, error.fix, own.now())


def describe_draft(entry: Entry, since: datetime | None = None) -> Draft:
    """Return what a draft in a mailbox is known by; without ``since`` it lies there since its entry says so."""
    from followup_mail.mailbox.drafts_folder import Draft

    mail, since = entry.message, since or entry.filed_at or entry.created_at
    return Draft(entry.id, mail.message_id, mail.to.email, mail.subject, mail.text, since)


def _take_back(own: Workspace, client: Any, noted: Entry, content: bytes) -> Entry:
    """Take out a draft whose entry was changed or cancelled while it was put there, and say what was done."""
    from followup_mail.mailbox.drafts_folder import remove_draft

    removed = remove_draft(client, describe_draft(noted, own.now()), content, folder_names(own))
    stays = "" if removed else "; a draft of it is in your Drafts folder, delete it there"
    return own.store.note_not_put(noted.id, f"changed while it was put into your Drafts folder{stays}", "", own.now())
