"""A mail that was written elsewhere, read from an ``.eml`` file into a ``Letter``.

The file may come from anywhere: it is read with caps on its size, its depth and its headers, never with the parts of
Python's mail package that take seconds for a long header or raise on a broken one. Nothing in it is followed, fetched
or opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from typing import Final

from followup_mail.drafts.checks.letter import NOBODY, Enclosure, Letter
from followup_mail.drafts.checks.markup import text_of_html
from followup_mail.drafts.draft import Mailbox
from followup_mail.errors import FollowupError

BYTES_LIMIT: Final = 30 * 1024 * 1024
"""More than any mail server takes."""
TEXT_LIMIT: Final = 200_000
HEADER_LIMIT: Final = 2_000
PARTS_LIMIT: Final = 100
DEPTH_LIMIT: Final = 50
LINES_LIMIT: Final = 1_000
"""Lines that may begin with two hyphens, as each part does."""
HEADERS_LIMIT: Final = 500_000
_BOUNDARY: Final = re.compile(rb"(?i)\bboundary\s*=")
# Codecs of Python that are no charsets of mail; some take quadratic time.
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape"})
_FIX: Final = "Save the mail once more from your mail program, as 'message source' or '.eml'."


def parse_eml(content: bytes) -> Letter:
    """Return the mail in ``content`` as a letter: words, sender, recipient, attachments, moment.

    Facts are not known yet; ``with_facts`` adds them. Raises ``FollowupError`` when it is no mail, or too large.
    """
    if len(content) > BYTES_LIMIT:
        raise FollowupError(f"The mail has {len(content):,} bytes; {BYTES_LIMIT:,} is the limit.", fix=_FIX)
    if len(_BOUNDARY.findall(content)) > DEPTH_LIMIT or content.count(b"\n--") > LINES_LIMIT:
        raise FollowupError("The mail has too many parts, or is nested too deeply to be read.", fix=_FIX)
    if len(re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]) > HEADERS_LIMIT:
        raise FollowupError("The headers of the mail are longer than any mail server takes.", fix=_FIX)
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        parts = list(_leaves(message))
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise FollowupError(f"The mail cannot be read ({type(error).__name__}).", fix=_FIX) from None
    if not message.keys():
        raise FollowupError("This is no mail: it has no headers.", fix=_FIX)
    return Letter(
        subject=_header(message, "Subject"),
        text=_text(parts),
        sender=_mailbox(message, "From"),
        recipient=_mailbox(message, "To"),
        sends_at=_moment(message),
        enclosures=tuple(_enclosure(part) for part in parts if _is_attachment(part)),
    )


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold content, without descending into attached mails."""
    waiting = [message]
    for _ in range(PARTS_LIMIT):
        if not waiting:
            return
        part = waiting.pop(0)
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [one for one in inner if isinstance(one, Message)]
        else:
            yield part


def _text(parts: list[Message]) -> str:
    """Return the plain text; else the words of the HTML. Parts of several plain texts are joined."""
    shown = [part for part in parts if not _is_attachment(part)]
    plain = [_decoded(part) for part in shown if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)[:TEXT_LIMIT]
    html = [text_of_html(_decoded(part)) for part in shown if part.get_content_type() == "text/html"]
    return "\n".join(html)[:TEXT_LIMIT]


def _decoded(part: Message) -> str:
    """Return the text of a part whatever its charset claims; what does not decode becomes a replacement character."""
    payload = part.get_payload(decode=True)
    content = payload[: 4 * TEXT_LIMIT] if isinstance(payload, bytes) else b""
    claimed = part.get_content_charset("utf-8")
    for charset in ("utf-8" if claimed in _NO_CHARSETS else claimed, "utf-8", "latin-1"):
        try:
            text = content.decode(charset, errors="strict" if charset != "latin-1" else "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        return _one_line_end(text).replace("\x00", "")
    return ""


def _is_attachment(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", ""))[:HEADER_LIMIT].strip().lower()
    return disposition.startswith("attachment") or part.get_content_maintype() not in {"text", "multipart"}


def _enclosure(part: Message) -> Enclosure:
    try:
        filename = part.get_filename() or part.get_content_type()
    except (ValueError, LookupError, TypeError, AttributeError):
        filename = part.get_content_type()
    payload = part.get_payload(decode=True)
    digest = sha256(payload).hexdigest() if isinstance(payload, bytes) else ""
    return Enclosure(_one_line(_words(filename))[:200], digest, digest)


def _header(message: Message, name: str) -> str:
    """Return a header as people read it, on one line. Folding and encoded words (RFC 2047) are undone, once."""
    return _one_line(_words(str(message.get(name, ""))))


def _words(raw: str) -> str:
    raw = raw[:HEADER_LIMIT]
    try:
        found = decode_header(raw)
    except (HeaderParseError, ValueError, LookupError):
        return raw
    # RFC 2047 section 5: white space parts an encoded word from plain text, and is dropped between two encoded ones.
    said, was_encoded = "", False
    for content, charset in found:
        border = " " if said and was_encoded != (charset is not None) else ""
        said, was_encoded = f"{said}{border}{_word(content, charset)}", charset is not None
    return said


def _word(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    try:
        return content.decode(charset or "utf-8", errors="replace")
    except (LookupError, ValueError):
        return content.decode("latin-1")


def _mailbox(message: Message, name: str) -> Mailbox:
    """Return the first mailbox of a header; names and addresses are split before encoded words are undone."""
    found = getaddresses([_one_line(str(message.get(name, ""))[:HEADER_LIMIT])])
    return next((Mailbox(_name(_one_line(_words(display))), email) for display, email in found if email), NOBODY)


def _name(display: str) -> str:
    """Return a display name; nothing for the address that mail programs repeat where they know no name."""
    return "" if "@" in display and " " not in display else display


def _moment(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(message.get("Date", ""))[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A year far off would overflow when it is moved to another zone.
    return moment if moment.tzinfo is not None and 1970 <= moment.year < 2200 else None


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
