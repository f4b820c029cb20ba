"""Seen mail in the file of the default store: overwritten when forgotten, and harmless when damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, NOW, WORKER, attempt, make_new
from seen_samples import ACCOUNT, make_absence, make_report, make_seen, make_understood

from followup_mail.errors import OutboxError
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import State
from followup_mail.outbox.mailbox_checks import check_absence, check_answered, check_looked
from followup_mail.outbox.pre_send_check import check_in_turn
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.sqlite import SqliteStore

WORDS = "We have thought about it for long."
DAMAGE = [
    "applications = 'lumen'",
    "applications = '[\"../../etc\"]'",
    "applications = '{\"a\": 1}'",
    "understanding = 'love letter'",
    "state = 'weird'",
    "seen_at = 'yesterday'",
    "sent_at = '2026-13-45'",
    "refs = '3'",
    "tenor = 'a maybe'",
    "back_on = 'soon'",
    "returned = '[1]'",
    "returned_to = 'null'",
    "was = '[]'",
    "was = '{'",
    "first_line = CAST(x'ff' AS TEXT)",
    "sender = CAST(x'c3' AS TEXT)",
]
CHECK = check_in_turn(
    [
        check_answered,
        check_absence(lambda entry: entry.timing.place, lambda _, moment: moment),
        check_looked(timedelta(hours=1), waits=True),
    ]
)


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """An empty store in a file."""
    opened = SqliteStore(path)
    yield opened
    opened.close()


def act_on_file(path: Path, statement: str) -> None:
    """Do something to the file that the program never does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_mail_stands_in_nobodys_way(store: SqliteStore, path: Path, damage: str) -> None:
    """It is left out and named, known when it is seen again, and can be forgotten; everything else goes on."""
    store.add([make_new(1)], NOW)
    mails = [make_seen(1), make_absence(date(2026, 12, 1)), make_seen(3, applications=("acme",))]
    store.keep_seen(mails, None, NOW)
    store.resume("lumen", NOW)
    act_on_file(path, f"UPDATE seen_mail SET {damage} WHERE id IN (1, 2)")
    assert [seen.id for seen in store.seen()] == [3]
    with pytest.raises(OutboxError, match="m1 is damaged") as said:
        store.get_seen(1)
    assert said.value.fix
    assert {"The mail m1,", "The mail m2,"} <= {sentence[:12] for sentence in store.verify()}
    if "sender" not in damage:
        assert store.keep_seen(mails, None, NOW) == ()
    assert isinstance(store.claim(WORKER, CHECK, NOW), Claim)
    assert [seen.id for seen in store.forget_seen([1, 3])] == [3]
    assert store.seen() == ()


def test_damaged_looks_are_no_looks(store: SqliteStore, path: Path) -> None:
    """A moment that cannot be read is none: then it counts as never looked at."""
    store.note_look(ACCOUNT, NOW)
    act_on_file(path, "UPDATE last_looks SET looked_at = 'x'")
    assert store.last_look(ACCOUNT).looked_at is None


@pytest.mark.parametrize("how", ["mail", "application", "application that it shares", "corrected"])
def test_forgotten_words_are_gone_from_the_disk(store: SqliteStore, path: Path, how: str) -> None:
    """After forgetting, no file of the outbox holds the words any more, whoever else the mail belongs to."""
    applications = ("lumen", "acme") if how == "application that it shares" else ("lumen",)
    store.keep_seen([make_seen(1, first_line=WORDS, applications=applications)], None, NOW)
    if how == "corrected":
        store.correct_seen(1, make_understood(Understanding.NOTHING, applications=()), NOW)
        assert store.seen("lumen") == ()
    assert any(WORDS.encode() in one.read_bytes() for one in path.parent.iterdir())
    if how == "application that it shares":
        store.forget("acme")
        assert [seen.mail.applications for seen in store.seen()] == [("lumen",)]
    if how.startswith("application") or how == "corrected":
        store.forget("lumen")
    else:
        store.forget_seen([1])
    assert not any(WORDS.encode() in one.read_bytes() for one in path.parent.iterdir())


@pytest.mark.parametrize("damage", ["applications = '[\"lumen\", 3]'", "tenor = 'x'"])
def test_a_damaged_mail_is_forgotten_with_its_application(store: SqliteStore, path: Path, damage: str) -> None:
    """Also where nobody can tell what else it belonged to."""
    store.keep_seen([make_seen(1, first_line=WORDS)], None, NOW)
    act_on_file(path, f"UPDATE seen_mail SET {damage}")
    store.forget("lumen")
    assert not any(WORDS.encode() in one.read_bytes() for one in path.parent.iterdir())


def test_the_file_guards_what_came_back(store: SqliteStore, path: Path) -> None:
    """Also against whoever bypasses the program: sent stays sent without a report, and what came back is not queued."""
    store.add([make_new(1), make_new(2)], NOW)
    attempt(store, ACCEPTED)
    attempt(store, ACCEPTED)
    store.keep_seen([make_report(2)], None, NOW)
    with closing(sqlite3.connect(path)) as connection:
        for statement in (
            "UPDATE entries SET state = 'failed', sent_at = NULL WHERE id = 1",
            "UPDATE entries SET state = 'queued' WHERE id = 2",
            "INSERT INTO seen_mail SELECT * FROM seen_mail",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert [entry.state for entry in store.entries()] == [State.SENT, State.FAILED]


def test_without_a_file_there_is_nothing_seen(path: Path) -> None:
    """An outbox that is not made yet is an empty one, and the first mail that is seen makes it."""
    store = SqliteStore(path, make_at_once=False)
    assert (store.seen(), store.folder_mark(ACCOUNT, "INBOX")) == ((), None)
    assert store.last_look(ACCOUNT).looked_at is None
    assert not path.exists()
    store.keep_seen([make_seen(1)], None, NOW)
    assert path.exists()
    assert store.settle_seen(1, SeenState.RECORDED, NOW).state is SeenState.RECORDED
    store.close()
