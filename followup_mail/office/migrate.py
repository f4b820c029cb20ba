"""How the office's database is made and brought up to date: numbered ``.sql`` files, each whole or not at all.

The tables belong to the role that runs this; the program works in another role, which row-level security binds.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from msgspec import Struct
from psycopg import sql

from followup_mail.errors import OutboxError
from followup_mail.office.claims import padded_keys
from followup_mail.office.database import Link, connect, explained

APP_ROLE: Final = "followup_app"
"""The role that has the rights the program needs, and no more. The role that signs in is a member of it."""
_MIGRATING: Final = 0x464D4D
"""The advisory lock that keeps two migrations apart."""
_RECORD: Final = (
    "CREATE TABLE IF NOT EXISTS followup.migrations "
    "(number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
)
_READ_ONLY_TABLES: Final = ("migrations", "deleted_candidates", "engine_migrations", "whereabouts")
_APPENDED_TABLES: Final = ("moves", "file_versions")
_HIDDEN_TABLES: Final = ("claim_keys", "sent_before_deletion", "handed_before_deletion")


class OfficeMigration(Struct, frozen=True):
    """One step of the schema."""

    number: int
    name: str
    sql: str


def read_migrations() -> tuple[OfficeMigration, ...]:
    """Return the migrations that ship with the program, in order."""
    files = sorted(Path(__file__).with_name("migrations").glob("*.sql"), key=lambda file: file.name)
    return tuple(OfficeMigration(int(file.name[:4]), file.stem, file.read_text("utf-8")) for file in files)


def migrate(url: str, known: tuple[OfficeMigration, ...] | None = None, keys: str = "") -> tuple[str, ...]:
    """Bring the database up to date as its owner; return the names of what was applied.

    With ``keys`` (those of ``Seal``) the database from now on believes only an asker whose proof was made with one of
    these keys. Without ``keys``, whom it believes stays as it was. Raises ``OutboxError``, also where none of the
    keys was registered before (a wrong key would lock everybody out), and ``SettingsError`` for a text that is not a
    key.
    """
    known = read_migrations() if known is None else known
    pads = padded_keys(keys) if keys else ()
    with closing(connect(url)) as link, explained():
        applied = _migrate(link, known)
        _register(link, pads)
        return applied


def _migrate(link: Link, known: tuple[OfficeMigration, ...]) -> tuple[str, ...]:
    applied: list[str] = []
    link.execute("SELECT pg_advisory_lock(%s)", (_MIGRATING,))
    with link.transaction():
        link.execute("CREATE SCHEMA IF NOT EXISTS followup")
        link.execute(_RECORD)
    refuse_newer(link, known)
    for migration in known:
        with link.transaction():
            if _version(link) >= migration.number:
                continue
            link.execute(migration.sql.encode())
            link.execute(
                "INSERT INTO followup.migrations (number, name) VALUES (%s, %s)", (migration.number, migration.name)
            )
            applied.append(migration.name)
    with link.transaction():
        _grant(link)
    return tuple(applied)


def _register(link: Link, pads: tuple[tuple[bytes, bytes], ...]) -> None:
    """Let the database check proofs with these keys, and with no key of before."""
    if not pads:
        return
    with link.transaction():
        known = {bytes(row["inner_pad"]) for row in link.execute("DELETE FROM followup.claim_keys RETURNING inner_pad")}
        if known and known.isdisjoint(inner for inner, _ in pads):
            raise OutboxError(
                "FOLLOWUP_OFFICE_KEY holds none of the keys that the office's database knows, so nothing was changed.",
                fix="Take the key of the other machines. To change it, put the new key before the old one and a comma.",
            )
        for inner, outer in pads:
            link.execute(
                "INSERT INTO followup.claim_keys (inner_pad, outer_pad) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (inner, outer),
            )


def _grant(link: Link) -> None:
    """Give the role of the program its rights; made here where it is missing. The same again changes nothing."""
    role = sql.Identifier(APP_ROLE)
    if link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APP_ROLE,)).fetchone() is None:
        link.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
    for statement in (
        "GRANT USAGE ON SCHEMA followup TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA followup TO {}",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(_READ_ONLY_TABLES)} FROM {{}}",
        f"REVOKE UPDATE ON {', '.join(_APPENDED_TABLES)} FROM {{}}",
        "REVOKE INSERT ON file_versions FROM {}",  # the trigger keeps them, and nobody else
        f"REVOKE ALL ON {', '.join(_HIDDEN_TABLES)} FROM {{}}",
        "REVOKE INSERT, DELETE ON candidates FROM {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA followup TO {}",
    ):
        link.execute(sql.SQL(statement).format(role))


def _version(link: Link) -> int:
    row = link.execute("SELECT coalesce(max(number), 0) AS number FROM followup.migrations").fetchone()
    return int(row["number"]) if row else 0


def refuse_newer(link: Link, known: tuple[OfficeMigration, ...]) -> None:
    """Raise ``OutboxError`` when a newer program has changed the database."""
    if (version := _version(link)) > known[-1].number:
        raise OutboxError(
            f"The office's database was changed by a newer followup-mail (version {version}; this one knows "
            f"{known[-1].number}).",
            fix="Update followup-mail on this machine: pip install --upgrade 'followup-mail[office]'",
        )


def check_ready(link: Link) -> None:
    """Raise ``OutboxError`` when the database is older or newer, or when row-level security would not bind us."""
    known = read_migrations()
    with explained():
        refuse_newer(link, known)
        if (version := _version(link)) < known[-1].number:
            raise OutboxError(
                f"The office's database is of version {version}; this program needs {known[-1].number}.",
                fix="Run `followup-mail office migrate`, after a backup.",
            )
        bound = link.execute(
            "SELECT NOT (rolsuper OR rolbypassrls OR pg_has_role(rolname, (SELECT tableowner FROM pg_tables "
            "WHERE schemaname = 'followup' AND tablename = 'entries'), 'USAGE')) AS bound "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if not (bound and bound["bound"]):
        raise OutboxError(
            "FOLLOWUP_DATABASE_URL signs in as a role that row-level security does not bind.",
            fix=f"Name a role there that is only a member of {APP_ROLE}; the owner goes into "
            "FOLLOWUP_DATABASE_OWNER_URL, for `followup-mail office migrate` alone.",
        )
