"""FM505: a step that is done or already in the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import StepState
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample, sample_step


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    step = mail.context.step
    if step is None or step.state not in {StepState.DONE, StepState.QUEUED}:
        return
    is_done = step.state is StepState.DONE
    known = (f"{step.at:%Y-%m-%d %H:%M}" if step.at else "", step.note if is_done or not step.at else "")
    said = "; ".join(words for words in known if words)
    state = "was done already" if is_done else "waits in the outbox already"
    yield in_header(f"This step {state}{f' ({said})' if said else ''}.")


RULE = Rule(
    code="FM505",
    name="same-step",
    severity=ERROR,
    looks_for="A second mail for a step that was sent or is queued.",
    why="The same person would get the same follow-up twice.",
    fix="`followup-mail outbox list` shows the other mail; change it with `followup-mail outbox edit`.",
    bad=Sample(
        "Could you tell me how far you have come with the nightly jobs and the Data Engineer position?",
        given="The inquiry went out on 24 November.",
        changes={"step": lambda: sample_step(StepState.DONE, "sent on 24 Nov")},
    ),
    good=Sample(
        "Could you tell me how far you have come with the nightly jobs and the Data Engineer position?",
        given="The step is due.",
        changes={"step": lambda: sample_step(StepState.DUE)},
    ),
    inspect=_inspect,
)
