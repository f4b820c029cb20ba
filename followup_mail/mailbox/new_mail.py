"""Looks through the mailbox for mail of the applications: headers first, then the mails that they point to.

Nothing is changed by a look: folders are opened to read (EXAMINE), and mails are fetched without being marked as read
(BODY.PEEK, RFC 3501 section 6.4.5). Nothing is kept of other mails.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.delivery.redaction import one_line
from followup_mail.mailbox.careful_fetch import fetch_carefully, filed_at, section
from followup_mail.mailbox.folders import Folder, Role, folders_to_read, list_folders
from followup_mail.mailbox.imap_connect import NONSENSE
from followup_mail.mailbox.mail_look import Budget, FetchedMail, FolderLook, LookTerms
from followup_mail.mailbox.new_uids import NewUids, Opened, UidSearch, open_folder
from followup_mail.outbox.seen_mail import FolderMark

if TYPE_CHECKING:
    from followup_mail.mailbox.imap_client import BoundedClient

_SELDOM: Final = frozenset({Role.SENT, Role.JUNK, Role.TRASH})
"""What folders are for that hold an answer so seldom that nothing waits for them when they cannot be opened."""
_STEP: Final = 200
"""Mails whose headers are fetched at once; a mark can be kept after each."""
DECIDING: Final = (
    *("From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path"),
    *("Precedence", "X-Failed-Recipients", "List-Id", "List-Post", "List-Unsubscribe", "X-Campaign-Id"),
    *("Content-Type", "Content-Class", "X-MS-Exchange-Message-Is-Ndr"),
)
"""The headers from which it is decided whether a mail is read."""


def look_through(
    client: BoundedClient, terms: LookTerms, monotonic: Callable[[], float] = time.monotonic
) -> Iterator[FolderLook]:
    """Yield what is new since the marks, step by step, rising within each folder: each step may be kept at once.

    A folder without a mark, or whose numbers have changed (UIDVALIDITY), is looked through from the first watched day.
    Marks say nothing about applications and people that are watched since: for these, look without marks once.
    What was not looked at is said in the steps (``FolderLook.left_out``). Whatever ends the connection is raised; the
    steps until then stay true.
    """
    if terms.watched.since is None:
        return
    budget = Budget(terms.limits, monotonic)
    folders = folders_to_read(list_folders(client), terms.also)
    for position, folder in enumerate(folders):
        full = f"one look opens at most {terms.limits.folders} folders" if position >= terms.limits.folders else ""
        if stop := full or budget.spent():
            words = f"The folder '{_shown(folder)}' was not opened: {stop}."
            yield FolderLook(folder.name, left_out=(words,), may_be_missing=bool(full))
        else:
            yield from _look_into(client, folder, terms, budget)


def _look_into(client: BoundedClient, folder: Folder, terms: LookTerms, budget: Budget) -> Iterator[FolderLook]:
    opened = open_folder(client, folder.name)
    if opened is None:
        words = f"The folder '{_shown(folder)}' cannot be opened."
        yield FolderLook(folder.name, left_out=(words,), may_be_missing=folder.role in _SELDOM)
        return
    last_uid = _last_uid(terms.marks(folder.name), opened)
    new = UidSearch(client, opened, folder.role, last_uid, terms.watched, budget).run()
    if new is None:
        words = f"The folder '{_shown(folder)}' was not looked through: the server cannot search it."
        yield FolderLook(folder.name, opened.uid_validity, last_uid, left_out=(words,))
        return
    yield from _FolderReading(client, folder, opened, terms, budget).steps(new, last_uid)


def _last_uid(mark: FolderMark | None, opened: Opened) -> int:
    """Return up to where the folder was looked through; 0 where its numbers are not those of the mark."""
    if mark is None or mark.uid_validity != opened.uid_validity or not opened.uid_validity:
        return 0
    # Numbers only rise. A server that goes back, as one from a backup may, has other mails under them.
    return 0 if 0 < opened.uid_next <= mark.last_uid else mark.last_uid


@dataclass(slots=True)
class _Step:
    """What one step has read so far."""

    mails: list[FetchedMail] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class _FolderReading(Struct, frozen=True):
    """Reads the mails of one opened folder, a step at a time."""

    client: BoundedClient
    folder: Folder
    opened: Opened
    terms: LookTerms
    budget: Budget

    def steps(self, new: NewUids, last_uid: int) -> Iterator[FolderLook]:
        said = tuple(f"'{_shown(self.folder)}': {words}" for words in new.left_out)
        look = FolderLook(self.folder.name, self.opened.uid_validity, last_uid, left_out=said)
        for start in range(0, len(new.uids), _STEP):
            uids = new.uids[start : start + _STEP]
            look = self._read(uids, look)
            if look.last_uid < uids[-1]:
                yield look
                return
            if start + _STEP < len(new.uids):
                yield look
                look = FolderLook(look.folder, look.uid_validity, look.last_uid)
        yield replace(look, last_uid=new.last_uid, is_complete=True)

    def _read(self, uids: Sequence[int], look: FolderLook) -> FolderLook:
        """Read one step. It ends before its last mail where the budget is used up."""
        step, reached = _Step(), look.last_uid
        if stop := self.budget.spent():
            return self._ended(look, step, reached, stop)
        headers = self._headers(uids, step)
        for uid in uids:
            if why := self._why(uid, headers, step):
                if stop := self.budget.spent():
                    return self._ended(look, step, reached, stop, sum(read <= reached for read in headers))
                self._fetch_mail(uid, why, step)
            reached = uid
        left_out = (*look.left_out, *step.left_out)
        return replace(look, last_uid=reached, mails=tuple(step.mails), headers_read=len(headers), left_out=left_out)

    def _ended(self, look: FolderLook, step: _Step, reached: int, stop: str, count: int = 0) -> FolderLook:
        words = f"The folder '{_shown(self.folder)}' was not looked through to the end: {stop}."
        left_out = (*look.left_out, *step.left_out, words)
        return replace(look, last_uid=reached, mails=tuple(step.mails), headers_read=count, left_out=left_out)

    def _headers(self, uids: Sequence[int], step: _Step) -> dict[int, bytes]:
        """Return the deciding headers of those mails that are still there."""
        size = self.terms.limits.header_bytes
        fields = f"BODY.PEEK[HEADER.FIELDS ({' '.join(DECIDING)})]"
        fetched = fetch_carefully(self.client, uids, [f"{fields}<0.{size}>"], [fields], ["BODY.PEEK[HEADER]"])
        headers = {uid: section(items, b"BODY[HEADER") for uid, items in fetched.items.items()}
        if silent := [uid for uid, found in headers.items() if found is None]:
            # Some servers give no part of the headers; news of a mail that is deleted meanwhile looks the same.
            again = fetch_carefully(self.client, silent, ["BODY.PEEK[HEADER]"])
            headers |= {uid: section(items, b"BODY[HEADER") for uid, items in again.items.items()}
            fetched.unreadable += [uid for uid in silent if headers[uid] is None]
        step.left_out += [self._say_unreadable(uid) for uid in fetched.unreadable]
        for found in headers.values():
            self.budget.count(found or b"")
        return {uid: found[:size] for uid, found in headers.items() if found is not None}

    def _why(self, uid: int, headers: dict[int, bytes], step: _Step) -> str:
        """Return why a mail is to be read. Headers that nobody understands must not end every look."""
        try:
            return self.terms.wanted(headers[uid]) if uid in headers else ""
        except NONSENSE:
            step.left_out.append(self._say_unreadable(uid))
            return ""

    def _fetch_mail(self, uid: int, why: str, step: _Step) -> None:
        size = self.terms.limits.mail_bytes
        # One byte more than is kept tells whether the mail goes on.
        part = f"BODY.PEEK[]<0.{size + 1}>"
        fetched = fetch_carefully(self.client, [uid], ["INTERNALDATE", part], [part])
        items = fetched.items.get(uid, {})
        content = section(items, b"BODY[]")
        if content is not None:
            self.budget.count(content, is_mail=True)
            is_whole, validity = len(content) <= size, self.opened.uid_validity
            mail = FetchedMail(self.folder.name, validity, uid, filed_at(items), content[:size], is_whole, why)
            step.mails.append(mail)
        elif items or fetched.unreadable:
            step.left_out.append(self._say_unreadable(uid))

    def _say_unreadable(self, uid: int) -> str:
        return f"'{_shown(self.folder)}': mail {uid} cannot be read."


def _shown(folder: Folder) -> str:
    return one_line(folder.name)[:100]
