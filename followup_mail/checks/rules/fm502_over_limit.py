"""FM502: a mail beyond the limit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.cadence.step import Against, Objection, StepState
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.plan_objections import find_objection
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample, sample_step

_ENOUGH: Final = Objection(Against.LIMIT, "three contacts are the limit: time to let it rest")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    found = find_objection(mail.context, Against.LIMIT)
    if found:
        yield in_header(f"You have reached the limit of your cadence: {found.words}.")


RULE = Rule(
    code="FM502",
    name="over-limit",
    severity=ERROR,
    looks_for="More follow-ups than the cadence allows.",
    why="G3, G4: three follow-ups are enough; G2: do not pester. After that, silence is an answer.",
    fix="Let it rest. `followup-mail plan APP` shows what was sent and counted.",
    bad=Sample(
        "One more thought about the nightly jobs.",
        given="Three mails were sent already.",
        changes={"step": lambda: sample_step(StepState.SKIPPED, against=_ENOUGH)},
    ),
    good=Sample(
        "One more thought about the nightly jobs.",
        given="It is the second mail, and due.",
        changes={"step": lambda: sample_step(StepState.DUE)},
    ),
    inspect=_inspect,
)
