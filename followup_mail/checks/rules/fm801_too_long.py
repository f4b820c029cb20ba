"""FM801: a mail that is too long."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample

MOST = 150
"""Words between greeting and signature."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    words = mail.core_words
    if len(words) > MOST:
        span = TextSpan(words[MOST].start, mail.sentence_at(words[MOST].start).end)
        yield in_body(mail, span, f"The mail has {len(words)} words; {MOST} are enough. They end at '{{words}}'.")


RULE = Rule(
    code="FM801",
    name="too-long",
    severity=WARNING,
    looks_for="More than 150 words between greeting and signature.",
    why="G2, G3: short and to the point. A busy interviewer reads a few sentences and skims the rest.",
    fix="Keep one point from the conversation and one about you, and cut the rest.",
    bad=Sample("The nightly jobs that we spoke about are a good example of what I mean by patience. " * 10),
    good=Sample("The nightly jobs that we spoke about are a good example of what I mean by patience. " * 4),
    inspect=_inspect,
)
