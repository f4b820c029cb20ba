"""FM303: a point that this person has read before."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import stem
from followup_mail.checks.text_overlap import content, coverage, sentences_of

LOOKED_AT = 200
EARLIER_LOOKED_AT = 1_000
"""Sentences that are compared; a follow-up has ten, and its predecessors a few dozen."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    earlier = [sentence for text in mail.context.said_before for sentence in sentences_of(text)][:EARLIER_LOOKED_AT]
    if not earlier:
        return
    aside = _may_come_back(mail)
    for span in mail.sentences[:LOOKED_AT]:
        words = frozenset(words_of(mail.plain(span)))
        about = content(mail.plain(span)) - aside
        if any(_is_same(words, about, *sentence) for sentence in earlier):
            yield in_body(mail, span, "You have already told this person: '{words}'.")


def _is_same(words: frozenset[str], about: frozenset[str], said: frozenset[str], said_about: frozenset[str]) -> bool:
    """Tell whether a sentence says again what another said: in nearly the same words, or the same point."""
    if len(words) >= 7 and len(about) >= 2 and len(words & said) / len(words | said) >= 0.7:
        return True
    return len(about) >= 3 and coverage(about, said_about) >= (0.75 if len(about) > 3 else 1.0)


def _may_come_back(mail: ParsedMail) -> frozenset[str]:
    """Return what every mail of an application may name again: names, and what the conversation was about."""
    person = mail.context.person
    topics = " ".join((*person.discussed, person.convinced)) if person else ""
    return content(topics) | frozenset(stem(word) for word in mail.known.names)


_EARLIER = """Dear Dr. Okafor,

Thank you for the talk about the nightly jobs. At the freight company I wrote the runbook for refrigerated trucks.

Best regards,
Sam Rivera"""

RULE = Rule(
    code="FM303",
    name="repeated-point",
    severity=ERROR,
    looks_for="A sentence or a point that stands in an earlier mail to the same person.",
    why="G3: every message brings something new. A repeated point says that there is nothing else to say.",
    fix="Make a point that this person has not heard yet; in the facts those are in `not_mentioned`.",
    bad=Sample(
        "One thing that I did not get to: the runbook for refrigerated trucks, which I wrote at the freight company.",
        kind="additional_detail",
        given="An earlier mail said: 'At the freight company I wrote the runbook for refrigerated trucks.'",
        changes={"said_before": (_EARLIER,)},
    ),
    good=Sample(
        "One thing that I did not get to: I have been on call for pipelines like yours, and I cut the night alarms by "
        "half.",
        kind="additional_detail",
        given="An earlier mail was about a runbook.",
        changes={"said_before": (_EARLIER,)},
    ),
    inspect=_inspect,
)
