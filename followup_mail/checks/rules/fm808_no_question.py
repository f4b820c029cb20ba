"""FM808: an inquiry that asks nothing."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.questions import asks
from followup_mail.checks.rule import INQUIRIES, WARNING, Rule, Spot, first_sentence, in_body
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if not asks(mail):
        yield in_body(mail, first_sentence(mail), "The inquiry asks nothing.")


RULE = Rule(
    code="FM808",
    name="no-question",
    severity=WARNING,
    looks_for="An inquiry without a question, with or without a question mark.",
    why="G1: the message asks for the status and the timing of the decision. Without a question nobody answers.",
    fix="Ask a single question: how far they have come, or when they expect to decide.",
    bad=Sample(
        "I remain interested in the Data Engineer position. The nightly jobs are still on my mind.",
        kind="status_inquiry",
    ),
    good=Sample(
        "The nightly jobs, the alarms and the streaming plan are still on my mind. I would be glad to hear when you "
        "expect to decide about the Data Engineer position.",
        kind="status_inquiry",
    ),
    inspect=_inspect,
    kinds=INQUIRIES,
)
