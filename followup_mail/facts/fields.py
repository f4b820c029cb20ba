"""The types of facts: the gate of each kind of value, and what an editor is told of it (JSON Schema)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Final

from followup_mail.facts.clean import (
    LINE_LIMIT,
    NOTES_LIMIT,
    PASSAGE_LIMIT,
    clean_country,
    clean_email,
    clean_line,
    clean_link,
    clean_message_id,
    clean_name,
    clean_notes,
    clean_passage,
    clean_person,
    clean_phone,
    clean_title,
    clean_zone,
)
from followup_mail.facts.gates import Gate, flag, several, text, whole_number
from followup_mail.facts.moments import read_day, read_moment, read_span

# Only what an editor can tell at a glance; the readers decide.
_SPAN_PATTERN: Final = r"^\s*[0-9]+\s*[A-Za-z]"
_COUNTRY_PATTERN: Final = r"^\s*[A-Za-z]{2}\s*$"
_DAY_PATTERN: Final = r"^\s*\d{4}-\d{2}-\d{2}\s*$"
_MOMENT_PATTERN: Final = r"^\s*\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?\s*$"
_SPANS: Final = ["45 min", "1 h 30 min", "2 weeks"]

_LINE: Final = text(clean_line, maxLength=LINE_LIMIT)
_PASSAGE: Final = text(clean_passage, maxLength=PASSAGE_LIMIT)
_MESSAGE_ID: Final = text(clean_message_id)

Flag = Annotated[bool, flag()]
Count = Annotated[int, whole_number(1, 20)]
Version = Annotated[int, whole_number(0, 2_147_483_647)]  # RFC 5545 section 3.3.8
Text = Annotated[str, text()]
Line = Annotated[str, _LINE]
Name = Annotated[str, text(clean_name, minLength=1, maxLength=LINE_LIMIT)]
PersonName = Annotated[str, text(clean_person, minLength=1, maxLength=LINE_LIMIT, pattern="^[^@]+$")]
Title = Annotated[str, text(clean_title, maxLength=LINE_LIMIT)]
Passage = Annotated[str, _PASSAGE]
Notes = Annotated[str, text(clean_notes, maxLength=NOTES_LIMIT)]
Passages = Annotated[tuple[str, ...], several(_PASSAGE, 20, drop_empty=True, bare=True)]
Lines = Annotated[tuple[str, ...], several(_LINE, 10, drop_empty=True)]
WebLink = Annotated[str, text(clean_link, maxLength=LINE_LIMIT)]
Email = Annotated[str, text(clean_email, pattern=r"^[^@<>]+@[^@<>]+$")]
Phone = Annotated[str, text(clean_phone, examples=["+1 312 555 0142"])]
Zone = Annotated[str, text(clean_zone, examples=["Europe/Berlin"])]
Country = Annotated[str, text(clean_country, pattern=_COUNTRY_PATTERN)]
MessageId = Annotated[str, _MESSAGE_ID]
MessageIds = Annotated[tuple[str, ...], several(_MESSAGE_ID, 100)]
# TOML has days and moments of its own; a JSON Schema checker sees them as text.
Day = Annotated[date, Gate(read_day, {"type": "string", "pattern": _DAY_PATTERN})]
Moment = Annotated[datetime, Gate(read_moment, {"type": "string", "pattern": _MOMENT_PATTERN})]
Duration = Annotated[timedelta, Gate(read_span, {"type": "string", "pattern": _SPAN_PATTERN, "examples": _SPANS})]
