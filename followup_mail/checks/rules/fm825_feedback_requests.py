"""FM825: asking for feedback more than once."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Kind
from followup_mail.checks.matching import in_body
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import REJECTIONS, WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    feedback
    what i could/should/might have done/said/improved
    what i could/can/should do better/differently/improve
    what was missing/wrong/lacking
    what i lacked
    what went wrong
    what the others/other/chosen (candidate/candidates/person) had
    how i could/can/should/might improve/do/perform/compare
    how i could/might have improved/done
    how my .. compared/compares
    where i could/can/should/might improve/do/have
    where i fell/went short/wrong
    which of/part/parts/answer/answers/skill/skills/point/points .. missing/lacking/weak/wrong/weakest
    why i was (not) chosen/selected/rejected/successful/picked/turned
    why i wasn't/didn't chosen/selected/successful/picked/make/get
    why you/the/somebody/someone (committee/panel/team) chose/decided/preferred
    the reason/reasons for/why/behind
    your reasons for
    areas for/of/to improvement/improve
    any advice/tips/suggestions/criticism/pointers/hints/comments
    advice on/about how/what/my
    tell me why/what/where/how
""")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    spans = sorted(_SAID.find(reading.body, reading.core.start, reading.core.end))
    sentences = list(dict.fromkeys(reading.sentence_at(start) for start, _ in spans))
    if len(sentences) > 1:
        message = f"{len(sentences)} sentences ask for feedback; one may be answered. The second: '{{words}}'"
        yield in_body(reading, sentences[1], f"{message.rstrip('.?')}.")


RULE = Rule(
    code="FM825",
    name="feedback-requests",
    severity=WARNING,
    looks_for="More than one request for feedback in the answer to a rejection.",
    why="Many employers must not answer it at all. Asked once, it is a courtesy; asked three times, a demand.",
    fix="Ask once, say that no answer is fine, and stop.",
    bad=Sample(
        "Thank you for letting me know. Could you give me some feedback? What could I have done better? I would "
        "also like to "
        "know why I was not chosen.",
        kind=Kind.REJECTION_THANKS,
    ),
    good=Sample(
        "Thank you for letting me know. If you have a word of feedback for me, I would be glad of it; if not, I "
        "understand. The nightly jobs were worth the visit.",
        kind=Kind.REJECTION_THANKS,
    ),
    look=_look,
    kinds=REJECTIONS,
)
