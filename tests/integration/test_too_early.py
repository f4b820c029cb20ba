"""A day before there was an application is refused, by one rule, wherever one is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from followup_mail.errors import WhenError
from followup_mail.facts.terms import Status
from followup_mail.services.answers.record_letter import Came, record_no, record_other
from followup_mail.services.answers.record_outcome import read_past_day
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.overview.demo import REJECTION_CAME, SLUG, Clock, make_demo_workspace
from followup_mail.workspace import Workspace

LONG_AGO = date(2016, 11, 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The demonstration on the day of their letter."""
    return make_demo_workspace(tmp_path, Clock(REJECTION_CAME))


def test_the_option_is_refused(workspace: Workspace) -> None:
    """``--on`` names what the day is before, and what to do."""
    with pytest.raises(WhenError, match="--on: Wed 2 Nov 2016 is before the first interview") as refused:
        read_past_day(workspace, "--on", "2016-11-02", SLUG)
    assert "followup-mail change" in refused.value.fix


def test_nothing_is_recorded(workspace: Workspace) -> None:
    """Where a letter told which application it is, the day is looked at before anything is stopped."""
    for record in (
        lambda came: record_no(workspace, came, print),
        lambda came: record_other(workspace, came, Status.OFFER, print),
    ):
        with pytest.raises(WhenError):
            record(Came(SLUG, on=LONG_AGO))
    assert workspace.facts.load(SLUG).outcome.status is Status.WAITING


def test_a_contact_is_refused(workspace: Workspace) -> None:
    """``log --at`` follows the same rule."""
    with pytest.raises(WhenError, match="is before"):
        log_touch(workspace, Done(SLUG, "call", at="2016-11-02 10:00"))


def test_an_answer_on_the_day_itself_is_taken(workspace: Workspace) -> None:
    """They may say no on the day of the interview."""
    first = min(one.start for one in workspace.facts.load(SLUG).interviews).date()
    assert read_past_day(workspace, "--on", first.isoformat(), SLUG) == first
