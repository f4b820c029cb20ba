"""FM503: what they asked not to get."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Kind, StepState
from followup_mail.drafts.checks.looking import in_header
from followup_mail.drafts.checks.reading import Reading
from followup_mail.drafts.checks.rule import ERROR, Rule, Spot
from followup_mail.drafts.checks.sample import Sample, sample_step
from followup_mail.drafts.checks.standing import Against, asked_against, objection


def _look(reading: Reading) -> Iterable[Spot]:
    found = objection(reading.letter)
    why = found[1] if found and found[0] is Against.RULED_OUT else asked_against(reading.letter)
    if why or (found and found[0] is Against.RULED_OUT):
        yield in_header(f"What they said rules this mail out: {why or 'the plan skips it'}.")


RULE = Rule(
    code="FM503",
    name="ruled-out",
    severity=ERROR,
    looks_for="A mail although they asked for no contact, or for another channel.",
    why="All guides: the preferred channel and timeline of the employer override everything.",
    fix="Follow up as they asked, or not at all. If the facts are wrong, mend `said` in them.",
    bad=Sample(
        "Could you tell me how far you have come?",
        kind=Kind.STATUS_INQUIRY,
        given="They asked for a call instead.",
        changes={"step": sample_step(StepState.SKIPPED, "they asked for a call")},
    ),
    good=Sample(
        "Could you tell me how far you have come with the nightly jobs, the streaming plan and the Data Engineer "
        "position?",
        given="They asked for mail.",
        facts={"said": {"channel": "email"}},
    ),
    look=_look,
)
