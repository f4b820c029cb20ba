"""A workspace to look at: it has no part that could change or send anything, and holds no secret."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FollowupError, OutboxError, RefusedError
from followup_mail.outbox.reading_store import ReadingStore
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store
from followup_mail.services.assistants.reading_workspace import ReadingWorkspace, open_to_read
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.settings.table import secret_values

SETTINGS = (
    'FOLLOWUP_NAME="Jordan Example"\nFOLLOWUP_EMAIL=jordan@example.com\nFOLLOWUP_TIME_ZONE=America/Chicago\n'
    "FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PASSWORD=swordfish\nFOLLOWUP_IMAP_HOST=127.0.0.1\n"
    "FOLLOWUP_IMAP_PASSWORD=marlin99\nFOLLOWUP_WRITER_URL=http://127.0.0.1:9/v1\nFOLLOWUP_WRITER_MODEL=m\n"
    "FOLLOWUP_WRITER_KEY=tunatuna\n"
)
WORK = "FOLLOWUP_EMAIL=jordan@work.example\nFOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PASSWORD=halibut7\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which a thank-you to Tom waits, with an account, a second one, a mailbox and a writing model."""
    home = tmp_path / "home"
    with closing(make_demo_workspace(home, Clock(NEXT_MORNING))) as workspace:
        enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    for path, text in ((home / ".env", SETTINGS), (home / "accounts" / "work.env", WORK)):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o600)
    return home


def test_reading_leaves_every_byte(home: Path) -> None:
    """Looking at today, which lets go on what may when a command does it, changes no byte and leaves no file."""
    before = _bytes(home)
    with closing(open_to_read(home, clock=Clock(NEXT_MORNING))) as workspace:
        assert look_at_today(workspace).has_applications
        assert workspace.store.entries()
    assert _bytes(home) == before


WRITES = ("adding", "writing", "writing_soon")


@pytest.mark.parametrize("method", WRITES)
def test_no_transaction_that_writes_begins(home: Path, method: str) -> None:
    """Each way in which the store begins to write is refused."""
    with closing(ReadingStore(home / "outbox.sqlite3")) as store, pytest.raises(RefusedError), getattr(store, method)():
        pass


def test_no_other_way_to_write_is_known() -> None:
    """Whoever adds a way to begin a transaction that writes has to refuse it here too."""
    begin = {name for name in dir(SqliteStore) if name.startswith(("writing", "adding"))}
    assert begin == set(WRITES)
    assert issubclass(ReadingStore, Store)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entries",
        "UPDATE entries SET state = 'queued'",
        "INSERT INTO workers (name, seen_at) VALUES ('x', 'y')",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "DROP TABLE entries",
        "ATTACH DATABASE 'other.sqlite3' AS other",
        "VACUUM INTO 'copy.sqlite3'",
        "BEGIN IMMEDIATE",
    ],
)
def test_no_statement_writes(home: Path, statement: str) -> None:
    """SQLite itself lets nothing through the connection that would write, nor what would allow it."""
    with closing(ReadingStore(home / "outbox.sqlite3")) as store, pytest.raises(sqlite3.DatabaseError):
        store._connection.execute(statement)


def test_an_outbox_that_is_made_later_is_sealed_too(tmp_path: Path) -> None:
    """A store that began without a file reads the one that appears, and cannot write it either."""
    path = tmp_path / "outbox.sqlite3"
    with closing(ReadingStore(path)) as store:
        assert store.entries() == ()
        with closing(SqliteStore(path)):
            pass
        assert store.entries() == ()
        with pytest.raises(sqlite3.DatabaseError):
            store._connection.execute("DELETE FROM entries")


@pytest.mark.parametrize(("version", "said"), [(1, "older"), (9999, "newer")])
def test_an_outbox_of_another_version_is_told_and_left_alone(home: Path, version: int, said: str) -> None:
    """It is neither brought up to date nor guessed at."""
    with closing(sqlite3.connect(home / "outbox.sqlite3")) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = _bytes(home)
    with closing(open_to_read(home)) as workspace, pytest.raises(OutboxError, match=said):
        _ = workspace.store
    assert _bytes(home) == before


ACTS: dict[str, Callable[[ReadingWorkspace], object]] = {
    "approve": lambda it: it.store.approve(1, datetime.now(UTC)),
    "cancel": lambda it: it.store.cancel(1, datetime.now(UTC)),
    "queue": lambda it: enqueue(it, Request(SLUG, Kind.THANK_YOU, to=("priya",))),
    "change facts": lambda it: it.facts.change(SLUG, {"role": "Boss"}),
    "remove facts": lambda it: it.facts.remove(SLUG),
    "make facts": lambda it: it.facts.create("new", 'company = "New"\nrole = "x"\n'),
    "put facts back": lambda it: it.facts.restore(SLUG, None, instead_of=None),
    "transport": lambda it: it.transport,
    "account": lambda it: it.account,
    "log in": lambda it: it.check_login(),
    "mailbox": lambda it: it.open_mailbox(),
    "erase steps": lambda it: it.journal.erase(SLUG),
}


@pytest.mark.parametrize("act", ACTS)
def test_whatever_acts_is_refused(home: Path, act: str) -> None:
    """Nothing is queued, approved, changed, sent or fetched, whatever a service asks for."""
    before = _bytes(home)
    with closing(open_to_read(home, clock=Clock(NEXT_MORNING))) as workspace, pytest.raises(FollowupError):
        ACTS[act](workspace)
    assert _bytes(home) == before


def test_no_secret_is_held(home: Path) -> None:
    """Neither the settings nor those of a further account hold a password, a key or a way to fetch one."""
    with closing(open_to_read(home)) as workspace:
        ways = every_account(workspace)
        assert [way.account_name for way in ways] == ["main", "work"]
        for way in ways:
            assert isinstance(way, ReadingWorkspace)
            assert secret_values(way.settings) == ()
            assert not way.settings.smtp_password_command
            assert not way.settings.has_writing_model
            with pytest.raises(RefusedError):
                _ = way.transport


def test_an_office_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in the database of an office is not read so."""
    monkeypatch.setitem(os.environ, "FOLLOWUP_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(RefusedError, match="office"):
        open_to_read(home)


def _bytes(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}
