"""How the office stands: what waits, what is late, who is at work. Numbers and moments of all candidates, no words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from followup_mail.office.database import Link, OfficeDatabase
from followup_mail.office.engine_schema import ENGINE_SCHEMA
from followup_mail.office.restored import find_place
from followup_mail.outbox.moments import to_moment
from followup_mail.worker.engine import STALLED_AFTER
from followup_mail.worker.seen_workers import GONE_AFTER

_MOST: Final = 100
"""Accounts that rest, and workers, in one answer."""
_JOBS: Final = f"""
SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,
    count(*) FILTER (WHERE status = 'doing') AS under_way,
    count(*) FILTER (WHERE status = 'failed') AS failed,
    count(*) FILTER (WHERE status = 'doing' AND (
        worker_id IS NULL OR last_heartbeat < now() - make_interval(secs => {STALLED_AFTER})
    )) AS stalled
FROM {ENGINE_SCHEMA}.procrastinate_jobs AS jobs
LEFT JOIN {ENGINE_SCHEMA}.procrastinate_workers AS workers ON workers.id = worker_id
"""  # noqa: S608


_STANDBYS: Final = """
SELECT (SELECT count(*) FROM pg_stat_replication) AS standbys, current_setting('synchronous_standby_names') <> ''
    AND current_setting('synchronous_commit') NOT IN ('off', 'local') AS waits_for_standby
"""


class SeenWorker(Struct, frozen=True):
    """A worker process."""

    name: str
    seen_at: datetime
    has_ended: bool


class Resting(Struct, frozen=True):
    """An account that sends nothing for a while."""

    candidate: int
    domain: str
    since_at: datetime
    until_at: datetime | None
    """None: until its owner has settled it."""
    answer: str
    """The number of the server's answer; empty where it was none."""
    waiting: int
    """Mails that are ready and wait for it."""


class Standing(Struct, frozen=True, kw_only=True):
    """The state of the office at one moment, by the database's clock."""

    at: datetime
    candidates: int = 0
    waiting: int = 0
    """Queued, including those that are ready."""
    held: int = 0
    ready: int = 0
    """Could leave now: neither held nor of an account that rests."""
    late: int = 0
    """Ready for more than five minutes."""
    oldest_ready_at: datetime | None = None
    sending: int = 0
    unclear: int = 0
    failed_today: int = 0
    no_account: int = 0
    """Queued while no mail server was set: no worker sends them."""
    steps_due: int = 0
    steps_soon: int = 0
    to_decide: int = 0
    resting: tuple[Resting, ...] = ()
    workers: tuple[SeenWorker, ...] = ()
    jobs_waiting: int = 0
    jobs_under_way: int = 0
    jobs_failed: int = 0
    jobs_stalled: int = 0
    doubt: str = ""
    """Why nothing leaves: the database may not know everything that was sent. Empty: nothing is in doubt."""
    standbys: int = 0
    """Servers that follow the database, or take its log; as many as are connected."""
    waits_for_standby: bool = False
    """Whether a commit is on the disk of a standby too before anything follows from it."""

    @property
    def may_forget(self) -> bool:
        """True where a standby that takes over may lack the last mails that left."""
        return bool(self.standbys) and not self.waits_for_standby

    @property
    def lateness(self) -> timedelta:
        """How long the oldest ready mail has been ready."""
        return max(self.at - self.oldest_ready_at, timedelta()) if self.oldest_ready_at else timedelta()

    @property
    def at_work(self) -> tuple[SeenWorker, ...]:
        """The workers that gave a sign just now."""
        return tuple(
            worker for worker in self.workers if not worker.has_ended and self.at - worker.seen_at < GONE_AFTER
        )

    @property
    def last_seen(self) -> SeenWorker | None:
        """The worker that was seen last; None if no worker ever was."""
        return max(self.workers, key=lambda worker: worker.seen_at, default=None)

    def gauges(self) -> Iterator[tuple[str, str, float]]:
        """Yield name, meaning and value of what is measured."""
        yield "candidates", "Candidates of the office.", self.candidates
        yield "mails_waiting", "Mails that are queued.", self.waiting
        yield "mails_ready", "Mails that could leave now.", self.ready
        yield "mails_late", "Mails that have been ready for more than five minutes.", self.late
        yield "oldest_ready_seconds", "How long the oldest ready mail has been ready.", self.lateness.total_seconds()
        yield "mails_sending", "Mails in the hands of a worker.", self.sending
        yield "mails_unclear", "Mails that may or may not have been sent.", self.unclear
        yield "mails_failed_today", "Mails that failed since midnight, UTC.", self.failed_today
        yield "accounts_resting", "Accounts that send nothing for a while.", len(self.resting)
        yield "workers", "Workers that gave a sign just now.", len(self.at_work)
        yield "jobs_waiting", "Jobs of the engine that wait.", self.jobs_waiting
        yield "jobs_under_way", "Jobs of the engine under way.", self.jobs_under_way
        yield "database_doubted", "1 when nothing leaves: the database may lack mails that left.", bool(self.doubt)
        yield "standbys", "Servers that follow the database.", self.standbys
        yield "jobs_stalled", "Jobs of workers that give no sign of life.", self.jobs_stalled


def read_standing(database: OfficeDatabase, actor: str) -> Standing:
    """Read how the office stands. Raises ``OutboxError``."""
    with database.for_all(actor) as link:
        at = _moment(_one(link, "SELECT clock_timestamp() AS at")["at"])
        today = at.replace(hour=0, minute=0, second=0, microsecond=0)
        numbers = _one(link, "SELECT * FROM office_numbers(%s, %s)", at, today)
        jobs = _one(link, _JOBS)
        return Standing(
            at=at,
            **_with_moment(numbers),
            resting=tuple(_read_resting(link, at)),
            workers=tuple(_read_workers(link)),
            **{f"jobs_{name}": value for name, value in jobs.items()},
            doubt=find_place(link).what_happened,
            **_one(link, _STANDBYS),
        )


def _read_resting(link: Link, at: datetime) -> Iterator[Resting]:
    for row in link.execute("SELECT * FROM resting_accounts(%s, %s)", (at, _MOST)):
        yield Resting(
            row["candidate"],
            row["domain"],
            _moment(row["since_at"]),
            _moment(row["until_at"]) if row["until_at"] else None,
            row["answer"],
            row["waiting"],
        )


def _read_workers(link: Link) -> Iterator[SeenWorker]:
    query = "SELECT name, seen_at, ended_at FROM office_workers ORDER BY seen_at DESC LIMIT %s"
    for row in link.execute(query, (_MOST,)):
        yield SeenWorker(row["name"], _moment(row["seen_at"]), row["ended_at"] is not None)


def _one(link: Link, query: str, *given: object) -> dict[str, Any]:
    row = link.execute(query.encode(), given or None).fetchone()
    assert row is not None
    return row


def _with_moment(numbers: dict[str, Any]) -> dict[str, Any]:
    oldest = numbers["oldest_ready_at"]
    return {**numbers, "oldest_ready_at": oldest and _moment(oldest)}


def _moment(text: object) -> datetime:
    """Read a moment as this connection gives it (``office.row_types``)."""
    return to_moment(str(text)).astimezone(UTC)
