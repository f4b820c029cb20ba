"""An office with candidates whose mails are due, for tests of workers: real files, a real database."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from office_samples import ACTOR, add_asker
from office_server import APP, OWNER, OfficeServer

from followup_mail.cadence.step import Kind
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.engine_schema import migrate_engine
from followup_mail.office.sealing import new_key
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.writing.prepare import prepare
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.worker.clock import DatabaseClock
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import make_engine
from followup_mail.worker.jobs import add_jobs
from followup_mail.worker.log_lines import WorkerLog
from followup_mail.worker.metrics import Meters
from followup_mail.worker.shared_links import SharedLinks
from followup_mail.worker.start import open_by_number
from followup_mail.workspace import open_for_candidate

KEY = new_key()
_FACTS = """
company = "Acme {name}"
role = "Engineer"
time_zone = "UTC"

[[interviews]]
start = {start:%Y-%m-%dT%H:%M:00Z}
duration = "45 min"

[[interviews.people]]
name = "Ada Lovelace"
email = "ada@{name}.example"
discussed = "the way to streaming"
convinced = "the calm with which you told of the outage"
"""
_numbers = itertools.count(1)


def make_office(server: OfficeServer, name: str) -> str:
    """Make a database that is set up for workers; return the address for the program."""
    server.make_database(name)
    migrate_engine(server.url(name, OWNER))
    return server.url(name, APP)


def surroundings(url: str, home: Path) -> Mapping[str, str]:
    """The environment of the office's programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP_")}
    return {**kept, "FOLLOWUP_DATABASE_URL": url, "FOLLOWUP_OFFICE_KEY": KEY, "FOLLOWUP_HOME": str(home)}


def load_office(url: str, home: Path) -> Loaded:
    """The settings of the office."""
    return load_settings(surroundings(url, home))


def add_candidate(loaded: Loaded, port: int, mails: int, company: str = "") -> tuple[int, str]:
    """Add a candidate whose mails are due now, each to another company or one to this; return number and account."""
    url = loaded.settings.database_url.reveal()
    asker = add_asker(url)
    account = f"jordan{asker.candidate}@example.com"
    names = [company or f"company{next(_numbers)}" for _ in range(mails)]
    start = datetime.now(UTC) - timedelta(hours=2)
    with open_for_candidate(loaded, asker.name, ACTOR) as workspace:
        (workspace.home / ".env").write_text(_settings(account, port), "utf-8")
        (workspace.home / "applications").mkdir(exist_ok=True)
        for name in names:
            facts = workspace.home / "applications" / f"{name}.toml"
            facts.write_text(_FACTS.format(name=name, start=start), "utf-8")
    with open_for_candidate(loaded, asker.name, ACTOR) as workspace:
        for name in names:
            batch = prepare(workspace, Request(name, Kind.THANK_YOU, at="now", at_once=True))
            enqueue_prepared(workspace, batch.prepared, QueueTerms(grace=timedelta()))
    return asker.candidate, account


def name_database(test: str) -> str:
    """Return a name for the database of a test."""
    return "".join(one for one in test if one.isalnum())[:40].lower()


def with_engine(loaded: Loaded, act: Callable[[Any, Desk], Awaitable[None]]) -> list[dict[str, Any]]:
    """Do something with an engine and a worker's desk; return the lines that were written."""
    url, clock, stream = loaded.settings.database_url.reveal(), DatabaseClock(), io.StringIO()
    links, threads = SharedLinks(url), ThreadPoolExecutor(2)
    desk = Desk(
        name="host:1:test",
        make_database=lambda: OfficeDatabase(links),
        open=open_by_number(loaded, links, clock, "host:1:test"),
        clock=clock,
        log=WorkerLog("host:1:test", clock, stream),
        meters=Meters(),
        threads=threads,
    )

    async def run() -> None:
        app = make_engine(url, 2)
        add_jobs(app, desk, periodic=False)
        async with app.open_async():
            await act(app, desk)

    asyncio.run(run())
    threads.shutdown()
    links.close()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def _settings(account: str, port: int) -> str:
    return f"""FOLLOWUP_NAME=Jordan Example
FOLLOWUP_EMAIL={account}
FOLLOWUP_TIME_ZONE=UTC
FOLLOWUP_PER_MINUTE=10000
FOLLOWUP_SMTP_HOST=127.0.0.1
FOLLOWUP_SMTP_PORT={port}
FOLLOWUP_SMTP_SECURITY=plain
FOLLOWUP_SMTP_AUTH=none
"""
