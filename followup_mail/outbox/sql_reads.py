"""What is asked of a database at every plan and every claim, in statements that SQLite and PostgreSQL both understand.

However much is old, none of them reads it; ``tests/contract`` looks at how either database finds the rows of each.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from followup_mail.cadence.step import Touch
from followup_mail.outbox.conditions import LEFT, in_states
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MailTo
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.rows import readable, to_entries, to_mail, to_touch
from followup_mail.outbox.sql_store import SqlStore

_OF_DOMAIN: Final = "to_domain = :domain AND handed_at IS NOT NULL"
_GOES: Final = in_states({State.QUEUED, State.SENDING, State.UNCLEAR})


class SqlReads(SqlStore):
    """The part of a store in a database that answers such questions."""

    _TOUCHES: ClassVar[str]
    """Where the rows that ``to_touch`` reads come from."""

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        wanted = f"{self._MINE} AND account = :account AND handed_at > :since"
        query = f"SELECT handed_at FROM entries WHERE {wanted} ORDER BY handed_at"  # noqa: S608
        rows = self._rows(query, {"account": account, "since": to_text(since)})
        return tuple(to_moment(row["handed_at"]) for row in rows)

    def last_handed_over_to(self, domain: str) -> datetime | None:
        query = f"SELECT max(handed_at) AS moment FROM entries WHERE {self._MINE} AND {_OF_DOMAIN}"  # noqa: S608
        row = self._row(query, {"domain": domain})
        return to_moment(row["moment"]) if row and row["moment"] else None

    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        wanted = f"{self._MINE} AND {_OF_DOMAIN} AND handed_at >= :since AND {LEFT}"
        query = f"SELECT * FROM entries WHERE {wanted} ORDER BY due_at, id"  # noqa: S608
        return tuple(to_entries(self._rows(query, {"domain": domain, "since": to_text(since)})))

    def sent_since(self, since: datetime) -> tuple[MailTo, ...]:
        # Only these columns: the texts of a thousand mails would take a tenth of a second to read.
        query = (
            f"SELECT application, to_email, sent_at AS at FROM entries WHERE {self._MINE} "  # noqa: S608
            f"AND state = '{State.SENT}' AND sent_at >= :since UNION ALL "
            f"SELECT application, to_email, due_at AS at FROM entries WHERE {self._MINE} "
            f"AND {_GOES} AND due_at >= :since"
        )
        return tuple(readable(to_mail, self._rows(query, {"since": to_text(since)})))

    def touches(self, application: str | None = None) -> tuple[Touch, ...]:
        wanted = self._MINE if application is None else f"{self._MINE} AND application = :application"
        query = f"SELECT * FROM {self._TOUCHES} WHERE {wanted} ORDER BY application, at, id"  # noqa: S608
        return tuple(readable(to_touch, self._rows(query, {"application": application})))

    def touches_since(self, since: datetime) -> tuple[Touch, ...]:
        # Put in order of their applications here: SQLite would go through all touches for the sake of that order.
        query = f"SELECT * FROM {self._TOUCHES} WHERE {self._MINE} AND at >= :since ORDER BY at, id"  # noqa: S608
        found = readable(to_touch, self._rows(query, {"since": to_text(since)}))
        return tuple(sorted(found, key=lambda touch: touch.step.application))
