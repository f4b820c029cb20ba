"""Workers as processes of their own, on one database and one mail server."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psycopg
import pytest
from office_server import OfficeServer, running_server
from servers import Sink, serve
from worker_samples import add_candidate, load_office, make_office, name_database, surroundings

from followup_mail.worker.engine import ENGINE_SCHEMA

PROGRAM = [sys.executable, "-m", "followup_mail"]


@dataclass
class Patient(Sink):
    """A mail server that can be asked to keep a mail in hand."""

    keep: threading.Event = field(default_factory=threading.Event)
    """While it is set, an answer to the final dot does not come."""
    in_hand: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.in_hand.set()
        while self.keep.is_set():
            await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)

    def times(self) -> list[int]:
        """Return how often each mail came."""
        ids = [re.search(rb"^Message-ID: (.*)$", one.content, re.M | re.I) for one in self.received]
        return sorted(Counter(found[1] for found in ids if found).values())


@dataclass
class Place:
    """An office and the environment of its programs."""

    url: str
    home: Path
    for_all: str
    """The address for whoever sees everything: the tests."""

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*PROGRAM, "worker", *options],
            env=surroundings(self.url, self.home),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )

    def states(self) -> dict[str, int]:
        # The superuser sees the rows of all candidates.
        with psycopg.connect(self.for_all) as link:
            return dict(link.execute("SELECT state, count(*) FROM followup.entries GROUP BY state").fetchall())

    def jobs(self) -> int:
        with psycopg.connect(self.url) as link:
            row = link.execute(f"SELECT count(*) FROM {ENGINE_SCHEMA}.procrastinate_jobs".encode()).fetchone()
            return int(row[0]) if row else 0


@pytest.fixture
def place(office_server: OfficeServer, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """An office of this test's own."""
    name = name_database(request.node.name)
    return Place(make_office(office_server, name), tmp_path, office_server.url(name, "postgres"))


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_two_workers_send_each_mail_once(place: Place) -> None:
    """Two processes that start at once share the accounts of three candidates: each mail leaves once."""
    sink = Patient()
    with serve(sink) as port:
        loaded = load_office(place.url, place.home)
        accounts = [add_candidate(loaded, port, 3)[1] for _ in range(3)]
        workers = [place.start("--once", "--jobs", "2") for _ in range(2)]
        said = [worker.communicate()[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    assert sink.times() == [1] * 9
    assert place.states() == {"sent": 9}
    assert place.jobs() == 0
    sent = [line for text in said for line in lines_of(text) if line["event"] == "mail"]
    assert len(sent) == 9
    assert {line["domain"] for line in sent} == {"example.com"}
    assert not [account for account in accounts if account in "".join(said)]


def test_what_a_killed_worker_had_is_taken_up(place: Place) -> None:
    """A worker is killed with a mail in hand: another sends the rest, and asks about that one instead of sending it."""
    sink = Patient()
    sink.keep.set()
    with serve(sink) as port:
        add_candidate(load_office(place.url, place.home), port, 3)
        killed = place.start()
        assert sink.in_hand.wait(60)
        killed.kill()
        killed.communicate()
        sink.keep.clear()
        _let_time_pass(place)
        other = place.start("--once")
        said = other.communicate()[1]
    assert other.returncode == 7, said
    assert place.states() == {"sent": 2, "unclear": 1}
    assert sink.times() in ([1, 1], [1, 1, 1])  # what was in hand may have been taken
    assert place.jobs() == 0
    assert "stalled jobs taken up" in {line["event"] for line in lines_of(said)}


def _let_time_pass(place: Place) -> None:
    """Let the last sign of life of every worker be a minute old."""
    with psycopg.connect(place.url) as link:
        link.execute(
            f"UPDATE {ENGINE_SCHEMA}.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'".encode()
        )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
def test_a_signal_lets_the_mail_in_hand_be_finished(place: Place) -> None:
    """SIGTERM: the mail in hand is settled, the next is not begun, and the exit code says that all is well."""
    sink = Patient()
    sink.keep.set()
    with serve(sink) as port:
        add_candidate(load_office(place.url, place.home), port, 2)
        worker = place.start()
        assert sink.in_hand.wait(60)
        worker.send_signal(signal.SIGTERM)
        _read_until(worker, "ending")
        sink.keep.clear()
        said = worker.communicate()[1]
    assert worker.returncode == 0, said
    assert place.states() == {"sent": 1, "queued": 1}
    assert lines_of(said)[-1]["event"] == "worker ended"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
def test_a_second_signal_ends_at_once(place: Place) -> None:
    """Whoever sends SIGTERM twice means it: the process is gone, and the mail in hand is another's to look after."""
    sink = Patient()
    sink.keep.set()
    with serve(sink) as port:
        add_candidate(load_office(place.url, place.home), port, 1)
        worker = place.start()
        assert sink.in_hand.wait(60)
        worker.send_signal(signal.SIGTERM)
        _read_until(worker, "ending")
        worker.send_signal(signal.SIGTERM)
        worker.communicate()
        sink.keep.clear()
    assert worker.returncode == -signal.SIGTERM
    assert place.states() == {"sending": 1}


def test_numbers_are_served_for_prometheus(place: Place) -> None:
    """While a mail is in hand, the numbers say so, with nobody's address."""
    import socket

    sink = Patient()
    sink.keep.set()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port_of_numbers = free.getsockname()[1]
    with serve(sink) as port:
        _, account = add_candidate(load_office(place.url, place.home), port, 2)
        worker = place.start("--metrics", str(port_of_numbers))
        assert sink.in_hand.wait(60)
        with urlopen(f"http://127.0.0.1:{port_of_numbers}/metrics") as answer:
            numbers = answer.read().decode()
        sink.keep.clear()
        worker.kill()
        worker.communicate()
    assert "followup_mails_sending 1.0" in numbers
    assert "followup_workers 1.0" in numbers
    assert "followup_database_up 1.0" in numbers
    assert account not in numbers


def test_a_worker_says_what_it_lacks(place: Place) -> None:
    """Without an address, without a key, or with a port that is none, it ends with a sentence and what to do."""
    for wrong, code, said in (
        ({"FOLLOWUP_DATABASE_URL": ""}, 4, "FOLLOWUP_DATABASE_URL is not set"),
        ({"FOLLOWUP_OFFICE_KEY": ""}, 4, "FOLLOWUP_OFFICE_KEY is not set"),
        ({"FOLLOWUP_DATABASE_URL": "postgresql://app:very-secret@127.0.0.1:9/none"}, 6, "can't be reached"),
    ):
        done = subprocess.run(
            [*PROGRAM, "worker", "--once"],
            env={**surroundings(place.url, place.home), **wrong},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert said in done.stderr
        assert "very-secret" not in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
@pytest.mark.usefixtures("office_server")  # skips where there is none
def test_a_worker_outlives_the_database(tmp_path: Path) -> None:
    """The database is killed and comes back: the same process goes on, and the mail that fell due leaves."""
    sink = Patient()
    with running_server() as server, serve(sink) as port:
        place = Place(make_office(server, "outlived"), tmp_path, server.url("outlived", "postgres"))
        worker = place.start()
        _read_until(worker, "worker started")
        server.stop()
        _read_until(worker, '"level": "error"')
        server.start()
        add_candidate(load_office(place.url, place.home), port, 1)
        assert sink.took.wait(120)
        worker.send_signal(signal.SIGTERM)
        said = worker.communicate()[1]
    assert worker.returncode == 0, said
    assert "Traceback" not in said


def _read_until(worker: subprocess.Popen[str], word: str) -> None:
    assert worker.stderr is not None
    for line in worker.stderr:
        if word in line:
            return
    raise AssertionError(f"it ended before it said {word}")


def test_the_standing_is_told_on_the_command_line(place: Place) -> None:
    """Late mails and nobody at work: the first line says so and what to type, and the exit code is that of a fault."""
    add_candidate(load_office(place.url, place.home), 9, 1)
    with psycopg.connect(place.for_all) as link:
        link.execute(
            "UPDATE followup.entries SET due_at = due_at - interval '1 hour', ready_at = ready_at - interval '1 hour'"
        )
    told, as_json = (
        subprocess.run(
            [*PROGRAM, "office", "status", *options],
            env=surroundings(place.url, place.home),
            capture_output=True,
            text=True,
            check=False,
        )
        for options in ([], ["--json"])
    )
    assert (told.returncode, as_json.returncode) == (1, 1), told.stderr
    assert told.stdout.startswith("1 mail is late: no worker was ever seen. Start one: followup-mail worker\n")
    assert json.loads(as_json.stdout)["late"] == 1
