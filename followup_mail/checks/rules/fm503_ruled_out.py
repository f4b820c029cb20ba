"""FM503: a mail that they asked not to get."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Against, Objection, StepState
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.plan_objections import asked_against, find_objection
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample, sample_step


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    asked = find_objection(mail.context, Against.ASKED)
    planned = find_objection(mail.context, Against.PLAN)
    if why := asked.words if asked else asked_against(mail.context):
        yield in_header(f"They do not want this mail: {why}.")
    elif planned:
        yield in_header(f"Your plan rules this mail out: {planned.words}.")


RULE = Rule(
    code="FM503",
    name="ruled-out",
    severity=ERROR,
    looks_for="A mail although they asked for no contact, or for another channel.",
    why="All guides: the preferred channel and timeline of the employer override everything.",
    fix="Follow up as they asked, or not at all. If the facts are wrong, correct `[said]` in them.",
    bad=Sample(
        "Could you tell me how far you have come?",
        kind="status_inquiry",
        given="They asked for a call instead.",
        changes={
            "step": lambda: sample_step(StepState.SKIPPED, against=Objection(Against.ASKED, "they asked for a call"))
        },
    ),
    good=Sample(
        "Could you tell me how far you have come with the nightly jobs, the streaming plan and the Data Engineer "
        "position?",
        given="They asked for mail.",
        facts={"said": {"channel": "email"}},
    ),
    inspect=_inspect,
)
