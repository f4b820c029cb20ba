"""Read a message that they sent, saved as a file, as far as an answer in its thread needs it.

The file comes from outside: nothing in it is trusted, and what does not pass the gate of ``facts.clean`` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.facts.clean import clean_email, clean_line, clean_message_id

_BYTES_LIMIT: Final = 40 * 1024 * 1024
_REFERENCES_LIMIT: Final = 50


@dataclass(frozen=True, slots=True)
class Received:
    """The headers of their message; empty where it had none that can be used."""

    sender: str
    subject: str
    message_id: str
    references: tuple[str, ...]
    on: date | None
    """The day it was sent, as the sender's clock said."""


def read_received(path: Path) -> Received:
    """Read a saved message (.eml). Raises ``FactsError`` when the file is no message."""
    try:
        if path.stat().st_size > _BYTES_LIMIT:
            raise FactsError(f"{path} is too large for a saved message.", fix="Save the message without attachments.")
        content = path.read_bytes()
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror}.", fix="Save the message as an .eml file.") from None
    return parse_received(content, str(path))


def parse_received(content: bytes, name: str) -> Received:
    """Read a message from its bytes; ``name`` is how an error calls it."""
    from email.parser import BytesHeaderParser
    from email.policy import compat32

    headers: Message = BytesHeaderParser(policy=compat32).parsebytes(content[: 1024 * 1024])
    if not any(name in headers for name in ("From", "Subject", "Message-ID")):
        raise FactsError(f"{name} does not look like a mail message.", fix="Save the message as an .eml file.")
    return Received(
        sender=_kept(clean_email, _address(_decoded(headers["Reply-To"]) or _decoded(headers["From"]))),
        subject=_kept(clean_line, _decoded(headers["Subject"])[:200]),
        message_id=_kept(clean_message_id, str(headers["Message-ID"] or "").strip()),
        references=_ids(str(headers["References"] or headers["In-Reply-To"] or "")),
        on=_day(str(headers["Date"] or "")),
    )


def _decoded(raw: object) -> str:
    """Return a header's text on one line, encoded words (RFC 2047) read; what cannot be read becomes U+FFFD."""
    from email.header import decode_header

    if raw is None:
        return ""
    try:
        parts = decode_header(str(raw))
        text = "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", errors="replace")
            for part, charset in parts
        )
    except (ValueError, LookupError):
        text = str(raw)
    return " ".join(text.split())


def _address(text: str) -> str:
    in_brackets = re.search(r"<([^<>\s]{3,320})>\s*$", text)
    return in_brackets[1] if in_brackets else text.strip()


def _ids(text: str) -> tuple[str, ...]:
    found = (_kept(clean_message_id, one) for one in re.findall(r"<[^<>\s]{3,200}>", text[:20_000]))
    return tuple(dict.fromkeys(one for one in found if one))[-_REFERENCES_LIMIT:]


def _day(text: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _kept(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text) if text else ""
    except ValueError:
        return ""
