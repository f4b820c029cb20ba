"""What strikes an office's database or its workers: none lost, none twice, at most one unclear a blow.

Where a blow falls is chosen, not left to the clock: a commit is kept waiting inside the server, or an answer of the
mail server is held back, until it has fallen. ``bench/office_kills.py`` strikes at random, for hours.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from crash_play import end, start
from crash_server import Counting
from database_proxy import DatabaseProxy
from office_play import GONE, Job, Slots, check, deliver, fill_office, look_at, verify
from office_samples import new_candidate
from office_server import MISSING, OfficeServer, find_programs, running_server

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="SIGKILL"),
    pytest.mark.skipif(find_programs() is None, reason=MISSING),
]

DATABASE = "faults"


@pytest.fixture(scope="module")
def struck() -> Iterator[OfficeServer]:
    """A database server of this module's own, which is killed."""
    with running_server() as server:
        server.make_database(DATABASE)
        yield server


@pytest.fixture
def job(struck: OfficeServer, server: tuple[Counting, int]) -> Job:
    """Three mails of one new candidate, due now."""
    return make_job(struck, server, 1, 3)


def make_job(struck: OfficeServer, server: tuple[Counting, int], candidates: int, mails: int) -> Job:
    """Add candidates with so many mails each that are due now."""
    url = struck.url(DATABASE)
    names = [new_candidate(url) for _ in range(candidates)]
    fill_office(url, names, mails)
    return Job(url, names, server[1])


def finish(struck: OfficeServer, counting: Counting, job: Job, most_unclear: int) -> int:
    """Let an undisturbed process do the rest, and check; return how many are unclear."""
    deliver(job, 0)
    found = look_at(struck, DATABASE, job.names)
    check(counting, found, most_unclear)
    verify(job.url, job.names)
    assert found.count("sent") + found.count("unclear") == len(found.states)
    return found.count("unclear")


def test_two_workers_and_a_killer(struck: OfficeServer, server: tuple[Counting, int]) -> None:
    """Two processes deliver for the same candidates and are killed again and again: the promise holds."""
    job, chance = make_job(struck, server, 2, 5), random.Random(19)
    slots = Slots(job, 19)
    for _ in range(5):
        slots.fill()
        slots.kill(chance, 0.01)
    slots.fill()
    slots.end()
    finish(struck, server[0], job, slots.kills)


def test_two_workers_on_one_entry(struck: OfficeServer, server: tuple[Counting, int]) -> None:
    """Two processes that go for the same single mail at once send it once, and neither fails."""
    job = make_job(struck, server, 1, 1)
    for _ in range(3):
        both = [start(deliver, job, seed) for seed in (1, 2)]
        assert [end(process) for process in both] == [0, 0]
    assert finish(struck, server[0], job, 0) == 0
    assert sum(server[0].taken.values()) == 1


# --- the database killed in the middle of a commit --------------------------------------------------------------------

BEFORE_DISK = "PERFORM pg_sleep(600)"
"""A commit waits for a deferred trigger, and nothing of it is on the disk yet."""
AFTER_DISK = "PERFORM set_config('synchronous_commit', 'on', true)"
"""A commit is on the disk, and waits for a standby that is not there."""
INTENT = "NEW.intent_at IS NOT NULL AND OLD.intent_at IS NULL"
SETTLED = "NEW.state = 'sent' AND OLD.state <> 'sent'"


@contextmanager
def commit_that_waits(struck: OfficeServer, when: str, how: str) -> Iterator[None]:
    """Keep the commit of each transaction waiting that does ``when`` to an entry, until the server has been killed.

    In the next server no commit waits: a worker may write there before anything else can be taken back.
    """
    struck.sql(f"ALTER DATABASE {DATABASE} SET synchronous_commit TO local")
    struck.sql("ALTER SYSTEM SET synchronous_standby_names TO 'nobody'")
    struck.sql("SELECT pg_reload_conf()")
    with psycopg.connect(struck.url(DATABASE, "postgres")) as link:
        (since,) = link.execute("SELECT pg_postmaster_start_time()::text").fetchone() or ("",)
    body = f"BEGIN IF pg_postmaster_start_time() = '{since}' THEN {how}; END IF; RETURN NULL; END"
    struck.sql(f"CREATE FUNCTION followup.wait() RETURNS trigger LANGUAGE plpgsql AS $${body}$$", DATABASE)
    struck.sql(
        "CREATE CONSTRAINT TRIGGER waits AFTER UPDATE ON followup.entries DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION followup.wait()",
        DATABASE,
    )
    try:
        yield
    finally:
        struck.sql("DROP FUNCTION followup.wait() CASCADE", DATABASE)
        struck.sql(f"ALTER DATABASE {DATABASE} RESET synchronous_commit", DATABASE)
        struck.sql("ALTER SYSTEM RESET synchronous_standby_names")
        struck.sql("SELECT pg_reload_conf()")


def wait_for_commit(struck: OfficeServer) -> None:
    """Return when a commit waits inside the server."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event IN ('SyncRep', 'PgSleep')"
    with psycopg.connect(struck.url(DATABASE, "postgres"), autocommit=True) as link:
        while link.execute(waiting).fetchone() is None:
            link.execute("SELECT pg_sleep(0.005)")


def kill_and_start(struck: OfficeServer) -> None:
    struck.stop("immediate")
    struck.start()


@pytest.mark.parametrize("how", [BEFORE_DISK, AFTER_DISK], ids=["not on disk", "on disk"])
def test_killed_while_the_intent_is_committed(
    struck: OfficeServer, server: tuple[Counting, int], job: Job, how: str
) -> None:
    """The server dies in the commit of an intent: that mail is not sent on it, and is unclear at the most."""
    with commit_that_waits(struck, INTENT, how):
        process = start(deliver, job, 1)
        wait_for_commit(struck)
        kill_and_start(struck)
        assert end(process) in {0, GONE}
        assert sum(server[0].taken.values()) in {0, 3}
        assert finish(struck, server[0], job, 1) == (how == AFTER_DISK and sum(server[0].taken.values()) < 3)


@pytest.mark.parametrize("how", [BEFORE_DISK, AFTER_DISK], ids=["not on disk", "on disk"])
def test_killed_while_the_answer_is_committed(
    struck: OfficeServer, server: tuple[Counting, int], job: Job, how: str
) -> None:
    """The server dies in the commit of an answer: the worker writes it again, and no mail is in doubt."""
    with commit_that_waits(struck, SETTLED, how):
        process = start(deliver, job, 1)
        wait_for_commit(struck)
        kill_and_start(struck)
        assert end(process) == 0
        assert finish(struck, server[0], job, 0) == 0


# --- the network ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("swallow", ["question", "answer"])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_network_swallows_a_commit(
    struck: OfficeServer, server: tuple[Counting, int], job: Job, swallow: str, number: int
) -> None:
    """A commit, or its answer, is lost and then the connection: whatever the database knows, the promise holds."""
    with DatabaseProxy(str(struck.folder / ".s.PGSQL.5432")) as proxy:
        proxy.swallow(swallow, b"COMMIT", number)
        far = Job(f"postgresql://office_app@127.0.0.1:{proxy.port}/{DATABASE}?sslmode=disable", job.names, job.port)
        process = start(deliver, far, 1)
        assert end(process) in {0, GONE}
        assert proxy.swallowed
    finish(struck, server[0], job, 1)


# --- clocks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [1, -1])
def test_a_worker_whose_clock_is_an_hour_off(
    struck: OfficeServer, server: tuple[Counting, int], job: Job, hours: int
) -> None:
    """One that takes another's lease for over, and one that takes it for endless: the mail leaves once all the same."""
    counting, going_on = server[0], threading.Event()
    arrived = threading.Event()

    def hold(_: str) -> str:
        arrived.set()
        assert going_on.wait(60)
        return "250 2.0.0 Ok"

    counting.answer = hold
    right = start(deliver, job, 1)
    assert arrived.wait(60)
    # The first is in the middle of a mail, and its lease runs for twenty minutes.
    counting.answer = lambda _: "250 2.0.0 Ok"
    wrong = start(deliver, Job(job.url, job.names, job.port, timedelta(hours=hours)), 2)
    code = end(wrong)
    going_on.set()
    assert (code, end(right)) == (0, 0)
    counting.answer = lambda _: "250 2.0.0 Ok"
    assert finish(struck, counting, job, 0) == 0
    assert all(taken == 1 for taken in counting.taken.values())
