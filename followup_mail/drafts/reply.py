"""Read a message that they sent, saved as a file, as far as an answer in its thread needs it.

The file comes from outside: nothing in it is trusted, and what does not pass the gate of ``facts.clean`` is left out.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.facts.clean import clean_email, clean_line, clean_message_id
from followup_mail.facts.moments import FIRST_YEAR, LAST_YEAR

_BYTES_LIMIT: Final = 40 * 1024 * 1024
# Real headings stay far below all three; a parser needs seconds for a megabyte.
_HEAD_LIMIT: Final = 256 * 1024
_LINES_LIMIT: Final = 4_000
_FIELD_LIMIT: Final = 20_000
_SUBJECT_LIMIT: Final = 200
_REFERENCES_LIMIT: Final = 50
_SAVE: Final = "Save the message itself from your mail program, as an .eml file."


@dataclass(frozen=True, slots=True)
class Received:
    """The headers of their message; empty where it had none that can be used."""

    sender: str
    """The address that an answer goes to."""
    subject: str
    message_id: str
    references: tuple[str, ...]
    """Oldest first."""
    on: date | None
    """The day it was sent, as the sender's clock said."""


def read_received(path: Path) -> Received:
    """Read a saved message (.eml). Raises ``FactsError`` when the file is no message."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FactsError(f"{path} is not a file.", fix=_SAVE)
        if found.st_size > _BYTES_LIMIT:
            raise FactsError(f"{path} is too large for a saved message.", fix="Save the message without attachments.")
        with path.open("rb") as file:
            content = file.read(_HEAD_LIMIT)
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror}.", fix=_SAVE) from None
    return parse_received(content, str(path))


def parse_received(content: bytes, name: str) -> Received:
    """Read a message from its bytes; ``name`` is how an error calls it. Raises ``FactsError``."""
    from email.parser import HeaderParser
    from email.policy import compat32

    headers = HeaderParser(policy=compat32).parsestr(_heading(content, name))
    if not any(field in headers for field in ("From", "Subject", "Message-ID")):
        raise FactsError(f"{name} does not look like a mail message.", fix=_SAVE)
    _refuse_wrapped(headers, b"message/rfc822" in content.lower(), name)
    return Received(
        sender=_sender(headers),
        subject=_subject(_raw(headers, "Subject")),
        message_id=next(iter(_ids(_raw(headers, "Message-ID"))), ""),
        references=_thread(_ids(_raw(headers, "References")) or _ids(_raw(headers, "In-Reply-To"))),
        on=_day(_raw(headers, "Date")),
    )


def _heading(content: bytes, name: str) -> str:
    """Return the header block as text: UTF-8 where it is (RFC 6532), else the old one-byte set of the West."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FactsError(f"{name} is an Outlook .msg file.", fix='Save it as .eml: in Outlook, "Save as", type EML.')
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode(errors="replace")
    content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    # Apple Mail's .emlx begins with a line that counts the bytes.
    head = re.sub(rb"\A\d{1,12}[ \t]*\n", b"", content[:_HEAD_LIMIT]).partition(b"\n\n")[0]
    head = b"\n".join(head.split(b"\n", _LINES_LIMIT)[:_LINES_LIMIT]) + b"\n\n"
    try:
        return head.decode()
    except UnicodeDecodeError:
        return head.decode("latin-1")


def _refuse_wrapped(headers: Message, holds_message: bool, name: str) -> None:
    """Refuse a message that only holds theirs: its sender and id are not those of what they wrote."""
    kind = headers.get_content_type()
    if kind == "multipart/report":
        raise FactsError(f"{name} is a report about a mail of yours, not an answer.", fix=_SAVE)
    forwarded = holds_message and re.match(r"(?i)\s*(fwd?|wg|tr|rv|enc)\s*:", _subject(_raw(headers, "Subject")))
    if kind == "message/rfc822" or (kind == "multipart/mixed" and forwarded):
        raise FactsError(f"{name} was forwarded: their message is attached to it.", fix=_SAVE)


def _sender(headers: Message) -> str:
    """Return the address that an answer goes to: Reply-To where there is a good one, else From."""
    from email.utils import getaddresses

    for field in ("Reply-To", "From"):
        # Taken apart before encoded words are read: a name may decode to something that looks like an address.
        try:
            addresses = [address for _, address in getaddresses([_raw(headers, field)])]
        except RecursionError:  # a thousand brackets in each other
            addresses = []
        if kept := next(filter(None, (_kept(clean_email, address) for address in addresses)), ""):
            return kept
    return ""


def _subject(raw: str) -> str:
    """Return a subject on one line, encoded words (RFC 2047) read; nothing when they cannot be."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        parts = decode_header(raw[:_FIELD_LIMIT])
        text = "".join(
            part if isinstance(part, str) else part.decode(charset or "raw-unicode-escape", errors="replace")
            for part, charset in parts
        )
    except (ValueError, LookupError, HeaderParseError):
        return ""
    return _kept(clean_line, " ".join(text.split())[:_SUBJECT_LIMIT])


def _ids(text: str) -> tuple[str, ...]:
    found = (_kept(clean_message_id, one) for one in re.findall(r"<[^<>\s]{3,500}>", text))
    return tuple(dict.fromkeys(one for one in found if one))


def _thread(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return at most so many ids as the facts take: the first, which names the thread, and the latest."""
    return ids if len(ids) <= _REFERENCES_LIMIT else (ids[0], *ids[1 - _REFERENCES_LIMIT :])


def _day(text: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        day = parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _raw(headers: Message, field: str) -> str:
    """Return a field as it stands there, on one line; of several the first."""
    return " ".join(str(headers[field] or "")[:_FIELD_LIMIT].split())


def _kept(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text) if text else ""
    except ValueError:
        return ""
