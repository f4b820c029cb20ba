"""Says which mails of an opened folder are to be looked at: what is new, bounded, and what that leaves out.

The newest mails are looked at by their headers. Among earlier ones the server searches for the people, domains and
mails that are watched, piece by piece, so that no answer of it is long and its time can be limited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from followup_mail.incoming.watched import Watched
from followup_mail.mailbox.careful_fetch import search_or_none
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.imap_connect import NONSENSE
from followup_mail.mailbox.mail_look import Budget
from followup_mail.mailbox.search_keys import search_keys

if TYPE_CHECKING:
    from followup_mail.mailbox.imap_client import BoundedClient

_PIECES: Final = (1_000, 4_000, 16_000, 64_000)
"""Mails that one search goes through: more for a server that is quick, so that none takes as long as one answer may."""
_QUICK, _SLOW = 1.0, 4.0
"""Seconds for one piece, below which the next is larger, and above which it is smaller."""
_MOST_NUMBERS: Final = 300_000
"""Numbers that are asked for at once: even the longest ones make an answer that ``LOOKING`` allows."""
_Criteria: TypeAlias = list[Any]


class Opened(Struct, frozen=True):
    """What a server says of a folder when it is opened (RFC 3501 section 6.3.2)."""

    mails: int | None
    """None when the server does not say it."""
    uid_validity: int
    """0 when the server has none: its numbers do not last."""
    uid_next: int
    """0 when the server does not say it."""


class NewUids(Struct, frozen=True):
    """Which mails to look at, rising, and up to where the folder is looked through with them."""

    uids: tuple[int, ...]
    last_uid: int
    left_out: tuple[str, ...] = ()


def open_folder(client: BoundedClient, name: str) -> Opened | None:
    """Open a folder to read only; None when that is refused. Raises what ends a connection."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    try:
        said = client.select_folder(name, readonly=True)
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, *NONSENSE):
        client.forget_answers()
        return None
    mails = said.get(b"EXISTS")
    numbers = (said.get(key) for key in (b"UIDVALIDITY", b"UIDNEXT"))
    return Opened(
        mails if isinstance(mails, int) and mails >= 0 else None,
        *(number if isinstance(number, int) and 0 < number < 2**32 else 0 for number in numbers),
    )


class UidSearch(Struct, frozen=True):
    """A search for new mails in one opened folder."""

    client: BoundedClient
    opened: Opened
    role: Role | None
    last_uid: int
    """Up to where the folder was looked through; 0 for the first look."""
    watched: Watched
    budget: Budget

    def run(self) -> NewUids | None:
        """Return which mails to look at; None when the server cannot search. Raises what ends a connection."""
        opened, left_out = self.opened, list[str]()
        if opened.mails == 0 or (self.last_uid and 0 < opened.uid_next <= self.last_uid + 1):
            return NewUids((), max(self.last_uid, opened.uid_next - 1))
        # Asked before the search: a mail that comes in between is left for the next look.
        last_uid = opened.uid_next - 1 if opened.uid_next else max(search_or_none(self.client, ["*"]) or [0])
        first_uid = self.last_uid + 1
        if opened.mails not in range(_MOST_NUMBERS) and first_uid < last_uid - _MOST_NUMBERS:
            left_out.append(f"mails before number {last_uid - _MOST_NUMBERS} were not looked at: they are too many.")
            first_uid = last_uid - _MOST_NUMBERS
        found = self._search(first_uid, "*")
        if found is None:
            return None
        newest = self.budget.limits.newest
        uids = [*self._earlier(found[:-newest], left_out), *found[-newest:]]
        return NewUids(tuple(uids), max([last_uid, self.last_uid, *uids]), tuple(left_out))

    def _search(self, first: int, last: int | str, keys: Sequence[Any] = ()) -> list[int] | None:
        """Return the UIDs from ``first`` to ``last`` that came since the first watched day, rising; drafts left out.

        Gmail has them among all mail, and a draft was not sent. None when the server cannot search so.
        """
        day = self.watched.since or date.max
        # A server counts days in a zone of its own (RFC 3501 section 6.4.4).
        since = ["SINCE", day - timedelta(days=1)] if day > date.min else []
        found = search_or_none(self.client, ["UID", f"{first}:{last}", "UNDRAFT", *since, *keys])
        if found is None and since:
            found = search_or_none(self.client, ["UID", f"{first}:{last}", "UNDRAFT", *keys])
        # "n:*" is never empty: it names the last mail even where its number is smaller (RFC 3501 section 6.4.8).
        return None if found is None else [uid for uid in found if first <= uid]

    def _earlier(self, uids: Sequence[int], left_out: list[str]) -> list[int]:
        """Return those mails that the server finds by what is watched, the newest pieces first."""
        found, unknown, unsearched = list[int](), 0, 0
        keys = search_keys(self.watched, self.role)
        last, pace = len(uids), 0
        while last:
            piece = uids[max(0, last - _PIECES[pace]) : last]
            last -= len(piece)
            began_at = self.budget.now()
            hits = self._find(piece, keys)
            if hits is None and self.budget.may_search:
                keys = search_keys(self.watched, self.role, by_header=False)
                hits = self._find(piece, keys)
            seconds = self.budget.searched(began_at)
            pace = min(pace + 1, len(_PIECES) - 1) if seconds < _QUICK else max(0, pace - (seconds > _SLOW))
            if hits is None:
                unsearched += len(piece)
            else:
                unknown += len(piece) - len(hits)
                found += hits
        kept = sorted(found)[-self.budget.limits.earlier :]
        left_out += _say_left_out(unknown, unsearched, len(found) - len(kept))
        return kept

    def _find(self, piece: Sequence[int], keys: Sequence[_Criteria]) -> set[int] | None:
        """Return those of the mails that the server finds by any of the keys; None when it cannot, or not in time."""
        found = set[int]()
        for key in keys:
            hits = self._search(piece[0], piece[-1], key) if self.budget.may_search else None
            if hits is None:
                return None
            found |= set(hits)
        return found & set(piece)


def _say_left_out(unknown: int, unsearched: int, too_many: int) -> Iterator[str]:
    """Yield sentences on earlier mails that were not looked at."""
    if unknown:
        yield f"{unknown:,} earlier mails were only searched for the addresses of your applications."
    if unsearched:
        yield f"{unsearched:,} earlier mails were not searched: the server cannot do it, or not in time."
    if too_many:
        yield f"{too_many:,} earlier mails of your applications' people were not read: they are too many for one look."
