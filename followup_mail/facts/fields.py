"""The types of facts: how each kind of value is read, cleaned, and described to an editor (JSON Schema).

pydantic would turn a number into a moment and "no" into false; here nothing is converted that a reader of the file
would not expect.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema

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
from followup_mail.facts.moments import read_day, read_moment, read_span

# Only what an editor can tell at a glance; the readers decide.
_SPAN_PATTERN = r"^\s*[0-9]+\s*[A-Za-z]"
_COUNTRY_PATTERN = r"^\s*[A-Za-z]{2}\s*$"
_DAY_PATTERN = r"^\s*\d{4}-\d{2}-\d{2}\s*$"
_MOMENT_PATTERN = r"^\s*\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?\s*$"


def _as_list(given: object) -> object:
    """One text is a list of one: ``fit = "..."`` is what people write when there is one reason."""
    return (given,) if isinstance(given, str) else given


def _drop_empty(given: tuple[str, ...]) -> tuple[str, ...]:
    """Drop empty items: to a template, a list with an empty text in it would look as if there were something."""
    return tuple(item for item in given if item)


Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=1, le=20)]
Version = Annotated[int, Strict(), Field(ge=0, le=2_147_483_647)]  # RFC 5545 section 3.3.8
Line = Annotated[str, AfterValidator(clean_line), WithJsonSchema({"type": "string", "maxLength": LINE_LIMIT})]
Name = Annotated[
    str, AfterValidator(clean_name), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LINE_LIMIT})
]
PersonName = Annotated[
    str,
    AfterValidator(clean_person),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LINE_LIMIT, "pattern": "^[^@]+$"}),
]
Title = Annotated[str, AfterValidator(clean_title), WithJsonSchema({"type": "string", "maxLength": LINE_LIMIT})]
Passage = Annotated[str, AfterValidator(clean_passage), WithJsonSchema({"type": "string", "maxLength": PASSAGE_LIMIT})]
Notes = Annotated[str, AfterValidator(clean_notes), WithJsonSchema({"type": "string", "maxLength": NOTES_LIMIT})]
Passages = Annotated[
    tuple[Passage, ...],
    Field(max_length=20),
    BeforeValidator(_as_list),
    AfterValidator(_drop_empty),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "maxLength": PASSAGE_LIMIT}, "maxItems": 20},
                {"type": "string", "maxLength": PASSAGE_LIMIT},
            ]
        }
    ),
]
Lines = Annotated[tuple[Line, ...], Field(max_length=10), AfterValidator(_drop_empty)]
WebLink = Annotated[str, AfterValidator(clean_link), WithJsonSchema({"type": "string", "maxLength": LINE_LIMIT})]
Email = Annotated[str, AfterValidator(clean_email), WithJsonSchema({"type": "string", "pattern": r"^[^@<>]+@[^@<>]+$"})]
Phone = Annotated[str, AfterValidator(clean_phone), WithJsonSchema({"type": "string", "examples": ["+1 312 555 0142"]})]
Zone = Annotated[str, AfterValidator(clean_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Berlin"]})]
Country = Annotated[str, AfterValidator(clean_country), WithJsonSchema({"type": "string", "pattern": _COUNTRY_PATTERN})]
MessageId = Annotated[str, AfterValidator(clean_message_id), WithJsonSchema({"type": "string"})]
# TOML has days and moments of its own; a JSON Schema checker sees them as text.
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "pattern": _DAY_PATTERN})]
Moment = Annotated[
    datetime, BeforeValidator(read_moment), WithJsonSchema({"type": "string", "pattern": _MOMENT_PATTERN})
]
Duration = Annotated[
    timedelta,
    BeforeValidator(read_span),
    WithJsonSchema({"type": "string", "pattern": _SPAN_PATTERN, "examples": ["45 min", "1 h 30 min", "2 weeks"]}),
]


class Fact(BaseModel):
    """Base of every fact: frozen, nothing unknown, no silent conversion of one type into another.

    What stands below a field is its meaning, which ``schema`` reads for editors: pydantic would do so at each start.
    A fact that is part of another one is built into that, and on its own only when somebody makes one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)
