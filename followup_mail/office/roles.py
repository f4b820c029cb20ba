"""The role that the program signs in as: a member of ``followup_app``, and nothing more."""

from __future__ import annotations

from contextlib import closing

from psycopg import ProgrammingError, sql
from psycopg.conninfo import conninfo_to_dict

from followup_mail.errors import OutboxError
from followup_mail.office.database import connect, explained, not_an_address
from followup_mail.office.migrate import APP_ROLE


def grant_app(owner_url: str, app_url: str) -> str:
    """Make the role of ``app_url`` a member of ``followup_app``; return its name, empty where the address has none.

    Raises ``OutboxError`` where there is no such role, or it is that of the owner: row-level security binds no owner.
    """
    owner, role = name_role(owner_url, "FOLLOWUP_DATABASE_OWNER_URL"), name_role(app_url, "FOLLOWUP_DATABASE_URL")
    if not role:
        return ""
    if role == owner:
        raise OutboxError(
            f"FOLLOWUP_DATABASE_URL signs in as {role}, who owns the tables; row-level security binds no owner.",
            fix="Make another role (CREATE ROLE NAME LOGIN) and name it there; the owner goes into "
            "FOLLOWUP_DATABASE_OWNER_URL.",
        )
    with closing(connect(owner_url)) as link, explained():
        if link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
            raise OutboxError(
                f"There is no role {role} on the database server, which FOLLOWUP_DATABASE_URL names.",
                fix=f'As an administrator of the server: CREATE ROLE "{role}" LOGIN. Then run this again.',
            )
        member = link.execute("SELECT pg_has_role(%s, %s, 'MEMBER') AS is_one", (role, APP_ROLE)).fetchone()
        if not (member and member["is_one"]):
            link.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(role)))
    return role


def name_role(url: str, setting: str) -> str:
    """Return the role that an address names, perhaps none. Raises ``OutboxError`` for what is not an address."""
    try:
        return str(conninfo_to_dict(url).get("user") or "")
    except ProgrammingError:  # its words would repeat the address, with a password
        raise not_an_address(setting) from None
