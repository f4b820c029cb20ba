"""A standby takes over while mails leave: workers follow one that lacks nothing, and stop at one that does."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from crash_play import end, start
from crash_server import Counting
from office_play import GONE, Job, check, deliver, fill_office, look_at, verify
from office_samples import new_candidate
from office_server import MISSING, OWNER, OfficeServer, find_programs, running_server
from outbox_samples import NOW

from followup_mail.office.restored import clear_up

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="SIGKILL"),
    pytest.mark.skipif(find_programs() is None, reason=MISSING),
]

DATABASE, FAST = "pair", ("-c", "fsync=off", "-c", "full_page_writes=off")


@contextmanager
def running_standby(primary: OfficeServer) -> Iterator[OfficeServer]:
    """Copy a running server, and let the copy follow it."""
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="fm-pg-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    standby = OfficeServer(folder, programs, FAST)
    try:
        given = ("-h", str(primary.folder), "-U", "postgres", "-D", str(standby.data), "-R", "-c", "fast", "--no-sync")
        standby.run("pg_basebackup", *given)
        standby.start()
        yield standby
    finally:
        standby.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def pair() -> Iterator[tuple[OfficeServer, OfficeServer]]:
    """A primary with an office in it, and its standby."""
    with running_server(*FAST) as primary:
        primary.make_database(DATABASE)
        with running_standby(primary) as standby:
            yield primary, standby


class Answers:
    """Holds back the answer to the mail of that number until it is told to go on."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.arrived, self.going_on = threading.Event(), threading.Event()

    def __call__(self, _: str) -> str:
        self._left -= 1
        if self._left == 0:
            self.arrived.set()
            assert self.going_on.wait(60)
        return "250 2.0.0 Ok"


def make_job(pair: tuple[OfficeServer, OfficeServer], port: int) -> Job:
    """Queue four mails on the primary; the address names both servers."""
    primary, standby = pair
    name = new_candidate(primary.url(DATABASE))
    fill_office(primary.url(DATABASE), [name], 4)
    hosts = f"{primary.folder},{standby.folder}"
    url = f"postgresql://office_app@/{DATABASE}?host={hosts}&target_session_attrs=read-write"
    return Job(url, [name], port)


def wait_until(server: OfficeServer, query: str) -> None:
    """Return when a query says yes."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as link:
        while not (link.execute(query.encode()).fetchone() or (False,))[0]:
            pass


def take_over(pair: tuple[OfficeServer, OfficeServer]) -> None:
    primary, standby = pair
    primary.stop("immediate")
    standby.sql("SELECT pg_promote()")


def test_workers_follow_a_synchronous_standby(
    pair: tuple[OfficeServer, OfficeServer], server: tuple[Counting, int]
) -> None:
    """The primary dies while a mail is being answered: its worker goes on with the standby, and so do new ones."""
    (primary, standby), counting = pair, server[0]
    primary.sql("ALTER SYSTEM SET synchronous_standby_names TO '*'")
    primary.sql("SELECT pg_reload_conf()")
    wait_until(primary, "SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')")
    job, counting.answer = make_job(pair, server[1]), Answers(2)
    worker = start(deliver, job, 1)
    assert counting.answer.arrived.wait(60)
    take_over(pair)
    counting.answer.going_on.set()
    assert end(worker) == 0
    fill_office(standby.url(DATABASE), [late := new_candidate(standby.url(DATABASE))], 1)
    assert end(start(deliver, Job(job.url, [late], job.port), 2)) == 0
    found = look_at(standby, DATABASE, [*job.names, late])
    check(counting, found, 0)
    assert found.count("sent") == 5
    verify(standby.url(DATABASE), [*job.names, late])


def test_nothing_leaves_twice_from_a_standby_that_lacks_something(
    pair: tuple[OfficeServer, OfficeServer], server: tuple[Counting, int]
) -> None:
    """A standby that was behind takes over: all stop, and what could have left is unclear once that is cleared up."""
    (primary, standby), counting = pair, server[0]
    job, counting.answer = make_job(pair, server[1]), Answers(2)
    wait_until(
        primary, "SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_insert_lsn())"
    )
    standby.sql("ALTER SYSTEM SET primary_conninfo TO ''")
    standby.sql("SELECT pg_reload_conf()")
    wait_until(primary, "SELECT NOT EXISTS (SELECT 1 FROM pg_stat_replication)")
    worker = start(deliver, job, 1)
    assert counting.answer.arrived.wait(60)
    take_over(pair)
    counting.answer.going_on.set()
    assert end(worker) == GONE
    assert end(start(deliver, job, 2)) == GONE
    assert sum(counting.taken.values()) == 2
    assert look_at(standby, DATABASE, job.names).count("queued") == 4
    cleared = clear_up(standby.url(DATABASE, OWNER), NOW, NOW + timedelta(minutes=5), "office")
    assert cleared.unclear == 4
    assert end(start(deliver, job, 3)) == 0
    assert sum(counting.taken.values()) == 2
    verify(standby.url(DATABASE), job.names)
