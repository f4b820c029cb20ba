"""What is wrong with facts in plain sentences, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from followup_mail.facts.application import Application, Interview, Outcome, Person, Promise, Word
from followup_mail.facts.fact import Fact
from followup_mail.facts.line_numbers import LinePlace
from followup_mail.facts.unfit_values import Finding, UnfitError, quoted

TABLES: Final[Mapping[str, type[Fact]]] = {
    "said": Word,
    "contacts": Person,
    "interviews": Interview,
    "people": Person,
    "promised": Promise,
    "outcome": Outcome,
}
HEADERS: Final = {
    "said": "[said]",
    "contacts": "[[contacts]]",
    "interviews": "[[interviews]]",
    "people": "[[interviews.people]]",
    "promised": "[[promised]]",
    "outcome": "[outcome]",
}
_EXAMPLES: Final = {
    "company": 'write company = "Northwind Analytics"',
    "role": 'write role = "Data Engineer"',
    "name": 'write name = "Priya Raman"',
    "what": 'write what = "the case study"',
    "start": 'write start = "2026-11-18 14:30"',
    "time_zone": 'write time_zone = "Europe/Berlin", here or at the top of the file',
}
SLUG_INSIDE: Final = ("is not written in the file", "remove it: the name of the file says it")
MISSING: Final = "is missing"
_LISTS_OF_TEXT: Final = frozenset(
    {"fit", "leave_out", "as_they_are", "not_mentioned", "called_off", "discussed", "postal_address", "references"}
)


def known_keys(where: LinePlace) -> tuple[str, ...]:
    """Return the keys that may stand in the table at ``where``."""
    table = next((TABLES[part] for part in reversed(where) if isinstance(part, str) and part in TABLES), None)
    fields = (table or Application).fields
    return tuple(key for key in fields if key != "slug")


def explain(found: Finding) -> tuple[str, str]:
    """Return what is wrong and what would be right."""
    where, given = found.where, found.given
    key = next((part for part in reversed(where) if isinstance(part, str)), "")
    match found.wrong:
        case "value":
            verdict = _explain_unfit(found.reason, given)
        case "missing":
            verdict = (MISSING, _EXAMPLES.get(key, ""))
        case "unknown":
            verdict = _explain_unknown(where)
        case "choice":
            verdict = _explain_choice(found.allowed, given)
        case "number":
            verdict = _explain_number(key, given)
        case "entries":
            count = len(given) if isinstance(given, Sequence) else 0
            verdict = (f"has {count} entries", f"{found.allowed[0]} is the limit")
        case "shape":
            verdict = _explain_shape(key, given, is_item=bool(where) and isinstance(where[-1], int))
    return verdict


def _explain_number(key: str, given: object) -> tuple[str, str]:
    """Say that a number is none; one in quotation marks is meant without them."""
    bare = given.strip().lstrip("0") if isinstance(given, str) else ""
    if bare.isascii() and bare.isdigit() and len(bare) < 3 and int(bare) <= 20:
        return f"{describe(given)} is a text", f"write {key} = {bare}, without quotation marks"
    return f"{describe(given)} is not a whole number from 1 to 20", f"write {key} = 1"


def _explain_unfit(reason: object, given: object) -> tuple[str, str]:
    if not isinstance(reason, UnfitError):
        return str(reason), ""
    is_unnamed = reason.wrong.startswith("is not a ") and not isinstance(given, str)
    return f"{describe(given)} {reason.wrong}" if is_unnamed else reason.wrong, reason.right


def guess(key: str) -> str:
    """Return the question whether ``key`` was meant."""
    return f"did you mean `{key}`?"


def describe(given: object) -> str:
    """Return what kind of value was given, with the value itself where that is short."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, str):
        return quoted(given)
    if isinstance(given, int | float):
        return "a huge number" if isinstance(given, int) and abs(given) > 10**15 else f"the number {given}"
    kinds = {dict: "a table", list: "a list", datetime: "a moment", date: "a day", time: "a time of day"}
    return next((name for kind, name in kinds.items() if isinstance(given, kind)), "a value")


def _explain_unknown(where: LinePlace) -> tuple[str, str]:
    """Name the known key that was meant, or the table in which this one is known."""
    key, known = str(where[-1]), known_keys(where[:-1])
    if key == "slug":
        return SLUG_INSIDE
    homes: dict[str, type[Fact]] = {"": Application, **TABLES}
    home = next((name for name, table in homes.items() if key in table.fields), None)
    if home is not None:
        place = f"below {HEADERS[home]}" if home else "at the top of the file, before the first [...]"
        return "is not known here", f"move it: it belongs {place}"
    if key in {"interview", "person", "contact", "word", "promise"}:
        near = {"interview": "interviews", "person": "people", "contact": "contacts", "word": "said"}.get(
            key, "promised"
        )
        return "is not known", guess(near)
    near_here = difflib.get_close_matches(key[:60].lower().replace("-", "_"), known, n=1, cutoff=0.6)
    if near_here:
        return "is not known", guess(near_here[0])
    return "is not known", f"known here: {', '.join(known)}"


def _explain_choice(choices: Sequence[str], given: object) -> tuple[str, str]:
    named = [f'"{choice}"' for choice in choices]
    written = given.lower().replace("_", " ").replace("-", "").strip()[:60] if isinstance(given, str) else ""
    near = difflib.get_close_matches(written, choices, n=1, cutoff=0.7)
    right = f'did you mean "{near[0]}"?' if near else f"write {', '.join(named[:-1])} or {named[-1]}"
    return f"{describe(given)} is not one of the possible words", right


def _explain_shape(key: str, given: object, *, is_item: bool) -> tuple[str, str]:
    """Say what shape a value must have: a flag, a text, a list of texts, a table, several tables."""
    if key in {"calls", "contact"}:
        return f"{describe(given)} is neither true nor false", "write true or false, without quotation marks"
    if key in TABLES and not is_item:
        kind = "a table" if key in {"said", "outcome"} else "a list of tables"
        return f"is {describe(given)}, but {kind} is wanted", f"write {HEADERS[key]} alone on its line"
    if key in TABLES:
        return f"is {describe(given)}, but a table is wanted", f"write {HEADERS[key]} alone on its line"
    if key in _LISTS_OF_TEXT and not is_item:
        return f"is {describe(given)}, but a list of texts is wanted", f'write {key} = ["...", "..."]'
    return f"is {describe(given)}, but a text is wanted", "write it in quotation marks"
