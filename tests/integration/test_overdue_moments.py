"""A mail whose planned moment passed while it was held, or while nothing ran: no sentence has it leave in the past."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.views.show_answers import show_resumed
from followup_mail.cli.views.show_entries import show_entry
from followup_mail.facts.terms import Status
from followup_mail.services.answers.record_outcome import record_outcome, resume_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.workspace import Workspace

IN_HOURS = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)
"""A Thursday, 11:00 in Chicago: the status inquiry was planned for the day before."""
AT_NIGHT = datetime(2026, 12, 11, 4, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = give_account(make_demo_workspace(tmp_path, Clock(NEXT_MORNING)))
    enqueue(workspace, Request(SLUG, Kind.STATUS_INQUIRY))
    return workspace


@pytest.mark.parametrize(
    ("now", "said"),
    [(IN_HOURS, "Thu 10 Dec 2026, 11:00 in Chicago"), (AT_NIGHT, "Fri 11 Dec 2026, 08:30 in Chicago")],
)
def test_what_goes_on_is_said_to_leave_when_it_can(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], now: datetime, said: str
) -> None:
    """After `resume`, an overdue mail leaves at once, or once offices open; `outbox show` says the same."""
    record_outcome(workspace, SLUG, Status.REPLIED, None, None)
    later = replace(workspace, clock=Clock(now))
    show_resumed(later, SLUG, resume_application(later, SLUG, {}), json=False)
    assert f"is queued for {said}" in capsys.readouterr().out
    show_entry(later, 1, history=False, raw=False, json=False)
    assert f"Leaves   {said}" in capsys.readouterr().out


def test_an_outdated_mail_is_said_to_leave_when_it_can(workspace: Workspace) -> None:
    """`today` says of a mail that no longer reads like the facts when it leaves as it is: not yesterday."""
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text().replace('role = "Data Engineer"', 'role = "Data Architect"'))
    (found,) = look_at_today(replace(workspace, clock=Clock(IN_HOURS))).outdated
    assert found.says_outdated.endswith("and leaves Thu 10 Dec 2026, 11:00 in Chicago as it is")
