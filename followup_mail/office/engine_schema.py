"""The tables of the engine that runs the jobs (procrastinate): in a schema of their own, owned by the office's owner.

procrastinate ships its whole schema, for a new database, and numbered migrations. Which of them a database has had is
recorded in ``followup.engine_migrations``, so they are made up to where the version that is installed here ends.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from msgspec import Struct
from psycopg import sql

from followup_mail.errors import OutboxError
from followup_mail.office.database import Link, connect, explained
from followup_mail.office.migrate import APP_ROLE

ENGINE_SCHEMA: Final = "followup_engine"
_MIGRATING: Final = 0x464D4E
"""The advisory lock that keeps two who do this apart."""


class EngineTables(Struct, frozen=True):
    """What a version of procrastinate ships."""

    schema: str
    """SQL that makes all tables as they are after the last migration."""
    migrations: tuple[tuple[str, str], ...]
    """Names, which begin with the version that they came with, and SQL; in order."""


def read_tables() -> EngineTables:
    """Return what the procrastinate that is installed here ships."""
    from procrastinate.schema import SchemaManager

    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"), key=lambda file: file.name)
    return EngineTables(SchemaManager.get_schema(), tuple((file.stem, file.read_text("utf-8")) for file in files))


def migrate_engine(url: str, tables: EngineTables | None = None) -> tuple[str, ...]:
    """Bring the engine's tables up to date as the owner; return what was applied. The same again changes nothing.

    Comes after ``migrate.migrate``. Raises ``OutboxError``, also where a newer procrastinate has changed them.
    """
    tables = tables or read_tables()
    with closing(connect(url)) as link, explained():
        return _migrate(link, tables)


def _migrate(link: Link, tables: EngineTables) -> tuple[str, ...]:
    link.execute("SELECT pg_advisory_lock(%s)", (_MIGRATING,))
    link.execute(f"SET search_path = {ENGINE_SCHEMA}")
    with link.transaction():
        link.execute(f"CREATE SCHEMA IF NOT EXISTS {ENGINE_SCHEMA}")
        made = _had(link)
        if not made:
            link.execute(tables.schema.encode())
            _note(link, [name for name, _ in tables.migrations])
    applied = [] if made else ["the engine's tables"]
    _refuse_newer(_had(link), tables)
    for name, statements in tables.migrations:
        if name in made or not made:
            continue
        with link.transaction():
            link.execute(statements.encode())
            _note(link, [name])
        applied.append(name)
    with link.transaction():
        _grant(link)
    return tuple(applied)


def _note(link: Link, names: list[str]) -> None:
    link.execute("INSERT INTO followup.engine_migrations (name) SELECT unnest(%s::text[])", (names,))


def _had(link: Link) -> frozenset[str]:
    rows = link.execute("SELECT name FROM followup.engine_migrations").fetchall()
    return frozenset(row["name"] for row in rows)


def _grant(link: Link) -> None:
    role = sql.Identifier(APP_ROLE)
    for statement in (
        f"GRANT USAGE ON SCHEMA {ENGINE_SCHEMA} TO {{}}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {ENGINE_SCHEMA} TO {{}}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {ENGINE_SCHEMA} TO {{}}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {ENGINE_SCHEMA} TO {{}}",
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {ENGINE_SCHEMA} FROM PUBLIC",
    ):
        link.execute(sql.SQL(statement).format(role))


def check_engine(link: Link, tables: EngineTables | None = None) -> None:
    """Raise ``OutboxError`` when the engine's tables are older or newer than the procrastinate installed here."""
    tables = tables or read_tables()
    with explained():
        had = _had(link)
    _refuse_newer(had, tables)
    if missing := [name for name, _ in tables.migrations if name not in had]:
        raise OutboxError(
            f"The engine's tables are older than the procrastinate that is installed here: {missing[0]} is missing.",
            fix="Stop all workers, and run `followup-mail office migrate`.",
        )


def _refuse_newer(had: frozenset[str], tables: EngineTables) -> None:
    if unknown := sorted(had - {name for name, _ in tables.migrations}):
        raise OutboxError(
            f"The engine's tables are newer than the procrastinate that is installed here: it does not know "
            f"{unknown[-1]}.",
            fix="Update it on this machine: pip install --upgrade 'followup-mail[office]'",
        )
