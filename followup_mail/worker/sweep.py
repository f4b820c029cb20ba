"""What is due becomes jobs: one for each account, however often this runs and whoever runs it.

It asks for accounts with a mail that is ready, so it costs as much as there is due, not as much as there is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from followup_mail.outbox.entry import FOLDER
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import DELIVER, RECOVER, STALLED_AFTER, lock_of, way_of

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job

_MOST_ACCOUNTS: Final = 50_000
_MOST_ROUNDS: Final = 500
"""The most rounds in one sweep: after a night without workers, the next sweeps take the rest."""
_AT_ONCE: Final = 500
_ROUND_AGAIN: Final = timedelta(minutes=15)
"""When a round that was lost comes again."""
_TAKEN: Final = (
    "SELECT queueing_lock AS lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(%(locks)s) "
    "UNION ALL SELECT lock FROM procrastinate_jobs WHERE status = 'doing' AND lock = ANY(%(locks)s)"
)


class Wanted(Struct, frozen=True):
    """A job that should be done."""

    task: str
    candidate: int
    way: str = ""
    """Of an account (``engine.way_of``), for a delivery."""

    @property
    def lock(self) -> str:
        return lock_of(self.task, self.candidate, self.way)

    @property
    def given(self) -> dict[str, Any]:
        return {"candidate": self.candidate, **({"way": self.way} if self.way else {})}


def find_due(desk: Desk) -> list[Wanted]:
    """Return what should be done now; rounds are taken with it, so nobody else gets them."""
    now = desk.clock()
    with desk.make_database().for_all(desk.name) as link:
        accounts = link.execute("SELECT candidate, account FROM due_accounts(%s, %s)", (now, _MOST_ACCOUNTS)).fetchall()
        left = link.execute("SELECT candidate FROM abandoned_candidates(%s, %s)", (now, _MOST_ACCOUNTS)).fetchall()
        rounds = link.execute(
            "SELECT candidate, job FROM take_rounds(%s, %s, %s)", (now, now + _ROUND_AGAIN, _MOST_ROUNDS)
        ).fetchall()
    deliveries = [
        Wanted(DELIVER, row["candidate"], way_of(row["account"])) for row in accounts if row["account"] != FOLDER
    ]
    return [
        *(Wanted(RECOVER, row["candidate"]) for row in left),
        *deliveries,
        *(Wanted(row["job"], row["candidate"]) for row in rounds),
    ]


async def defer(app: App, wanted: Sequence[Wanted]) -> int:
    """Put jobs into the queue, unless they are queued or under way already; return how many were new."""
    taken = await _find_taken(app, [job.lock for job in wanted])
    fresh = [job for job in wanted if job.lock not in taken]
    return sum([await _defer_some(app, fresh[n : n + _AT_ONCE]) for n in range(0, len(fresh), _AT_ONCE)])


async def defer_one(app: App, wanted: Wanted, after: timedelta = timedelta()) -> bool:
    """Put a job into the queue, to begin after a while; tell whether it was new. A job under way does not count."""
    from procrastinate.exceptions import AlreadyEnqueued

    task = app.tasks[wanted.task]
    try:
        await task.configure(
            lock=wanted.lock,
            queueing_lock=wanted.lock,
            task_kwargs=wanted.given,
            schedule_in={"seconds": int(after.total_seconds())} if after else None,
        ).defer_async()
    except AlreadyEnqueued:
        return False
    return True


async def _find_taken(app: App, locks: list[str]) -> set[str]:
    rows = await app.connector.execute_query_all_async(_TAKEN, locks=locks) if locks else []
    return {row["lock"] for row in rows}


async def _defer_some(app: App, wanted: Sequence[Wanted]) -> int:
    from procrastinate.exceptions import AlreadyEnqueued

    try:
        await app.job_manager.batch_defer_jobs_async(jobs=list(_make_jobs(app, wanted)))
    except AlreadyEnqueued:  # somebody else has queued one of them since: one at a time then
        return sum([await defer_one(app, job) for job in wanted])
    return len(wanted)


def _make_jobs(app: App, wanted: Iterable[Wanted]) -> Iterable[Job]:
    for job in wanted:
        task = app.tasks[job.task]
        yield task.configure(lock=job.lock, queueing_lock=job.lock, task_kwargs=job.given).job


async def take_up_stalled(app: App, desk: Desk) -> int:
    """Put the jobs of workers that give no sign of life back into the queue; return how many."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        assert job.id is not None
        try:
            await app.job_manager.retry_job_by_id_async(job.id, retry_at=desk.clock())
        except ConnectorException:
            # Another job of its kind waits already, or somebody was quicker.
            await _drop(app, job.id, Status.ABORTED)
    if stalled:
        desk.log.write("stalled jobs taken up", "warning", jobs=len(stalled))
    return len(stalled)


async def _drop(app: App, job_id: int, status: Any) -> None:
    from procrastinate.exceptions import ConnectorException

    try:
        await app.job_manager.finish_job_by_id_async(job_id=job_id, status=status, delete_job=True)
    except ConnectorException:
        return


async def count_ready(app: App) -> int:
    """Return how many jobs could be begun now."""
    row = await app.connector.execute_query_one_async(
        "SELECT count(*) AS count FROM procrastinate_jobs "
        "WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
    )
    return int(row["count"])
