"""Whether a mail holds an appointment: the method of its calendar (RFC 5546 section 1.4), wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message
from typing import Final

from followup_mail.incoming.saved_mail import field, read_words
from followup_mail.incoming.saved_text import filename_of
from followup_mail.regex import regex

CALENDARS: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_LIMIT: Final = 256 * 1024
_METHOD: Final = regex(rb"(?im)^METHOD(?:;[^:\n]{0,100})?:[ \t]*([A-Z]{3,20})\b")
_CLAIMED: Final = regex(r"(?i);\s*method\s*=\s*\"?([A-Z]{3,20})\b")
_EVENT: Final = regex(rb"(?im)^BEGIN:VEVENT[ \t\r]*$")


def is_calendar(part: Message) -> bool:
    """Return whether a part is a calendar, by its type or by what its file is called."""
    return part.get_content_type() in CALENDARS or read_words(filename_of(part)).casefold().endswith(".ics")


def read_method(parts: Iterable[Message]) -> str:
    """Return the method of a mail's calendar in capitals; "PUBLISH" for an event without one."""
    found = [method for part in parts if is_calendar(part) for method in [_method_of(part)] if method]
    return next((one for one in found if one != "PUBLISH"), next(iter(found), ""))


def _method_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload[:_LIMIT] if isinstance(payload, bytes) else b""
    if said := _METHOD.search(content):
        return said[1].decode("ascii").upper()
    if claimed := _CLAIMED.search(field(part, "Content-Type", 1_000)):
        return claimed[1].upper()
    return "PUBLISH" if _EVENT.search(content) else ""
