"""A mail that should have left and did not: no list shows the past moment as if it were still to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_mail.cli.views.show_entries import list_and_show
from followup_mail.cli.views.show_plan import show_plan
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock
from followup_mail.workspace import Workspace


def _look(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    list_and_show(workspace, "", every=False, json=False)
    listed = capsys.readouterr()
    show_plan(workspace, SLUG, "", "", json=False)
    return listed.out + listed.err, capsys.readouterr().out


def test_an_overdue_mail_is_late_in_every_list(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """An hour after its moment the list and the plan call it late, as `today` does, and name what sends it."""
    listed, planned = _look(queued, capsys)
    assert "late" not in listed + planned
    clock.shows = NEXT_MORNING + timedelta(hours=1)
    listed, planned = _look(queued, capsys)
    assert "#1 should have left by now; this sends what is due: followup-mail run" in listed
    assert "late" in listed.split("#1", 1)[1].split("\n", 1)[0]
    assert "late     Thu 19 Nov" in planned
    assert "it should have left by now; `followup-mail run` sends what is due" in " ".join(planned.split())


def test_what_waits_for_working_time_is_not_late(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the evening it has the next morning for its moment, and leaves then."""
    clock.shows = NEXT_MORNING + timedelta(hours=12)
    listed, planned = _look(queued, capsys)
    assert "late" not in listed + planned
