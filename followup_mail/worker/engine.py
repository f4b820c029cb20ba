"""The engine (procrastinate) as workers use it: its tables by a search path of their own, names of jobs and locks."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from followup_mail.errors import OutboxError
from followup_mail.office.database import link_settings
from followup_mail.office.engine_schema import ENGINE_SCHEMA

if TYPE_CHECKING:
    from procrastinate import App

DELIVER: Final = "deliver"
RECOVER: Final = "recover"
LOOK: Final = "look"
PLAN: Final = "plan"
REFRESH: Final = "refresh tokens"
SWEEP: Final = "sweep"
TIDY: Final = "tidy"

URGENT: Final = {SWEEP: 30, TIDY: 25, RECOVER: 20, DELIVER: 10, REFRESH: 5, LOOK: 0, PLAN: -10}
"""Which jobs come first while more wait than are done: mail before looks, looks before plans."""

STALLED_AFTER: Final = 30.0
"""Seconds without a sign of life after which another worker gets a worker's jobs; a sign is due every ten."""

_OPTIONS: Final = (
    f"-c search_path={ENGINE_SCHEMA} -c timezone=UTC -c lock_timeout=30s -c statement_timeout=60s "
    "-c idle_in_transaction_session_timeout=60s"
)


def make_engine(url: str, most_links: int) -> App:
    """Return the engine on the office's database, without jobs; nothing is connected yet."""
    from procrastinate import App, PsycopgConnector

    given = {**link_settings(url), "options": _OPTIONS, "application_name": "followup-mail engine"}
    connector = PsycopgConnector(conninfo=url, kwargs=given, min_size=1, max_size=most_links, timeout=15)
    return App(connector=connector)


def way_of(account: str) -> str:
    """Return what a job calls an account, so that nobody's address is in the engine's tables or in its log."""
    return sha256(account.encode()).hexdigest()[:16]


def lock_of(job: str, candidate: int, way: str = "") -> str:
    """Return the lock that keeps two jobs of the same kind apart, at work and in the queue."""
    return ":".join(filter(None, (job, str(candidate), way)))


def explain_engine(error: Exception) -> OutboxError:
    """Return the error for an engine that cannot be used, without the address of the database."""
    cause = error.__cause__ or error
    said = type(cause).__name__
    return OutboxError(
        f"The engine that runs the jobs can't reach the office's database ({said}).",
        fix="See that it runs and that the network is up; a worker tries again by itself.",
    )
