"""Why a mail leaves, or left, days before the plan had it: the user's reason, and not the plan's."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import Step, StepState
from followup_mail.cli.views.show_entries import show_entry
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.change_entry import reschedule
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace

EARLY = "earlier than planned: Priya asked for it"
PLANNED = "one week after your interview on Wed 18 Nov"


@pytest.fixture
def clock() -> Clock:
    return Clock(NEXT_MORNING)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    return give_account(make_demo_workspace(tmp_path, clock))


def _second_note(workspace: Workspace) -> Step:
    steps = open_application(workspace, SLUG).plan.steps
    return next(step for step in steps if step.kind is Kind.ADDITIONAL_DETAIL)


def test_the_plan_says_why_a_mail_leaves_early(
    workspace: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Queued and sent, the step has the reason that the user gave; `outbox show` says it, too."""
    request = Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="tomorrow 9:00", early="Priya asked for it")
    (entry,) = enqueue(workspace, request).entries
    assert (_second_note(workspace).state, _second_note(workspace).reason) == (StepState.QUEUED, EARLY)
    show_entry(workspace, entry.id, history=False, raw=False, json=False)
    assert f"Why then {EARLY}" in capsys.readouterr().out
    clock.shows = entry.ready_at
    list(deliver_once(workspace))
    assert (_second_note(workspace).state, _second_note(workspace).reason) == (StepState.DONE, EARLY)


def test_a_mail_that_is_moved_has_the_reason_of_its_new_moment(workspace: Workspace) -> None:
    """Moved before its day, it has the user's reason; moved to its day or later again, that one is gone."""
    (entry,) = enqueue(workspace, Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",))).entries
    assert _second_note(workspace).reason == PLANNED
    reschedule(workspace, entry.id, "tomorrow 9:00", (), "Priya asked for it")
    assert _second_note(workspace).reason == EARLY
    reschedule(workspace, entry.id, "in 2 weeks")
    assert _second_note(workspace).reason == PLANNED
    assert "earlier" not in workspace.store.get(entry.id).why
