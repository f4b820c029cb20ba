"""FM506: a follow-up days before the plan has it."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import StepState
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.plan_objections import planned_day_against
from followup_mail.checks.rule import ERROR, Rule, Spot, by_choice
from followup_mail.checks.samples import Sample, sample_moment, sample_step


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if why := planned_day_against(mail.context):
        yield by_choice(f"This mail {why}.")


RULE = Rule(
    code="FM506",
    name="before-plan",
    severity=ERROR,
    looks_for="A follow-up on an earlier day than the plan has it, though nothing that they said speaks against it; "
    "also a mail for a day on which the same person hears about another application.",
    why="G2, G4: a follow-up that comes days early presses; with a good reason it may.",
    fix='Give a good reason with `--early "they asked for it"`, or queue it for its planned time.',
    fix_saved="Send it at its planned time, unless you have a good reason.",
    bad=Sample(
        "Could you tell me how far you have come with the Data Engineer position? The nightly jobs are still on my "
        "mind.",
        kind="status_inquiry",
        given="It is planned for 24 November, one week after the interview; it would go out on the 20th.",
        changes={"sends_at": lambda: sample_moment(20, 9), "step": lambda: sample_step(StepState.UPCOMING)},
    ),
    good=Sample(
        "Could you tell me how far you have come with the Data Engineer position? Your nightly jobs, the alarms and "
        "the streaming plan are still on my mind.",
        kind="status_inquiry",
        given="It is due.",
        changes={"sends_at": lambda: sample_moment(25, 9), "step": lambda: sample_step(StepState.DUE)},
    ),
    inspect=_inspect,
)
