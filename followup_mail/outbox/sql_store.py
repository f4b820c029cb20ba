"""A store in a database: the statements that SQLite and PostgreSQL both understand.

They write values as ``:name``, and begin each condition with ``_MINE``: in a file all rows are one candidate's, in an
office's database only some are. What serves each storage is described in ``storage``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final

from followup_mail.cadence.step import StepId, Touch
from followup_mail.outbox.columns import OF_STEP, Columns, FoundRow, columns_of_step, to_text_or_none
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT, MailTo
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.rows import (
    changed_columns,
    columns_of_transition,
    readable,
    to_entries,
    to_entry,
    to_mail,
    to_pause,
    to_touch,
    to_transition,
)
from followup_mail.outbox.storage import is_number, no_entry
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Transition

Given = Mapping[str, Any]
"""The values of a statement by name; the statement refers to them as ``:name``."""

NOTHING: Final[Given] = MappingProxyType({})


_NOT_OVER: Final = " AND ".join(f"state <> '{state}'" for state in (State.SENT, State.CANCELLED))
"""The condition of the index by state, to the letter: most entries are one of these in the end."""

TAKEN: Final = "state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder')"
"""The condition of the index on steps, to the letter: the states of ``TAKES_STEP``."""


def list_states(states: Iterable[StrEnum]) -> str:
    """Return states as a list in SQL: a partial index is only used for states that are written out."""
    return ", ".join(f"'{state}'" for state in sorted(states))


def in_states(states: Collection[State]) -> str:
    """Return the condition for entries in these states, such that the index by state is used wherever it can be."""
    wanted = f"state IN ({list_states(states)})"
    return wanted if {State.SENT, State.CANCELLED} & {*states} else f"{wanted} AND {_NOT_OVER}"


def in_no_state_but(states: Collection[State]) -> str:
    """Return the condition for entries in these states, and in those that only another program can have written."""
    others = f"state NOT IN ({list_states(frozenset(State) - {*states})})"
    return others if {State.SENT, State.CANCELLED} & {*states} else f"{others} AND {_NOT_OVER}"


LEFT: Final = f"state IN ({list_states(MAY_HAVE_LEFT)})"
"""The condition for entries that left, or may have."""

_OF_DOMAIN: Final = "to_domain = :domain AND handed_at IS NOT NULL"
_GOES: Final = in_states({State.QUEUED, State.SENDING, State.UNCLEAR})


class SqlStore(Store):
    """The part of a store in a database that entries, their histories, accounts and workers need."""

    _MINE: ClassVar[str]
    """The condition that a row is the candidate's whose store this is."""
    _TOUCHES: ClassVar[str]
    """Where the rows that ``to_touch`` reads come from."""

    @abstractmethod
    def _rows(self, query: str, given: Given = NOTHING) -> Sequence[FoundRow]:
        """Return the rows of a query."""

    @abstractmethod
    def _row(self, query: str, given: Given = NOTHING) -> FoundRow | None:
        """Return the first row of a query."""

    @abstractmethod
    def _write(self, statement: str, given: Given = NOTHING) -> int:
        """Run a statement, within a transaction; return how many rows it was about."""

    @abstractmethod
    def _insert(self, table: str, columns: Columns, instead: str = "") -> object:
        """Add a row. ``instead`` names the columns that identify a row: if it exists already, it is replaced."""

    def get(self, entry_id: int) -> Entry:
        return to_entry(self._row_of(entry_id, f"SELECT * FROM entries WHERE {self._MINE} AND id = :id"))  # noqa: S608

    def _row_of(self, entry_id: int, query: str) -> FoundRow:
        row = self._row(query, {"id": entry_id}) if is_number(entry_id) else None
        if row is None:
            raise no_entry(entry_id)
        return row

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        wanted, given = [self._MINE], dict[str, str]()
        if application is not None:
            wanted.append("application = :application")
            given["application"] = application
        if states:
            wanted.append(in_states(states))
        if held is not None:
            wanted.append("held <> ''" if held else "held = ''")
        query = f"SELECT * FROM entries WHERE {' AND '.join(wanted)} ORDER BY due_at, id"  # noqa: S608
        return tuple(to_entries(self._rows(query, given)))

    def entry_ids(self) -> tuple[int, ...]:
        return tuple(row["id"] for row in self._rows(f"SELECT id FROM entries WHERE {self._MINE} ORDER BY id"))  # noqa: S608

    def find_taken(self, step: StepId) -> Entry | None:
        query = f"SELECT * FROM entries WHERE {self._MINE} AND {OF_STEP} AND {TAKEN}"  # noqa: S608
        row = self._row(query, columns_of_step(step))
        return None if row is None else to_entry(row)

    def update(self, before: Entry, after: Entry) -> None:
        if changed := changed_columns(before, after):
            names = ", ".join(f"{name} = :{name}" for name in changed)
            statement = f"UPDATE entries SET {names} WHERE {self._MINE} AND id = :id"  # noqa: S608
            self._write(statement, {**changed, "id": after.id})

    def replace_content(self, entry_id: int, content: bytes) -> None:
        statement = f"UPDATE contents SET bytes = :bytes WHERE {self._MINE} AND entry_id = :id"  # noqa: S608
        self._write(statement, {"bytes": content, "id": entry_id})

    def cancel_damaged(self, entry_id: int) -> None:
        new = f"state = '{State.CANCELLED}', held = '', filed_at = NULL"
        self._write(f"UPDATE entries SET {new} WHERE {self._MINE} AND id = :id", {"id": entry_id})  # noqa: S608

    def transitions(self, entry_id: int) -> tuple[Transition, ...]:
        self._row_of(entry_id, f"SELECT id FROM entries WHERE {self._MINE} AND id = :id")  # noqa: S608
        query = f"SELECT * FROM moves WHERE {self._MINE} AND entry_id = :id ORDER BY id"  # noqa: S608
        return tuple(readable(to_transition, self._rows(query, {"id": entry_id})))

    def add_transition(self, entry_id: int, transition: Transition) -> None:
        self._insert("moves", {"entry_id": entry_id, **columns_of_transition(transition)})

    def move_touches(self, before: StepId, after: StepId) -> None:
        new = columns_of_step(after)
        names = ", ".join(f"{name} = :new_{name}" for name in new)
        given = columns_of_step(before) | {f"new_{name}": value for name, value in new.items()}
        self._write(f"UPDATE touches SET {names} WHERE {self._MINE} AND {OF_STEP}", given)  # noqa: S608

    def pauses(self, now: datetime) -> tuple[Pause, ...]:
        lasts = "(until_at IS NULL OR until_at > :now)"
        query = f"SELECT * FROM pauses WHERE {self._MINE} AND {lasts} ORDER BY account"  # noqa: S608
        return tuple(to_pause(row) for row in self._rows(query, {"now": to_text(now)}))

    def put_pause(self, pause: Pause, now: datetime) -> None:
        columns: Columns = {"account": pause.account, "reason": pause.reason, "fix": pause.fix}
        columns |= {"since_at": to_text(now), "until_at": to_text_or_none(pause.until)}
        self._insert("pauses", columns, instead="account")

    def delete_pause(self, account: str) -> None:
        self._write(f"DELETE FROM pauses WHERE {self._MINE} AND account = :account", {"account": account})  # noqa: S608

    def workers(self) -> tuple[tuple[str, datetime], ...]:
        rows = self._rows(f"SELECT name, seen_at FROM workers WHERE {self._MINE} ORDER BY name")  # noqa: S608
        return tuple(readable(lambda row: (row["name"], to_moment(row["seen_at"])), rows))

    def put_worker(self, name: str, now: datetime, forget_before: datetime) -> None:
        gone = f"DELETE FROM workers WHERE {self._MINE} AND seen_at < :before"  # noqa: S608
        self._write(gone, {"before": to_text(forget_before)})
        self._insert("workers", {"name": name, "seen_at": to_text(now)}, instead="name")

    # --- asked at every plan and every claim: however much is old, an index finds the few rows ---

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
