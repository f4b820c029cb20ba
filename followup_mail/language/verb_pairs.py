"""The form of a second verb behind another: "managed to reduced it", "I enjoy to work with children"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.verb_forms import as_base, as_ing, as_past
from followup_mail.regex import regex

_TO_PAST: Final = regex(
    r"\b(?P<before>[a-z]+) to (?P<verb>[a-z]+)(?= (?:the|my|your|our|an?|it|them|him|her|all|their)\b)", re.IGNORECASE
)
_TO_ING: Final = regex(
    r"\b(?:enjoy(?:ed|s)?|avoid(?:ed|s)?|suggest(?:ed|s)?) (?P<wrong>to (?P<verb>[a-z]+))\b"
    r"|\b(?:I am|I'm|I was|we are|got|get) used to (?P<base>(?!the\b)[a-z]+)"
    r"(?= (?:with|at|in|on|for|alone|early|late|outside|under|long|hard|from)\b|[.,;]|$)"
)
_NO_INFINITIVE: Final = frozenset(
    """
    due according compared related addicted limited committed dedicated used close next thanks led addition contrast
    response similar listened listen moved back down up
    """.split()
)


_TO_BASE: Final = regex(
    r"\b(?:glad|happy|able|willing|ready|like|love|want|wants|wanted|going|try|trying|tried) to (?P<verb>[a-z]+ing)\b"
)


def correct_verb_pairs(text: str) -> Iterator[Correction]:
    """Yield the second of two verbs where it has another form behind *to*, or behind a verb like *enjoy*."""
    for found in _TO_PAST.finditer(text) if " to " in text else ():
        past = as_past(found["verb"])
        if past and not as_base(found["verb"]) and found["before"].lower() not in _NO_INFINITIVE:
            why = f"write *to {past.base}*, not *to {found['verb']}*"
            yield Correction(found.start("verb"), found.end("verb"), found["verb"], past.base, why)
    for found in _TO_BASE.finditer(text) if " to " in text else ():
        if doing := as_ing(found["verb"]):
            why = f"write *to {doing.base}*, not *to {found['verb']}*"
            yield Correction(found.start("verb"), found.end("verb"), found["verb"], doing.base, why)
    for found in _TO_ING.finditer(text) if " to " in text else ():
        group = "wrong" if found["wrong"] else "base"
        verb = as_base(found["verb"] or found["base"])
        if verb:
            before = text[found.start() : found.start(group)].strip()
            why = f"write *{before} {verb.ing}*"
            yield Correction(found.start(group), found.end(group), found[group], verb.ing, why)
