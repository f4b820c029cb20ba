"""What is asked of the office's database at every plan and every claim: few columns of few rows, found by an index.

However much is old, or other candidates', none of these statements reads it; ``tests/contract/test_office_queries.py``
looks at how PostgreSQL finds the rows of each. Under row-level security only an operator that cannot leak what it
compares may look into an index (manual, "Row Security Policies"): of those on texts, plain comparison.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from followup_mail.cadence.step import StepId
from followup_mail.facts.names import is_slug
from followup_mail.office.application_rows import ApplicationRows
from followup_mail.office.candidate_rows import OF_CANDIDATE
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.rows import to_entries
from followup_mail.outbox.sql_store import LEFT

# From one to the next by the index, however many entries there are.
_APPLICATIONS: Final = (
    "WITH RECURSIVE names (name) AS ("  # noqa: S608
    f"(SELECT application FROM entries WHERE {OF_CANDIDATE} ORDER BY application LIMIT 1) "
    f"UNION ALL SELECT (SELECT application FROM entries WHERE {OF_CANDIDATE} AND application > name "
    "ORDER BY application LIMIT 1) FROM names WHERE name IS NOT NULL) "
    "SELECT name FROM names WHERE name IS NOT NULL"
)
_THEIRS: Final = f"SELECT application FROM entries WHERE {OF_CANDIDATE} AND {LEFT}"  # noqa: S608
# Letters beyond ASCII are folded otherwise in Python, so addresses with such are looked through; they are few.
_WRITTEN_TO: Final = (
    f"{_THEIRS} AND to_folded = ANY(%(emails)s) UNION {_THEIRS} AND octet_length(to_email) <> length(to_email) "
    f"UNION {_THEIRS} AND person = ANY(%(handles)s)"
)
_CANCELLED_FOR: Final = (
    f"SELECT * FROM entries WHERE {OF_CANDIDATE} AND application = ANY(%(names)s) "  # noqa: S608
    f"AND state = '{State.CANCELLED}' AND reason = %(reason)s ORDER BY due_at, id"
)


class IndexedReads(ApplicationRows):
    """The part of a store in the office's database that answers such questions."""

    _TOUCHES = "touches"

    def cancelled_for(self, steps: Collection[StepId], reason: str) -> tuple[Entry, ...]:
        names = sorted({step.application for step in steps})
        found = to_entries(self._rows(_CANCELLED_FOR, {"names": names, "reason": reason}) if names else ())
        return tuple(entry for entry in found if entry.step in steps)

    def applications(self) -> tuple[str, ...]:
        return tuple(row["name"] for row in self._rows(_APPLICATIONS) if is_slug(row["name"]))

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        rows = self._rows(_WRITTEN_TO, {"emails": sorted(emails), "handles": sorted(handles)})
        return frozenset(row["application"] for row in rows if is_slug(row["application"]))
