"""FM802: a mail that is too short."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import THANKS, WARNING, Rule, Spot, first_sentence, in_body
from followup_mail.checks.samples import Sample

FEWEST = 40
"""Words between greeting and closing."""
FEWEST_IN_BRIEF = 25
"""Of anything but a thank-you: one point or one question needs no more."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    least = FEWEST if mail.context.kind in THANKS else FEWEST_IN_BRIEF
    if len(mail.core_words) < least and not mail.context.is_no_follow_up:
        message = f"The mail has {len(mail.core_words)} words; under {least} it looks like a formality."
        yield in_body(mail, first_sentence(mail), message)


RULE = Rule(
    code="FM802",
    name="too-short",
    severity=WARNING,
    looks_for="Fewer than 40 words between greeting and signature of a thank-you, fewer than 25 of any other mail.",
    why="G0, G3: the mail should show that you listened, and remind a busy interviewer who you are.",
    fix="Say in a sentence of your own what you talked about: followup-mail ask NAME",
    fix_saved="Say in a sentence of your own what you talked about.",
    bad=Sample("Thank you for the talk about the nightly jobs."),
    good=Sample(
        "Thank you for the talk about the nightly jobs. Your plan to move them one team at a time is the reason why I "
        "would trust it: we once tried all of ours at the same time, and the whole team slept badly for a month."
    ),
    inspect=_inspect,
)
