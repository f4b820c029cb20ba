"""What the list of applications calls the next step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from changing import replace

from followup_mail.cadence.step import Kind, Plan, Step, StepId, StepState
from followup_mail.errors import RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.services.context.request import choose_steps
from followup_mail.services.overview.find_applications import next_step

DUE_AT = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def _step(person: str, state: StepState, entry_state: str = "", due_at: datetime = DUE_AT) -> Step:
    step_id = StepId("lumen", Kind.THANK_YOU, 1, person)
    step = Step(step_id, step_id.kind, Channel.EMAIL, None, None, state, due_at, None, "two hours after")
    return replace(step, entry_state=entry_state)


@pytest.mark.parametrize("others", [StepState.DUE, StepState.UPCOMING])
def test_unclear_comes_first_on_any_day(others: StepState) -> None:
    """A mail that nobody knows the fate of is the next step, whether the others are due by now or not."""
    unclear = _step("tom", StepState.QUEUED, "unclear", DUE_AT + timedelta(minutes=5))
    steps = (_step("priya", others), unclear, _step("elena", others))
    case = SimpleNamespace(plan=SimpleNamespace(steps=steps), now=DUE_AT)
    assert next_step(case) is unclear  # type: ignore[arg-type]


def test_due_comes_before_queued() -> None:
    """What is due and not written yet is next before what leaves by itself."""
    due = _step("priya", StepState.DUE)
    case = SimpleNamespace(plan=SimpleNamespace(steps=(_step("tom", StepState.QUEUED, "queued"), due)))
    assert next_step(case) is due  # type: ignore[arg-type]


def test_what_is_due_but_for_a_fact_comes_before_what_is_later() -> None:
    """A thank-you that lacks a fact and is due is next, not the inquiry of next month; one that can wait is not."""
    blocked, later = _step("priya", StepState.BLOCKED), _step("tom", StepState.UPCOMING)
    plan = SimpleNamespace(steps=(later, blocked))
    for now, following in ((DUE_AT, blocked), (DUE_AT - timedelta(days=1), later)):
        assert next_step(SimpleNamespace(plan=plan, now=now)) is following  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["unclear", "failed"])
def test_a_mail_of_unknown_fate_is_not_called_queued(state: str) -> None:
    """Whoever asks for it again is told how its mail really stands."""
    steps = (_step("tom", StepState.QUEUED, state), _step("priya", StepState.QUEUED, "queued"))
    with pytest.raises(RefusedError, match=f"nobody known: {state}; nobody known: queued"):
        choose_steps(Plan("lumen", "balanced", steps), Kind.THANK_YOU, even_taken=False)
