"""FM813: hedging piled up."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.matching import in_body, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

MOST = 3
"""Hedges that a polite note bears."""
_SAID = phrases("""
    maybe/perhaps/possibly/probably/presumably/hopefully/somewhat/seemingly/arguably
    i guess/suppose/assume
    i think/believe/feel maybe/perhaps/possibly
    i feel like
    i'm/am not (really/quite/entirely/totally) sure/certain
    not (quite/entirely/totally/really) sure if/whether
    i might be/have
    kind/sort of
    a little/tiny bit
    a bit
    just wanted/wondering/want/thought
    i was (just/only) wondering
    if it's/that's/it/that (is) not/okay/ok/alright too/much/a/with
    if it's/that's/it/that (is) okay/ok/alright (with/for)
    if (it's/it) (at) (is) (all) (at) possible
    if that makes sense
    if you don't/wouldn't mind
    in a way/sense
    to some extent/degree
    more or less
    or something/so
    it seems to me
    it would seem
    i could be wrong
    i would maybe/perhaps/possibly/probably
""")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    found = phrase_spans(reading, _SAID)
    if len(found) > MOST:
        words = ", ".join(dict.fromkeys(" ".join(reading.plain(span).split()) for span in found))
        yield in_body(reading, found[MOST], f"So many hedges weaken what you say: {words}.")


RULE = Rule(
    code="FM813",
    name="hedging",
    severity=WARNING,
    looks_for="Four or more of 'maybe', 'I guess', 'sort of', 'I was just wondering', 'if that is okay'.",
    why="G0: assertive, polite. One 'perhaps' is courtesy; many make the reader doubt what you can do.",
    fix="Say it plainly, and keep one of them where it is meant.",
    bad=Sample(
        "I was just wondering if maybe the nightly jobs could perhaps be moved, I guess, sort of one team at a time."
    ),
    good=Sample("Perhaps the nightly jobs could be moved one team at a time; I think that it would work."),
    look=_look,
)
