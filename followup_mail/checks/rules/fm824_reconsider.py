"""FM824: asking to think again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.cadence.step import Kind
from followup_mail.checks.matching import in_body, is_negated, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import REJECTIONS, WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    reconsider/reconsidering/reconsidered/reconsideration
    rethink/rethinking/revisit/revisiting/reverse/reversing/revise/revising/overturn/overturns/overturned/overturning \
        your/the/this/its decision/choice/verdict
    think again
    think it/this over (once) again/more
    think it over once
    think about it again/more/once
    think/talk about it once more
    change/changing/changed your/its/their mind/minds/decision
    another/second/closer/fresh look at my
    my application/interview/task/case a/another second/closer/fresh/look (look)
    second chance/reading of/to/for/at/with/and
    one/a last/second/final chance
    another/one/last/second (more/last) chance/opportunity/interview/conversation/talk to show/prove/convince
    look/looking again at my/the
    take another/a/one (second/more/last/closer) look
    look at my .. again
    give me/my a/one second/another/last/more chance !at/on/with/and
    give me/my another chance/look/try
    put/keep me back on the list
    put me back
    is/was your/the/this decision/choice final
    is there really no way/chance/possibility/hope
    no way to change this/that/it/your/the
    let me come back for
    come back for one/another/a (more/second/last) interview/talk/conversation
    is/was there (any/no/really) way/chance/possibility to/that .. change/reconsider/still/overturn
    decision is really/not/already final
    not too late
    still time/possible to/for change/convince/show/prove
    let me show/prove/convince/come/try you/again/otherwise
    prove you/myself wrong
    mistake/error in your/the decision/evaluation/assessment/judgement/judgment
    appeal/object/objection to/against your/the/this decision
    trial/test day/week/shift/period
    for free
    if the/your chosen/other/selected/first candidate/person (should) \
        declines/decline/withdraws/drops/rejects/refuses
    would change the/your picture/mind
    change the/your picture/verdict/outcome
""")

# "it made me reconsider": one's own mind.
_OWN = re.compile(r"\b(?:me|i|i've|myself)\s+(?:to\s+)?\Z")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    for span in phrase_spans(reading, _SAID):
        if not is_negated(reading, span) and not _OWN.search(reading.body.plain, max(0, span.start - 20), span.start):
            yield in_body(reading, span, "'{words}' asks them to think again.")


RULE = Rule(
    code="FM824",
    name="reconsider",
    severity=WARNING,
    looks_for="'Please reconsider', 'a second chance', 'is this final', in the answer to a rejection.",
    why="G0: thank them all the same. A decision that was told has been told to others too.",
    fix="Ask them to keep you in mind for another position instead.",
    bad=Sample(
        "Thank you for letting me know. I would ask you to reconsider, and to give me a second chance.",
        kind=Kind.REJECTION_THANKS,
    ),
    good=Sample(
        "Thank you for letting me know. If another position opens that has to do with nightly jobs, please think "
        "of me.",
        kind=Kind.REJECTION_THANKS,
    ),
    look=_look,
    kinds=REJECTIONS,
)
