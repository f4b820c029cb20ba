"""The jobs as the engine knows them: each is carried out in a thread, and counted.

A job never fails because something is wrong with a candidate: that is logged, and the job comes again. If a job fails,
it is a mistake of ours.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from followup_mail.errors import FollowupError
from followup_mail.worker.deliver_job import deliver, recover
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import DELIVER, RECOVER, SWEEP, TIDY, URGENT
from followup_mail.worker.rounds import ROUNDS, make_round
from followup_mail.worker.sweep import Wanted, defer, defer_one, find_due

if TYPE_CHECKING:
    from procrastinate import App

_T = TypeVar("_T")

EVERY_15_SECONDS: Final = "* * * * * */15"
EVERY_HOUR: Final = "7 * * * *"
_KEPT_HOURS: Final = 72
"""How long a failed job can be looked at; a job that succeeded is deleted at once."""


def add_jobs(app: App, desk: Desk, *, periodic: bool) -> None:
    """Teach the engine our jobs; ``periodic`` lets it begin those that come by the clock."""
    _add_mail_jobs(app, desk)
    for name in ROUNDS:
        _add_round(app, desk, name)
    _add_own_jobs(app, desk, periodic)


async def in_thread(desk: Desk, act: Callable[..., _T], *given: object) -> _T:
    """Do something that waits for the database or a mail server without holding up the others."""
    return await asyncio.get_running_loop().run_in_executor(desk.threads, act, *given)


async def sweep(app: App, desk: Desk) -> int:
    """Put whatever is due into the queue; return how many jobs were new. Raises ``OutboxError``."""
    return await defer(app, await in_thread(desk, find_due, desk))


def _add_mail_jobs(app: App, desk: Desk) -> None:
    @app.task(name=DELIVER, priority=URGENT[DELIVER])
    async def deliver_mail(candidate: int, way: str) -> None:
        after = await _counted(desk, DELIVER, deliver, desk, candidate, way)
        if after is not None:
            await defer_one(app, Wanted(DELIVER, candidate, way), after)

    @app.task(name=RECOVER, priority=URGENT[RECOVER])
    async def free_entries(candidate: int) -> None:
        await _counted(desk, RECOVER, recover, desk, candidate)


def _add_round(app: App, desk: Desk, name: str) -> None:
    @app.task(name=name, priority=URGENT[name])
    async def go_round(candidate: int) -> None:
        await _counted(desk, name, make_round, desk, name, candidate)


def _add_own_jobs(app: App, desk: Desk, periodic: bool) -> None:
    async def look_round(timestamp: int) -> None:  # the engine gives it
        began = time.monotonic()
        try:
            await sweep(app, desk)
        except FollowupError as error:
            desk.log.tell_error(error, job=SWEEP)  # the next sweep comes soon
        desk.meters.count_job(SWEEP, "done", time.monotonic() - began)

    async def tidy_up(timestamp: int) -> None:
        await app.job_manager.delete_old_jobs(
            nb_hours=_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    # Without a lock: a job that died halfway must not keep other workers from theirs, and two at once do no harm.
    for name, cron, act in ((SWEEP, EVERY_15_SECONDS, look_round), (TIDY, EVERY_HOUR, tidy_up)):
        task: Any = app.task(name=name, queueing_lock=name, priority=URGENT[name])(act)
        if periodic:
            app.periodic(cron=cron)(task)


async def _counted(desk: Desk, name: str, act: Callable[..., _T], *given: object) -> _T:
    began, result = time.monotonic(), "failed"
    try:
        found = await in_thread(desk, act, *given)
        result = "broke off" if found is False else "done"
        return found
    finally:
        desk.tally.note_job()
        desk.meters.count_job(name, result, time.monotonic() - began)
