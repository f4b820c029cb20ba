"""Whatever users, workers, clocks and crashes do, in whatever order: no mail leaves twice, and none is lost."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from office_samples import OfficePlace, new_candidate
from outbox_model import Opener, OutboxModel


def play(seed: int, acts: int, lay: Callable[[], Opener] | None = None) -> None:
    """Play one game. Each failure is repeatable by its seed."""
    model = OutboxModel(random.Random(seed).choice, lay)
    try:
        for _ in range(acts):
            model.act()
            model.check_sending()
        model.check()
    finally:
        model.close()


@pytest.mark.parametrize("hundred", range(4))
def test_no_sequence_of_moves_sends_twice(hundred: int) -> None:
    """In games of chance between users, workers and crashes no mail leaves twice and no entry is lost."""
    for seed in range(hundred * 100, hundred * 100 + 10):
        play(seed, 50)


@pytest.fixture
def lay(office_url: str) -> Callable[[], Opener]:
    """Makes a candidate of the office, and returns what opens their store."""
    return lambda: OfficePlace(office_url, new_candidate(office_url)).open


def test_no_sequence_of_moves_sends_twice_in_an_office(lay: Callable[[], Opener]) -> None:
    """The same games in the office's database."""
    for seed in range(5):
        play(seed, 50, lay)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(8))
def test_no_long_sequence_of_moves_sends_twice_in_an_office(thousand: int, lay: Callable[[], Opener]) -> None:
    """Hundreds of games there."""
    for seed in range(thousand * 1000, thousand * 1000 + 50):
        play(seed, 100, lay)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(8))
def test_no_long_sequence_of_moves_sends_twice(thousand: int) -> None:
    """The same over thousands of games."""
    for seed in range(thousand * 1000, thousand * 1000 + 250):
        play(seed, 100)


class OutboxMachine(RuleBasedStateMachine):
    """The same game with Hypothesis as chance: it finds the shortest sequence that fails."""

    def __init__(self) -> None:
        super().__init__()
        self.model = OutboxModel(lambda options: options[0])

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        self.model.choose = lambda options: data.draw(st.sampled_from(options))
        self.model.act()

    @invariant()
    def holds(self) -> None:
        self.model.check_sending()

    def teardown(self) -> None:
        self.model.check()
        self.model.close()


class TestOutboxMachine(OutboxMachine.TestCase):  # type: ignore[misc,name-defined]
    """No sequence that Hypothesis thinks of sends a mail twice."""

    settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
