"""How fast is the outbox? Ratios against SQLite itself, on this machine, in one run.

``python bench/outbox.py`` takes about a minute; ``--entries 10000`` makes it quick. Every commit goes to the disk
(``synchronous=FULL``), in ours as in the bare loop beside it; the rounds alternate, and the middle one of five counts.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from followup_mail.cadence.step import Kind, StepId
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import NewEntry, Place, Timing
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.pre_send_check import GO
from followup_mail.outbox.retry import decide
from followup_mail.outbox.sqlite import SqliteStore

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
WORKER = Worker("bench:1:aa")
TAKEN = AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 2.0.0 Ok: queued", 250)
BODY = "Dear Ada,\n\n" + "thank you for the conversation about the freight model. " * 10
CONTENT = b"Subject: Thank you\r\n\r\n" + b"Thank you for the conversation about the freight model.\r\n" * 40
ROUNDS = 5


def make_new(n: int, due_at: datetime) -> NewEntry:
    """Return a mail of the usual length."""
    to = f"person{n}@employer{n % 1000}.example"
    mail = Message(
        Mailbox(f"Person {n}", to),
        "Thank you",
        BODY,
        f"<{n}@bench.example>",
        "me@bench.example",
        (to,),
        content=CONTENT,
    )
    step = StepId(f"application-{n % 5000}", Kind.THANK_YOU, 1, f"person-{n}")
    return NewEntry(step, mail, Timing(due_at, due_at + timedelta(days=2), Place("America/Chicago", "US")))


def per_second(count: int, work: Callable[[], None]) -> float:
    """Return how often a second ``work`` can be done."""
    began = time.perf_counter()
    for _ in range(count):
        work()
    return count / (time.perf_counter() - began)


def open_bare(path: Path, count: int) -> sqlite3.Connection:
    """A table with a state, an index on what is queued, and two commits per mail: the least that could do."""
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE mails (id INTEGER PRIMARY KEY, state TEXT, due_at TEXT, body TEXT)")
    bare.execute("CREATE INDEX due ON mails (due_at) WHERE state = 'queued'")
    bare.execute("BEGIN")
    rows = ((NOW.isoformat(), BODY) for _ in range(count))
    bare.executemany("INSERT INTO mails (state, due_at, body) VALUES ('queued', ?, ?)", rows)
    bare.execute("COMMIT")
    return bare


def bare_cycle(bare: sqlite3.Connection) -> None:
    """Claim and settle in the bare loop."""
    bare.execute("BEGIN IMMEDIATE")
    found = bare.execute(
        "SELECT id, body FROM mails WHERE state = 'queued' AND due_at <= ? ORDER BY due_at LIMIT 1", (NOW.isoformat(),)
    ).fetchone()
    bare.execute("UPDATE mails SET state = 'sending' WHERE id = ?", (found[0],))
    bare.execute("COMMIT")
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("UPDATE mails SET state = 'sent' WHERE id = ?", (found[0],))
    bare.execute("COMMIT")


def our_cycle(store: SqliteStore, with_intent: bool) -> None:
    """Claim, record the intent if asked to, and settle."""
    claim = store.claim(WORKER, lambda *_: GO, NOW)
    assert isinstance(claim, Claim)
    if with_intent:
        store.record_intent(claim, NOW)
    store.settle(claim, decide(claim.entry, TAKEN, NOW, 0.5), NOW)


def onward_cycle(store: SqliteStore) -> None:
    """Claim with the intent and settle soon, as for each mail of a run but the first."""
    due = store.first_due(NOW, None)
    assert due is not None
    claim = store.claim_to_leave(WORKER, lambda *_: GO, NOW, due)
    assert isinstance(claim, Claim)
    store.settle(claim, decide(claim.entry, TAKEN, NOW, 0.5), NOW, True)


def bench_cycles(folder: Path, count: int) -> None:
    """Compare with the bare loop."""
    bare = open_bare(folder / "bare.sqlite3", count * ROUNDS)
    store = SqliteStore(folder / "ours.sqlite3")
    store.add([make_new(n, NOW) for n in range(3 * count * ROUNDS)], NOW)
    speeds: dict[str, list[float]] = {"bare": [], "ours": [], "with intent": [], "onward": []}
    for _ in range(ROUNDS):
        speeds["bare"].append(per_second(count, lambda: bare_cycle(bare)))
        speeds["ours"].append(per_second(count, lambda: our_cycle(store, with_intent=False)))
        speeds["with intent"].append(per_second(count, lambda: our_cycle(store, with_intent=True)))
        speeds["onward"].append(per_second(count, lambda: onward_cycle(store)))
    middle = {name: median(found) for name, found in speeds.items()}
    print(f"claim + settle, full sync, {count} a round, per second:")
    print(f"  bare sqlite3, the same two commits   {middle['bare']:8,.0f}   1.00")
    print(f"  the outbox, claim + settle           {middle['ours']:8,.0f}   {middle['ours'] / middle['bare']:.2f}")
    three = middle["with intent"]
    print(f"  with the intent, as the first mail   {three:8,.0f}   {three / middle['bare']:.2f}")
    onward = middle["onward"]
    print(f"  the intent with the claim, as others {onward:8,.0f}   {onward / middle['bare']:.2f}")
    bare.close()
    store.close()


def multiply(store: SqliteStore, count: int) -> None:
    """Make copies of entry 1 by plain SQL, each for a step of its own and due tomorrow or later."""
    database = store._connection  # noqa: SLF001 - no method adds a million
    names = [row["name"] for row in database.execute("PRAGMA table_info(entries)") if row["name"] != "id"]
    changed = {"person": "'copy-' || n", "nth": "2", "application": "'application-' || (n % 5000)"}
    changed |= dict.fromkeys(("due_at", "ready_at"), "printf('2026-11-%02dT15:00:00.%06dZ', 19 + n % 10, n % 1000000)")
    values = ", ".join(changed.get(name, name) for name in names)
    database.execute("BEGIN IMMEDIATE")
    database.execute(
        f"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
        f"INSERT INTO entries ({', '.join(names)}) SELECT {values} FROM numbers, entries WHERE entries.id = 1"
    )
    database.execute("COMMIT")


def bench_due(folder: Path, count: int, due: int) -> None:
    """Find what is due among very many that are not."""
    store = SqliteStore(folder / "many.sqlite3")
    store.add([make_new(n, NOW - timedelta(minutes=n)) for n in range(due)], NOW)
    multiply(store, count)
    print(f"among {count:,} entries that are not due, microseconds:")
    moment = "2026-11-18T15:00:00.000000Z"
    database = store._connection  # noqa: SLF001 - to see the bare search
    due_now = "FROM entries WHERE state = 'queued' AND held = '' AND ready_at <= ? ORDER BY ready_at, id LIMIT 50"
    plan = database.execute(f"EXPLAIN QUERY PLAN SELECT id {due_now}", (moment,)).fetchone()["detail"]
    jobs: dict[str, Callable[[], object]] = {
        "the ids of 50 due entries": lambda: database.execute(f"SELECT id {due_now}", (moment,)).fetchall(),
        "the next due moment": lambda: store.next_due_at(NOW),
        "one due entry claimed and settled": lambda: our_cycle(store, with_intent=False),
        "the history of an application with 200": lambda: store.history("application-7"),
    }
    for name, job in jobs.items():
        print(f"  {name:<40}{1e6 / per_second(due // 2, job):10,.0f}")
    print(f"  ({plan})")
    store.close()


def main() -> None:
    """Run all, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--cycles", type=int, default=500)
    options.add_argument(
        "--folder", type=Path, default=None, help="where the databases go; default: a temporary folder"
    )
    given = options.parse_args()
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        bench_cycles(Path(folder), given.cycles)
        bench_due(Path(folder), given.entries, 400)


if __name__ == "__main__":
    main()
