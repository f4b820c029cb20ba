"""How SQLite finds what is asked of the store: by an index, so nothing costs more because there is much old mail."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, NOW, WORKER, attempt, make_new

from followup_mail.cadence.step import StepId
from followup_mail.outbox.entry import OPEN, State
from followup_mail.outbox.sql_store import TAKEN
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store

STEP = StepId("lumen-1", make_new().step.kind, 1, "tom")
WEEK = NOW - timedelta(days=7)
ASKED: dict[str, Callable[[Store], object]] = {
    "what is open": lambda store: store.entries(states=OPEN),
    "what is queued and not held": lambda store: store.entries(states={State.QUEUED}, held=False),
    "what lies in the folder": lambda store: store.entries(states={State.IN_FOLDER}),
    "what failed": lambda store: store.entries(states={State.FAILED, State.MISSED, State.UNCLEAR}),
    "what is under way": lambda store: store.entries(states={State.SENDING}),
    "an application's": lambda store: store.entries(application="lumen-1", states={State.SENT}),
    "a history": lambda store: store.history("lumen-1"),
    "who has taken a step": lambda store: store.find_taken(STEP),
    "what is due": lambda store: store.first_due(NOW, None),
    "when something is due": lambda store: store.next_due_at(NOW),
    "what an account handed over": lambda store: store.handed_over_since("jordan@home.example", WEEK),
    "when a domain got mail": lambda store: store.last_handed_over_to("lumen.example"),
    "what a domain got": lambda store: store.handed_over_to("lumen.example", WEEK),
    "to whom mails went of late": lambda store: store.sent_since(WEEK),
    "what was done by hand of late": lambda store: store.touches_since(WEEK),
    "which names wrote to somebody": lambda store: store.written_to({"rita@acme.example"}, {"rita"}),
    "what was cancelled for a step": lambda store: store.cancelled_for({STEP}, "deleted"),
    "what is damaged": lambda store: store.damaged(),
    "a claim": lambda store: store.recover(NOW),
    "a heartbeat": lambda store: store.heartbeat(WORKER, NOW),
}


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A store in a file."""
    with_file = SqliteStore(path)
    yield with_file
    with_file.close()


@pytest.mark.parametrize("asked", ASKED)
def test_no_question_goes_through_all_entries(store: SqliteStore, asked: str) -> None:
    """Each of the questions that plans, claims and lists ask is answered by an index."""
    assert list(scans(store, ASKED[asked])) == []


def test_a_scan_is_noticed(store: SqliteStore) -> None:
    """The look at how rows are found sees a statement that reads the whole table."""
    assert [*scans(store, lambda asked: asked.entries())]


def scans(store: SqliteStore, ask: Callable[[Store], object]) -> Iterator[str]:
    """Yield each step of a statement that reads a table of entries, moves or touches from end to end."""
    connection = store._connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    ask(store)
    connection.set_trace_callback(None)
    for query in asked:
        if query.startswith(("SELECT", "WITH", "UPDATE")):
            for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"):
                if is_scan(row["detail"]):
                    yield f"{row['detail']}: {query}"


def is_scan(detail: str) -> bool:
    """Return whether a step reads all of a large table. An index of only what is open, or odd, may be read so."""
    few = ("entries_by_state", "entries_due", "entries_under_way", "entries_to_beyond_ascii")
    large = ("SCAN entries", "SCAN moves", "SCAN touches", "SCAN contents")
    return detail.startswith(large) and not any(f"INDEX {name}" in detail for name in few)


def test_the_step_index_is_told_by_its_own_words(path: Path, store: SqliteStore) -> None:
    """The condition by which a taken step is found is the one of the index, which SQLite compares word by word."""
    with sqlite3.connect(path) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entries_one_per_step'").fetchone()
    assert made.endswith(f"WHERE {TAKEN}")


def test_rows_fetched_do_not_grow_with_what_is_old(store: SqliteStore) -> None:
    """However many mails were sent long ago, the questions of plans, claims and lists fetch none of them."""
    long_ago = NOW - timedelta(days=365)
    counts = []
    for number in range(1, 13):
        store.add([make_new(number, application=f"old-{number}", due_after=timedelta(days=-365))], long_ago)
        attempt(store, ACCEPTED, long_ago)
        if number in {3, 12}:
            counts.append({name: count_rows(store, ask) for name, ask in ASKED.items()})
    assert counts[0] == counts[1]


def count_rows(store: SqliteStore, ask: Callable[[Store], object]) -> int:
    """Return how many rows a question fetches."""
    connection, fetched = store._connection, []

    def make_row(cursor: sqlite3.Cursor, values: tuple[object, ...]) -> sqlite3.Row:
        fetched.append(values)
        return sqlite3.Row(cursor, values)

    connection.row_factory = make_row
    ask(store)
    connection.row_factory = sqlite3.Row
    return len(fetched)
