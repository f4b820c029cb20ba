"""The one header that is not known before a mail leaves: Date. All others are written by ``compose``."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from followup_mail.regex import regex

_HAS_DATE: Final = regex(rb"(?:[^\r\n]+\r\n)*?Date:", re.IGNORECASE)


def with_date(content: bytes, at: datetime) -> bytes:
    """Put the Date header on top (RFC 5322 section 3.6.1), in the zone of ``at``: the sender's.

    Raises ``ValueError`` for a naive moment, and for a message that has its date already.
    """
    from email.utils import format_datetime

    if at.tzinfo is None:
        raise ValueError("the moment of sending needs a time zone")
    if _HAS_DATE.match(content):
        raise ValueError("the message has a Date header already")
    return f"Date: {format_datetime(at)}\r\n".encode("ascii") + content
