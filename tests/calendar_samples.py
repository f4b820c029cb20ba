"""Events for the tests of the calendar, and a reader of iCalendar text that shares no code with any library."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from followup_mail.cadence.step import Kind, StepId
from followup_mail.calendar.event import Event, EventStatus, step_uid

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOSTILE = (
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "ATTENDEE:mailto:eve@evil.example",
    "a, b; c",
    "C:\\New\\new\\Notes",
    "\\n\\,\\;\\\\",
    "ends in a backslash\\",
    '"quoted": =?utf-8?q?=0D=0A?=',
    "שלום, עולם; \u200f",
    "👩‍💻 🇨🇭 é e\u0301",
    "{{ 7 * 7 }} ${HOME} %s",
    "x" * 1_200,
    "ü" * 998,
    " two  spaces ",
)


def event(**changes: object) -> Event:
    """A tentative call next Monday at nine."""
    given: dict[str, object] = {
        "uid": step_uid(StepId("acme", Kind.STATUS_INQUIRY, 1, "dana-lee")),
        "application": "acme",
        "title": "Call Dana Lee (Acme): status inquiry",
        "start_at": MONDAY,
        "end_at": MONDAY + timedelta(minutes=15),
        "status": EventStatus.TENTATIVE,
        "description": "Why then: one week after.",
        "categories": ("Job search", "Follow-up", "Call"),
        "alarm_before": timedelta(minutes=10),
        "busy": True,
    }
    return Event(**{**given, **changes})  # type: ignore[arg-type]


def read_lines(content: bytes) -> list[tuple[str, str]]:
    """Return the names and raw values of a calendar's lines, after checking their length and ends (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, line
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), line
        line.decode()  # no character is split
    whole = b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")
    return [(name, value) for name, _, value in (line.partition(":") for line in whole)]


def read_text(value: str) -> str:
    """Return what a TEXT value means (RFC 5545 section 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def read_texts(content: bytes, name: str) -> list[str]:
    """Return every value of one TEXT property of the events, alarms aside."""
    found, depth = [], 0
    for key, value in read_lines(content):
        depth += (key == "BEGIN") - (key == "END")
        if key == name and depth == 2:
            found.append(read_text(value))
    return found
