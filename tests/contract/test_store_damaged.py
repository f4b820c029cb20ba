"""A row that something else wrote: one entry's trouble, named by its number, and nobody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from outbox_samples import NOW, WORKER, claim_one, go, make_new, make_timing

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import State
from followup_mail.outbox.sqlite import SqliteStore

DAMAGE = [
    "place = '{}'",
    "place = '[1, 2, 3, 4, 5]'",
    'place = \'["America/Chicago", "US", "", "25:00", "16:30"]\'',
    "place = 'null'",
    "kind = 'love_letter'",
    "refs = '{\"a\": 1}'",
    "refs = '3'",
    "rcpt_to = '[1, 2]'",
    "attached = '[[\"x\"]]'",
    "ignored_rules = 'true'",
    "due_at = '2026-13-45T99:00:00.000000Z', ready_at = '2026-13-45T99:00:00.000000Z'",
    "ready_at = 'zzz'",
    "last_at = '2026-99-01T00:00:00.000000Z'",
    "created_at = 'yesterday'",
    "next_attempt_at = ''",
    "intent_at = 'now'",
    "outcome = '{}'",
    "outcome = '[]'",
    'outcome = \'{"verdict": "maybe"}\'',
    "to_name = CAST(x'ff' AS TEXT)",
    "body = CAST(x'ff' AS TEXT)",
    "subject = CAST(x'c3' AS TEXT), place = '{}'",
    "state = 'weird'",
    "application = '../../etc'",
]


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """An empty store in a file: only a file can be damaged."""
    opened = SqliteStore(path)
    yield opened
    opened.close()


@pytest.fixture(params=DAMAGE)
def damaged(request: pytest.FixtureRequest, store: SqliteStore, path: Path) -> SqliteStore:
    """Three queued entries, the first of which is damaged."""
    store.add([make_new(1), make_new(2), make_new(3, "other")], NOW)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(f"UPDATE entries SET {request.param} WHERE id = 1")
    connection.commit()
    connection.close()
    return store


def test_everything_else_goes_on(damaged: SqliteStore) -> None:
    """Lists, histories, claims and the next due time do without it."""
    assert [entry.id for entry in damaged.entries()] == [2, 3]
    assert [one.entry for one in damaged.history("lumen").waiting] == ["#2"]
    assert damaged.next_due_at(NOW) == NOW
    assert damaged.recover(NOW) == ()
    assert {claim_one(damaged).entry.id, claim_one(damaged).entry.id} == {2, 3}
    assert damaged.claim(WORKER, go, NOW) is None


def test_it_is_named(damaged: SqliteStore) -> None:
    """Looked at, listed and verified, it is called by its number, with what cannot be read."""
    (found,) = damaged.damaged()
    assert found.label == "#1"
    assert [sentence for sentence in damaged.verify() if "#1" in sentence]
    with pytest.raises(OutboxError, match=r"#1 for .* is damaged"):
        damaged.get(1)


def test_what_it_holds_is_exported(damaged: SqliteStore) -> None:
    """An export keeps its row and its bytes."""
    first, *others = damaged.export()
    assert first.entry.id == 1
    assert first.content
    assert not hasattr(first.entry, "mail")
    assert [one.entry.id for one in others] == [2, 3]


def test_it_can_be_cancelled_and_forgotten(damaged: SqliteStore) -> None:
    """It does not stay for ever; a sound one is not thrown away in this way."""
    assert damaged.discard(1, NOW).id == 1
    assert damaged.damaged() == ()
    with pytest.raises(RefusedError):
        damaged.discard(2, NOW)
    assert damaged.forget("lumen") >= 1


def test_the_rest_of_its_application_can_be_stopped(damaged: SqliteStore) -> None:
    """A rejection cancels the others; the damaged one never leaves anyway."""
    done = damaged.cancel_all("lumen", NOW, "outcome: rejected")
    assert [entry.id for entry in done.cancelled] == [2]
    assert damaged.reschedule(3, make_timing(), NOW).state is State.QUEUED


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO moves (entry_id, at, cause, before, after, detail) VALUES (1, 'x', 'added', NULL, 'queued', '')",
        "INSERT INTO moves (entry_id, at, cause, before, after, detail) VALUES (1, '2026-11-18', 'lost', 'x', 'y', '')",
        "INSERT INTO touches VALUES (1, 'lumen', 'x', 1, 'tom', 1, 'phone', 'x', 1, '', '', '', '[]')",
        "INSERT INTO pauses VALUES ('anna@home.example', 'why', '', 'x', 'x')",
        "INSERT INTO workers VALUES ('w', 'x')",
    ],
)
def test_other_tables_hide_nothing_either(store: SqliteStore, path: Path, statement: str) -> None:
    """A bad line of history, touch, rest or worker stops neither sending nor looking."""
    store.add([make_new(1)], NOW)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert store.transitions(1)
    assert store.history("lumen").waiting
    assert store.touches() == ()
    store.pauses(NOW)
    store.workers()
    assert isinstance(store.claim(WORKER, go, NOW), Claim)
