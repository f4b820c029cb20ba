"""The parts and the words of a saved mail, whatever it holds: with caps on its size and its depth, never followed."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.incoming.html_text import text_of_html
from followup_mail.incoming.saved_mail import NO_CHARSETS, POLICY, field
from followup_mail.regex import regex

TEXT_LIMIT: Final = 200_000
HEADER_LIMIT: Final = 2_000
PARTS_LIMIT: Final = 100
DEPTH_LIMIT: Final = 50
LINES_LIMIT: Final = 1_000
"""Lines that may begin with two hyphens, as each part does."""
HEADERS_LIMIT: Final = 500_000
_BOUNDARY: Final = regex(rb"(?i)\bboundary\s*=")
# Claimed by programs that write UTF-8 all the same, and by whatever saved the file in another set.
_OFTEN_WRONG: Final = frozenset({"iso-8859-1", "iso-8859-15", "latin-1", "latin1", "windows-1252", "cp1252"})
AGAIN: Final = "Save the mail once more from your mail program, as 'message source' or '.eml'."


def parse_saved(content: bytes) -> Message:
    """Parse what ``plain_bytes`` returns. Raises ``FollowupError`` when it is nested or long beyond reason."""
    if len(_BOUNDARY.findall(content)) > DEPTH_LIMIT or content.count(b"\n--") > LINES_LIMIT:
        raise FollowupError("The mail has too many parts, or is nested too deeply to be read.", fix=AGAIN)
    if len(content.partition(b"\n\n")[0]) > HEADERS_LIMIT:
        raise FollowupError("The headers of the mail are longer than any mail server takes.", fix=AGAIN)
    try:
        return message_from_bytes(content, policy=POLICY)
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise FollowupError(f"The mail cannot be read ({type(error).__name__}).", fix=AGAIN) from None


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold content, without descending into attached mails."""
    waiting = [message]
    for _ in range(PARTS_LIMIT):
        if not waiting:
            return
        part = waiting.pop(0)
        # Only then: asked for the payload of text, Python would decode it by whatever charset it claims.
        inner = part.get_payload() if part.is_multipart() and part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting[:0] = [one for one in inner if isinstance(one, Message)]
        else:
            yield part


def text_of(parts: list[Message]) -> str:
    """Return the plain text; else the words of the HTML. Parts of several plain texts are joined."""
    shown = [part for part in parts if not is_attachment(part)]
    plain = [_decoded(part) for part in shown if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)[:TEXT_LIMIT]
    html = [text_of_html(_decoded(part)) for part in shown if part.get_content_type() == "text/html"]
    return "\n".join(html)[:TEXT_LIMIT]


def is_attachment(part: Message) -> bool:
    """Return whether a part comes with the mail rather than being its text."""
    disposition = field(part, "Content-Disposition", HEADER_LIMIT).strip().lower()
    return disposition.startswith("attachment") or part.get_content_maintype() not in {"text", "multipart"}


def filename_of(part: Message) -> str:
    """Return what the file of a part is called, not yet as people read it; nothing where that cannot be told."""
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _decoded(part: Message) -> str:
    """Return the text of a part whatever its charset claims; what does not decode becomes a replacement character."""
    payload = part.get_payload(decode=True)
    content = payload[: 4 * TEXT_LIMIT] if isinstance(payload, bytes) else b""
    claimed = part.get_content_charset("utf-8")
    first = "utf-8" if claimed in NO_CHARSETS | _OFTEN_WRONG else claimed
    for charset in (first, claimed if claimed in _OFTEN_WRONG else "utf-8", "latin-1"):
        try:
            text = content.decode(charset, errors="strict" if charset != "latin-1" else "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return ""
