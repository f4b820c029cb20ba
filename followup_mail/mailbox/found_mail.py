"""Reads a mail that lies in a folder: its words, to compare them with those of one of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.incoming.saved_mail import field, plain_bytes, read_words
from followup_mail.incoming.saved_senders import raw_addresses
from followup_mail.incoming.saved_text import leaves, parse_saved, text_of
from followup_mail.mailbox.careful_fetch import filed_at, section

if TYPE_CHECKING:
    from imapclient import IMAPClient

MOST_READ: Final = 20
"""Mails that are read of one folder for one of ours."""
_LONGEST: Final = 300_000
"""Bytes that are read of a mail: its text stands before what is attached."""
_HEADER: Final = 4_000
_ALIKE: Final = 0.6
"""From this share of the words in common on, it is the same mail with changes."""
_PARTS: Final = f"BODY.PEEK[]<0.{_LONGEST}>"


class FoundMail(Struct, frozen=True):
    """A mail in a folder."""

    uid: int
    message_id: str
    to: tuple[str, ...]
    """Addresses in lower case."""
    subject: str
    text: str
    filed_at: datetime | None
    """UTC; None when the server does not say it."""
    content: bytes
    """At most 300,000 bytes of it, with CRLF line ends."""

    def has_same_words(self, subject: str, text: str) -> bool:
        """Return whether nothing but space differs."""
        return _words(self.subject) == _words(subject) and _words(self.text) == _words(text)

    def is_alike(self, subject: str, text: str) -> bool:
        """Return whether it has the same subject, or nearly the same text."""
        if _words(self.subject.casefold()) == _words(subject.casefold()):
            return True
        matcher = difflib.SequenceMatcher(None, _words(self.text)[:2_000], _words(text)[:2_000], autojunk=False)
        return matcher.ratio() >= _ALIKE


def read_mails(client: IMAPClient, uids: Sequence[int]) -> Iterator[FoundMail]:
    """Read the latest of these mails in the selected folder, without marking them; what cannot be read is left out."""
    for uid in sorted(uids, reverse=True)[:MOST_READ]:
        for number, parts in client.fetch([uid], [_PARTS, "INTERNALDATE"]).items():
            content = section(parts, b"BODY[]")
            if number == uid and content is not None:
                with suppress(FollowupError):
                    yield _read(uid, content, filed_at(parts))


def _read(uid: int, content: bytes, at: datetime | None) -> FoundMail:
    message = parse_saved(plain_bytes(content, "The mail"))
    to = raw_addresses(message, "To", _HEADER)
    return FoundMail(
        uid,
        field(message, "Message-ID", _HEADER).strip(),
        tuple(address.lower() for _, address in to if address),
        read_words(field(message, "Subject", _HEADER)),
        text_of(list(leaves(message))).replace("\r\n", "\n"),
        at,
        content,
    )


def _words(text: str) -> list[str]:
    return text.split()
