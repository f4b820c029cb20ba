"""An office set up: its database brought up to date, its candidates listed and added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from followup_mail.errors import SettingsError
from followup_mail.office.asker import Asker
from followup_mail.office.candidate_home import OfficeAccess, office_link
from followup_mail.office.candidates import add_candidate, list_candidates
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.engine_schema import migrate_engine
from followup_mail.office.migrate import migrate, read_migrations
from followup_mail.office.roles import grant_app, name_role
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.office_settings import DATABASE_URL, make_access
from followup_mail.settings.table import variable


class Migrated(Struct, frozen=True):
    """What ``office migrate`` did."""

    applied: tuple[str, ...]
    """The names of the migrations that were made; empty where the database was up to date."""
    version: int
    role: str
    """Who has the rights of the program now; empty where ``FOLLOWUP_DATABASE_URL`` names nobody."""


def migrate_office(loaded: Loaded) -> Migrated:
    """Bring the database up to date as its owner, and give the program's role its rights. Raises ``OutboxError``.

    From now on the database believes only who has one of the keys of ``FOLLOWUP_OFFICE_KEY``, if that is set.
    """
    app = loaded.settings.database_url.reveal()
    owner = loaded.settings.database_owner_url.reveal() or app
    if not owner:
        raise SettingsError(
            f"{variable('database_owner_url')} is not set, so there is no database to set up.",
            fix="Write it like postgresql://owner@host/database, for the role that the tables belong to.",
        )
    name_role(owner, variable("database_owner_url"))
    applied = (*migrate(owner, keys=loaded.settings.office_key.reveal()), *migrate_engine(owner))
    role = grant_app(owner, app) if app and owner != app else ""
    return Migrated(applied, read_migrations()[-1].number, role)


def access_to(loaded: Loaded) -> OfficeAccess:
    """Return how to get into the office's database. Raises ``SettingsError`` where none is set."""
    if not loaded.settings.database_url:
        raise SettingsError(
            f"{DATABASE_URL} is not set, so there is no office.",
            fix="Set it in the environment, or in the .env of the default home folder: postgresql://user@host/database",
        )
    return make_access(loaded)


@contextmanager
def office_database(loaded: Loaded) -> Iterator[tuple[OfficeDatabase, str]]:
    """Yield the database, found fit for use, and who is at work. Raises ``OutboxError``, ``SettingsError``."""
    access = access_to(loaded)
    with office_link(access) as database:
        yield database, access.actor


def add_to_office(loaded: Loaded, name: str) -> Asker:
    """Add a candidate. Raises ``RefusedError`` when there is one of this name, or it cannot be one."""
    with office_database(loaded) as (database, actor):
        return add_candidate(database, name, actor)


def list_office(loaded: Loaded) -> Iterator[Asker]:
    """Yield the candidates in the order in which they came."""
    with office_database(loaded) as (database, actor):
        yield from list_candidates(database, actor)
