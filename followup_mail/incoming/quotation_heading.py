"""The heading that Outlook, Yahoo and others put above a quoted mail: From, Sent, To, Subject, in any order.

The labels may be bold (``*From:*``), in another language, with their values on the next line, or empty lines between
them. "From: 9 am" in a list of the writer's free hours is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from followup_mail.cadence.wording import WEEKDAYS
from followup_mail.facts.quotation_words import kind_of_label
from followup_mail.regex import regex

_LINES_LIMIT: Final = 20
"""Lines of a heading that are looked at; with many recipients it has a dozen."""
_RULE: Final = regex(r"[-_=*~\u2010-\u2015\u2500\u2501](?:[ ]?[-_=*~\u2010-\u2015\u2500\u2501]){2,}\Z")
_LABEL: Final = regex(
    r"[*_|]{0,2}(?P<label>[^\W\d_][^\W\d_]{0,20}(?:[ .'’-]{1,2}[^\W\d_]{1,20}){0,3}(?:\s\([^()\n]{1,12}\))?)"
    r"\s?[*_]{0,2}\s?"
    r"[:\uff1a][*_]{0,2}(?P<value>.*)"
)


_YEAR: Final = regex(r"(?<!\d)\d{4}(?!\d)")
_CLOCK: Final = regex(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")


class _Field(NamedTuple):
    kind: str
    """Empty for a label that is not known."""
    value: str


def is_rule(line: str) -> bool:
    """Return whether a line is drawn of underscores, dashes or the like."""
    return bool(line) and _RULE.match(line) is not None


def heading_at(lines: Sequence[str], first: int) -> int:
    """Return the line after the heading that begins at ``first``; 0 when there is none. Lines are stripped."""
    begins = _read_field(lines[first])
    if begins is None:
        return 0
    fields, end = _read_fields(lines, first)
    is_heading = _is_known(fields, _is_below_rule(lines, first)) if begins.kind else _is_foreign(fields)
    return end if is_heading else 0


def _is_known(fields: list[_Field], below_rule: bool) -> bool:
    """Return whether the labels are those of a quoted mail: the sender and something else, or three of the others."""
    kinds = {field.kind for field in fields} - {"", "other", "copy"}
    named = kinds & {"sent", "date", "subject"}
    if "from" in kinds:
        sender = next(field.value for field in fields if field.kind == "from")
        return _may_be_a_sender(sender) and bool(named or ("to" in kinds and "@" in sender))
    return len(kinds) >= 3 or bool("to" in kinds and named and below_rule)


def _read_fields(lines: Sequence[str], first: int) -> tuple[list[_Field], int]:
    """Return the labels and values that follow each other, and the line after the last."""
    fields: list[_Field] = []
    end = at = first
    while at < min(first + _LINES_LIMIT, len(lines)):
        field = _read_field(lines[at])
        if field:
            fields.append(field)
        elif lines[at] and fields and not fields[-1].value:
            fields[-1] = fields[-1]._replace(value=lines[at])
        elif lines[at] and not _goes_on(lines[at]):
            break
        at += 1
        end = at if lines[at - 1] else end
        if len(lines[at - 1 : at + 1]) == 2 and not lines[at - 1] and not _read_field(lines[at]):
            break
    return fields, end


@lru_cache(maxsize=256)  # a line is looked at once for each line above it
def _read_field(line: str) -> _Field | None:
    found = _LABEL.match(line)
    return _Field(kind_of_label(found["label"]), found["value"].strip()) if found else None


def _goes_on(line: str) -> bool:
    """Return whether a line goes on with a list of addresses."""
    return "@" in line or line.startswith("<") or line.endswith(";")


def _may_be_a_sender(value: str) -> bool:
    """Tell a name or an address from an hour, a day, and the rest of a sentence."""
    if "@" in value:
        return True
    first = value.strip("*_\"'< ").partition(" ")[0].strip(",.")
    return bool(first) and not first[0].isdigit() and not first[0].islower() and first.capitalize() not in WEEKDAYS


def _is_foreign(fields: list[_Field]) -> bool:
    """Return whether labels of a language that is not known stand before a mailbox, first of all, and a moment."""
    has_moment = any(_YEAR.search(one.value) and _CLOCK.search(one.value) for one in fields)
    return len(fields) >= 3 and "<" in fields[0].value and "@" in fields[0].value and has_moment


def _is_below_rule(lines: Sequence[str], first: int) -> bool:
    above = next((lines[at] for at in range(first - 1, max(first - 3, -1), -1) if lines[at]), "")
    return is_rule(above) or bool(re.match(r"[-_=]{3,}.{1,60}[-_=]{3,}\Z", above))
