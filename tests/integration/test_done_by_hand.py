"""What the user did by hand while a mail for it was queued is not done a second time."""

from __future__ import annotations

import pytest

from followup_mail.cli.views.show_log import log_and_show
from followup_mail.outbox.entry import State
from followup_mail.services.deliver import deliver_once
from followup_mail.services.demo import SLUG
from followup_mail.services.log_contact import Done
from followup_mail.workspace import Workspace


def test_a_mail_written_by_hand_stops_the_queued_one(due: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Who wrote to Tom themselves and said so is told of the queued mail, and Tom gets no second one."""
    log_and_show(due, Done(SLUG, "email", "tom"), json=False)
    told = capsys.readouterr()
    assert "as thank_you of round 1" in told.out
    assert "#1 was queued for the same and does not leave any more" in told.err
    assert "followup-mail outbox cancel 1" in told.err
    entry = next(iter(deliver_once(due))).entry
    assert (entry.state, entry.reason) == (State.FAILED, "you did this yourself on 2026-11-19, by email")


def test_a_call_that_reached_nobody_stops_nothing(due: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A voicemail is no thank-you: the queued one still leaves."""
    log_and_show(due, Done(SLUG, "call", "tom", "thank_you", reached=False), json=False)
    assert "does not leave" not in capsys.readouterr().err
    assert next(iter(deliver_once(due))).entry.state is State.SENT
