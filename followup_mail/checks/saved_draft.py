"""A mail that was written elsewhere, read from an ``.eml`` file into a ``CheckContext``.

The file may come from anywhere: it is read with caps on its size, its depth and its headers, never with the parts of
Python's mail package that take seconds for a long header or fail on a broken header. Nothing in it is followed, fetched
or opened.
"""

from __future__ import annotations

from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from followup_mail.checks.context import NOBODY, CheckContext
from followup_mail.errors import FollowupError
from followup_mail.incoming.saved_mail import field, plain_bytes, read_words
from followup_mail.incoming.saved_text import (
    AGAIN,
    HEADER_LIMIT,
    filename_of,
    is_attachment,
    leaves,
    parse_saved,
    text_of,
)
from followup_mail.message.draft import Mailbox

BYTES_LIMIT: Final = 30 * 1024 * 1024
"""More than any mail server takes."""


def parse_eml(content: bytes, name: str = "The file") -> CheckContext:
    """Return the mail in ``content`` as a ``CheckContext``: words, sender, recipient, attachments, moment.

    ``name`` is how an error calls it. Facts are not known yet; ``with_facts`` adds them. Raises ``FollowupError`` when
    it is no mail, or too large.
    """
    if len(content) > BYTES_LIMIT:
        raise FollowupError(f"The mail has {len(content):,} bytes; {BYTES_LIMIT:,} is the limit.", fix=AGAIN)
    content = plain_bytes(content, name)
    message = parse_saved(content)
    parts = list(leaves(message))
    if not content.strip():
        raise FollowupError(f"{name} is empty.", fix=AGAIN)
    if not message.keys():
        raise FollowupError("This is not an email: it has no headers.", fix=AGAIN)
    subject = _one_line(read_words(field(message, "Subject", HEADER_LIMIT)))
    return CheckContext(
        subject=subject,
        text=text_of(parts),
        sender=_mailbox(message, "From"),
        recipient=_mailbox(message, "To"),
        sends_at=_moment(message),
        enclosures=tuple(_filename(part) for part in parts if is_attachment(part)),
        thread_subject=subject if field(message, "In-Reply-To", HEADER_LIMIT).strip() else "",
    )


def _filename(part: Message) -> str:
    return _one_line(read_words(filename_of(part) or part.get_content_type()))[:200]


def _mailbox(message: Message, name: str) -> Mailbox:
    """Return the first mailbox of a header; names and addresses are split before encoded words are undone."""
    try:
        found = getaddresses([_one_line(field(message, name, HEADER_LIMIT))])
    except RecursionError:  # a thousand brackets in each other
        return NOBODY
    return next((Mailbox(_name(_one_line(read_words(display))), email) for display, email in found if email), NOBODY)


def _name(display: str) -> str:
    """Return a display name; nothing for the address that mail programs repeat where they know no name."""
    return "" if "@" in display and " " not in display else display


def _moment(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(field(message, "Date", 100))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A year far off would overflow when it is moved to another zone.
    return moment if moment.tzinfo is not None and 1970 <= moment.year < 2200 else None


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
