"""The heading that Outlook, Yahoo and others put above a quoted mail: From, Sent, To, Subject, in any order.

The labels may be bold (``*From:*``), in another language, with their values on the next line, or empty lines between
them. "From: 9 am" in a list of the writer's free hours is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from followup_mail.drafts.checks.phrases import WEEKDAYS
from followup_mail.drafts.checks.quotation_words import KIND_OF_LABEL

_LINES_LIMIT: Final = 30
"""Lines of a heading that are looked at; with many recipients it has a dozen."""
_RULE: Final = re.compile(r"[-_=*~\u2010-\u2015\u2500\u2501](?:[ ]?[-_=*~\u2010-\u2015\u2500\u2501]){2,}\Z")
_LABEL: Final = re.compile(
    r"[*_|]{0,2}(?P<label>[^\W\d_][^\W\d_]{0,20}(?:[ .'’-]{1,2}[^\W\d_]{1,20}){0,3})\s?[*_]{0,2}\s?"
    r"[:\uff1a][*_]{0,2}(?P<value>.*)"
)


_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")


class _Field(NamedTuple):
    kind: str
    """Empty for a label that is not known."""
    value: str


def is_rule(line: str) -> bool:
    """Tell whether a line is drawn of underscores, dashes or the like."""
    return bool(line) and _RULE.match(line) is not None


def heading_at(lines: Sequence[str], first: int) -> int:
    """Return the line after the heading that begins at ``first``; 0 when there is none. Lines are stripped."""
    if ":" not in lines[first] and "\uff1a" not in lines[first]:
        return 0
    fields, end = _read_fields(lines, first)
    kinds = {field.kind for field in fields}
    sender = next((field.value for field in fields if field.kind == "from"), "")
    if "from" in kinds and not _may_be_a_sender(sender):
        return 0
    named = kinds & {"sent", "date", "subject"}
    if "from" in kinds and (named or ("to" in kinds and "@" in sender)):
        return end
    if len(kinds - {"", "other"}) >= 3 or ("to" in kinds and named and _is_below_rule(lines, first)):
        return end
    return end if _is_foreign(fields, _is_below_rule(lines, first)) else 0


def _read_fields(lines: Sequence[str], first: int) -> tuple[list[_Field], int]:
    """Return the labels and values that follow each other, and the line after the last."""
    fields: list[_Field] = []
    end = at = first
    while at < min(first + _LINES_LIMIT, len(lines)):
        label = _LABEL.match(lines[at])
        if label:
            fields.append(_Field(KIND_OF_LABEL.get(label["label"].casefold(), ""), label["value"].strip()))
        elif lines[at] and fields and not fields[-1].value:
            fields[-1] = fields[-1]._replace(value=lines[at])
        elif lines[at] and not _goes_on(lines[at]):
            break
        at += 1
        end = at if lines[at - 1] else end
        if len(lines[at - 1 : at + 1]) == 2 and not lines[at - 1] and not _LABEL.match(lines[at]):
            break
    return fields, end


def _goes_on(line: str) -> bool:
    """Tell whether a line goes on with a list of addresses."""
    return "@" in line or line.startswith("<") or line.endswith(";")


def _may_be_a_sender(value: str) -> bool:
    """Tell a name or an address from an hour, a day, and the rest of a sentence."""
    if "@" in value:
        return True
    first = value.strip("*_\"'< ").partition(" ")[0].strip(",.")
    return bool(first) and not first[0].isdigit() and not first[0].islower() and first.casefold() not in WEEKDAYS


def _is_foreign(fields: list[_Field], below_rule: bool) -> bool:
    """Tell whether labels of a language that is not known stand before a mailbox and a moment."""
    values = [field.value for field in fields]
    has_mailbox = any("<" in one and "@" in one for one in values) or (below_rule and "@" in "".join(values))
    has_moment = any(_YEAR.search(one) and _CLOCK.search(one) for one in values)
    return len(values) >= 3 and has_mailbox and has_moment


def _is_below_rule(lines: Sequence[str], first: int) -> bool:
    above = next((lines[at] for at in range(first - 1, max(first - 3, -1), -1) if lines[at]), "")
    return is_rule(above) or bool(re.match(r"[-_=]{3,}.{1,60}[-_=]{3,}\Z", above))
