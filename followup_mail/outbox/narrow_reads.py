"""What is asked of the SQLite file at every plan and every claim: few columns of few rows, found by an index.

However much is old, none of these statements reads it; ``tests/contract/test_store_queries.py`` looks at how SQLite
finds the rows of each.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from followup_mail.cadence.step import StepId
from followup_mail.facts.names import is_slug
from followup_mail.outbox.columns import Columns
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.row_copies import RowCopyingStore
from followup_mail.outbox.rows import to_entries
from followup_mail.outbox.sql_store import LEFT

# From one to the next by the index, however many entries there are.
_APPLICATIONS: Final = (
    "WITH RECURSIVE names (name) AS (SELECT min(application) FROM entries UNION ALL "
    "SELECT (SELECT min(application) FROM entries WHERE application > name) FROM names WHERE name IS NOT NULL) "
    "SELECT name FROM names WHERE name IS NOT NULL"
)
_WRITTEN_TO: Final = (
    "SELECT application FROM entries WHERE to_email COLLATE NOCASE IN (SELECT value FROM json_each(:emails)) "  # noqa: S608
    f"AND {LEFT} UNION SELECT application FROM entries WHERE to_email GLOB '*[^ -~]*' AND {LEFT} "
    f"UNION SELECT application FROM entries WHERE person IN (SELECT value FROM json_each(:handles)) AND {LEFT}"
)
_CANCELLED_FOR: Final = (
    "SELECT * FROM entries WHERE application IN (SELECT value FROM json_each(:names)) "  # noqa: S608
    f"AND state = '{State.CANCELLED}' AND reason = :reason ORDER BY due_at, id"
)


class NarrowReads(RowCopyingStore):
    """The part of the store in a SQLite file that answers such questions."""

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
