"""Searches the Sent folder for a mail that may have been sent: a copy with its Message-ID is proof.

A copy is filed by the server that accepted the mail (Gmail, Microsoft 365 and others do that), or by followup-mail once
the server has accepted it (``sent_copy``). A missing copy proves nothing: the sending may have broken off before it was
filed. Only where followup-mail files none do copies of other mails show that the server files what it accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from followup_mail.delivery.redaction import one_line
from followup_mail.delivery.server_look import Certificate, read_certificate
from followup_mail.errors import MailboxError
from followup_mail.mailbox.careful_fetch import utc_moment
from followup_mail.mailbox.folders import INBOX, Role
from followup_mail.mailbox.named_folder import name_folder

if TYPE_CHECKING:
    from imapclient import IMAPClient

MOST_READ: Final = 200
"""Mails to one address that are compared when a search by Message-ID finds nothing."""
_LONGEST_SUBJECT: Final = 2_000
_Head: TypeAlias = tuple[str, str, datetime | None]
"""Message-ID, subject, and when the copy was filed, where that is known."""


class SearchTerms(Struct, frozen=True):
    """Which mail to search for."""

    message_id: str
    to: str
    """The recipient's address."""
    subject: str
    since: date
    """Copies filed before this day are not compared."""
    copied: bool = False
    """True when the user got a blind copy: then the inbox is searched too."""
    others: tuple[str, ...] = ()
    """Message-IDs of other mails that were certainly sent from this account, where followup-mail files no copies."""


class SearchResult(Struct, frozen=True):
    """What the search found. Its fields are part of ``--json``. Times are when the copy was filed, aware."""

    folder: str
    """Where the mail was found, else the Sent folder."""
    found_at: datetime | None = None
    """The mail itself is there: it was sent."""
    alike_at: datetime | None = None
    """A mail to the same address with the same subject is there, under another Message-ID."""
    others_found: int = 0
    """How many of the other mails are there. Any of them shows that the server files what it accepts."""
    others_sought: int = 0


def search_sent_folder(client: IMAPClient, terms: SearchTerms, folder: str = "") -> SearchResult:
    """Search the Sent folder for a mail, and the inbox for its blind copy.

    ``folder`` is the Sent folder if the server does not mark it. Raises ``MailboxError`` when there is none.
    """
    sent = name_folder(client, Role.SENT, folder)
    for searched in (sent, INBOX) if terms.copied else (sent,):
        client.select_folder(searched, readonly=True)
        if found := _find_by_id(client, terms.message_id):
            return _found(searched, found[0])
    client.select_folder(sent, readonly=True)
    alike = None
    for message_id, subject, filed_at in _read(client, client.search(["SINCE", terms.since, "TO", terms.to])):
        if message_id == terms.message_id:  # a server whose search by header finds nothing
            return _found(sent, filed_at)
        alike = filed_at if filed_at and subject == terms.subject else alike
    others = sum(bool(_find_by_id(client, other)) for other in terms.others)
    return SearchResult(_shown(sent), alike_at=alike, others_found=others, others_sought=len(terms.others))


class MailboxLook(Struct, frozen=True):
    """What a login to the mailbox shows."""

    sent_folder: str
    certificate: Certificate | None
    """None on a connection without TLS."""


def look_at_mailbox(client: IMAPClient, folder: str = "") -> MailboxLook:
    """Return the Sent folder, as ``name_folder`` does, and the certificate. Raises ``MailboxError``."""
    return MailboxLook(name_folder(client, Role.SENT, folder), read_certificate(client.socket()))


def _found(folder: str, filed_at: datetime | None) -> SearchResult:
    if filed_at is None:
        raise MailboxError(
            f"The mail is in the folder '{_shown(folder)}', but the mailbox does not say since when.",
            fix="Look yourself; if it is the right mail, type: followup-mail outbox resolve ID --sent",
        )
    return SearchResult(_shown(folder), found_at=filed_at)


def _find_by_id(client: IMAPClient, message_id: str) -> list[datetime | None]:
    """Return when mails with exactly this Message-ID were filed: a search by header also matches parts of words."""
    uids = client.search(["HEADER", "Message-ID", message_id])
    return [filed_at for found, _, filed_at in _read(client, uids) if found == message_id]


def _read(client: IMAPClient, uids: Sequence[int]) -> Iterator[_Head]:
    """Read the latest of these mails."""
    latest = sorted(uids)[-MOST_READ:]
    for fetched in client.fetch(latest, ["ENVELOPE", "INTERNALDATE"]).values() if latest else ():
        envelope: Any = fetched.get(b"ENVELOPE")
        if envelope is None:  # a server may report other mails without being asked (RFC 3501 section 7.4.2)
            continue
        filed_at = utc_moment(fetched.get(b"INTERNALDATE")) or utc_moment(envelope.date)
        yield _text(envelope.message_id).strip(), _decoded(envelope.subject), filed_at


def _decoded(subject: object) -> str:
    text = _text(subject)
    # Nobody writes a longer subject, and decoding takes time with the square of its length.
    if len(text) <= _LONGEST_SUBJECT:
        with suppress(ValueError, LookupError, MessageError):
            return str(make_header(decode_header(text)))
    return text


def _text(raw: object) -> str:
    return raw.decode("utf-8", errors="replace") if isinstance(raw, bytes) else ""


def _shown(folder: str) -> str:
    return one_line(folder)[:100]
