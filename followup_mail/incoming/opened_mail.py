"""A mail from a mailbox, opened as far as it has to be understood: who, to whom, when, its thread and its words.

It comes from outside. A mail that is nested or long beyond reason is known by its headers alone; nothing here fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import Message
from functools import cached_property
from typing import Final, NamedTuple

from followup_mail.errors import FollowupError
from followup_mail.incoming.first_line import kept_words
from followup_mail.incoming.forwarded import attached_mails, find_mark
from followup_mail.incoming.machine_words import FORWARDED
from followup_mail.incoming.quotation import blank_quotes, own_words
from followup_mail.incoming.saved_ids import cut_thread, find_ids
from followup_mail.incoming.saved_mail import POLICY, field, plain_bytes, read_words, sent_at
from followup_mail.incoming.saved_senders import senders_shown
from followup_mail.incoming.saved_text import leaves, parse_saved, text_of

READ_LIMIT: Final = 3 * 1024 * 1024
"""Bytes of a mail that are looked at: what people write stands in front of what they attach."""
_REPORT_LIMIT: Final = 512 * 1024
"""Of a report, which may hold a block for each of many recipients; what it reports is at its beginning."""
_HEAD_LIMIT: Final = 256 * 1024
_HEAD_LINES: Final = 4_000
_FIELD_LIMIT: Final = 20_000
_LINE_LIMIT: Final = 20_000
_TEXT_LIMIT: Final = 50_000
_MANY: Final = 100
"""Recipients that are looked at."""


class Mailbox(NamedTuple):
    """An address in lower case, and how it is shown."""

    name: str
    address: str


@dataclass(frozen=True)
class OpenedMail:
    """One mail. Texts are as people read them, and have not passed the gate of the facts."""

    headers: Message
    parts: Sequence[Message]
    """Empty where only the headers are known."""

    @cached_property
    def subject(self) -> str:
        """The subject on one line, without anything invisible."""
        return kept_words(read_words(field(self.headers, "Subject", _FIELD_LIMIT)))

    @cached_property
    def sender(self) -> Mailbox:
        """Who is in From; empty where nobody is."""
        return next(iter(self.mailboxes("From")), Mailbox("", ""))

    @cached_property
    def recipients(self) -> tuple[Mailbox, ...]:
        return (*self.mailboxes("To"), *self.mailboxes("Cc"))[:_MANY]

    @cached_property
    def message_id(self) -> str:
        return next(iter(self._ids("Message-ID")), "")

    @cached_property
    def references(self) -> tuple[str, ...]:
        """What it answers, oldest first."""
        return cut_thread(tuple(dict.fromkeys((*self._ids("References"), *self._ids("In-Reply-To")))))

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent, with the zone of its sender, where it says so."""
        return sent_at(self.headers)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The content types of the mail and its parts."""
        return frozenset({self.headers.get_content_type(), *(part.get_content_type() for part in self.parts)})

    @cached_property
    def text(self) -> str:
        """All of its words, with what it quotes."""
        return text_of(list(self.parts))[:_TEXT_LIMIT].replace("\u00a0", " ") if self.parts else ""

    @cached_property
    def own_words(self) -> str:
        """What its writer wrote."""
        return own_words(self.text)

    @cached_property
    def passed_on(self) -> str:
        """What somebody else wrote, whose mail this one passes on; without what that one quotes."""
        attached = attached_mails(self.parts)
        if attached:
            return open_mail(attached[0]).own_words
        lines = self.text.split("\n")
        at = find_mark(lines, is_marked=bool(FORWARDED.match(self.subject)))
        if at < 0:
            return ""
        below = "\n".join(lines[at:])
        return blank_quotes(below[below.find("\n\n") :] if "\n\n" in below else "").strip()

    def day(self, today: date) -> date:
        """Return the day it was sent on, as its sender's clock said; ``today`` where it does not say."""
        return self.sent.date() if self.sent else today

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent, in UTC."""
        return self.sent.astimezone(UTC) if self.sent and self.sent.tzinfo else None

    def mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        """Return the good addresses of a field."""
        return tuple(
            Mailbox(kept_words(read_words(shown)), address.lower())
            for shown, address in senders_shown(self.headers, name)
        )

    def _ids(self, name: str) -> tuple[str, ...]:
        return find_ids(field(self.headers, name, _FIELD_LIMIT))[0]


def open_mail(content: bytes) -> OpenedMail:
    """Open a whole mail, or the beginning of one."""
    is_report = b"delivery-status" in content[:_HEAD_LIMIT]
    plain = _plain(content[: _REPORT_LIMIT if is_report else READ_LIMIT])
    try:
        message = parse_saved(plain)
        return OpenedMail(message, tuple(leaves(message)))
    except FollowupError:
        return open_headers(plain)


def open_headers(content: bytes) -> OpenedMail:
    """Open the headers of a mail; what follows them is not looked at."""
    from email.parser import BytesHeaderParser

    head = _plain(content[:_HEAD_LIMIT]).partition(b"\n\n")[0]
    lines = b"\n".join(line[:_LINE_LIMIT] for line in head.split(b"\n", _HEAD_LINES)[:_HEAD_LINES])
    return OpenedMail(BytesHeaderParser(policy=POLICY).parsebytes(lines + b"\n\n"), ())


def _plain(content: bytes) -> bytes:
    try:
        return plain_bytes(content, "The mail")
    except FollowupError:  # an Outlook file is no mail that a server has
        return b""
