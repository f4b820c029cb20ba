"""A cancel that meets a run in the middle of sending says which of the two came first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, GREYLISTED, WORKER, go

from followup_mail.cadence.step import Kind
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import State
from followup_mail.outbox.outcome import Outcome
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Claim
from followup_mail.road.cancel import cancel_entry
from followup_mail.road.demo import NEXT_MORNING, SLUG, Clock, make_demo_house
from followup_mail.road.enqueue import enqueue
from followup_mail.road.request import Request
from followup_mail.wiring import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A thank-you is due."""
    clock = Clock()
    house = make_demo_house(tmp_path, clock)
    enqueue(house, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    clock.shows = NEXT_MORNING
    return house


@pytest.fixture
def end_with(house: House) -> Callable[[Outcome], Callable[[float], object]]:
    """Begin to send, and return a sleep during which that ends with an outcome."""
    claim = house.store.claim(WORKER, go, house.now())
    assert isinstance(claim, Claim)

    def sleep_until(outcome: Outcome) -> Callable[[float], object]:
        decided = decide(claim.entry, outcome, house.now(), 0)
        return lambda _: house.store.settle(claim, decided, house.now())

    return sleep_until


def test_a_cancel_that_came_first_says_so(
    house: House, end_with: Callable[[Outcome], Callable[[float], object]]
) -> None:
    """The server put the mail off: it is cancelled, and that is what is said."""
    assert cancel_entry(house, 1, end_with(GREYLISTED)).state is State.CANCELLED


def test_a_mail_that_came_first_says_so(house: House, end_with: Callable[[Outcome], Callable[[float], object]]) -> None:
    """The server took the mail: it was sent, and that is what is said."""
    with pytest.raises(RefusedError, match="was already sent"):
        cancel_entry(house, 1, end_with(ACCEPTED))
    assert house.store.get(1).state is State.SENT


def test_a_cancel_waits_for_nothing_that_is_decided(house: House) -> None:
    """What is cancelled is not cancelled again, and nobody waits half a minute to hear it."""
    cancel_entry(house, 1)
    with pytest.raises(RefusedError, match="was cancelled"):
        cancel_entry(house, 1, lambda _: pytest.fail("it waited"))
