"""FM605: a promise that nothing keeps yet."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, THANKS, Rule, Spot
from followup_mail.checks.samples import Sample
from followup_mail.language.promises import promises_to


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    context = mail.context
    if context.facts is None or context.person is None or context.said_before:
        return
    for kept in promises_to(context.facts, context.person):
        if kept.is_open:
            yield Spot(f"You promised '{kept.promise.what}', and this mail does not bring it.", MailPart.ATTACHMENT)


RULE = Rule(
    code="FM605",
    name="open-promise",
    severity=ERROR,
    looks_for="A thank-you to somebody whom you promised something that has neither a `file` nor a sentence yet.",
    why="They are waiting for it. A thank-you without a word about it says that you forgot.",
    fix="In the facts, give the promise its `file`, or in `says` the sentence that keeps it or says when you will.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs.",
        kind="thank_you",
        given="The case study was promised; there is no file yet.",
        facts={"promised": [{"what": "the case study"}]},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. You will have the case study on Friday.",
        kind="thank_you",
        given="The case study was promised, with that sentence.",
        facts={"promised": [{"what": "the case study", "says": "You will have the case study on Friday."}]},
    ),
    inspect=_inspect,
    kinds=THANKS,
)
