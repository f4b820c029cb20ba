"""A run that keeps going: wakes in time, survives odd clocks and a store in trouble, ends when told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from outbox_samples import NOW, WORKER, Script, make_go, make_new

from followup_mail.delivery.dispatch import Dispatch, Result, keep_delivering
from followup_mail.errors import OutboxError
from followup_mail.outbox.entry import State, Timing
from followup_mail.outbox.pre_send_check import check_time
from followup_mail.outbox.sqlite import SqliteStore


@dataclass
class World:
    """A clock that goes on when somebody sleeps, and an end after so many sleeps. Odd things happen in between."""

    now: datetime = NOW
    sleeps: list[float] = field(default_factory=list)
    end_after: int = 5
    events: dict[int, Callable[[], None]] = field(default_factory=dict)
    """By the number of the sleep."""

    def clock(self) -> datetime:
        return self.now

    def is_set(self) -> bool:
        return len(self.sleeps) >= self.end_after

    def wait(self, timeout: float | None = None) -> bool:
        self.sleeps.append(timeout or 0)
        self.now += timedelta(seconds=timeout or 0)
        self.events.pop(len(self.sleeps), lambda: None)()
        return self.is_set()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "outbox.sqlite3", busy_after=0.01)
    yield opened
    opened.close()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def reports() -> list[Result | OutboxError]:
    return []


@pytest.fixture
def watch(store: SqliteStore, world: World, script: Script, reports: list[Result | OutboxError]) -> Callable[[], None]:
    def permitted(_: Timing, now: datetime) -> datetime:
        return now

    dispatch = Dispatch(store, script, lambda _: check_time(permitted), WORKER, world.clock, sleep=lambda _: None)
    return lambda: keep_delivering([dispatch], world, reports.append)


def test_it_sleeps_until_the_next_is_due(watch: Callable[[], None], store: SqliteStore, world: World) -> None:
    """A mail due in 90 seconds leaves after 90 seconds."""
    store.add([make_new(1, due_after=timedelta(seconds=90))], NOW)
    world.end_after = 3
    watch()
    assert world.sleeps == [60, 30, 60]
    assert store.get(1).sent_at == NOW + timedelta(seconds=90)


def test_what_is_queued_meanwhile_is_found_within_a_minute(
    watch: Callable[[], None], store: SqliteStore, world: World
) -> None:
    """Another process queues something due now: the watch finds it at its next look."""
    world.events[1] = lambda: store.add([make_new(1)], NOW) and None
    world.end_after = 2
    watch()
    assert store.get(1).state is State.SENT
    assert max(world.sleeps) <= 60


def test_a_laptop_that_slept_past_the_deadline_sends_nothing(
    watch: Callable[[], None], store: SqliteStore, world: World, script: Script
) -> None:
    """Suspended for three days: the thank-you is missed, not sent, and what has no deadline goes."""
    store.add([make_new(1, due_after=timedelta(hours=1), last_after=timedelta(hours=48))], NOW)
    store.add([make_new(2, due_after=timedelta(hours=1))], NOW)

    def sleep_long() -> None:
        world.now += timedelta(days=3)

    world.events[1] = sleep_long
    world.end_after = 2
    watch()
    assert [store.get(n).state for n in (1, 2)] == [State.MISSED, State.SENT]
    assert len(script.handed) == 1


def test_a_clock_set_back_sends_nothing_twice_and_nothing_early(
    watch: Callable[[], None], store: SqliteStore, world: World, script: Script
) -> None:
    """After a jump back, sent mails stay sent and the others wait for their moment."""
    store.add([make_new(1), make_new(2, due_after=timedelta(minutes=30))], NOW)

    def jump_back() -> None:
        world.now -= timedelta(hours=2)

    world.events[1] = jump_back
    world.end_after = 5
    watch()
    assert [message.rcpt_to[0] for message in script.handed] == ["person1@employer.example"]
    assert store.get(2).state is State.QUEUED


def test_a_store_in_trouble_is_reported_and_tried_again(
    watch: Callable[[], None],
    store: SqliteStore,
    world: World,
    reports: list[Result | OutboxError],
) -> None:
    """Locked by another program for a while: the watch says so and goes on when it can."""
    store.add([make_new(1)], NOW)
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    world.events[2] = other.rollback
    world.end_after = 3
    watch()
    other.close()
    assert [type(report) for report in reports] == [OutboxError, OutboxError, Result]
    assert store.get(1).state is State.SENT


def test_it_ends_when_told_between_two_mails(store: SqliteStore, script: Script, world: World) -> None:
    """Told to stop while sending, it finishes the mail in hand and leaves the next."""
    store.add([make_new(1), make_new(2)], NOW)

    def report(_: Result | OutboxError) -> None:
        world.end_after = 0

    keep_delivering([Dispatch(store, script, make_go, WORKER, world.clock)], world, report)
    assert [store.get(n).state for n in (1, 2)] == [State.SENT, State.QUEUED]


def test_it_shows_that_it_lives_and_closes_what_would_idle(
    watch: Callable[[], None], store: SqliteStore, world: World, script: Script
) -> None:
    """Each round it leaves a sign of life, and keeps no connection open through a sleep."""
    world.end_after = 3
    watch()
    assert store.workers() == ((WORKER.name, NOW + timedelta(minutes=2)),)
    assert script.closed == 3
