"""The connection to the office's database: transactions that say whose rows they may touch, errors in sentences.

Each transaction tells PostgreSQL the candidate and the actor, for its own length only, so a pooled connection never
carries one candidate's rights to the next. Transactions that change something of a candidate wait for each other
(an advisory lock), as those of one SQLite file do: the rules of the outbox count on it. Candidates do not wait for
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol, TypeAlias

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from followup_mail.errors import OutboxError
from followup_mail.office.asker import Asker
from followup_mail.office.claims import THE_OFFICE, Claims
from followup_mail.office.row_types import read_rows_like_sqlite
from followup_mail.office.witness import CLEAR_UP, DOUBT, DOUBTED, Witness

Link: TypeAlias = psycopg.Connection[DictRow]

CANDIDATE_LOCKS: Final = 0x464D
"""The first key of the advisory locks that keep the writers of one candidate apart."""

_OPTIONS: Final = (
    # A worker that vanished, or a network that swallows packets, must not hold a candidate's lock for long.
    "-c timezone=UTC -c datestyle=ISO -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s "
    "-c statement_timeout=120s -c client_min_messages=warning -c search_path=followup"
)
_KEPT_ALIVE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
_READS_ONE_MOMENT: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# After the lock each statement sees what was committed before it.
_WRITES: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"


class Links(Protocol):
    """Where connections come from: a single connection of its own, or a pool."""

    @property
    def witness(self) -> Witness | None:
        """What remembers the commits that this process saw acknowledged; only a worker has it, to notice a failover."""
        ...

    def take(self) -> Link:
        """Return a connection that is not used by anybody else. Raises ``OutboxError``."""
        ...

    def give_back(self, link: Link) -> None:
        """Take back a connection, even if it is broken."""
        ...


def connect(url: str) -> Link:
    """Connect to the database at ``url``. Raises ``OutboxError`` without the password in it."""
    with explained():
        try:
            link = psycopg.connect(url, autocommit=True, row_factory=dict_row, options=_OPTIONS, **link_settings(url))
        except (psycopg.ProgrammingError, ValueError):  # libpq's own words would repeat the whole text
            raise not_an_address("FOLLOWUP_DATABASE_URL") from None
        read_rows_like_sqlite(link)
        return link


def not_an_address(setting: str) -> OutboxError:
    """Return the error for a setting that names no database, without what it holds."""
    return OutboxError(
        f"{setting} is not the address of a database.",
        fix="Write it like postgresql://user@host/database, with the password in it or in ~/.pgpass.",
    )


def link_settings(url: str) -> dict[str, Any]:
    """Return what is set for every connection, the engine's too, unless the address itself says otherwise.

    With these a network that swallows packets is noticed.
    """
    return {"application_name": "followup-mail"} | {
        name: value for name, value in _KEPT_ALIVE.items() if name not in url
    }


class OwnLink:
    """One connection, made when it is needed, and made again after it broke."""

    def __init__(self, url: str, witness: Witness | None = None) -> None:
        self._url = url
        self._idle: Link | None = None
        self.witness = witness

    def take(self) -> Link:
        link, self._idle = self._idle, None
        if link is None or link.closed:
            return connect(self._url)
        return link

    def give_back(self, link: Link) -> None:
        if not link.closed:
            self._idle = link

    def close(self) -> None:
        if self._idle is not None:
            self._idle.close()


class OfficeDatabase:
    """What runs transactions, one at a time; not for two threads at once."""

    def __init__(self, links: Links, claims: Claims | None = None) -> None:
        """Take connections from ``links``; ``claims`` prove who asks, where the database wants that proved."""
        self._links = links
        self._witness = links.witness
        self._claims = claims
        self._link: Link | None = None

    @property
    def in_transaction(self) -> bool:
        return self._link is not None

    @property
    def link(self) -> Link:
        """The connection of the transaction that is under way."""
        assert self._link is not None, "a statement belongs in a transaction"
        return self._link

    @contextmanager
    def writing(self, asker: Asker) -> Iterator[None]:
        """One transaction that changes what is a candidate's: on disk when the block ends, undone when it raises."""
        begin = f"{_WRITES}; SELECT pg_advisory_xact_lock({CANDIDATE_LOCKS}, {asker.lock_key})"
        if self._witness is None:
            with self._transaction(begin, asker):
                yield
        else:
            with self._transaction(begin, asker, f"{self._witness.sign()}; COMMIT"):
                yield
            self._witness.signed()

    @contextmanager
    def reading(self, asker: Asker) -> Iterator[None]:
        """One transaction that reads, unless one is under way: everything in it sees the same moment."""
        if self.in_transaction:
            with explained():
                yield
            return
        with self._transaction(_READS_ONE_MOMENT, asker):
            yield

    @contextmanager
    def for_all(self, actor: str) -> Iterator[Link]:
        """One transaction for what belongs to the office itself: it sees no row of any candidate."""
        with self._transaction(_WRITES, Asker(THE_OFFICE, "the office", actor)):
            yield self.link

    @contextmanager
    def _transaction(self, begin: str, asker: Asker, commit: str = "COMMIT") -> Iterator[None]:
        assert self._link is None, "one transaction at a time"
        with explained():
            self._link = self._begin(begin, asker)
            try:
                yield
                _commit(self._link, commit)
            except BaseException:
                with suppress(psycopg.Error):
                    if not self._link.closed:
                        self._link.execute("ROLLBACK")
                raise
            finally:
                link, self._link = self._link, None
                self._links.give_back(link)

    def _begin(self, begin: str, asker: Asker) -> Link:
        """Begin on a connection that works: if it broke while idle, that is noticed here, and it is replaced."""
        link = self._links.take()
        try:
            self._begin_on(link, begin, asker)
        except psycopg.OperationalError:
            if not link.closed:
                link.close()  # the transaction may have begun
                self._links.give_back(link)
                raise
            self._links.give_back(link)
            link = self._links.take()
            self._begin_on(link, begin, asker)
        except OutboxError:
            self._links.give_back(link)
            raise
        return link

    def _begin_on(self, link: Link, begin: str, asker: Asker) -> None:
        if self._witness is not None:
            self._witness.ask(link)
        link.execute(f"{begin}; {self._as(asker, link)}".encode())

    def _as(self, asker: Asker, link: Link) -> str:
        """Return the statement that says, for the length of a transaction, who asks; with the proof of it."""
        actor = asker.actor.replace("\0", "")
        proof = self._claims.prove(link.info.backend_pid, asker.candidate, actor) if self._claims else ""
        given = {"candidate": str(int(asker.candidate)), "actor": actor, "proof": proof}
        told = (f"set_config('followup.{name}', {_quoted(value)}, true)" for name, value in given.items())
        return f"SELECT {', '.join(told)}"


def _commit(link: Link, commit: str) -> None:
    """Commit, and raise when that is on the disk of this server but not of the standby that must have it too.

    PostgreSQL gives up waiting for a synchronous standby when the statement is cancelled, and says so in a warning
    only: the commit succeeds. Should the standby take over, it would not know of it.
    """
    warnings: list[str | None] = []

    def hear(said: psycopg.errors.Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            warnings.append(said.message_primary)

    link.add_notice_handler(hear)
    try:
        link.execute(commit.encode())
    finally:
        link.remove_notice_handler(hear)
    if warnings:
        raise psycopg.OperationalError(f"it is not known to be on the disk of the standby too: {warnings[0]}")


def _quoted(text: str) -> str:
    return sql.Literal(text).as_string()


@contextmanager
def explained() -> Iterator[None]:
    """Turn what PostgreSQL and the network say into an ``OutboxError`` with the next step."""
    try:
        yield
    except psycopg.errors.IntegrityError as error:
        raise OutboxError(f"The outbox refused a change that would break its rules: {_first_line(error)}.") from error
    except psycopg.Error as error:
        raise _explain(error) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise OutboxError(f"The database can't hold that: {error}.", fix="Look for unusual characters.") from error


_WAIT: Final = "Nothing was changed. Run it again in a minute."
_MEANINGS: Final[dict[type[psycopg.Error], tuple[str, str]]] = {
    psycopg.errors.InvalidAuthorizationSpecification: (
        "does not believe who asks",
        "FOLLOWUP_OFFICE_KEY must begin with a key that `followup-mail office migrate` was run with.",
    ),
    psycopg.errors.InsufficientPrivilege: (
        "does not permit that",
        "Sign in as the role that `followup-mail office migrate` gave its rights to.",
    ),
    psycopg.errors.UndefinedTable: ("is not set up", "Run `followup-mail office migrate`."),
    psycopg.errors.UndefinedFunction: ("is not set up", "Run `followup-mail office migrate`."),
    psycopg.errors.InvalidSchemaName: ("is not set up", "Run `followup-mail office migrate`."),
    psycopg.errors.LockNotAvailable: ("has somebody else at work for this candidate", _WAIT),
    psycopg.errors.DiskFull: ("has no room left", "Make room on the server, and run this again."),
    psycopg.errors.ReadOnlySqlTransaction: (
        "takes no changes: it is a standby",
        "Name the primary in FOLLOWUP_DATABASE_URL, or both with ?target_session_attrs=read-write.",
    ),
    psycopg.errors.QueryCanceled: ("took too long", _WAIT),
    psycopg.errors.DataError: ("can't hold that", "Look for unusual characters."),
}


def _explain(error: psycopg.Error) -> OutboxError:
    if error.sqlstate == DOUBTED:
        return OutboxError(f"{DOUBT}.", fix=CLEAR_UP)
    for kind, (meaning, fix) in _MEANINGS.items():
        if isinstance(error, kind):
            return OutboxError(f"The office's database {meaning} (PostgreSQL says '{_first_line(error)}').", fix=fix)
    if isinstance(error, psycopg.OperationalError):
        return OutboxError(
            f"The office's database can't be reached: {_first_line(error)}.",
            fix="See that it runs and that the network is up, and run this again.",
        )
    return OutboxError(f"The office's database can't be used: {_first_line(error)}.")


def _first_line(error: psycopg.Error) -> str:
    """Return the first line of what is said; the lines behind it may hold the values of a row."""
    said = error.diag.message_primary or (str(error).strip() or type(error).__name__).splitlines()[0]
    return said.strip().rstrip(".")
