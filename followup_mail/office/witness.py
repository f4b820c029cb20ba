"""A process remembers how often the database told it "this is on disk", and notices when the database forgot.

After a failover the new primary may lack what the old primary had acknowledged, if the standby was not synchronous;
after a restore the database lacks everything since the backup. Both are noticed on the first new connection, before
anything is sent.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from psycopg import sql

from followup_mail.errors import OutboxError

if TYPE_CHECKING:
    from followup_mail.office.database import Link

_FORGET: Final = "DELETE FROM witnesses WHERE at < now() - interval '30 days'"
_CLEARED: Final = "SELECT cleared_at FROM whereabouts"
DOUBTED: Final = "FM001"
"""The SQLSTATE with which the database refuses to let a mail leave (``entries_leave_from_known_place``)."""
DOUBT: Final = "The office's database may not know everything that was sent: it was restored, or moved"
CLEAR_UP: Final = (
    "Nothing is sent until that is cleared up: `followup-mail office restored --since MOMENT`, with the moment of the "
    "backup. See docs/office.md."
)


class Witness:
    """What one process knows of its own writing; ``name`` is its own, such as that of a worker; threads share it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._known: dict[str, int] = {}
        """How many commits each thread saw acknowledged. Each has its own line: on a shared line they would wait."""
        self._asked: WeakSet[Link] = WeakSet()
        self._cleared_at = ""
        """When somebody had last cleared up, as of the moment at which the count began; empty before that."""

    def sign(self) -> str:
        """Return the statement that counts one more, to be run in the transaction that it is about."""
        line = self._line()
        return (
            sql.SQL(
                "INSERT INTO witnesses (name, count) VALUES ({}, {}) "
                "ON CONFLICT (name) DO UPDATE SET count = excluded.count, at = now()"
            )
            .format(sql.Literal(line), sql.Literal(self._known.get(line, 0) + 1))
            .as_string()
        )

    def signed(self) -> None:
        """Remember that the database has acknowledged that transaction."""
        line = self._line()
        self._known[line] = self._known.get(line, 0) + 1

    def ask(self, link: Link) -> None:
        """Ask a new connection for what is known; the first time only. Raises ``OutboxError`` when it is not there."""
        if link in self._asked:
            return
        if self._vouch(link) == "anew":
            self._begin(link)
        self._asked.add(link)

    def _vouch(self, link: Link) -> str:
        if not self._cleared_at:
            return "anew"
        known = dict(self._known)
        given = (self._name, list(known), list(known.values()), self._cleared_at)
        row = link.execute("SELECT vouch(%s, %s, %s, %s) AS said", given).fetchone()
        said = str(row["said"]) if row else ""
        if said == "forgot":
            raise OutboxError(f"{DOUBT}.", fix=CLEAR_UP)
        return said

    def _begin(self, link: Link) -> None:
        """Begin to count, or start over because somebody has cleared up what this process could have reported."""
        row = link.execute(_CLEARED).fetchone()
        self._known.clear()
        self._cleared_at = str(row["cleared_at"]) if row else ""
        link.execute(_FORGET)

    def _line(self) -> str:
        return f"{self._name}/{threading.get_ident()}"
