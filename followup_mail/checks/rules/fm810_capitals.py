"""FM810: ordinary words in capitals."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose
from followup_mail.checks.rule import WARNING, Rule, Spot, in_both
from followup_mail.checks.samples import Sample
from followup_mail.checks.spoken_labels import is_spoken_of
from followup_mail.checks.stock_words import SHOUTED
from followup_mail.regex import regex

_CAPITALS = regex(r"\b[A-Z][A-Z']{2,}\b(?:[ ]+[A-Z][A-Z']+\b)*")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    return in_both(mail, partial(_find, mail.known.words), mail.core, "'{words}' looks like shouting.")


def _find(known: frozenset[str], prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    """Yield ordinary words in capitals; SQL, IKEA and NASA are no ordinary words."""
    for match in _CAPITALS.finditer(prose.written, *within):
        words = match[0].lower().split()
        is_loud = any(word in SHOUTED and word not in known for word in words)
        # What a label or a screen said in capitals is not the writer's voice.
        if is_loud and not prose.is_quoted(match.start()) and not is_spoken_of(prose, TextSpan(*match.span())):
            yield TextSpan(*match.span())


RULE = Rule(
    code="FM810",
    name="capitals",
    severity=WARNING,
    looks_for="Ordinary words in capitals. Abbreviations and names in capitals are fine.",
    why="It reads as shouting.",
    fix="Write the words as usual; a good sentence needs no emphasis.",
    bad=Sample("Thank you for the talk. I REALLY enjoyed it, and I am VERY interested in the nightly jobs."),
    good=Sample("Thank you for the talk about SQL on AWS, the IKEA project, ETL in SAP, and the UNESCO data."),
    inspect=_inspect,
)
