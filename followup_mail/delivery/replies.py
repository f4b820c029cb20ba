"""A mail server's reply as a value."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from followup_mail.delivery.redaction import one_line
from followup_mail.regex import regex

_ENHANCED: Final = regex(r"([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)")

# What follows the queue id differs by server: Postfix, Exim, Gmail, Exchange, Amazon SES, qmail, Sendmail.
_QUEUE_IDS: Final = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        r"\bqueued as (?P<id>[\w.:@+-]+)",
        r"\bid=(?P<id>[\w.:@+-]+)",
        r"<(?P<id>[^<>\s]+)> \[InternalId=",
        r"^2\.0\.0 OK +(?P<id>\d+ [\w.-]+) - gsmtp",
        r"\bqp (?P<id>\d+)",
        r"^(?:2\.0\.0 )?ok:? (?P<id>[\w.-]{12,})$",
        r"^(?:2\.0\.0 )?(?P<id>[\w.-]{8,}) message accepted",
    )
)


class Reply(Struct, frozen=True):
    """One complete reply (RFC 5321 section 4.2), its lines joined. It may still contain secrets."""

    code: int
    text: str

    @property
    def enhanced(self) -> str:
        """The enhanced status code at the start, e.g. ``5.7.9`` (RFC 3463), or nothing."""
        match = _ENHANCED.match(self.text)
        # RFC 2034 section 4: the class digit always equals the first digit of the reply code.
        return match[0] if match and match[1] == str(self.code)[0] else ""

    @property
    def said(self) -> str:
        """The code and the text, as people search for them."""
        return f"{self.code} {self.text}".strip()

    @property
    def queue_id(self) -> str:
        """The id that the server gave an accepted message, where it names one."""
        found = (match for pattern in _QUEUE_IDS if (match := pattern.search(self.text)))
        return next((match["id"][:100] for match in found), "")


def parse_reply(code: int, raw: bytes | str) -> Reply:
    """Make a reply of the bytes after the code. An enhanced code that is repeated on each line is kept once."""
    text = raw if isinstance(raw, str) else raw.decode("utf-8", errors="replace")
    first, *rest = text.split("\n")
    opening = _ENHANCED.match(first)
    repeated = re.compile(rf"{re.escape(opening[0])}\s+") if opening else None
    more = (repeated.sub("", line, count=1) if repeated and repeated.match(line) else line for line in rest)
    return Reply(code, one_line(" ".join([first, *more])))
