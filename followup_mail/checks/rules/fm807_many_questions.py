"""FM807: several questions in an inquiry."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.questions import questions
from followup_mail.checks.rule import INQUIRIES, WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    found = questions(mail)
    if len(found) > 1:
        message = f"The mail asks {len(found)} questions; a single question is more likely to be answered."
        yield in_body(mail, found[1], f"{message} The second: '{{words}}'.")


RULE = Rule(
    code="FM807",
    name="many-questions",
    severity=WARNING,
    looks_for="Two or more questions in an inquiry.",
    why="G1: ask for the status and the timing. One question is answered from a phone; three wait for a quiet hour.",
    fix="Keep the question whose answer you need most.",
    bad=Sample(
        "How far have you come with the Data Engineer position? Who else will I meet? And is remote work possible?",
        kind="status_inquiry",
    ),
    good=Sample(
        "How far have you come with the Data Engineer position, and when do you expect to decide? The nightly jobs, "
        "the alarms and the streaming plan are still on my mind.",
        kind="status_inquiry",
    ),
    inspect=_inspect,
    kinds=INQUIRIES,
)
