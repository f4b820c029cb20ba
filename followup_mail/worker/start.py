"""Put a worker together from the settings, and let it work; look at how the office stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from followup_mail.errors import ExitCode, NotFoundError, OutboxError, SettingsError
from followup_mail.office.asker import Asker
from followup_mail.office.claims import Claims
from followup_mail.office.database import Links, OfficeDatabase, explained
from followup_mail.office.engine_schema import check_engine
from followup_mail.office.migrate import check_ready
from followup_mail.office.restored import find_place
from followup_mail.office.sealing import Seal
from followup_mail.office.witness import CLEAR_UP, DOUBT, Witness
from followup_mail.outbox.lease import name_worker
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import variable
from followup_mail.worker.clock import DatabaseClock
from followup_mail.worker.desk import Desk, Opener
from followup_mail.worker.log_lines import WorkerLog, follow_engine
from followup_mail.worker.metrics import Meters, serve_metrics
from followup_mail.worker.process import Terms, make_threads, measure_clock, work
from followup_mail.worker.shared_links import SharedLinks
from followup_mail.worker.sign_in_lock import alone_with_tokens
from followup_mail.worker.standing import Standing, read_standing
from followup_mail.workspace import Workspace, open_for_candidate

_DATABASE_URL: Final = variable("database_url")


def run_worker(loaded: Loaded, jobs: int, metrics: str, *, once: bool) -> ExitCode:
    """Work for all candidates of the office until told to end, or with ``once`` until nothing is due.

    ``metrics`` is where numbers are served, empty for nowhere. Raises ``SettingsError`` and ``OutboxError`` where it
    cannot begin, and when the clock of this machine turns out to be far off.
    """
    terms = Terms(_address(loaded), jobs, once)
    clock, meters, name = DatabaseClock(), Meters(), name_worker().name
    with _links(terms.url, Witness(name)) as links:
        make_database = _database_maker(loaded, links)
        desk = Desk(
            name=name,
            make_database=make_database,
            open=open_by_number(loaded, links, clock, name),
            clock=clock,
            log=WorkerLog(name, clock),
            meters=meters,
            threads=make_threads(jobs),
        )
        check_database(loaded, links)
        refuse_doubted(links)
        measure_clock(desk)
        clock.refuse_far_off()
        follow_engine(desk.log)
        meters.show_office(lambda: read_standing(make_database(), name))
        end_serving = serve_metrics(meters, metrics) if metrics else lambda: None
        try:
            return work(desk, terms)
        finally:
            end_serving()
            desk.threads.shutdown()


def look_at_office(loaded: Loaded, actor: str) -> Standing:
    """Look at how the office stands. Raises ``SettingsError`` and ``OutboxError``."""
    with _links(_address(loaded)) as links:
        check_database(loaded, links)
        return read_standing(_database_maker(loaded, links)(), actor)


def check_database(loaded: Loaded, links: Links) -> None:
    """Raise ``SettingsError`` without a key, and ``OutboxError`` for a database of another version than the program."""
    Seal(loaded.settings.office_key.reveal())
    link = links.take()
    try:
        check_ready(link)
        with explained():
            check_engine(link)
    finally:
        links.give_back(link)


def refuse_doubted(links: Links) -> None:
    """Raise ``OutboxError`` for a database that may not know everything that was sent: it lets nothing leave."""
    link = links.take()
    try:
        if happened := find_place(link).what_happened:
            raise OutboxError(f"{DOUBT}: {happened}.", fix=CLEAR_UP)
    finally:
        links.give_back(link)


def open_by_number(loaded: Loaded, links: Links, clock: DatabaseClock, actor: str) -> Opener:
    """Return what opens a candidate's workspace by their number, with the clock that all workers go by.

    It raises ``BusyError`` while another job uses the tokens of the same candidate.
    """

    make_database = _database_maker(loaded, links)

    @contextmanager
    def opened(candidate: int) -> Iterator[Workspace]:
        with make_database().for_all(actor) as link:
            row = link.execute("SELECT name_of_candidate(%s) AS name", (candidate,)).fetchone()
        if row is None or row["name"] is None:
            raise NotFoundError(f"There is no candidate with number {candidate} any more.")
        asker = Asker(candidate, row["name"], actor)
        alone = alone_with_tokens(make_database(), links, asker)
        with alone, open_for_candidate(loaded, asker, links=links) as workspace:
            yield replace(workspace, clock=clock)

    return opened


def _database_maker(loaded: Loaded, links: Links) -> Callable[[], OfficeDatabase]:
    """Return what makes a database for one thread, which proves who asks. Raises ``SettingsError`` without a key."""
    claims = Claims(loaded.settings.office_key.reveal())
    return lambda: OfficeDatabase(links, claims=claims)


@contextmanager
def _links(url: str, witness: Witness | None = None) -> Iterator[SharedLinks]:
    links = SharedLinks(url, witness)
    try:
        yield links
    finally:
        links.close()


def _address(loaded: Loaded) -> str:
    if not loaded.settings.database_url:
        raise SettingsError(
            f"{_DATABASE_URL} is not set: workers are for an office whose candidates are in a database.",
            fix="For one person, `followup-mail run --watch` and `followup-mail service install` do the same. "
            "For an office see docs/office.md.",
        )
    return loaded.settings.database_url.reveal()
