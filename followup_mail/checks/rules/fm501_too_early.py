"""FM501: a mail that comes too early."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.plan_objections import interview_against, named_day_against
from followup_mail.checks.rule import ERROR, Rule, Spot, by_choice, in_header
from followup_mail.checks.samples import Sample, sample_moment


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if why := interview_against(mail.context):
        yield in_header(f"It is too early for this mail: {why}.", fix="Let it leave after the interview.")
    elif why := named_day_against(mail.context):
        yield by_choice(f"It is too early for this mail: {why}.")


RULE = Rule(
    code="FM501",
    name="too-early",
    severity=ERROR,
    looks_for="A mail before the interview has ended, or a follow-up before the day that they named.",
    why="G1, G2, G3: what they said about timing overrides every method; before their date only with a good reason.",
    fix='Give a good reason with `--early "they asked for it"`, or queue it for its planned time.',
    bad=Sample(
        "Could you tell me how far you have come with the Data Engineer position? The nightly jobs are still on my "
        "mind.",
        kind="status_inquiry",
        given="They decide by 27 November; it would go out on the 25th.",
        changes={"sends_at": lambda: sample_moment(25, 9)},
        facts={"said": {"decision_by": "2026-11-27"}},
    ),
    good=Sample(
        "Could you tell me how far you have come with the Data Engineer position? Your nightly jobs, the alarms and "
        "the streaming plan are still on my mind.",
        kind="status_inquiry",
        given="They decide by 20 November; it goes out on the 25th.",
        changes={"sends_at": lambda: sample_moment(25, 9)},
        facts={"said": {"decision_by": "2026-11-20"}},
    ),
    inspect=_inspect,
)
