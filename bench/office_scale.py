"""How far does one PostgreSQL carry an office? Rates by workers, due among many, size by table, plans a second.

    python bench/office_scale.py                       # about ten minutes
    python bench/office_scale.py --entries 20000 --seconds 1 --rounds 1

The server is this machine's, with every commit on the disk, as is the peer: one SQLite file with as many processes. The
ceiling is a bare table and the two commits that no queue can do without, by SKIP LOCKED. The three take turns, round by
round, and the middle one counts. Workers and server share the processors of this machine: say how many there were.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parents[1]
FOLDERS = [str(HERE), str(HERE / "tests"), str(HERE / "tests" / "integration"), str(HERE / "bench")]
sys.path[:0] = FOLDERS
os.environ["PYTHONPATH"] = os.pathsep.join(FOLDERS)

import psycopg  # noqa: E402
from office_server import OWNER, OfficeServer, running_server  # noqa: E402
from outbox import CONTENT, NOW, TAKEN, WORKER, make_new  # noqa: E402

from followup_mail.errors import RefusedError  # noqa: E402
from followup_mail.office.candidates import add_candidate, find_candidate  # noqa: E402
from followup_mail.office.database import OfficeDatabase, OwnLink  # noqa: E402
from followup_mail.office.postgres_store import PostgresStore  # noqa: E402
from followup_mail.outbox.claim import Claim  # noqa: E402
from followup_mail.outbox.pre_send_check import GO  # noqa: E402
from followup_mail.outbox.retry import decide  # noqa: E402
from followup_mail.outbox.sqlite import SqliteStore  # noqa: E402
from followup_mail.outbox.store import Store  # noqa: E402

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["office_scale"])
MOMENT = f"timestamptz '{NOW.isoformat()}'"
DATABASE, WORKERS, EACH = "scale", (1, 2, 4, 8), 1600
SAFE = ("-c", "fsync=on", "-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "max_connections=50")


@contextmanager
def open_store(url: str, name: str) -> Iterator[PostgresStore]:
    """Open a candidate's store, with a connection of its own."""
    links = OwnLink(url)
    try:
        database = OfficeDatabase(links)
        yield PostgresStore(database, find_candidate(database, name, "bench"))
    finally:
        links.close()


# --- rates ---------------------------------------------------------------------------------------------------------


def cycle(store: Store) -> None:
    """Claim with the intent and settle, whatever others take meanwhile."""
    while True:
        due = store.first_due(NOW, None)
        assert due is not None, "nothing is left: let each worker have more"
        claim = store.claim_to_leave(WORKER, lambda *_: GO, NOW, due)
        if isinstance(claim, Claim):
            store.settle(claim, decide(claim.entry, TAKEN, NOW, 0.5), NOW, True)
            return


def count(work: Callable[[], None], seconds: float, ready: Any) -> None:
    """Do ``work`` for so long after the word, and tell how often."""
    work()
    ready.send("ready")
    ready.recv()
    until, done, began = time.perf_counter() + seconds, 0, time.process_time()
    while time.perf_counter() < until:
        work()
        done += 1
    ready.send((done, time.process_time() - began))


def run_office(place: str, worker: int, seconds: float, ready: Any) -> None:
    """Claim with the intent and settle, for a candidate of this worker's own."""
    with open_store(place, f"worker-{worker}") as store:
        count(lambda: cycle(store), seconds, ready)


def run_sqlite(place: str, _: int, seconds: float, ready: Any) -> None:
    """The same in the one file that all share."""
    store = SqliteStore(Path(place))
    count(lambda: cycle(store), seconds, ready)
    store.close()


def run_bare(place: str, _: int, seconds: float, ready: Any) -> None:
    """Claim and settle in a bare table."""
    with psycopg.connect(place, autocommit=True) as link:

        def bare_cycle() -> None:
            row = link.execute(
                "UPDATE bare SET state = 'sending' WHERE id = (SELECT id FROM bare WHERE state = 'queued' "
                "AND due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, body"
            ).fetchone()
            assert row is not None
            link.execute("UPDATE bare SET state = 'sent' WHERE id = %s", (row[0],))

        count(bare_cycle, seconds, ready)


def rate(run: Callable[..., None], place: str, workers: int, seconds: float) -> tuple[float, float]:
    """Return how often a second so many processes do it together, and how many processor seconds each time takes."""
    pipes = [CONTEXT.Pipe() for _ in range(workers)]
    processes = [
        CONTEXT.Process(target=run, args=(place, number, seconds, there)) for number, (_, there) in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    for here, _ in pipes:
        here.recv()
    for here, _ in pipes:
        here.send("go")
    told = [here.recv() for here, _ in pipes]
    for process in processes:
        process.join()
    done = sum(one for one, _ in told)
    return done / seconds, sum(spent for _, spent in told) / done


def bench_rates(server: OfficeServer, folder: Path, seconds: float, rounds: int) -> None:
    """Compare the three, by workers."""
    url, owner = server.url(DATABASE), server.url(DATABASE, OWNER)
    with psycopg.connect(owner, autocommit=True) as link:
        link.execute("CREATE TABLE public.bare (id bigint PRIMARY KEY, state text, due_at timestamptz, body text)")
        link.execute("CREATE INDEX ON public.bare (due_at) WHERE state = 'queued'")
    runs = {"PostgreSQL, bare table": run_bare, "the office": run_office, "SQLite, one file": run_sqlite}
    found: dict[tuple[str, int], list[float]] = {}
    for turn in range(rounds):
        for workers in WORKERS:
            refill(server, owner, workers, folder / f"{turn}-{workers}.sqlite3")
            places = (f"{owner}&options=-csearch_path%3Dpublic", url, str(folder / f"{turn}-{workers}.sqlite3"))
            for (name, run), place in zip(runs.items(), places, strict=True):
                found.setdefault((name, workers), []).append(rate(run, place, workers, seconds)[0])
    print("\nclaim with the intent, and settle: mails a second" + "".join(f"{one:>9}" for one in WORKERS))
    for name in runs:
        print(f"  {name:<47}" + "".join(f"{median(found[name, one]):9,.0f}" for one in WORKERS))


def bench_costs(server: OfficeServer, seconds: float) -> None:
    """Say what one mail costs in processor time and written log; other work on the machine does not count."""
    multiply(server, "worker-0", EACH, due=f"{MOMENT} - interval '1 year' + n * interval '1 s'")
    with psycopg.connect(server.url(DATABASE, "postgres"), autocommit=True) as link:
        rate(
            run_office, server.url(DATABASE), 1, seconds
        )  # the first write to a page since a checkpoint logs all of it
        log, spent = log_written(link), processor_time(server)
        a_second, worker = rate(run_office, server.url(DATABASE), 1, seconds)
        spent, log, done = processor_time(server) - spent, log_written(link) - log, a_second * seconds
    print(
        f"\na mail, claimed with its intent and settled: {1000 * worker:.1f} ms of a worker's processor, "
        f"{1000 * spent / done:.1f} ms of the database's, {log / done:,.0f} bytes of log"
    )


def log_written(link: psycopg.Connection[Any]) -> int:
    """Return how far the write-ahead log is, in bytes."""
    row = link.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')").fetchone()
    return int(row[0]) if row else 0


def processor_time(server: OfficeServer) -> float:
    """Return the processor seconds of a server with all its processes, those that have ended too (Linux)."""
    first = (server.data / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if stat.parent.name == first:
                ticks += sum(int(one) for one in fields[11:15])
            elif fields[1] == first:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def refill(server: OfficeServer, owner: str, workers: int, path: Path) -> None:
    """Give every worker enough that is due; the one file cannot give out more with more of them."""
    server.sql("TRUNCATE public.bare", DATABASE)
    with psycopg.connect(owner, autocommit=True) as link:
        link.execute(
            "INSERT INTO public.bare SELECT n, 'queued', now() - n * interval '1 ms', repeat('word ', 120) "
            "FROM generate_series(1, %s) AS n",
            (4 * workers * EACH,),
        )
        link.execute("ANALYZE public.bare")
    for number in range(workers):
        multiply(server, f"worker-{number}", EACH, due=f"{MOMENT} - interval '1 year' + n * interval '1 s'")
    store = SqliteStore(path)
    store.add([make_new(n, NOW) for n in range(EACH)], NOW)
    store.close()


# --- many ----------------------------------------------------------------------------------------------------------


def multiply(server: OfficeServer, name: str, number: int, due: str) -> None:
    """Give a candidate copies of a mail, each for a step of its own, past the program; ``due`` is SQL."""
    url = server.url(DATABASE)
    links = OwnLink(url)
    database = OfficeDatabase(links)
    with suppress(RefusedError):
        add_candidate(database, name, "bench")
    with open_store(url, name) as store:
        first = store.add([make_new(int(time.time() * 1e6) % 10**9, NOW)], NOW)[0].id
        candidate = store._asker.candidate  # noqa: SLF001 - no method adds a million
    links.close()
    copy_rows(server, (candidate, first), number, due)


def copy_rows(server: OfficeServer, of: tuple[int, int], number: int, due: str) -> None:
    """Copy an entry, given by its candidate and number, with its bytes and its first line of history."""
    candidate, first = of
    with psycopg.connect(server.url(DATABASE, OWNER), options="-c search_path=followup") as link:
        columns = link.execute(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_schema = 'followup' "
            "AND table_name = 'entries' AND is_generated = 'NEVER' AND column_name <> ALL (%s)",
            (["id", "person", "due_at", "ready_at"],),
        ).fetchone()
        assert columns is not None
        link.execute(
            f"INSERT INTO entries (id, person, due_at, ready_at, {columns[0]}) "
            f"SELECT %(first)s + n, 'copy-' || n, {due}, {due}, {columns[0]} "
            "FROM generate_series(1, %(number)s) n, entries "
            "WHERE candidate = %(candidate)s AND id = %(first)s".encode(),
            {"first": first, "number": number, "candidate": candidate},
        )
        given = {"candidate": candidate, "first": first, "number": number, "bytes": CONTENT}
        link.execute(
            "INSERT INTO contents SELECT %(candidate)s, %(first)s + n, %(bytes)s FROM generate_series(1, %(number)s) n",
            given,
        )
        link.execute(
            "INSERT INTO moves (candidate, entry_id, at, cause, after, detail) SELECT %(candidate)s, %(first)s + n, "
            "now(), 'added', 'queued', '' FROM generate_series(1, %(number)s) n",
            given,
        )
        link.execute("UPDATE candidates SET last_entry = %(first)s + %(number)s WHERE id = %(candidate)s", given)


def spread(server: OfficeServer, candidates: int, each: int) -> None:
    """Add candidates with ``each`` mails, nine of ten sent within the last year, the rest due within the next month."""
    multiply(server, "pattern", 1, due=f"{MOMENT} + interval '1 day'")
    with psycopg.connect(server.url(DATABASE, OWNER), options="-c search_path=followup") as link:
        link.execute("ALTER TABLE candidates DISABLE TRIGGER USER")
        link.execute(
            "INSERT INTO candidates (name, added_by, last_entry) SELECT 'many-' || n || '-' || (SELECT max(id) FROM "
            "candidates), 'bench', %(each)s FROM generate_series(1, %(candidates)s) n",
            {"each": each, "candidates": candidates},
        )
        link.execute("ALTER TABLE candidates ENABLE TRIGGER USER")
        columns = link.execute(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_schema = 'followup' "
            "AND table_name = 'entries' AND is_generated = 'NEVER' AND column_name <> ALL (%s)",
            (["candidate", "id", "application", "person", "due_at", "ready_at", "state", "sent_at", "handed_at"],),
        ).fetchone()
        assert columns is not None
        was = f"{MOMENT} - random() * interval '365 days'"
        will = f"{MOMENT} + interval '1 hour' + random() * interval '30 days'"
        link.execute(
            f"INSERT INTO entries (candidate, id, application, person, due_at, ready_at, state, sent_at, handed_at, "
            f"{columns[0]}) SELECT of.id, n, 'application-' || n / 8, 'person-' || n, moment, moment, "
            "CASE WHEN sent THEN 'sent' ELSE 'queued' END, CASE WHEN sent THEN moment END, "
            f"CASE WHEN sent THEN moment END, {', '.join('model.' + one for one in columns[0].split(', '))} "
            f"FROM (SELECT id FROM candidates ORDER BY id DESC LIMIT %(candidates)s) of, "
            f"LATERAL (SELECT n, n %% 10 <> 0 AS sent, CASE WHEN n %% 10 <> 0 THEN {was} ELSE {will} END AS moment "
            "FROM generate_series(1, %(each)s) n) one, entries AS model WHERE model.candidate = "
            "(SELECT id FROM candidates WHERE name = 'pattern') AND model.id = 1".encode(),
            {"candidates": candidates, "each": each},
        )
        newest = "(SELECT id FROM candidates ORDER BY id DESC LIMIT %(candidates)s)"
        given = {"candidates": candidates, "bytes": CONTENT}
        link.execute(
            f"INSERT INTO contents SELECT candidate, id, %(bytes)s FROM entries WHERE candidate IN {newest}".encode(),
            given,
        )
        link.execute(
            "INSERT INTO moves (candidate, entry_id, at, cause, after, detail) SELECT candidate, id, due_at, cause, "
            f"after, '' FROM entries, (VALUES ('added', 'queued'), ('claimed', 'sending'), ('intended', 'sending'), "
            f"('accepted', 'sent')) AS steps (cause, after) WHERE candidate IN {newest} "
            "AND (state = 'sent' OR cause = 'added')".encode(),
            given,
        )


def bench_many(server: OfficeServer, most: int, each: int) -> None:
    """Find and deliver what is due, with ever more that is not."""
    print("\nentries kept, and what is asked; milliseconds, the middle one of 21")
    names = ("due accounts over all", "first due of one", "claim and settle")
    print(f"{'':>12}" + "".join(f"{name:>24}" for name in names) + f"{'depth of the index':>24}")
    steps, kept = [most // 100, most // 10, most], 0
    for step in steps:
        spread(server, (step - kept) // each, each)
        kept = step
        with psycopg.connect(server.url(DATABASE, "postgres"), autocommit=True) as link:
            link.execute("VACUUM ANALYZE")
        multiply(server, f"due-{step}", 400, due=f"{MOMENT} - interval '1 hour' + n * interval '1 s'")
        times = [f"{1000 * one:24,.2f}" for one in measure_due(server, f"due-{step}")]
        print(f"{kept:12,}" + "".join(times) + f"{depth_of(server, 'entries_due'):>24}", flush=True)
    print(explain(server))


def measure_due(server: OfficeServer, name: str) -> Iterator[float]:
    """Yield the three times, in seconds."""
    with open_store(server.url(DATABASE), name) as store:
        database = store._database  # noqa: SLF001 - to ask what a sweep asks

        def sweep() -> None:
            with database.for_all("bench") as link:
                found = link.execute("SELECT * FROM due_accounts(%s, 50000)", (NOW,)).fetchall()
                assert found

        yield middle(sweep)
        yield middle(lambda: store.first_due(NOW, None))
        yield middle(lambda: cycle(store))


def middle(act: Callable[[], object], times: int = 21) -> float:
    """Return how long it takes, the middle one of some."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return median(spent)


def depth_of(server: OfficeServer, index: str) -> int:
    """Return how many pages are read from the root of an index to a row's place."""
    with psycopg.connect(server.url(DATABASE, "postgres"), autocommit=True) as link:
        link.execute("CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA public")
        row = link.execute("SELECT level + 1 FROM public.bt_metap(%s)", (f"followup.{index}",)).fetchone()
    return int(row[0]) if row else 0


def explain(server: OfficeServer) -> str:
    """Return how PostgreSQL looks for what is due."""
    query = (
        "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT candidate, account, min(ready_at) "
        f"FROM followup.entries WHERE state = 'queued' AND held = '' AND ready_at <= {MOMENT} "
        "GROUP BY candidate, account"
    )
    with psycopg.connect(server.url(DATABASE, "postgres")) as link:
        return "\n".join(f"  {row[0]}" for row in link.execute(query.encode()).fetchall())


def bench_size(server: OfficeServer) -> None:
    """Say how much a mail takes, by table and index."""
    query = (
        "SELECT relname, relkind, pg_relation_size(oid) + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) "
        "FROM pg_class WHERE relnamespace = 'followup'::regnamespace AND (relkind = 'r' OR relkind = 'i') "
        "AND (relname LIKE '%entries%' OR relname LIKE '%contents%' OR relname LIKE '%moves%') ORDER BY 3 DESC"
    )
    with psycopg.connect(server.url(DATABASE, "postgres")) as link:
        total = link.execute("SELECT count(*) FROM followup.entries").fetchone()
        assert total is not None
        rows = link.execute(query).fetchall()
        whole = sum(row[2] for row in rows)
        print(
            f"\nbytes a mail, over {total[0]:,} (of {len(CONTENT):,} bytes, 3.7 lines of history): "
            f"{whole / total[0]:,.0f}"
        )
        for name, kind, size in rows:
            if size / total[0] >= 1:
                print(f"  {'table' if kind == 'r' else 'index':<6} {name:<34}{size / total[0]:8,.0f}")


# --- plans ---------------------------------------------------------------------------------------------------------


def bench_plans(server: OfficeServer, candidates: int, extrapolated: int) -> None:
    """Make the daily plan of some candidates, and deliver for them, files and all; say what that means for many."""
    from crash_server import count_mails
    from worker_samples import add_candidate as add_with_files
    from worker_samples import load_office, make_office

    from followup_mail.services.office.deliver_account import deliver_for_account, find_way
    from followup_mail.worker.round_jobs import plan
    from followup_mail.workspace import open_for_candidate

    url, mails = make_office(server, "plans"), 5
    with tempfile.TemporaryDirectory() as home, count_mails() as (counting, port):
        loaded = load_office(url, Path(home))
        for _ in range(candidates):
            add_with_files(loaded, port, mails)
        with psycopg.connect(server.url("plans", "postgres")) as link:
            names = [row[0] for row in link.execute("SELECT name FROM followup.candidates").fetchall()]

        def open_alone(name: str) -> None:
            with open_for_candidate(loaded, name, "bench"):
                pass

        def make_plan(name: str) -> None:
            with open_for_candidate(loaded, name, "bench") as workspace:
                plan(workspace)

        def deliver(name: str) -> None:
            with open_for_candidate(loaded, name, "bench") as workspace:
                way = find_way(workspace, lambda _: True)
                assert way is not None
                list(deliver_for_account(way, "bench:1:aa", threading.Event()))

        make_plan(names[0])
        acts = (open_alone, make_plan, deliver)
        opened, planned, delivered = (median(processor_of(act, name) for name in names) for act in acts)
        sent = sum(counting.taken.values())
    print(
        f"\nprocessor time for a candidate with {mails} applications, the middle one of {len(names)}: opening the home "
        f"from the database {1000 * opened:,.0f} ms, with the daily plan {1000 * planned:,.0f} ms;\n  delivering "
        f"{sent / len(names):.0f} mails, checked once more, {1000 * delivered:,.0f} ms; plans for {extrapolated:,}: "
        f"{extrapolated * planned / 3600:,.1f} hours of one processor (reckoned)"
    )


def processor_of(act: Callable[[str], None], name: str) -> float:
    """Return the processor seconds of this process that it takes."""
    began = time.process_time()
    act(name)
    return time.process_time() - began


def main() -> None:
    """Run all, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--candidates", type=int, default=12, help="whose plans are made")
    options.add_argument("--only", choices=("rates", "many", "plans"))
    given = options.parse_args()
    with running_server(*SAFE) as server, tempfile.TemporaryDirectory() as folder:
        server.make_database(DATABASE)
        with psycopg.connect(server.url(DATABASE, "postgres")) as link:
            version = link.info.server_version
        print(
            f"Python {platform.python_version()}, PostgreSQL {version // 10000}.{version % 10000}, "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, content {sha256(CONTENT).hexdigest()[:8]}"
        )
        if given.only in {None, "rates"}:
            bench_rates(server, Path(folder), given.seconds, given.rounds)
            bench_costs(server, given.seconds)
        if given.only in {None, "many"}:
            bench_many(server, given.entries, 50)
            bench_size(server)
        if given.only in {None, "plans"}:
            bench_plans(server, given.candidates, 100_000)


if __name__ == "__main__":
    main()
