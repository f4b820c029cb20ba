"""What `queue` says must run so that the mails go where it says they go."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.views.sending import show_queued
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue


@pytest.mark.parametrize("has_account", [True, False])
def test_only_mails_that_leave_are_said_to_leave(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], has_account: bool
) -> None:
    """Without a mail server nothing leaves, and no service is named for it; with one, it is said what must run."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    workspace = give_account(workspace) if has_account else workspace
    show_queued(workspace, enqueue(workspace, Request(SLUG, Kind.STATUS_INQUIRY)))
    said = " ".join(capsys.readouterr().err.split())
    assert ("They leave while the service runs" in said) is has_account
    assert ("nothing leaves this machine" in said and "They go there by `followup-mail run`" in said) is not has_account
