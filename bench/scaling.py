"""Does anything cost more because there is much that is old? Three things grow, one at a time; a peer beside each.

    python bench/scaling.py                               # 100, 1,000 and 10,000 of each; some minutes
    python bench/scaling.py --steps 100,1000 --what gone
    python bench/scaling.py --jobs today 'plan company-1'

- ``applications``: facts files; the peer reads the same files with ``tomllib``.
- ``sent``: mails of twenty archived applications, sent a year ago; beside them twenty applications that go on.
- ``gone``: names in the outbox whose facts files are gone, one mail each, sent a year ago.

The peer of the last two is the ``sqlite3`` of Python that fetches five columns of each row.

A table shows milliseconds of processor time, and how often the time at the smallest step that is: a flat line stays at
1, a straight one grows no more than the peer beside it. The jobs run in a process that is up, so that no import hides
them, each on a home that is opened again. The outbox is filled through the store once, and by plain SQL with copies of
that row.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import tempfile
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from followup_mail.cadence.step import Kind, StepId
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import FOLDER, NewEntry, Place, Timing
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.pre_send_check import GO
from followup_mail.outbox.retry import decide
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.fresh_check import make_check
from followup_mail.services.context.request import Request
from followup_mail.services.overview.application_list import list_applications
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.prepare import prepare
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime.now(UTC)
LIVE = 20
"""How many applications go on while something else grows."""
WORKER = Worker("bench:1:aa", account=FOLDER)
TAKEN = AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 2.0.0 Ok: queued", 250)
BODY = "Dear Ada,\n\nThank you for the conversation about the way to streaming.\n\nKind regards,\nJordan Example\n"
CONTENT = b"Subject: Thank you\r\n\r\n" + BODY.replace("\n", "\r\n").encode()
FACTS = """\
# What you know about one application. You write it, followup-mail reads it.
company = "Norvane{number} Ltd"
role = "Engineer"
time_zone = "Europe/Berlin"
country = "DE"
{archived}
[[interviews]]
start = "{day} 14:00"
duration = "45 min"
format = "video"
round = 1

[[interviews.people]]
name = "Ada Lovelace-{number}"
title = "Head of Data"
role = "hiring manager"
email = "ada@company-{number}.example"
discussed = ["the way to streaming"]

[outcome]
status = "waiting"
"""


def write_applications(home: Path, first: int, count: int, *, archived: bool = False) -> None:
    """Write facts files, as ``add`` would; the interview was the day before yesterday, or long ago."""
    folder = home / "applications"
    folder.mkdir(parents=True, exist_ok=True)
    day = f"{NOW - timedelta(days=400 if archived else 2):%Y-%m-%d}"
    for number in range(first, first + count):
        text = FACTS.format(number=number, day=day, archived="archived = true" if archived else "")
        (folder / f"company-{number}.toml").write_text(text, "utf-8")


def make_new(number: int, due_at: datetime, kind: Kind = Kind.THANK_YOU) -> NewEntry:
    """Return a mail of an application."""
    to = f"ada@company-{number}.example"
    ids = f"<{number}.{kind}@bench.example>"
    mail = Message(Mailbox(f"Ada Lovelace-{number}", to), "Thank you", BODY, ids, "me@bench.example", (to,))
    mail = Message(mail.to, mail.subject, mail.text, ids, mail.mail_from, mail.rcpt_to, content=CONTENT)
    timing = Timing(due_at, None, Place("Europe/Berlin", "DE"), insisted=True)
    return NewEntry(StepId(f"company-{number}", kind, 1, f"ada-lovelace-{number}"), mail, timing, account=FOLDER)


def send_long_ago(home: Path, count: int, application: str) -> None:
    """Put mails that were sent a year ago into the outbox; ``application`` is an expression in SQL, of ``n``."""
    store = SqliteStore(home / "outbox.sqlite3")
    long_ago = NOW - timedelta(days=365)
    store.add([make_new(900_000, long_ago)], long_ago)
    claim = store.claim(WORKER, lambda *_: GO, long_ago)
    assert isinstance(claim, Claim)
    store.settle(claim, decide(claim.entry, TAKEN, long_ago, 0.5), long_ago)
    store.close()
    with closing(sqlite3.connect(home / "outbox.sqlite3", isolation_level=None)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(entries)") if row[1] != "id"]
        changed = {"application": application, "person": "'bo-' || n", "message_id": "'<' || n || '@bench.example>'"}
        changed |= {"to_email": "'bo@old-' || n || '.example'", "to_name": "'Bo-' || n"}
        values = ", ".join(changed.get(name, name) for name in names)
        numbers = f"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            f"{numbers} INSERT INTO entries ({', '.join(names)}) SELECT {values} FROM numbers, entries WHERE id = 1"
        )
        database.execute("INSERT INTO contents SELECT id, bytes FROM entries, contents WHERE entry_id = 1 AND id > 1")
        database.execute(
            "INSERT INTO moves (entry_id, at, cause, before, after, detail) SELECT entries.id, at, cause, before, "
            "after, detail FROM entries, moves WHERE entry_id = 1 AND entries.id > 1"
        )
        database.execute("COMMIT")


def grow_applications(home: Path, count: int) -> None:
    """Write so many facts files."""
    write_applications(home, 1, count)
    SqliteStore(home / "outbox.sqlite3").close()


def grow_sent(home: Path, count: int) -> None:
    """Send so many mails of archived applications."""
    write_applications(home, 1, LIVE)
    write_applications(home, 800_000, LIVE, archived=True)
    send_long_ago(home, count, f"'company-' || (800000 + n % {LIVE})")


def grow_gone(home: Path, count: int) -> None:
    """Send a mail each of so many applications that have no file any more."""
    write_applications(home, 1, LIVE)
    send_long_ago(home, count, "'gone-' || n")


GROW: dict[str, Callable[[Path, int], None]] = {
    "applications": grow_applications,
    "sent": grow_sent,
    "gone": grow_gone,
}


def read_files(home: Path) -> None:
    """The peer: read every facts file."""
    for path in (home / "applications").iterdir():
        tomllib.loads(path.read_text("utf-8"))


def fetch_rows(home: Path) -> None:
    """The peer: fetch some columns of every entry."""
    with closing(sqlite3.connect(home / "outbox.sqlite3")) as database:
        database.execute("SELECT id, application, state, sent_at, to_email FROM entries").fetchall()


def claim_one(workspace: Workspace) -> None:
    """Check, claim and settle one due mail."""
    store, now = workspace.store, datetime.now(UTC)
    due = store.first_due(now, FOLDER)
    assert due is not None
    claim = store.claim(WORKER, make_check(workspace, due), now, {due.id})
    assert isinstance(claim, Claim), claim
    store.settle(claim, decide(claim.entry, TAKEN, now, 0.5), now)


PREVIEW = Request("company-1", Kind.THANK_YOU, to=("ada",), at="now")
JOBS: dict[str, Callable[[Workspace], object]] = {
    "today": look_at_today,
    "list": list_applications,
    "plan company-1": lambda workspace: open_application(workspace, "company-1"),
    "preview company-1 thank_you": lambda workspace: prepare(workspace, PREVIEW),
    "outbox list": list_entries,
    "run, nothing due": lambda workspace: [*deliver_once(workspace)],
    "claim and settle": claim_one,
}


def open_home(home: Path) -> Workspace:
    """Open a home as a command does: nothing is kept from the one before."""
    settings = Settings(name="Jordan Example", email="me@bench.example", time_zone="Europe/Berlin")
    return Workspace(Loaded(settings, home, {}))


def measure_job(home: Path, job: Callable[[Workspace], object], rounds: int) -> float:
    """Return the milliseconds of processor time that a job takes."""
    took = []
    for _ in range(rounds + 1):
        with closing(open_home(home)) as workspace:
            began = time.process_time()
            job(workspace)
            took.append((time.process_time() - began) * 1000)
    return median(took[1:])


def measure_peer(work: Callable[[Path], None], home: Path) -> float:
    """Return the milliseconds of processor time that a peer takes in this process; the better of two."""
    took = []
    for _ in range(2):
        began = time.process_time()
        work(home)
        took.append((time.process_time() - began) * 1000)
    return min(took)


def measure(home: Path, what: str, names: list[str], rounds: int) -> dict[str, float]:
    """Return the milliseconds of the peer and of each job, in the order of the table."""
    read = read_files if what == "applications" else fetch_rows
    peer = "tomllib, the same files" if what == "applications" else "sqlite3, the same rows"
    found = {peer: measure_peer(read, home)}
    for name in names:
        if JOBS[name] is claim_one:
            store = SqliteStore(home / "outbox.sqlite3")
            store.add([make_new(number, NOW) for number in range(1, rounds + 2)], NOW)
            store.close()
        found[name] = measure_job(home, JOBS[name], rounds)
    return found


def show(what: str, steps: list[int], found: list[dict[str, float]]) -> None:
    """Print one table."""
    print(f"\n{what:<48}" + "".join(f"{step:>16,}" for step in steps))
    for name in found[0]:
        first = found[0][name]
        cells = (f"{one[name]:9,.1f} {one[name] / first:6.2f}" for one in found)
        print(f"  {name:<46}" + "".join(cells), flush=True)


def main() -> None:
    """Grow, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", default="100,1000,10000")
    parser.add_argument("--what", nargs="*", choices=GROW, default=list(GROW))
    parser.add_argument("--jobs", nargs="*", choices=JOBS, default=list(JOBS))
    parser.add_argument("--rounds", type=int, default=3, help="the middle one of so many counts")
    given = parser.parse_args()
    steps = [int(step) for step in given.steps.split(",")]
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; milliseconds, times the first step")
    for what in given.what:
        found = []
        for step in steps:
            with tempfile.TemporaryDirectory() as name:
                home = Path(name)
                GROW[what](home, step)
                found.append(measure(home, what, given.jobs, given.rounds))
        show(what, steps, found)


if __name__ == "__main__":
    main()
