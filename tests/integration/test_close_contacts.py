"""A moment that the user chooses, beside what else its reader hears: a reason to be early does not lift everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import State
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.change_entry import reschedule
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.early import EarlyError
from followup_mail.workspace import Workspace

INQUIRY = Request(SLUG, Kind.STATUS_INQUIRY, ("priya",), at="in 2 hours", early="they asked for it")


@pytest.fixture
def clock() -> Clock:
    return Clock(NEXT_MORNING)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    return give_account(make_demo_workspace(tmp_path, clock))


def test_a_reason_to_be_early_does_not_lift_the_three_days_between_two_contacts(workspace: Workspace) -> None:
    """With the thank-you queued for today, an inquiry of today is refused with the first day that it may have; its rule
    has to be ignored by name."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("priya",)))
    with pytest.raises(
        RefusedError, match="less than three working days after your thank-you queued for Thu 19 Nov"
    ) as no:
        enqueue(workspace, INQUIRY)
    assert not isinstance(no.value, EarlyError)
    assert "FM507" in no.value.in_full
    assert "Tue 24 Nov" in no.value.in_full
    (entry,) = enqueue(
        workspace, Request(SLUG, Kind.STATUS_INQUIRY, ("priya",), at="Tue 24 Nov 9:00", early="asked")
    ).entries
    with pytest.raises(RefusedError, match="less than three working days after your thank-you"):
        reschedule(workspace, entry.id, "in 2 hours", (), "they asked for it")
    moved = reschedule(workspace, entry.id, "in 2 hours", ("FM507",), "they asked for it").entry
    assert moved.ready_at.day == 19


def test_what_waits_for_a_later_day_counts_as_well(workspace: Workspace) -> None:
    """A second note that waits for the day after tomorrow keeps an early inquiry away, too."""
    enqueue(workspace, Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="in 2 days 10:00", early="asked"))
    with pytest.raises(RefusedError, match="less than three working days before your second note queued for"):
        enqueue(workspace, INQUIRY)


def test_a_chosen_moment_keeps_away_from_what_left_since(workspace: Workspace, clock: Clock) -> None:
    """A thank-you that leaves after the inquiry was given its moment pushes it on; other words of it are no reason to
    refuse it."""
    (inquiry,) = enqueue(
        workspace, Request(SLUG, Kind.STATUS_INQUIRY, ("priya",), at="tomorrow 9:00", early="x")
    ).entries
    (thanks,) = enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("priya",))).entries
    clock.shows = thanks.ready_at
    list(deliver_once(workspace))
    assert workspace.store.get(thanks.id).state is State.SENT
    message = inquiry.message
    reworded = reword_entry(workspace, inquiry, message.subject, message.text.replace("Could", "May"), ())
    assert reworded.state is State.QUEUED
    clock.shows = inquiry.ready_at
    list(deliver_once(workspace))
    waits = workspace.store.get(inquiry.id)
    assert (waits.state, waits.ready_at.astimezone(thanks.ready_at.tzinfo).day) == (State.QUEUED, 24)
