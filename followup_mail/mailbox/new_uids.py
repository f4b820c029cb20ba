"""Says which mails of an opened folder are to be looked at: what is new, bounded, and what that leaves out.

The newest mails are looked at by their headers. Among earlier ones the server searches for the people, domains and
mails that are watched, piece by piece, so that no answer of it is long and its time can be limited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from followup_mail.incoming.watched import Watched
from followup_mail.mailbox.careful_fetch import search_or_none
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.imap_connect import NONSENSE
from followup_mail.mailbox.mail_look import Budget
from followup_mail.mailbox.search_keys import search_keys

if TYPE_CHECKING:
    from followup_mail.mailbox.imap_client import BoundedClient

_PIECE: Final = 20_000
"""Mails that one search goes through: even if all of them are found, its answer is below 200 KB."""
_Criteria: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a server says of a folder when it is opened (RFC 3501 section 6.3.2)."""

    mails: int
    uid_validity: int
    """0 when the server has none: its numbers do not last."""
    uid_next: int
    """0 when the server does not say it."""


@dataclass(frozen=True, slots=True)
class NewUids:
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
    numbers = (said.get(key) for key in (b"EXISTS", b"UIDVALIDITY", b"UIDNEXT"))
    return Opened(*(one if isinstance(one, int) and 0 < one < 2**32 else 0 for one in numbers))


@dataclass(frozen=True, slots=True)
class UidSearch:
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
        opened = self.opened
        if not opened.mails or (self.last_uid and 0 < opened.uid_next <= self.last_uid + 1):
            return NewUids((), max(self.last_uid, opened.uid_next - 1))
        # Asked before the search: a mail that comes in between is left for the next look.
        last_uid = opened.uid_next - 1 if opened.uid_next else max(search_or_none(self.client, ["*"]) or [0])
        limit = self.budget.limits.newest
        first = max(1, opened.mails - limit + 1)
        found = self._search([f"{first}:*"] if first > 1 else [], self._since())
        if found is None:
            return None
        newest, left_out = found[-limit:], list[str]()
        if len(found) > limit:
            left_out.append(f"{len(found) - limit:,} mails were not looked at: the server had not counted them.")
        earlier = list[int]()
        # Numbers rise: where an old mail is among the newest, all before it are old. Some may be deleted meanwhile.
        if first > 1 and (not self.last_uid or len(newest) > limit // 2):
            earlier = self._earlier(first - 1, left_out)
        uids = sorted({*earlier, *newest})
        return NewUids(tuple(uids), max([last_uid, self.last_uid, *uids]), tuple(left_out))

    def _since(self) -> _Criteria:
        # A server counts days in a zone of its own (RFC 3501 section 6.4.4).
        first_day = self.watched.since or date.max
        return ["SINCE", first_day - timedelta(days=1)] if first_day > date.min else []

    def _search(self, among: _Criteria, since: _Criteria, keys: Sequence[Any] = ()) -> list[int] | None:
        """Return the UIDs beyond the mark; None when the server cannot search so."""
        # "n:*" is never empty: it names the last mail even where its number is smaller (RFC 3501 section 6.4.8).
        beyond = ["UID", f"{self.last_uid + 1}:*"] if self.last_uid else []
        found = search_or_none(self.client, [*among, *beyond, *since, *keys] or ["ALL"])
        if found is None and since:
            found = search_or_none(self.client, [*among, *beyond, *keys] or ["ALL"])
        return None if found is None else [uid for uid in found if uid > self.last_uid]

    def _earlier(self, mails: int, left_out: list[str]) -> list[int]:
        """Return the mails that the server finds among the first ``mails`` of the folder."""
        found, unknown, unsearched = list[int](), 0, 0
        keys = search_keys(self.watched, self.role)
        for piece in _pieces(mails):
            began_at = self.budget.now()
            there = self._search([piece], self._since()) if self.budget.may_search else None
            hits = self._find(piece, keys) if there else []
            self.budget.searched(began_at)
            if there is None or hits is None:
                unsearched += len(there or ()) or _length(piece)
                continue
            unknown += len(there) - len(hits)
            found += hits
        kept = sorted(found)[-self.budget.limits.earlier :]
        left_out += _say_left_out(unknown, unsearched, len(found) - len(kept))
        return kept

    def _find(self, piece: str, keys: Sequence[_Criteria]) -> list[int] | None:
        found = set[int]()
        for key in keys:
            hits = self._search([piece], self._since(), key) if self.budget.may_search else None
            if hits is None:
                return None
            found |= set(hits)
        return sorted(found)


def _pieces(mails: int) -> Iterator[str]:
    """Yield the sequence numbers of the first ``mails``, the newest first."""
    for last in range(mails, 0, -_PIECE):
        yield f"{max(1, last - _PIECE + 1)}:{last}"


def _length(piece: str) -> int:
    first, _, last = piece.partition(":")
    return int(last) - int(first) + 1


def _say_left_out(unknown: int, unsearched: int, too_many: int) -> Iterator[str]:
    """Yield sentences on earlier mails that were not looked at."""
    if unknown:
        yield f"{unknown:,} earlier mails were only searched for the addresses of your applications."
    if unsearched:
        yield f"{unsearched:,} earlier mails were not searched: the server cannot do it, or not in time."
    if too_many:
        yield f"{too_many:,} earlier mails of your applications' people were not read: they are too many for one look."
