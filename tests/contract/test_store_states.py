"""Whatever users, workers, clocks and crashes do, in whatever order: no mail leaves twice, and none is lost."""

from __future__ import annotations

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from outbox_model import OutboxModel


def play(seed: int, acts: int) -> None:
    """Play one game. Each failure is repeatable by its seed."""
    model = OutboxModel(random.Random(seed).choice)
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
