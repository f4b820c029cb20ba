"""What is due becomes jobs: one for each account, whoever looks and however often."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from office_server import OfficeServer
from worker_samples import add_candidate, load_office, make_office, name_database, with_engine

from followup_mail.settings.load_settings import Loaded
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import DELIVER, ENGINE_SCHEMA, PLAN, way_of
from followup_mail.worker.jobs import sweep
from followup_mail.worker.sweep import Wanted, defer_one, take_up_stalled

NOBODY = 9  # a port at which nothing listens


@pytest.fixture
def office(office_server: OfficeServer, tmp_path: Path, request: pytest.FixtureRequest) -> Loaded:
    """The settings of an office of this test's own."""
    return load_office(make_office(office_server, name_database(request.node.name)), tmp_path)


def jobs_of(loaded: Loaded) -> list[tuple[str, dict[str, Any]]]:
    """Return the task and the arguments of each job, in order."""
    with psycopg.connect(loaded.settings.database_url.reveal()) as link:
        query = f"SELECT task_name, args FROM {ENGINE_SCHEMA}.procrastinate_jobs ORDER BY id"
        return [(row[0], row[1]) for row in link.execute(query.encode())]


def test_a_sweep_puts_each_account_there_once(office: Loaded) -> None:
    """However often it is looked, an account with mails that are due has one job; and a candidate one plan."""
    number, account = add_candidate(office, NOBODY, 2)
    found: list[int] = []

    async def act(app: Any, desk: Desk) -> None:
        found.extend([await sweep(app, desk) for _ in range(3)])

    with_engine(office, act)
    assert found == [2, 0, 0]
    expected = [(DELIVER, {"candidate": number, "way": way_of(account)}), (PLAN, {"candidate": number})]
    assert sorted(jobs_of(office)) == sorted(expected)


def test_no_address_stands_in_the_engine(office_server: OfficeServer, office: Loaded) -> None:
    """What the engine keeps of a job names no account: whoever reads its tables learns nobody's address."""
    _, account = add_candidate(office, NOBODY, 1)

    async def act(app: Any, desk: Desk) -> None:
        await sweep(app, desk)

    with_engine(office, act)
    with psycopg.connect(office.settings.database_url.reveal()) as link:
        rows = link.execute(f"SELECT jobs::text FROM {ENGINE_SCHEMA}.procrastinate_jobs AS jobs".encode()).fetchall()
    assert rows
    assert not [row for row in rows if account in row[0] or "@" in row[0]]


def test_a_job_that_waits_is_not_put_there_again(office: Loaded) -> None:
    """A delivery that is to go on in a minute keeps the sweep from beginning another one."""
    number, account = add_candidate(office, NOBODY, 1)
    wanted = Wanted(DELIVER, number, way_of(account))
    told: list[object] = []

    async def act(app: Any, desk: Desk) -> None:
        told.append(await defer_one(app, wanted, timedelta(minutes=1)))
        told.append(await defer_one(app, wanted))
        told.append(await sweep(app, desk))

    with_engine(office, act)
    assert told == [True, False, 1]  # the plan
    assert [task for task, _ in jobs_of(office)].count(DELIVER) == 1


def test_stalled_jobs_are_taken_up(office: Loaded) -> None:
    """The job of a worker that gives no sign of life waits again; where another of its kind waits, it is dropped."""
    number, account = add_candidate(office, NOBODY, 1)
    wanted = Wanted(DELIVER, number, way_of(account))
    counts: list[int] = []

    async def act(app: Any, desk: Desk) -> None:
        await defer_one(app, wanted)
        for is_alone in (True, False):
            gone = await app.job_manager.register_worker()
            assert await app.job_manager.fetch_job(None, gone)
            if not is_alone:
                await defer_one(app, wanted)
            counts.append(await take_up_stalled(app, desk))
            await app.connector.execute_query_async(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' WHERE id = %(id)s",
                id=gone,
            )
            counts.append(await take_up_stalled(app, desk))

    lines = with_engine(office, act)
    assert counts == [0, 1, 0, 1]
    assert [line["event"] for line in lines] == ["stalled jobs taken up"] * 2
    assert jobs_of(office) == [(DELIVER, wanted.given)]


def test_two_jobs_never_renew_the_same_tokens(office: Loaded) -> None:
    """A candidate who signs in at a provider has one job at a time: another gives way, and goes on in seconds."""
    from followup_mail.worker.deliver_job import deliver
    from followup_mail.worker.engine import REFRESH
    from followup_mail.worker.rounds import make_round

    number, account = add_candidate(office, NOBODY, 0)
    found: list[object] = []

    async def act(_: Any, desk: Desk) -> None:
        with desk.open(number) as workspace:
            (workspace.home / "tokens").mkdir()
            (workspace.home / "tokens" / "jordan.json").write_text("{}")
        with desk.open(number):
            found.append(deliver(desk, number, way_of(account)))
            found.append(make_round(desk, REFRESH, number))
        found.append(deliver(desk, number, way_of(account)))

    assert with_engine(office, act) == []
    assert found == [timedelta(seconds=5), False, None]


def test_a_job_that_is_begun_twice_in_one_process_waits(office: Loaded) -> None:
    """The engine begins a delivery again that is still under way here: the second gives way, and frees nothing."""
    from followup_mail.worker.deliver_job import deliver
    from followup_mail.worker.engine import lock_of

    number, account = add_candidate(office, NOBODY, 1)
    found: list[object] = []

    async def act(_: Any, desk: Desk) -> None:
        with desk.under_way.alone(lock_of(DELIVER, number, way_of(account))) as is_alone:
            found.extend((is_alone, deliver(desk, number, way_of(account)), deliver(desk, number, way_of(account))))

    assert with_engine(office, act) == []
    assert found == [True, timedelta(minutes=1), timedelta(minutes=1)]


def test_a_delivery_that_cannot_begin_is_told_without_words(office: Loaded) -> None:
    """An account that is not set any more is told by the candidate's number, and tried again later."""
    from followup_mail.worker.deliver_job import deliver

    number, account = add_candidate(office, NOBODY, 1)
    found: list[object] = []

    async def act(_: Any, desk: Desk) -> None:
        found.append(deliver(desk, number, way_of("somebody.else@example.com")))
        found.append(deliver(desk, 4711, way_of(account)))

    (line,) = with_engine(office, act)
    assert found == [timedelta(minutes=5), None]
    assert (line["event"], line["candidate"]) == ("account not set", number)
    assert "@" not in json.dumps(line)
