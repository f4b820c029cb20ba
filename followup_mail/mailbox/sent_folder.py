"""Finds out whether a mail was sent, by what lies in the Sent folder: a copy with its Message-ID is proof.

We file no copies ourselves, so one that is there was filed by the server that took the mail (Gmail, Microsoft 365 and
others do). That none is there proves nothing, unless other mails of ours are: then the server files what it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from followup_mail.delivery.redaction import one_line
from followup_mail.errors import MailboxError

if TYPE_CHECKING:
    from imapclient import IMAPClient

INBOX: Final = "INBOX"
SENT: Final = rb"\Sent"
"""How servers mark the folder of sent mails (RFC 6154)."""
MOST_READ: Final = 200
"""Mails to one addressee that are compared when a search by Message-ID finds nothing."""
_LONGEST_SUBJECT: Final = 2_000
_Head: TypeAlias = tuple[str, str, datetime | None]
"""Message-ID, subject, and when it was filed, where that is known."""


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """The mail that is looked for."""

    message_id: str
    to: str
    """The addressee's address."""
    subject: str
    since: date
    """Copies filed before this day are not compared."""
    copied: bool = False
    """True when the user got a blind copy: then the inbox is searched as well."""
    others: tuple[str, ...] = ()
    """Message-IDs of mails that were surely sent from this account."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was seen. All moments are when the copy was filed, aware."""

    folder: str
    """Where it was found, or else the Sent folder."""
    found_at: datetime | None = None
    """The mail itself is there: it was sent."""
    alike_at: datetime | None = None
    """One to the same address with the same subject is there, under another Message-ID."""
    others_found: int = 0
    """How many of the other mails are there: any says that the server files what it takes."""
    others_sought: int = 0


def search_sent_folder(client: IMAPClient, terms: SearchTerms, folder: str = "") -> SearchResult:
    """Look for a mail in the Sent folder (``folder``, or the one that the server names), and for its blind copy.

    Raises ``MailboxError`` when there is no such folder.
    """
    sent = name_sent_folder(client, folder)
    for place in (sent, INBOX) if terms.copied else (sent,):
        client.select_folder(place, readonly=True)
        if found := _find(client, terms.message_id):
            return _proof(place, found[0])
    client.select_folder(sent, readonly=True)
    alike = None
    for message_id, subject, filed_at in _to_addressee(client, terms):
        if message_id == terms.message_id:  # a server whose search by header finds nothing
            return _proof(sent, filed_at)
        alike = filed_at if filed_at and subject == terms.subject else alike
    others = sum(bool(_find(client, other)) for other in terms.others)
    return SearchResult(_shown(sent), alike_at=alike, others_found=others, others_sought=len(terms.others))


def name_sent_folder(client: IMAPClient, folder: str = "") -> str:
    """Return the folder of sent mails: ``folder`` if it is there, else what the server marks or names as such.

    By the mark where there is one, else by the usual names. Raises ``MailboxError`` when there is none.
    """
    if folder and client.folder_exists(folder):
        return folder
    found = None if folder else client.find_special_folder(SENT)
    if found:
        return str(found)
    names = ", ".join(sorted(_shown(str(name)) for _, _, name in client.list_folders())[:20])
    wrong = f"The mailbox has no folder '{folder}'" if folder else "The mailbox names no folder for sent mails"
    raise MailboxError(f"{wrong}; it has: {names or 'none'}.", fix="Set FOLLOWUP_IMAP_SENT to the right one.")


def _proof(place: str, filed_at: datetime | None) -> SearchResult:
    if filed_at is None:
        raise MailboxError(
            f"The mail lies in the folder '{_shown(place)}', but the mailbox does not say since when.",
            fix="Look yourself; if it is the one, say so: followup-mail outbox resolve ID --sent",
        )
    return SearchResult(_shown(place), found_at=filed_at)


def _find(client: IMAPClient, message_id: str) -> list[datetime | None]:
    """Return when mails of just this Message-ID were filed: a search by header looks for parts of words."""
    uids = client.search(["HEADER", "Message-ID", message_id])
    return [filed_at for found, _, filed_at in _read(client, uids) if found == message_id]


def _to_addressee(client: IMAPClient, terms: SearchTerms) -> Iterator[_Head]:
    yield from _read(client, client.search(["SINCE", terms.since, "TO", terms.to]))


def _read(client: IMAPClient, uids: Sequence[int]) -> Iterator[_Head]:
    """Yield Message-ID, subject and moment of filing of the latest of these mails."""
    latest = sorted(uids)[-MOST_READ:]
    for read in client.fetch(latest, ["ENVELOPE", "INTERNALDATE"]).values() if latest else ():
        envelope: Any = read.get(b"ENVELOPE")
        if envelope is None:  # a server may tell of other mails, unasked (RFC 3501 section 7.4.2)
            continue
        filed_at = _moment(read.get(b"INTERNALDATE")) or _moment(envelope.date)
        yield _text(envelope.message_id).strip(), _decoded(envelope.subject), filed_at


def _moment(given: object) -> datetime | None:
    """Return a moment in UTC; nothing for one without a zone, or with one that cannot be."""
    with suppress(ValueError, OverflowError):
        if isinstance(given, datetime) and given.tzinfo:
            return given.astimezone(UTC)
    return None


def _decoded(subject: object) -> str:
    text = _text(subject)
    # Nobody wrote a longer one, and decoding takes time with the square of its length.
    if len(text) <= _LONGEST_SUBJECT:
        with suppress(ValueError, LookupError, MessageError):
            return str(make_header(decode_header(text)))
    return text


def _text(raw: object) -> str:
    return raw.decode("utf-8", errors="replace") if isinstance(raw, bytes) else ""


def _shown(folder: str) -> str:
    return one_line(folder)[:100]
