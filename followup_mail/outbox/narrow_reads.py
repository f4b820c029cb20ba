"""What is asked of the SQLite file at every plan and every claim: few columns of few rows, found by an index.

However much is old, none of these statements reads it; ``tests/contract/test_store_queries.py`` looks at how SQLite
finds the rows of each.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final

from followup_mail.cadence.step import StepId, Touch
from followup_mail.facts.names import is_slug
from followup_mail.outbox.columns import Columns
from followup_mail.outbox.conditions import in_states, list_states
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT, MailTo
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.row_copies import RowCopyingStore
from followup_mail.outbox.rows import TOUCHES, readable, to_entries, to_mail, to_touch

# Only these columns: the texts of a thousand mails would take a tenth of a second to read.
_SENT_SINCE: Final = (
    f"SELECT application, to_email, sent_at AS at FROM entries WHERE state = '{State.SENT}' AND sent_at >= :since "  # noqa: S608
    "UNION ALL SELECT application, to_email, due_at AS at FROM entries "
    f"WHERE {in_states({State.QUEUED, State.SENDING, State.UNCLEAR})} AND due_at >= :since"
)
_HANDED_OVER_TO: Final = (
    "SELECT * FROM entries WHERE to_domain = ? AND handed_at >= ? "  # noqa: S608
    f"AND state IN ({list_states(MAY_HAVE_LEFT)}) ORDER BY due_at, id"
)
# From one to the next by the index, however many entries there are.
_APPLICATIONS: Final = (
    "WITH RECURSIVE names (name) AS (SELECT min(application) FROM entries UNION ALL "
    "SELECT (SELECT min(application) FROM entries WHERE application > name) FROM names WHERE name IS NOT NULL) "
    "SELECT name FROM names WHERE name IS NOT NULL"
)
_LEFT: Final = f"state IN ({list_states(MAY_HAVE_LEFT)})"
_WRITTEN_TO: Final = (
    "SELECT application FROM entries WHERE to_email COLLATE NOCASE IN (SELECT value FROM json_each(:emails)) "  # noqa: S608
    f"AND {_LEFT} UNION SELECT application FROM entries WHERE to_email GLOB '*[^ -~]*' AND {_LEFT} "
    f"UNION SELECT application FROM entries WHERE person IN (SELECT value FROM json_each(:handles)) AND {_LEFT}"
)
_CANCELLED_FOR: Final = (
    "SELECT * FROM entries WHERE application IN (SELECT value FROM json_each(:names)) "  # noqa: S608
    f"AND state = '{State.CANCELLED}' AND reason = :reason ORDER BY due_at, id"
)


class NarrowReads(RowCopyingStore):
    """The part of the store in a SQLite file that answers such questions."""

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        query = "SELECT handed_at FROM entries WHERE account = ? AND handed_at > ? ORDER BY handed_at"
        return tuple(to_moment(row["handed_at"]) for row in self._rows(query, (account, to_text(since))))

    def last_handed_over_to(self, domain: str) -> datetime | None:
        query = "SELECT max(handed_at) AS moment FROM entries WHERE to_domain = ? AND handed_at IS NOT NULL"
        row = self._row(query, (domain,))
        return to_moment(row["moment"]) if row and row["moment"] else None

    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        return tuple(to_entries(self._rows(_HANDED_OVER_TO, (domain, to_text(since)))))

    def sent_since(self, since: datetime) -> tuple[MailTo, ...]:
        return tuple(readable(to_mail, self._rows(_SENT_SINCE, {"since": to_text(since)})))

    def cancelled_for(self, steps: Collection[StepId], reason: str) -> tuple[Entry, ...]:
        names = sorted({step.application for step in steps})
        given: Columns = {"names": json.dumps(names), "reason": reason}
        found = to_entries(self._rows(_CANCELLED_FOR, given) if names else ())
        return tuple(entry for entry in found if entry.step in steps)

    def applications(self) -> tuple[str, ...]:
        names = (row["name"] for row in self._rows(_APPLICATIONS))
        return tuple(name for name in names if is_slug(name))

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        given: Columns = {"emails": json.dumps(sorted(emails)), "handles": json.dumps(sorted(handles))}
        names = (row["application"] for row in self._rows(_WRITTEN_TO, given))
        return frozenset(name for name in names if is_slug(name))

    def touches(self, application: str | None = None) -> tuple[Touch, ...]:
        wanted, given = ("", ()) if application is None else ("WHERE application = ?", (application,))
        query = f"SELECT * FROM {TOUCHES} {wanted} ORDER BY application, at, id"  # noqa: S608
        return tuple(readable(to_touch, self._rows(query, given)))

    def touches_since(self, since: datetime) -> tuple[Touch, ...]:
        # The plus keeps SQLite from going through all touches for the sake of their order.
        query = f"SELECT * FROM {TOUCHES} WHERE at >= ? ORDER BY +application, at, id"  # noqa: S608
        return tuple(readable(to_touch, self._rows(query, (to_text(since),))))
