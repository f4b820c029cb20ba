"""What is asked of the office's database at every plan and every claim: few columns of few rows, found by an index.

However much is old, or other candidates', none of these statements reads it; ``tests/contract/test_office_queries.py``
looks at how PostgreSQL finds the rows of each. Under row-level security only an operator that cannot leak what it
compares may look into an index (manual, "Row Security Policies"): of those on texts, plain comparison.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from followup_mail.cadence.step import StepId, Touch
from followup_mail.facts.names import is_slug
from followup_mail.office.application_rows import ApplicationRows
from followup_mail.office.candidate_rows import OF_CANDIDATE
from followup_mail.outbox.conditions import in_states, list_states
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT, MailTo
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.rows import readable, to_entries, to_mail, to_touch

_SENT_SINCE: Final = (
    f"SELECT application, to_email, sent_at AS at FROM entries WHERE {OF_CANDIDATE} AND state = '{State.SENT}' "  # noqa: S608
    f"AND sent_at >= %(since)s UNION ALL SELECT application, to_email, due_at AS at FROM entries WHERE {OF_CANDIDATE} "
    f"AND {in_states({State.QUEUED, State.SENDING, State.UNCLEAR})} AND due_at >= %(since)s"
)
_LEFT: Final = f"state IN ({list_states(MAY_HAVE_LEFT)})"
_OF_DOMAIN: Final = f"{OF_CANDIDATE} AND to_domain = %(domain)s AND handed_at IS NOT NULL"
# From one to the next by the index, however many entries there are.
_APPLICATIONS: Final = (
    "WITH RECURSIVE names (name) AS ("  # noqa: S608
    f"(SELECT application FROM entries WHERE {OF_CANDIDATE} ORDER BY application LIMIT 1) "
    f"UNION ALL SELECT (SELECT application FROM entries WHERE {OF_CANDIDATE} AND application > name "
    "ORDER BY application LIMIT 1) FROM names WHERE name IS NOT NULL) "
    "SELECT name FROM names WHERE name IS NOT NULL"
)
_THEIRS: Final = f"SELECT application FROM entries WHERE {OF_CANDIDATE} AND {_LEFT}"  # noqa: S608
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

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        query = (
            f"SELECT handed_at FROM entries WHERE {OF_CANDIDATE} AND account = %(account)s "  # noqa: S608
            "AND handed_at > %(since)s ORDER BY handed_at"
        )
        rows = self._rows(query, {"account": account, "since": to_text(since)})
        return tuple(to_moment(row["handed_at"]) for row in rows)

    def last_handed_over_to(self, domain: str) -> datetime | None:
        row = self._row(f"SELECT max(handed_at) AS moment FROM entries WHERE {_OF_DOMAIN}", {"domain": domain})  # noqa: S608
        return to_moment(row["moment"]) if row and row["moment"] else None

    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        query = f"SELECT * FROM entries WHERE {_OF_DOMAIN} AND handed_at >= %(since)s AND {_LEFT} ORDER BY due_at, id"  # noqa: S608
        return tuple(to_entries(self._rows(query, {"domain": domain, "since": to_text(since)})))

    def sent_since(self, since: datetime) -> tuple[MailTo, ...]:
        return tuple(readable(to_mail, self._rows(_SENT_SINCE, {"since": to_text(since)})))

    def cancelled_for(self, steps: Collection[StepId], reason: str) -> tuple[Entry, ...]:
        names = sorted({step.application for step in steps})
        found = to_entries(self._rows(_CANCELLED_FOR, {"names": names, "reason": reason}) if names else ())
        return tuple(entry for entry in found if entry.step in steps)

    def applications(self) -> tuple[str, ...]:
        return tuple(row["name"] for row in self._rows(_APPLICATIONS) if is_slug(row["name"]))

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        rows = self._rows(_WRITTEN_TO, {"emails": sorted(emails), "handles": sorted(handles)})
        return frozenset(row["application"] for row in rows if is_slug(row["application"]))

    def touches(self, application: str | None = None) -> tuple[Touch, ...]:
        wanted = "" if application is None else "AND application = %(application)s"
        query = f"SELECT * FROM touches WHERE {OF_CANDIDATE} {wanted} ORDER BY application, at, id"  # noqa: S608
        return tuple(readable(to_touch, self._rows(query, {"application": application})))

    def touches_since(self, since: datetime) -> tuple[Touch, ...]:
        query = f"SELECT * FROM touches WHERE {OF_CANDIDATE} AND at >= %(since)s ORDER BY application, at, id"  # noqa: S608
        return tuple(readable(to_touch, self._rows(query, {"since": to_text(since)})))
