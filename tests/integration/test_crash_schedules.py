"""Killed at random moments, and four runners at once: the same promise where nobody chose the point.

The moments are counted in calls and returns of Python, not in seconds: a busy machine plays the same schedule.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from crash_child import Fault, Place, SharedClock, count_calls, interfere, open_store, send, work
from crash_play import CONTEXT, KILLED, Ground, check, end, fill, look, start
from crash_server import Counting
from outbox_samples import NOW, make_new

from followup_mail.outbox.entry import State

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

MAILS = 3


def count_all_calls(ground: Ground, port: int) -> int:
    """Return how many calls and returns sending the mails takes when nothing happens."""
    place = ground.lay("undisturbed")
    fill(place, MAILS)
    here, there = CONTEXT.Pipe()
    process = start(count_calls, place, port, there)
    assert end(process) == 0
    counted = here.recv()
    assert isinstance(counted, int)
    return counted


def play(ground: Ground, running: tuple[Counting, int], seed: int, calls: int) -> int:
    """Send the mails with a process that is killed at a random call, perhaps again, and by one that is not."""
    chance, (counting, port) = random.Random(seed), running
    most = chance.randint(1, 2)
    place, kills = ground.lay(seed), 0
    counting.taken.clear()
    fill(place, MAILS)
    while any(entry.state is State.QUEUED for entry in look(place)) and kills < most:
        code = end(start(send, place, port, Fault(call=chance.randint(1, calls))))
        assert code in {KILLED, 0}
        kills += code == KILLED
        check(counting, look(place), kills)
    send(place, port, Fault())
    done = look(place)
    check(counting, done, kills)
    assert not any(entry.state is State.QUEUED for entry in done)
    return kills


def play_all(ground: Ground, running: tuple[Counting, int], seeds: range) -> None:
    """Play a schedule for each seed; nearly every first run is killed, since it has all the mails to send."""
    calls = count_all_calls(ground, running[1])
    assert sum(play(ground, running, seed, calls) for seed in seeds) >= len(seeds) * 0.9


@pytest.mark.parametrize("part", range(4))
def test_killed_at_random(ground: Ground, server: tuple[Counting, int], part: int) -> None:
    """Killed at any moment, as often as it likes: the promise holds."""
    play_all(ground, server, range(part * 1000, part * 1000 + 20 // ground.step))


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_killed_at_random_thousands_of_times(ground: Ground, server: tuple[Counting, int], part: int) -> None:
    """The same over thousands of schedules."""
    play_all(ground, server, range(part * 1000, part * 1000 + 300))


class Moody:
    """A server's answers: every fifth mail is put off once, every fiftieth is taken without a word."""

    def __init__(self, seed: int) -> None:
        self._chance, self._put_off = random.Random(seed), set[str]()

    def __call__(self, message_id: str) -> str:
        if message_id not in self._put_off and self._chance.random() < 0.2:
            self._put_off.add(message_id)
            return "451 4.3.0 try again later"
        return "drop" if self._chance.random() < 0.02 else "250 2.0.0 Ok: queued as C0UNT"


def four_runners(place: Place, running: tuple[Counting, int], count: int) -> None:
    """Four processes send what falls due within an hour from one file, while a fifth cancels, holds and resumes."""
    counting, port = running
    counting.answer = Moody(count)
    store, clock = open_store(place), SharedClock(CONTEXT)
    hour = timedelta(hours=1)
    store.add([make_new(n, f"app-{n % 50}", due_after=hour * n / count) for n in range(1, count + 1)], NOW)
    workers = [start(work, place, port, seed, clock) for seed in range(4)] + [start(interfere, place, 5, count)]
    assert [end(process, within=900) for process in workers] == [0] * 5
    entries = store.entries()
    assert len(entries) == count
    assert store.verify() == ()
    store.close()
    assert clock.now() - NOW >= hour
    assert {entry.state for entry in entries} <= {State.SENT, State.UNCLEAR, State.CANCELLED}
    for entry in entries:
        taken = counting.taken[entry.message.message_id]
        expected = {State.SENT: {1}, State.UNCLEAR: {1}, State.CANCELLED: {0}}[entry.state]
        assert taken in expected, f"{entry.label} is {entry.state} and was taken {taken} times"
    assert sum(counting.taken.values()) > count / 2


def test_four_runners_at_once(ground: Ground, server: tuple[Counting, int]) -> None:
    """Four runs and a busy user on one outbox for an hour of simulated time: no double, none lost."""
    four_runners(ground.lay("outbox"), server, 120 // ground.step)


@pytest.mark.long
def test_four_runners_and_two_thousand_mails(ground: Ground, server: tuple[Counting, int]) -> None:
    """The same with 2,000 mails."""
    four_runners(ground.lay("outbox"), server, 2000)
