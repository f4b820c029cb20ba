"""The engine's tables: made once, brought up to date, and refused where they are of another version."""

from __future__ import annotations

import psycopg
import pytest
from office_server import APP, OWNER, OfficeServer

from followup_mail.errors import OutboxError
from followup_mail.office.database import connect
from followup_mail.office.engine_schema import ENGINE_SCHEMA, EngineTables, check_engine, migrate_engine, read_tables

TABLES = read_tables()
_CATALOGUE = f"""
SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = '{ENGINE_SCHEMA}'
UNION ALL SELECT 'function ' || proname || pg_get_function_identity_arguments(oid) || md5(prosrc)
    FROM pg_proc WHERE pronamespace = '{ENGINE_SCHEMA}'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = '{ENGINE_SCHEMA}'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE '{ENGINE_SCHEMA}.%'
UNION ALL SELECT 'rights ' || relname || relacl::text FROM pg_class WHERE relnamespace = '{ENGINE_SCHEMA}'::regnamespace
"""


def _catalogue(server: OfficeServer, name: str) -> set[str]:
    with psycopg.connect(server.url(name, "postgres")) as link:
        return {row[0] for row in link.execute(_CATALOGUE.encode())}


@pytest.fixture(scope="module")
def fresh(office_server: OfficeServer) -> str:
    """A database with the tables as the newest version makes them."""
    office_server.make_database("engine_fresh")
    migrate_engine(office_server.url("engine_fresh", OWNER))
    return "engine_fresh"


def test_the_same_again_changes_nothing(office_server: OfficeServer, fresh: str) -> None:
    """Who brings a database up to date that is so already changes no table, no function and no right."""
    before = _catalogue(office_server, fresh)
    assert migrate_engine(office_server.url(fresh, OWNER)) == ()
    assert _catalogue(office_server, fresh) == before


def test_old_tables_become_as_new_ones(office_server: OfficeServer, fresh: str) -> None:
    """Tables of the very first version, brought up to date one migration after the other, are as those made now."""
    office_server.make_database("engine_old")
    url = office_server.url("engine_old", OWNER)
    migrate_engine(url, EngineTables(TABLES.migrations[0][1], TABLES.migrations[:1]))
    assert migrate_engine(url) == tuple(name for name, _ in TABLES.migrations[1:])
    assert _catalogue(office_server, "engine_old") == _catalogue(office_server, fresh)


def test_another_version_is_refused(office_server: OfficeServer, fresh: str) -> None:
    """A program whose engine is older or newer than the tables says so and what to do, and changes nothing."""
    link = connect(office_server.url(fresh, APP))
    older = EngineTables(TABLES.schema, TABLES.migrations[:-1])
    newer = EngineTables(TABLES.schema, (*TABLES.migrations, ("99.00.00_01_more", "SELECT 1")))
    check_engine(link)
    with pytest.raises(OutboxError, match="newer than the procrastinate") as refused:
        check_engine(link, older)
    assert "pip install --upgrade" in refused.value.fix
    with pytest.raises(OutboxError, match="older than the procrastinate") as refused:
        check_engine(link, newer)
    assert "office migrate" in refused.value.fix
    with pytest.raises(OutboxError, match="newer than the procrastinate"):
        migrate_engine(office_server.url(fresh, OWNER), older)
    link.close()


def test_the_program_does_not_own_the_tables(office_server: OfficeServer, fresh: str) -> None:
    """The role of the program works with jobs, and can neither change the tables nor the record of their version."""
    with psycopg.connect(office_server.url(fresh, APP), autocommit=True) as link:
        link.execute(f"SELECT count(*) FROM {ENGINE_SCHEMA}.procrastinate_jobs")
        for forbidden in (
            f"DROP TABLE {ENGINE_SCHEMA}.procrastinate_jobs",
            f"CREATE TABLE {ENGINE_SCHEMA}.mine (x int)",
            "DELETE FROM followup.engine_migrations",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(forbidden)
