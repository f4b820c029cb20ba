"""What the user did by hand while a mail for it was queued is not done a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.cli.show_log import log_and_show
from followup_mail.outbox.entry import State
from followup_mail.road.deliver import deliver_once
from followup_mail.road.demo import NEXT_MORNING, SLUG, Clock, make_demo_house
from followup_mail.road.enqueue import enqueue
from followup_mail.road.log import Done
from followup_mail.road.request import Request
from followup_mail.wiring import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A thank-you to Tom is queued for the next morning, which has come."""
    clock = Clock()
    house = make_demo_house(tmp_path, clock)
    enqueue(house, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    clock.shows = NEXT_MORNING
    return house


def test_a_mail_written_by_hand_stops_the_queued_one(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """Who wrote to Tom themselves and said so is told of the queued mail, and Tom gets no second one."""
    log_and_show(house, Done(SLUG, "email", "tom"), json=False)
    told = capsys.readouterr()
    assert "as thank_you of round 1" in told.out
    assert "#1 was queued for the same and does not leave any more" in told.err
    assert "followup-mail outbox cancel 1" in told.err
    entry = next(iter(deliver_once(house))).entry
    assert (entry.state, entry.reason) == (State.FAILED, "you did this yourself on 2026-11-19, by email")


def test_a_call_that_reached_nobody_stops_nothing(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """A voicemail is no thank-you: the queued one still leaves."""
    log_and_show(house, Done(SLUG, "call", "tom", "thank_you", reached=False), json=False)
    assert "does not leave" not in capsys.readouterr().err
    assert next(iter(deliver_once(house))).entry.state is State.SENT
