"""The file of the default store: made whole, kept private, brought up to date, and told apart when it is not well."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from changing import replace
from msgspec.structs import force_setattr
from outbox_samples import ACCEPTED, NOW, WORKER, bring_into, claim_one, go, make_content, make_mail, make_new

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.database import APPLICATION_ID
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.migrate import Migration, read_migrations, split_statements
from followup_mail.outbox.pre_send_check import Ruling, SendContext
from followup_mail.outbox.retry import decide
from followup_mail.outbox.sqlite import SqliteStore

LATEST = read_migrations()[-1].number
SECOND = Migration(
    LATEST + 1, "colour", "CREATE TABLE colours (name TEXT) STRICT;\nINSERT INTO colours VALUES ('a;b');\n"
)
BROKEN = Migration(LATEST + 1, "broken", "CREATE TABLE colours (name TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path, busy_after=0.05)
    yield opened
    opened.close()


def peek(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def trouble(path: Path) -> OutboxError:
    """Open and use a store that is not well; return what it says."""

    def use() -> None:
        with closing(SqliteStore(path, busy_after=0.05)) as opened:
            opened.add([make_new(99)], NOW)

    with pytest.raises(OutboxError) as said:
        use()
    assert str(path) in said.value.sentence or path.name in said.value.sentence
    assert said.value.fix
    return said.value


# made whole, kept private


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_nobody_else_can_read_it(store: SqliteStore, path: Path) -> None:
    """File, log and folder are for their owner's eyes only, whatever the umask."""
    store.add([make_new(1)], NOW)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_others_could_read_is_made_private(store: SqliteStore, path: Path) -> None:
    """A copy restored with the usual permissions is closed to others when it is opened."""
    store.close()
    path.chmod(0o644)
    SqliteStore(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_is_put_in_its_place_complete(store: SqliteStore, path: Path) -> None:
    """It carries our mark and version, and nothing is left of its making."""
    assert peek(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert peek(path, "PRAGMA user_version") == [(read_migrations()[-1].number,)]
    assert [one.name for one in path.parent.iterdir() if ".new-" in one.name] == []


def test_commits_are_flushed(store: SqliteStore) -> None:
    """A commit that returned survives a power cut: full sync, with a write-ahead log, foreign keys enforced."""
    pragmas = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "foreign_keys")
    }
    assert pragmas == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}


@pytest.mark.skipif(os.name == "nt", reason="no folder is flushed there")
def test_a_folder_that_cannot_be_flushed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network file systems flush files but no folders: an outbox is made there all the same."""
    flush = os.fsync

    def refuse_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        flush(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    with closing(SqliteStore(path)) as made:
        assert made.add([make_new()], NOW)


def test_several_may_make_it_at_once(path: Path) -> None:
    """First runs that race end in one database with the entries of all."""
    failed: list[BaseException] = []

    def work(n: int) -> None:
        try:
            own = SqliteStore(path)
            own.add([make_new(n)], NOW)
            own.close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    again = SqliteStore(path)
    assert len(again.entries()) == 6
    again.close()


# what the database itself forbids


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM moves",
        "UPDATE moves SET detail = 'x'",
        "DELETE FROM entries",
        "UPDATE entries SET state = 'queued', sent_at = NULL",
        "UPDATE entries SET state = 'lost'",
        "UPDATE entries SET sent_at = NULL",
        "UPDATE entries SET due_at = 'tomorrow'",
        "INSERT INTO moves (entry_id, at, cause, after, detail) VALUES (99, 'x', 'x', 'x', 'x')",
    ],
)
def test_the_database_guards_its_rules(store: SqliteStore, path: Path, statement: str) -> None:
    """History is append-only, entries don't vanish, sent stays sent: also for whoever bypasses the program."""
    bring_into(store, State.SENT)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


def test_forgotten_words_are_gone_from_the_disk(store: SqliteStore, path: Path) -> None:
    """After forgetting, no file of the outbox holds the words any more."""
    store.add([make_new(1)], NOW)
    assert any(make_content(1) in one.read_bytes() for one in path.parent.iterdir())
    store.forget("lumen")
    assert not any(b"person1@employer.example" in one.read_bytes() for one in path.parent.iterdir())


# brought up to date


def test_a_migration_keeps_entries_and_lays_a_backup_beside(store: SqliteStore, path: Path) -> None:
    """The old database can be had back, private like the new one."""
    store.add([make_new(1)], NOW)
    store.close()
    newer = SqliteStore(path, migrations=[*read_migrations(), SECOND])
    assert newer.get(1).state is State.QUEUED
    newer.close()
    backup = path.with_name(f"outbox.sqlite3.before-{LATEST + 1:04d}")
    assert peek(path, "SELECT name FROM colours") == [("a;b",)]
    assert peek(path, "SELECT number, name FROM migrations") == [
        *((one.number, one.name) for one in read_migrations()),
        (LATEST + 1, "colour"),
    ]
    assert peek(backup, "SELECT count(*) FROM entries") == [(1,)]
    assert peek(backup, "PRAGMA user_version") == [(LATEST,)]
    if os.name == "posix":
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_migration_that_fails_changes_nothing(store: SqliteStore, path: Path) -> None:
    """Half a migration is none: the old version still opens it."""
    store.add([make_new(1)], NOW)
    store.close()
    with pytest.raises(OutboxError):
        SqliteStore(path, migrations=[*read_migrations(), BROKEN])
    assert peek(path, "PRAGMA user_version") == [(LATEST,)]
    assert peek(path, "SELECT count(*) FROM sqlite_master WHERE name = 'colours'") == [(0,)]
    again = SqliteStore(path)
    assert len(again.entries()) == 1
    again.close()


def test_a_database_of_a_newer_version_is_left_alone(path: Path) -> None:
    """An old program does not touch what it does not understand, and says what to do."""
    SqliteStore(path, migrations=[*read_migrations(), SECOND]).close()
    said = trouble(path)
    assert "newer followup-mail" in said.sentence
    assert "pip install" in said.fix


def test_migrations_are_numbered_without_a_gap() -> None:
    """Each migration's file name carries its number."""
    assert [one.number for one in read_migrations()] == list(range(1, len(read_migrations()) + 1))


def test_statements_are_told_apart() -> None:
    """Semicolons in texts, comments and triggers don't end a statement; half a statement is an error."""
    sql = "CREATE TABLE a (b); -- c; d\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1; SELECT ';';\nEND;\n"
    assert len(list(split_statements(sql))) == 2
    with pytest.raises(OutboxError, match="in the middle"):
        list(split_statements("CREATE TABLE a ("))


# not well


def test_a_folder_in_its_place(path: Path) -> None:
    """A folder of that name is named as such."""
    path.mkdir(parents=True)
    assert "is a folder" in trouble(path).sentence


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """So is a file where the home folder should be."""
    (tmp_path / "home").write_text("x")
    assert "is a file" in trouble(tmp_path / "home" / "deep" / "home").sentence.replace("outbox", "")


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "loop", "device"])
def test_something_that_is_no_file(path: Path, kind: str) -> None:
    """A pipe, a device or links in a circle are named, and nobody waits for them."""
    path.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path if kind == "loop" else "/dev/null")
    trouble(path)


@pytest.mark.parametrize("name", ["x" * 300, "we?ird #% näme"])
def test_odd_names_of_folders(tmp_path: Path, name: str) -> None:
    """A name with characters of URLs works; one that is too long is an error of ours."""
    path = tmp_path / name / "outbox.sqlite3"
    if len(name) > 255:
        trouble(path)
    else:
        SqliteStore(path).close()
        assert [one.name for one in path.parent.iterdir()] == ["outbox.sqlite3"]


@pytest.mark.parametrize(
    "content", [b"Dear diary", b"\0" * 8192, bytes(range(255, -1, -1)) * 32], ids=["text", "zeros", "noise"]
)
def test_something_that_is_no_database(path: Path, content: bytes) -> None:
    """Another file of that name is not overwritten."""
    path.parent.mkdir()
    path.write_bytes(content)
    trouble(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program(path: Path) -> None:
    """Another program's database is left alone."""
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entries (id INTEGER)")
    other.commit()
    other.close()
    assert "another program" in trouble(path).sentence
    assert peek(path, "SELECT name FROM sqlite_master") == [("entries",)]


def test_an_emptied_file_is_not_taken_for_a_new_one(store: SqliteStore, path: Path) -> None:
    """An outbox that was lost is not silently begun anew: what was queued would seem never to have been."""
    store.close()
    path.write_bytes(b"")
    assert "emptied" in trouble(path).sentence


def test_a_log_without_its_database_is_not_played_into_a_new_one(store: SqliteStore, path: Path) -> None:
    """When only the main file is deleted, the rest is noticed."""
    store.add([make_new(1)], NOW)
    log = path.with_name(f"{path.name}-wal")
    kept = log.read_bytes()
    store.close()
    path.unlink()
    log.write_bytes(kept)
    assert "is gone, but its log" in trouble(path).sentence


def test_a_damaged_file(store: SqliteStore, path: Path) -> None:
    """A damaged database says so, in opening, in using or in verifying, and nothing can be claimed from it."""
    store.add([make_new(n) for n in range(50)], NOW)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    assert "damaged" in trouble(path).sentence


def test_a_mail_whose_bytes_changed_is_not_sent(store: SqliteStore, path: Path) -> None:
    """A flipped bit on the disk stops that mail alone, and verify names it."""
    store.add([make_new(1), make_new(2)], NOW)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE contents SET bytes = CAST('x' AS BLOB) WHERE entry_id = 1")
    connection.commit()
    connection.close()
    assert store.verify() == ("The bytes of #1 are not those that were stored.",)
    with pytest.raises(OutboxError, match="#1"):
        store.content(1)
    store.claim(WORKER, go, NOW)
    assert store.get(1).state is State.FAILED
    assert claim_one(store).entry.id == 2


def test_locked_by_another_program(store: SqliteStore, path: Path) -> None:
    """A lock that does not end is told, and nothing is changed."""
    store.add([make_new(1)], NOW)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutboxError, match="in use by another program") as said:
        store.cancel(1, NOW)
    assert said.value.fix
    assert store.get(1).state is State.QUEUED
    other.close()
    assert store.cancel(1, NOW).state is State.CANCELLED


def test_a_full_disk(store: SqliteStore) -> None:
    """Without room nothing is half-written; with room again, it goes on."""
    store.add([make_new(1)], NOW)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    big = replace(make_new(2), message=make_mail(2, content=b"x" * 1_000_000))
    with pytest.raises(OutboxError, match="disk is full") as said:
        store.add([big], NOW)
    assert "Free some space" in said.value.fix
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.add([big], NOW)[0].id == 2
    assert len(store.entries()) == 2


def test_no_intent_no_sending_on_a_disk_that_takes_no_more(store: SqliteStore) -> None:
    """When the intent cannot be written, record_intent raises; so the transport sends nothing."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(OutboxError) as said:
            store.record_intent(claim, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "disk" in said.value.sentence + said.value.fix
    assert store.get(1).intent_at is None
    assert store.recover(NOW, lambda _: True)[0].state is State.QUEUED


def test_a_disk_that_fails_during_the_check_is_no_fault_of_the_check(store: SqliteStore) -> None:
    """When the database cannot be read while a mail is checked, the claim fails as a whole and changes nothing."""

    def check(_: Entry, context: SendContext, __: datetime) -> Ruling:
        store._connection.set_progress_handler(lambda: 1, 1)
        try:
            context.history("lumen")
        finally:
            store._connection.set_progress_handler(None, 0)
        raise AssertionError("it could be read")

    before = store.add([make_new(1)], NOW)[0]
    with pytest.raises(OutboxError, match="interrupted"):
        store.claim(WORKER, check, NOW)
    assert store.get(1) == before


def test_texts_that_cannot_be_stored_are_an_error_of_ours(store: SqliteStore) -> None:
    """A lone surrogate that slipped through is refused without half an entry."""
    new = make_new(1)
    force_setattr(new.message, "subject", "\ud800")
    with pytest.raises(OutboxError):
        store.add([new], NOW)
    assert store.entries() == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """A folder without permission is named."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    assert trouble(folder / "outbox.sqlite3").fix


def test_a_read_only_database(store: SqliteStore) -> None:
    """A read-only outbox can be looked at; a change says what is wrong."""
    store.add([make_new(1)], NOW)
    store._connection.execute("PRAGMA query_only = ON")
    assert store.get(1).state is State.QUEUED
    with pytest.raises(OutboxError, match="read-only"):
        store.cancel(1, NOW)


def test_a_refusal_undoes_everything_of_its_transaction(store: SqliteStore) -> None:
    """After a refusal in the middle of several, the store works on as if it had not begun."""
    store.add([make_new(2)], NOW)
    with pytest.raises(RefusedError):
        store.add([make_new(1), make_new(2)], NOW)
    assert not store._connection.in_transaction
    assert store.verify() == ()


def test_only_a_settlement_that_is_followed_does_not_wait_for_the_disk(store: SqliteStore) -> None:
    """An intent waits until it is on the disk, and so does whatever follows a settlement that did not."""
    store.add([make_new(1), make_new(2)], NOW)
    levels: list[str] = []
    store._connection.set_trace_callback(levels.append)
    due = store.first_due(NOW, None)
    assert due is not None
    claim = store.claim_to_leave(WORKER, go, NOW, due)
    assert isinstance(claim, Claim)
    store.settle(claim, decide(claim.entry, ACCEPTED, NOW, 0.5), NOW, True)
    store.claim(WORKER, go, NOW)
    store._connection.set_trace_callback(None)
    told = [said for said in levels if said == "COMMIT" or said.startswith("PRAGMA synchronous")]
    assert told == ["COMMIT", "PRAGMA synchronous = NORMAL", "COMMIT", "PRAGMA synchronous = FULL", "COMMIT"]
    assert store._connection.execute("PRAGMA synchronous").fetchone()[0] == 2
