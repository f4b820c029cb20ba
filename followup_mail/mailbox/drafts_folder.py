"""The Drafts folder: puts a mail there once, sees what became of it, and takes out one that the user did not touch.

A draft is known by its Message-ID. Gmail and others give it a new one when it is changed or sent: then a mail to the
same person with the same subject or nearly the same text is it, if it was filed since. One that is nowhere to be seen
may be on its way out of an outbox, or planned for later; so only what lies in the bin was surely deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.delivery.redaction import one_line
from followup_mail.mailbox.appending import DRAFT, SEEN, append_mail, take_out
from followup_mail.mailbox.by_message_id import find_by_message_id
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.found_mail import FoundMail, read_mails
from followup_mail.mailbox.named_folder import name_folder
from followup_mail.message.message import Message

if TYPE_CHECKING:
    from imapclient import IMAPClient

_ALL: Final = rb"\All"
_TRASH: Final = rb"\Trash"
"""How servers mark folders (RFC 6154)."""
_BEFORE: Final = timedelta(days=1)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_PUTTING_TAKES: Final = timedelta(minutes=2)
"""A draft is filed with our own time, a little before it is noted; a move to another folder keeps that time."""


class Fate(StrEnum):
    """What became of a draft."""

    THERE = "there"
    CHANGED = "changed"
    """It is there with other words."""
    SENT = "sent"
    DELETED = "deleted"
    """It is in the bin."""
    MISSING = "missing"
    """It is nowhere to be seen."""


class Draft(Struct, frozen=True):
    """A mail that was put into the Drafts folder."""

    key: int
    """By which the caller knows it."""
    message_id: str
    to: str
    """The recipient's address."""
    subject: str
    text: str
    since: datetime
    """When it was put there; aware."""


class DraftLook(Struct, frozen=True):
    """What became of one draft."""

    draft: Draft
    fate: Fate
    folder: str = ""
    """Where it was seen."""
    found: FoundMail | None = None
    """As it was seen; None for ``MISSING``."""

    @property
    def is_changed(self) -> bool:
        """Whether it has other words than it was put there with."""
        return self.found is not None and not self.found.has_same_words(self.draft.subject, self.draft.text)


class FolderNames(Struct, frozen=True):
    """The folders if the mailbox does not mark them, as the settings say."""

    drafts: str = ""
    sent: str = ""


def put_draft(client: IMAPClient, message: Message, at: datetime, names: FolderNames) -> str:
    r"""Put a mail into the Drafts folder with \Draft and \Seen, unless it is there. Return the folder's name."""
    folder = name_folder(client, Role.DRAFTS, names.drafts)
    client.select_folder(folder, readonly=True)
    if not find_by_message_id(client, message.message_id, message.to.email, (at - _BEFORE).date()):
        append_mail(client, folder, message.content, at, [DRAFT, SEEN])
    return one_line(folder)


def look_at_drafts(
    client: IMAPClient, drafts: Sequence[Draft], names: FolderNames, others: Collection[str] = ()
) -> Iterator[DraftLook]:
    """Yield what became of each draft. ``others`` are the Message-IDs of mails that are certainly other ones.

    Only reads. Raises ``MailboxError`` when a folder is missing: then nothing is known of the drafts.
    """
    folders = (name_folder(client, Role.DRAFTS, names.drafts), name_folder(client, Role.SENT, names.sent))
    for draft in drafts:
        yield _look(client, draft, folders, frozenset(others) - {draft.message_id})


def remove_draft(client: IMAPClient, draft: Draft, content: bytes, names: FolderNames) -> bool:
    """Delete a draft whose body is byte for byte that of ``content``, and no other mail.

    Return False where it is there and cannot be deleted alone, or is not quite as it was put there.
    """
    folder = name_folder(client, Role.DRAFTS, names.drafts)
    client.select_folder(folder, readonly=True)
    uids = find_by_message_id(client, draft.message_id, draft.to, (draft.since - _BEFORE).date())
    bodies = client.fetch(uids, ["BODY.PEEK[TEXT]"]) if uids else {}
    ours = [uid for uid in uids if _is_same_body(bodies.get(uid, {}).get(b"BODY[TEXT]"), content)]
    found = list(read_mails(client, uids)) if len(ours) == len(uids) == 1 else []
    if not found or not found[0].has_same_words(draft.subject, draft.text) or found[0].to != (draft.to.lower(),):
        return False
    return take_out(client, folder, ours[0])


def _look(client: IMAPClient, draft: Draft, folders: tuple[str, str], others: Collection[str]) -> DraftLook:
    drafts, sent = folders
    if gone := _by_id(client, draft, sent):
        return DraftLook(draft, Fate.SENT, one_line(sent), gone)
    if here := _by_id(client, draft, drafts, ("UNDELETED",)) or _by_words(client, draft, drafts, others):
        same = here.has_same_words(draft.subject, draft.text) and here.message_id == draft.message_id
        return DraftLook(draft, Fate.THERE if same else Fate.CHANGED, one_line(drafts), here)
    if gone := _by_words(client, draft, sent, others):
        return DraftLook(draft, Fate.SENT, one_line(sent), gone)
    for mark, fate in ((_TRASH, Fate.DELETED), (_ALL, Fate.THERE)):
        folder = client.find_special_folder(mark)
        # An earlier draft of the same step had the same Message-ID: what lies in the bin from then says nothing.
        if folder and (kept := _by_id(client, draft, str(folder))) and _is_since(kept, draft, _PUTTING_TAKES):
            return DraftLook(draft, fate, one_line(str(folder)), kept)
    return DraftLook(draft, Fate.MISSING)


def _by_id(client: IMAPClient, draft: Draft, folder: str, also: tuple[str, ...] = ()) -> FoundMail | None:
    client.select_folder(folder, readonly=True)
    uids = find_by_message_id(client, draft.message_id, draft.to, (draft.since - _BEFORE).date(), also)
    return next(iter(read_mails(client, uids)), None)


def _by_words(client: IMAPClient, draft: Draft, folder: str, others: Collection[str]) -> FoundMail | None:
    """Return the latest mail to the same person, filed since, that is the draft under another Message-ID."""
    client.select_folder(folder, readonly=True)
    uids = client.search(["UNDELETED", "SINCE", (draft.since - _BEFORE).date(), "TO", draft.to])
    for found in read_mails(client, uids):
        is_theirs = draft.to.lower() in found.to and found.message_id not in others
        if is_theirs and _is_since(found, draft, _CLOCKS_DIFFER) and found.is_alike(draft.subject, draft.text):
            return found
    return None


def _is_since(found: FoundMail, draft: Draft, tolerance: timedelta) -> bool:
    return found.filed_at is not None and found.filed_at >= draft.since - tolerance


def _is_same_body(found: object, content: bytes) -> bool:
    body = content.partition(b"\r\n\r\n")[2]
    return isinstance(found, bytes) and found.rstrip() == body.rstrip()
