"""FM810: shouting."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.drafts.checks.looking import in_body, in_subject
from followup_mail.drafts.checks.prose import Prose
from followup_mail.drafts.checks.reading import Reading, Span
from followup_mail.drafts.checks.rule import WARNING, Rule, Spot
from followup_mail.drafts.checks.sample import Sample
from followup_mail.drafts.checks.stock import SHOUTED

_CAPITALS = re.compile(r"\b[A-Z][A-Z']{2,}\b(?:[ ]+[A-Z][A-Z']+\b)*")


def _look(reading: Reading) -> Iterable[Spot]:
    known = reading.parties.known
    for span in _find(reading.subject, Span(0, len(reading.subject.plain)), known):
        yield in_subject(reading, span, "'{words}' shouts.")
    for span in _find(reading.body, reading.core, known):
        yield in_body(reading, span, "'{words}' shouts.")


def _find(prose: Prose, within: Span, known: frozenset[str]) -> Iterable[Span]:
    """Yield ordinary words in capitals; SQL, IKEA and NASA are no ordinary words."""
    for match in _CAPITALS.finditer(prose.written, *within):
        words = match[0].lower().split()
        if any(word in SHOUTED and word not in known for word in words):
            yield Span(*match.span())


RULE = Rule(
    code="FM810",
    name="capitals",
    severity=WARNING,
    looks_for="Ordinary words in capitals. Abbreviations and names written in capitals are no matter.",
    why="It reads as shouting.",
    fix="Write the words as usual; a good sentence needs no emphasis.",
    bad=Sample("Thank you for the talk. I REALLY enjoyed it, and I am VERY interested in the nightly jobs."),
    good=Sample("Thank you for the talk about SQL on AWS, the IKEA project, ETL in SAP, and the UNESCO data."),
    look=_look,
)
