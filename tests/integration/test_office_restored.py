"""A database that forgot what it had acknowledged lets nothing leave until that is cleared up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from office_rows import insert_entry
from office_server import APP, MISSING, OWNER, OfficeServer, find_programs, running_server

from followup_mail.cli.app import run
from followup_mail.errors import OutboxError, RefusedError
from followup_mail.office.asker import Asker
from followup_mail.office.candidates import add_candidate
from followup_mail.office.database import OfficeDatabase, OwnLink, connect
from followup_mail.office.engine_schema import migrate_engine
from followup_mail.office.restored import clear_up, confirm_nothing_lost, find_place
from followup_mail.office.witness import Witness
from followup_mail.worker.standing import read_standing
from followup_mail.worker.standing_words import is_well, say_standing
from followup_mail.worker.start import refuse_doubted

pytestmark = pytest.mark.skipif(find_programs() is None, reason=MISSING)

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
BACKUP = NOW - timedelta(hours=2)
CLAIM = "UPDATE entries SET state = 'sending', claimed_by = 'w', lease_until = now() WHERE id = 1"


@pytest.fixture(scope="module")
def server() -> Iterator[OfficeServer]:
    """A server of this module's own, which is restored and doubted."""
    with running_server() as running:
        yield running


@pytest.fixture
def name(server: OfficeServer, request: pytest.FixtureRequest) -> str:
    """A database that is set up, of this test alone."""
    name = request.node.name.removeprefix("test_")[:60]
    server.make_database(name)
    return name


@contextmanager
def opened(
    server: OfficeServer, name: str, role: str = APP, witness: Witness | None = None
) -> Iterator[OfficeDatabase]:
    """Open the database, and close it at the end."""
    links = OwnLink(server.url(name, role), witness)
    try:
        yield OfficeDatabase(links)
    finally:
        links.close()


def fill(server: OfficeServer, name: str, *rows: dict[str, object]) -> Asker:
    """Add a candidate with these entries, numbered from 1."""
    with opened(server, name) as database:
        asker = add_candidate(database, "anna", "office")
    with psycopg.connect(server.url(name, OWNER), autocommit=True) as link:
        for number, row in enumerate(rows, 1):
            insert_entry(link, asker.candidate, number, **row)
    return asker


def look(server: OfficeServer, name: str) -> list[tuple[str, str, list[str]]]:
    """Return the state, the hold and the history of every entry, by number."""
    query = (
        "SELECT state, held, ARRAY(SELECT cause || ' ' || after FROM followup.moves WHERE entry_id = entries.id "
        "AND moves.candidate = entries.candidate ORDER BY moves.id) FROM followup.entries ORDER BY candidate, id"
    )
    with psycopg.connect(server.url(name, OWNER)) as link:
        return link.execute(query.encode()).fetchall()


def move_elsewhere(server: OfficeServer, name: str, part: int) -> None:
    """Let the database believe that it was elsewhere before: part 1 the cluster, 3 the table, 4 the timeline."""
    server.sql(
        "UPDATE followup.whereabouts SET place = (SELECT string_agg(CASE WHEN n = "
        f"{part} THEN '7' ELSE one END, '/' ORDER BY n) FROM unnest(string_to_array(place, '/')) WITH ORDINALITY "
        "AS parts (one, n))",
        name,
    )


def claim(server: OfficeServer, name: str) -> None:
    """Claim entry 1 as a worker does, past the program."""
    link = connect(server.url(name, OWNER))
    try:
        link.execute(CLAIM)
    finally:
        link.close()


def test_nothing_leaves_a_dump_that_was_read_back(server: OfficeServer, name: str) -> None:
    """A database read back from pg_dump refuses each claim until somebody has said what to do about what was sent."""
    fill(server, name, {})
    dump = server.folder / f"{name}.dump"
    server.run("pg_dump", "-h", str(server.folder), "-U", "postgres", "-Fc", "-f", str(dump), name)
    server.sql(f"DROP DATABASE {name}")
    server.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
    server.run("pg_restore", "-h", str(server.folder), "-U", "postgres", "-d", name, str(dump))
    with pytest.raises(psycopg.Error) as refused:
        claim(server, name)
    assert refused.value.sqlstate == "FM001"
    clear_up(server.url(name, OWNER), BACKUP, NOW - timedelta(minutes=1), "office")
    assert [(state, bool(held)) for state, held, _ in look(server, name)] == [("queued", True)]


def test_what_could_have_left_is_unclear_and_the_rest_held(server: OfficeServer, name: str) -> None:
    """After a restore nothing that may have left leaves again by itself, and each line of history says why."""
    sending = {"state": "sending", "claimed_by": "w:1:a", "lease_until": NOW, "claims": 1}
    later = {"due_at": NOW + timedelta(days=1), "ready_at": NOW + timedelta(days=1)}
    password = {"state": "failed", "outcome": '{"pauses_account": true}'}
    fill(
        server,
        name,
        {},
        sending,
        later,
        {"state": "draft"},
        {"state": "sent", "sent_at": NOW},
        {"held": "they replied"},
        password,
        {"state": "failed", "outcome": '{"pauses_account": false}'},
    )
    cleared = clear_up(server.url(name, OWNER), BACKUP, NOW, "office")
    assert (cleared.unclear, cleared.held, cleared.candidates) == (3, 3, 1)
    found = look(server, name)
    assert [(state, bool(held)) for state, held, _ in found] == [
        ("unclear", False),
        ("unclear", False),
        ("queued", True),
        ("draft", True),
        ("sent", False),
        ("queued", True),
        ("unclear", False),
        ("failed", False),
    ]
    assert found[0][2] == ["claimed sending", "lost unclear"]
    assert found[1][2] == ["lost unclear"]
    assert found[2][2] == ["held queued"]
    assert found[5][1].startswith("they replied; the office's database was restored")
    assert found[6][2] == ["retried queued", "claimed sending", "lost unclear"]


def test_clearing_up_twice_changes_nothing_more(server: OfficeServer, name: str) -> None:
    """What is unclear already stays as it is when the command is run again."""
    fill(server, name, {})
    clear_up(server.url(name, OWNER), BACKUP, NOW, "office")
    before = look(server, name)
    assert clear_up(server.url(name, OWNER), BACKUP, NOW, "office").unclear == 0
    assert look(server, name) == before


def test_the_command_says_what_became_of_the_mails(  # noqa: PLR0917 - fixtures
    server: OfficeServer,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    bare_surroundings: None,
) -> None:
    """`office restored --since` counts what may have left, and whose it is; without a moment it changes nothing."""
    fill(server, name, {}, {"state": "draft"})
    move_elsewhere(server, name, 1)
    monkeypatch.setenv("FOLLOWUP_DATABASE_OWNER_URL", server.url(name, OWNER))
    monkeypatch.setenv("FOLLOWUP_HOME", str(tmp_path))
    assert run(["office", "restored"]) != 0
    assert look(server, name)[0][0] == "queued"
    capsys.readouterr()
    assert run(["office", "restored", "--since", "2026-11-18T14:00Z"]) == 0
    said = capsys.readouterr().out
    assert "1 mail is unclear now" in said
    assert "1 mail is held" in said
    assert [state for state, _, _ in look(server, name)] == ["unclear", "draft"]
    link = connect(server.url(name))
    assert find_place(link).is_known
    link.close()


def test_a_worker_does_not_begin_on_a_database_in_doubt(server: OfficeServer, name: str) -> None:
    """A worker that starts says what happened to the database, instead of failing at each mail."""
    migrate_engine(server.url(name, OWNER))
    move_elsewhere(server, name, 1)
    links = OwnLink(server.url(name))
    with pytest.raises(OutboxError, match="another cluster"):
        refuse_doubted(links)
    with opened(server, name) as database:
        standing = read_standing(database, "office")
    links.close()
    assert not is_well(standing)
    assert "office restored" in say_standing(standing)


def test_a_backup_of_tomorrow_is_refused(server: OfficeServer, name: str) -> None:
    """A moment in the future is no moment of a backup."""
    with pytest.raises(RefusedError, match="future"):
        clear_up(server.url(name, OWNER), NOW + timedelta(seconds=1), NOW, "office")


@pytest.mark.parametrize(("part", "said"), [(1, "another cluster"), (3, "created again"), (4, "standby took over")])
def test_it_says_what_happened(server: OfficeServer, request: pytest.FixtureRequest, part: int, said: str) -> None:
    """Whoever looks is told whether a dump was read back or a standby took over."""
    name = f"happened_{part}"
    server.make_database(name)
    move_elsewhere(server, name, part)
    link = connect(server.url(name))
    place = find_place(link)
    link.close()
    assert not place.is_known
    assert said in place.what_happened


def test_a_witness_follows_a_failover_that_lost_nothing(server: OfficeServer, name: str) -> None:
    """A process that finds all it was told on the new timeline goes on, and lets the others go on."""
    asker, witness = fill(server, name, {}), Witness("w:1:a")
    with opened(server, name, witness=witness) as database, database.writing(asker):
        pass
    move_elsewhere(server, name, 4)
    with opened(server, name, witness=witness) as database, database.writing(asker):
        database.link.execute(CLAIM)
    assert look(server, name)[0][0] == "sending"


def test_a_witness_notices_what_was_forgotten(server: OfficeServer, name: str) -> None:
    """When the database lacks what it had acknowledged, nobody sends any more, not even who knows of nothing."""
    asker, witness = fill(server, name, {}), Witness("w:1:a")
    with opened(server, name, witness=witness) as database:
        for _ in range(2):
            with database.writing(asker):
                pass
    server.sql("UPDATE followup.witnesses SET count = count - 1", name)
    refuses = pytest.raises(OutboxError, match="may not know everything")
    with opened(server, name, witness=witness) as database, refuses, database.writing(asker):
        pass
    with opened(server, name) as database:
        with pytest.raises(OutboxError, match="may not know everything") as refused, database.writing(asker):
            database.link.execute(CLAIM)
        assert "office restored" in refused.value.fix
        confirm_nothing_lost(server.url(name, OWNER), "office")
        with database.writing(asker):
            database.link.execute(CLAIM)


def test_a_witness_begins_anew_once_that_is_cleared_up(server: OfficeServer, name: str) -> None:
    """A worker that goes on running does not doubt again what somebody has cleared up, and watches from there on."""
    asker, witness = fill(server, name, {}), Witness("w:1:a")
    for clears_up in (False, True):
        with opened(server, name, witness=witness) as database:
            for _ in range(2):
                with database.writing(asker):
                    pass
        server.sql("UPDATE followup.witnesses SET count = 0", name)
        if clears_up:
            confirm_nothing_lost(server.url(name, OWNER), "office")
            continue
        with opened(server, name, witness=witness) as database:
            with pytest.raises(OutboxError), database.writing(asker):
                pass
            confirm_nothing_lost(server.url(name, OWNER), "office")
            with database.writing(asker):
                pass
    with opened(server, name, witness=witness) as database, database.writing(asker):
        database.link.execute(CLAIM)


def test_a_dump_read_back_is_not_vouched_for(server: OfficeServer, name: str) -> None:
    """Only a new timeline is followed: a witness that finds its own last word in a dump lets nothing leave."""
    asker, witness = fill(server, name, {}), Witness("w:1:a")
    with opened(server, name, witness=witness) as database, database.writing(asker):
        pass
    move_elsewhere(server, name, 3)
    refuses = pytest.raises(OutboxError, match="may not know everything")
    with opened(server, name, witness=witness) as database, refuses, database.writing(asker):
        database.link.execute(CLAIM)


def test_a_commit_that_no_standby_confirmed_is_no_commit(server: OfficeServer, name: str) -> None:
    """A server that is told not to wait for its synchronous standby says so in a warning only: it does not count."""
    asker = fill(server, name, {})
    refuses = pytest.raises(OutboxError, match="standby")
    with opened(server, name) as database, waiting_for_nobody(server), refuses, database.writing(asker):
        database.link.execute(
            "INSERT INTO workers (candidate, name, seen_at) VALUES (%s, 'w', now())", (asker.candidate,)
        )


@contextmanager
def waiting_for_nobody(server: OfficeServer) -> Iterator[None]:
    """Let the server wait, at each commit, for a standby that is not there, until somebody cancels that."""
    server.sql("ALTER SYSTEM SET synchronous_standby_names TO 'nobody'")
    server.sql("SELECT pg_reload_conf()")
    impatient = threading.Thread(target=cancel_one_wait, args=(server,))
    impatient.start()
    try:
        yield
    finally:
        server.sql("ALTER SYSTEM RESET synchronous_standby_names")
        server.sql("SELECT pg_reload_conf()")
        impatient.join()


def cancel_one_wait(server: OfficeServer) -> None:
    """Cancel the first commit that waits for a standby, as an administrator would."""
    waits = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as link:
        while not link.execute(waits).fetchall():
            pass
