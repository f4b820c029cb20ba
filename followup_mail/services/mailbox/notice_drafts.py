"""See what became of the drafts in the user's mailbox: sent, changed or deleted there; and take one back.

``notice_drafts`` is for whoever looks at the mailbox anyway: a run, the service, a command. Where a mailbox cannot be
read, nothing is said of its drafts.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.draft_changes import SENT_THERE, SeenDraft
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.mail_accounts import find_by_address, find_mailbox
from followup_mail.services.mailbox.mailbox_rest import is_resting
from followup_mail.services.mailbox.put_in_drafts import describe_draft, folder_names
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.drafts_folder import DraftLook
    from followup_mail.mailbox.found_mail import FoundMail
    from followup_mail.message.message import Message

GRACE: Final = timedelta(hours=1)
"""How long a draft that is nowhere to be seen may be on its way out, before it counts as deleted."""
_LONGEST_TEXT: Final = 50_000
_CHANGED: Final = "you changed it in your mailbox"
"""How the detail of a move begins where the user changed the draft; its cause alone could also mean a missing one."""


class DraftNews(StrEnum):
    """What was noticed of a draft."""

    NOTHING = "nothing"
    """It is there as it was."""
    CHANGED = "changed"
    SENT = "sent"
    MISSING = "missing"
    """Nowhere to be seen, and not yet taken for deleted."""
    DELETED = "deleted"


class NoticedDraft(Struct, frozen=True):
    """What was noticed of one draft, and how its entry stands now."""

    entry: Entry
    news: DraftNews


class DraftsNoticed(Struct, frozen=True):
    """What a look at all drafts brought."""

    noticed: tuple[NoticedDraft, ...] = ()
    errors: tuple[FollowupError, ...] = ()
    """Why a mailbox could not be read; nothing is said of the drafts there."""


def notice_drafts(workspace: Workspace, only: int | None = None) -> DraftsNoticed:
    """Look at the drafts of all accounts, or at that of one entry, and note what became of them.

    Costs nothing while there are none. Raises ``OutboxError``.
    """
    entries = workspace.store.in_drafts() if workspace.has_store else ()
    wanted = [entry for entry in entries if only in {None, entry.id}]
    noticed: list[NoticedDraft] = []
    errors: list[FollowupError] = []
    for account in dict.fromkeys(entry.account for entry in wanted):
        own = find_mailbox(workspace, account)
        if own is None:
            continue
        if only is None and is_resting(own.store.last_look(account), own.now()):
            continue  # told already, and a password is not tried again and again
        theirs = [entry for entry in wanted if entry.account == account]
        try:
            looks = _look(own, theirs)
        except FollowupError as error:
            errors.append(error)
            continue
        noticed += (_note(own, entry, look) for entry, look in zip(theirs, looks, strict=True))
    return DraftsNoticed(tuple(noticed), tuple(errors))


class Withdrawn(Struct, frozen=True):
    """What came of taking a draft back."""

    is_gone: bool
    """True when it certainly is not in the Drafts folder any more, and was not sent."""
    said: str
    """What was done, in a sentence."""


def withdraw_draft(workspace: Workspace, entry: Entry) -> Withdrawn:
    """Take an entry's draft out of the mailbox. What the user has changed there stays there.

    Raises ``RefusedError`` when they sent it: that is noted then.
    """
    noticed = notice_drafts(workspace, entry.id)
    news = noticed.noticed[0] if noticed.noticed else None
    if news is None:
        why = noticed.errors[0].sentence if noticed.errors else "No mailbox is set for it any more."
        return Withdrawn(False, f"{why} If its draft is still in your Drafts folder, delete it there.")
    if news.news is DraftNews.SENT:
        raise RefusedError(
            f"{entry.label} is sent already: {news.entry.reason}.", fix=f"See: followup-mail outbox show {entry.id}"
        )
    if news.news is DraftNews.DELETED:
        return Withdrawn(True, "You deleted its draft from your Drafts folder already.")
    if news.news is DraftNews.MISSING:
        return Withdrawn(False, "Its draft is neither in your Drafts folder nor in Sent.")
    if news.news is DraftNews.CHANGED or not _is_as_put(workspace, entry):
        return Withdrawn(False, "You changed its draft in your mailbox, so it stays there: delete it there.")
    with suppress(FollowupError):
        if _remove(workspace, entry):
            return Withdrawn(True, "Its draft was deleted from your Drafts folder.")
    return Withdrawn(False, "Its draft could not be deleted, so it stays in your Drafts folder: delete it there.")


def withdraw_stray(workspace: Workspace, entry: Entry) -> str:
    """Take out the draft of an entry that was on its way, where a program died after it had put it there."""
    with suppress(FollowupError):
        if find_by_address(workspace, entry.account) and _remove(workspace, entry):
            return "A draft of it was in your Drafts folder already, and was deleted there."
    return "If a draft of it is in your Drafts folder already, delete it there."


def take_out_to_send(workspace: Workspace, entry: Entry) -> str:
    """Take a draft out of the mailbox so that the mail can be sent from here; return what was done.

    Raises ``RefusedError`` while it may still be there or on its way: then it could be sent twice.
    """
    done = withdraw_draft(workspace, entry)
    if not done.is_gone:
        raise RefusedError(
            f"{entry.label} is not queued, so that it is not sent twice. {done.said}",
            fix=f"Once it is gone there: followup-mail outbox cancel {entry.id}, then queue the step again.",
        )
    return done.said


def _is_as_put(workspace: Workspace, entry: Entry) -> bool:
    """Return whether the user has left the draft as we put it there; once changed, its words are no longer ours."""
    from followup_mail.outbox.transitions import Cause

    moves = workspace.store.transitions(entry.id)
    put_at = max((move.at for move in moves if move.cause is Cause.PUT), default=None)
    return not any(
        move.cause is Cause.CHANGED_THERE and move.detail.startswith(_CHANGED) and put_at and move.at >= put_at
        for move in moves
    )


def _remove(workspace: Workspace, entry: Entry) -> bool:
    from followup_mail.delivery.bounded_connection import SizeLimits
    from followup_mail.mailbox.drafts_folder import remove_draft
    from followup_mail.mailbox.imap_connect import SearchLimits

    own = find_by_address(workspace, entry.account)
    assert own is not None, "its draft was seen"
    content = own.store.content(entry.id)
    usual = SizeLimits()
    limits = SearchLimits(sizes=replace(usual, everything=usual.everything + 2 * len(content)))
    with own.open_mailbox(limits) as client:
        return remove_draft(client, describe_draft(entry), content, folder_names(own))


def _look(own: Workspace, entries: list[Entry]) -> list[DraftLook]:
    from followup_mail.mailbox.drafts_folder import look_at_drafts

    others = frozenset(entry.message.message_id for entry in own.store.entries())
    with own.open_mailbox() as client:
        return list(look_at_drafts(client, [describe_draft(entry) for entry in entries], folder_names(own), others))


def _note(own: Workspace, entry: Entry, look: DraftLook) -> NoticedDraft:
    from followup_mail.mailbox.drafts_folder import Fate

    store, now = own.store, own.now()
    match look.fate:
        case Fate.SENT if look.found:
            how = ", with other words than the draft had" if look.is_changed else ""
            seen = _see(entry, look, f"{SENT_THERE} (found in the folder '{look.folder}'){how}")
            at = min(look.found.filed_at or now, now)
            return NoticedDraft(store.note_sent_there(entry.id, seen, at, now), DraftNews.SENT)
        case Fate.CHANGED if look.found:
            seen = _see(entry, look, f"{_CHANGED}; it is still in the folder '{look.folder}'")
            return NoticedDraft(store.note_changed_there(entry.id, seen, now), DraftNews.CHANGED)
        case Fate.THERE:
            if entry.next_attempt_at is not None:
                seen = SeenDraft(entry.message, f"it is in the folder '{look.folder}' again")
                entry = store.note_changed_there(entry.id, seen, now)
            return NoticedDraft(entry, DraftNews.NOTHING)
        case Fate.DELETED:
            return NoticedDraft(store.note_deleted_there(entry.id, now), DraftNews.DELETED)
    if entry.next_attempt_at is not None and entry.next_attempt_at <= now:
        return NoticedDraft(store.note_deleted_there(entry.id, now), DraftNews.DELETED)
    why = "neither in your Drafts folder nor in Sent"
    return NoticedDraft(store.note_missing_there(entry.id, now + GRACE, why, now), DraftNews.MISSING)


def _see(entry: Entry, look: DraftLook, why: str) -> SeenDraft:
    """Return what was seen: the mail as found where it differs from ours, else ours unchanged."""
    found = look.found
    if found is None or (not look.is_changed and found.message_id == entry.message.message_id):
        return SeenDraft(entry.message, why)
    return SeenDraft(_as_found(entry.message, found), why)


def _as_found(message: Message, found: FoundMail) -> Message:
    # The store and the proof expect UTF-8; a mail program may have saved other bytes.
    content = found.content.decode("utf-8", errors="replace").encode()
    return replace(
        message,
        subject=found.subject[:1_000],
        text=found.text[:_LONGEST_TEXT],
        message_id=found.message_id or message.message_id,
        content=content,
    )
