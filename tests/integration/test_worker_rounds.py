"""What is done for a candidate every so often, and how the office stands as the database tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from office_server import OfficeServer
from worker_samples import add_candidate, load_office, make_office, name_database, with_engine

from followup_mail.settings.load_settings import Loaded
from followup_mail.worker.engine import LOOK, PLAN, REFRESH
from followup_mail.worker.round_jobs import next_night
from followup_mail.worker.rounds import make_round
from followup_mail.worker.seen_workers import note_alive, note_ended
from followup_mail.worker.standing import Standing, read_standing
from followup_mail.worker.standing_words import say_standing
from followup_mail.worker.sweep import find_due

NOBODY = 9  # a port at which nothing listens
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def office(office_server: OfficeServer, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Loaded, Ask]:
    """The settings of an office of this test's own, and what asks its database as the superuser."""
    name = name_database(request.node.name)
    loaded = load_office(make_office(office_server, name), tmp_path)

    def ask(query: str, *given: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(office_server.url(name, "postgres"), options="-c search_path=followup") as link:
            cursor = link.execute(query.encode(), given or None)
            return cursor.fetchall() if cursor.description else []

    return loaded, ask


def test_a_plan_says_what_is_due_and_when_it_is_made_again(office: tuple[Loaded, Ask]) -> None:
    """A new candidate is planned for at once and then each night; without a mailbox there is no look."""
    loaded, ask = office
    number, _ = add_candidate(loaded, NOBODY, 1)
    with_engine(loaded, lambda app, desk: _once(lambda: find_due(desk)))  # taken
    assert ask("SELECT job, next_at > now() FROM rounds") == [(PLAN, True)]
    ask("UPDATE entries SET state = 'cancelled'")
    lines = with_engine(loaded, lambda app, desk: _once(lambda: make_round(desk, PLAN, number)))
    assert lines == []
    ((next_at, done_at, due, soon, _),) = ask(
        "SELECT next_at, done_at, steps_due, steps_soon, to_decide FROM rounds WHERE job = 'plan'"
    )
    assert done_at < next_at <= done_at + timedelta(days=1, hours=6)
    assert due + soon >= 1  # the thank-you that was cancelled
    assert ask("SELECT job FROM rounds WHERE next_at IS NULL ORDER BY job") == [(LOOK,), (REFRESH,)]


def test_changed_settings_are_planned_for_at_once(office: tuple[Loaded, Ask]) -> None:
    """A candidate who sets a mailbox up is looked after soon, not only from the next night on."""
    loaded, ask = office
    number, _ = add_candidate(loaded, NOBODY, 0)
    ask("UPDATE rounds SET next_at = now() + interval '1 day'")

    async def set_mailbox(_: Any, desk: Any) -> None:
        with desk.open(number) as workspace:
            settings = workspace.home / ".env"
            settings.write_text(f"{settings.read_text()}FOLLOWUP_IMAP_HOST=127.0.0.1\nFOLLOWUP_IMAP_PORT={NOBODY}\n")
        assert ask("SELECT next_at <= now() FROM rounds") == [(True,)]
        make_round(desk, PLAN, number)

    with_engine(loaded, set_mailbox)
    assert ask("SELECT next_at <= now() + interval '15 minutes' FROM rounds WHERE job = 'look'") == [(True,)]


def test_a_round_that_was_lost_comes_again(office: tuple[Loaded, Ask]) -> None:
    """Taking a round moves it on by a quarter of an hour: nobody else takes it, and it is not lost with who took it."""
    loaded, ask = office
    add_candidate(loaded, NOBODY, 0)
    found: list[list[str]] = []

    def take(desk: Any) -> None:
        found.append([one.task for one in find_due(desk)])

    with_engine(loaded, lambda app, desk: _once(lambda: (take(desk), take(desk))))
    assert found == [[PLAN], []]
    ask("UPDATE rounds SET next_at = next_at - interval '15 minutes'")
    with_engine(loaded, lambda app, desk: _once(lambda: take(desk)))
    assert found[-1] == [PLAN]


def test_what_is_wrong_with_one_candidate_stops_no_other(office: tuple[Loaded, Ask]) -> None:
    """A plan that breaks off at somebody's files is told by number and kind, and comes again."""
    loaded, ask = office
    number, _ = add_candidate(loaded, NOBODY, 0)
    ask("UPDATE files SET content = 'no settings' WHERE path = '.env'")
    (line,) = with_engine(loaded, lambda app, desk: _once(lambda: make_round(desk, PLAN, number)))
    assert (line["event"], line["candidate"], line["kind"]) == ("error", number, "SettingsError")
    assert "no settings" not in str(line)


def test_the_standing_counts_over_all_candidates(office: tuple[Loaded, Ask]) -> None:
    """Late, resting, unclear: counted over all, with no word of anybody; and whoever is at work is seen."""
    loaded, ask = office
    (one, _), (other, account) = add_candidate(loaded, NOBODY, 2), add_candidate(loaded, NOBODY, 1)
    ask("UPDATE entries SET due_at = due_at - interval '1 hour', ready_at = ready_at - interval '1 hour'")
    ask(
        "INSERT INTO pauses VALUES (%s, %s, %s, '', now(), NULL)",
        other,
        account,
        "535 5.7.8 jordan, your password is wrong",
    )
    seen: list[Standing] = []

    def look(desk: Any) -> None:
        database = desk.make_database()
        seen.append(read_standing(database, "test"))
        note_alive(database, desk.name, seen[0].at)
        seen.append(read_standing(database, "test"))
        note_ended(database, desk.name, seen[0].at)
        seen.append(read_standing(database, "test"))

    with_engine(loaded, lambda app, desk: _once(lambda: look(desk)))
    before, at_work, _ = seen
    assert (before.candidates, before.waiting, before.ready, before.late) == (2, 3, 2, 2)
    assert timedelta(minutes=59) < before.lateness < timedelta(minutes=70)
    ((resting,), workers) = before.resting, [len(standing.at_work) for standing in seen]
    assert (resting.candidate, resting.domain, resting.answer, resting.waiting) == (other, "example.com", "535", 1)
    assert workers == [0, 1, 0]
    assert say_standing(before).startswith("2 mails are late: no worker was ever seen.")
    assert say_standing(at_work).startswith("2 mails are late, by up to")
    assert "password" not in str(before)
    assert one != other


@pytest.mark.parametrize("hour", [0, 4, 12, 23])
def test_the_next_night_is_the_next(hour: int) -> None:
    """A plan is made between midnight and five of the day that follows, whatever the hour."""
    now = datetime(2026, 3, 28, hour, 30, tzinfo=UTC)
    assert datetime(2026, 3, 29, tzinfo=UTC) <= next_night(now) <= datetime(2026, 3, 29, 5, tzinfo=UTC)


async def _once(act: Callable[[], object]) -> None:
    act()
