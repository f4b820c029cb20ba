"""A worker process, from its first look at the database to its end.

The first signal to end (SIGTERM, Ctrl-C) lets each job finish the mail in its hands; the second ends at once, as a
crash would: others free what it had. When the database goes away, the worker waits and starts over.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from followup_mail.errors import ExitCode, FollowupError, OutboxError
from followup_mail.services.sending.end_signals import end_signals, handle_signals
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import STALLED_AFTER, explain_engine, make_engine
from followup_mail.worker.jobs import add_jobs, in_thread, sweep
from followup_mail.worker.seen_workers import EVERY, note_alive, note_ended
from followup_mail.worker.sweep import count_ready, take_up_stalled

if TYPE_CHECKING:
    from procrastinate import App

_WAITS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each new try after the engine broke off; the last wait repeats."""
_ENGINE_LINKS: Final = 4


class Terms(Struct, frozen=True):
    """How a worker is to work."""

    url: str
    """The address of the database, with its password."""
    jobs: int = 4
    """How many jobs at once."""
    once: bool = False
    """Do what is due, and end."""


def work(desk: Desk, terms: Terms) -> ExitCode:
    """Work until told to end, or until nothing is due. Raises ``SettingsError`` for a clock that is far off, and with
    ``once`` ``OutboxError`` when the database goes away."""
    new_loop = asyncio.SelectorEventLoop if sys.platform == "win32" else None  # psycopg needs it there
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(_Process(desk, terms).run())


def make_threads(jobs: int) -> ThreadPoolExecutor:
    """Return the threads that a worker's jobs run in, and two for its own looks."""
    return ThreadPoolExecutor(jobs + 2, thread_name_prefix="job")


class _Process:
    def __init__(self, desk: Desk, terms: Terms) -> None:
        self._desk = desk
        self._terms = terms
        self._ending = asyncio.Event()
        self._far_off: FollowupError | None = None

    async def run(self) -> ExitCode:
        desk = self._desk
        desk.log.write("worker started", jobs=self._terms.jobs, clock_offset_seconds=self._offset())
        with _told_to_end(self._end):
            await (self._work_once() if self._terms.once else self._work_on())
        with suppress(OutboxError):
            await in_thread(desk, note_ended, desk.make_database(), desk.name, desk.clock())
        desk.log.write("worker ended", jobs=desk.tally.jobs)
        if self._far_off:
            raise self._far_off
        return ExitCode.DELIVERY if self._terms.once and desk.tally.bad else ExitCode.OK

    def _end(self) -> None:
        """Let the jobs finish what they have in hand. Called in the loop's own thread."""
        self._desk.log.write("ending after the mails in hand")
        self._desk.stop.set()
        self._ending.set()

    async def _work_on(self) -> None:
        """Work until told to end; start over whenever the engine breaks off."""
        broken = 0
        while not self._ending.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await self._work_for_a_while()
            except OutboxError as error:
                self._desk.log.tell_error(error)
            if self._ending.is_set():
                return
            lasted = asyncio.get_running_loop().time() - began
            broken = 0 if lasted > _WAITS[-1] else broken
            await self._rest(_WAITS[min(broken, len(_WAITS) - 1)])
            broken += 1

    async def _work_for_a_while(self) -> None:
        """Work until told to end, or until the engine breaks off. Raises ``OutboxError``."""
        app = self._make_app(periodic=True)
        async with _open(app):
            side = [
                asyncio.create_task(coroutine)
                for coroutine in (self._engine(app), self._beat(app), self._ending.wait())
            ]
            try:
                await asyncio.wait(side, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in side:
                    task.cancel()  # the engine waits for its jobs then
                ended = await asyncio.gather(*side, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error if isinstance(error, FollowupError) else explain_engine(error)

    async def _engine(self, app: App) -> None:
        await app.run_worker_async(
            name=self._desk.name,
            concurrency=self._terms.jobs,
            wait=not self._terms.once,
            listen_notify=not self._terms.once,
            delete_jobs="successful",
            install_signal_handlers=False,
            stalled_worker_timeout=STALLED_AFTER,
        )

    async def _beat(self, app: App) -> None:
        """Say now and then that we are alive, see how our clock goes, and take up what others left."""
        while True:
            await self._beat_once(app)
            await asyncio.sleep(EVERY.total_seconds())

    async def _beat_once(self, app: App) -> None:
        desk = self._desk
        await in_thread(desk, measure_clock, desk)
        if desk.clock.is_far_off:
            self._give_up()
            return
        await in_thread(desk, note_alive, desk.make_database(), desk.name, desk.clock())
        await take_up_stalled(app, desk)

    def _give_up(self) -> None:
        try:
            self._desk.clock.refuse_far_off()
        except FollowupError as error:
            self._far_off = error
        self._end()

    async def _work_once(self) -> None:
        """Do what is due, until nothing is, or nothing more comes of it."""
        desk, app = self._desk, self._make_app(periodic=False)
        async with _open(app):
            await self._beat_once(app)
            while not self._ending.is_set():
                before = desk.tally.jobs
                await sweep(app, desk)
                await self._until_told(self._engine(app))
                if desk.tally.jobs == before or not await count_ready(app):
                    return

    async def _until_told(self, work: Any) -> None:
        task, told = asyncio.ensure_future(work), asyncio.create_task(self._ending.wait())
        await asyncio.wait([task, told], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            return

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)

    def _make_app(self, *, periodic: bool) -> App:
        app = make_engine(self._terms.url, _ENGINE_LINKS)
        add_jobs(app, self._desk, periodic=periodic)
        return app

    def _offset(self) -> float:
        return round(self._desk.clock.offset.total_seconds(), 3)


def measure_clock(desk: Desk) -> None:
    """See how far this machine's clock is from the database's. Raises ``OutboxError``."""
    was_off = desk.clock.is_off
    with desk.make_database().for_all(desk.name) as link:
        desk.clock.measure(link)
    desk.meters.clock_offset.set(desk.clock.offset.total_seconds())
    if desk.clock.is_off and not was_off:
        desk.log.write("clock is off", "warning", said=f"{desk.clock.say()}; what is due is judged by the database's.")


class _open:  # noqa: N801  # used as a function
    """The engine's connections, for a while; what goes wrong with them is an ``OutboxError``."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __aenter__(self) -> None:
        try:
            await self._app.open_async()
        except Exception as error:
            with suppress(Exception):
                await self._app.close_async()
            raise explain_engine(error) from None

    async def __aexit__(self, kind: object, error: BaseException | None, _: object) -> None:
        with suppress(Exception):
            await self._app.close_async()
        if isinstance(error, Exception) and not isinstance(error, FollowupError):
            raise explain_engine(error) from None


@contextmanager
def _told_to_end(end: Any) -> Iterator[None]:
    """Call ``end`` in the loop at the first signal; the second does what it does to any process."""
    loop, before = asyncio.get_running_loop(), end_signals()

    def hear(*_: object) -> None:
        handle_signals(dict.fromkeys(before, signal.SIG_DFL))
        loop.call_soon_threadsafe(end)

    handle_signals(dict.fromkeys(before, hear))
    try:
        yield
    finally:
        handle_signals(before)
