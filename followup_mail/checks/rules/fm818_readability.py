"""FM818: a text that is hard to read."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample

LONGEST = 55
"""Words of one sentence."""
HARDEST = 68.0
"""LIX (Björnsson 1968): words a sentence, plus the percentage of words of more than six letters. 60 is officialese."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if not mail.sentences or len(mail.core_words) < 25:
        return
    lengths = [len(mail.core_words[mail.words_in(span)]) for span in mail.sentences]
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    long_words = sum(len(word.plain) > 6 for word in mail.core_words)
    lix = len(mail.core_words) / max(1, sum(length > 1 for length in lengths)) + 100 * long_words / len(mail.core_words)
    if lengths[longest] > LONGEST:
        message = f"This sentence has {lengths[longest]} words: '{{words}}'."
        yield in_body(mail, mail.sentences[longest], message)
    elif lix > HARDEST:
        message = f"This is hard to read: long sentences of long words (LIX {lix:.0f}). The longest: '{{words}}'."
        yield in_body(mail, mail.sentences[longest], message)


RULE = Rule(
    code="FM818",
    name="readability",
    severity=WARNING,
    looks_for="A sentence of more than 55 words, or officialese from end to end (LIX above 68).",
    why="It is read between two meetings, often on a phone.",
    fix="Split the long sentences, and use shorter words.",
    bad=Sample(
        "Notwithstanding organisational considerations, comprehensive reorganisation of computational infrastructure "
        "necessitates interdepartmental coordination, consequently requiring extraordinarily sophisticated "
        "communication capabilities, methodological competencies, considerable professional experience alongside "
        "unquestionable leadership qualifications."
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. Your plan to move them one team at a time is the reason why I "
        "would trust it: we once tried all of ours at the same time, and the whole team slept badly for a month."
    ),
    inspect=_inspect,
)
