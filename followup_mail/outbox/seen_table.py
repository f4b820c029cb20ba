"""The tables that keep mail seen in mailboxes: the statements for every database, and those for SQLite alone."""

from __future__ import annotations

import json
import sqlite3
from abc import abstractmethod
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from followup_mail.outbox.columns import Columns, to_step, to_text_or_none
from followup_mail.outbox.damaged_rows import UNREADABLE, DamagedSeenError
from followup_mail.outbox.entry import TAKES_STEP, Entry
from followup_mail.outbox.recorded import Row, Rows, StoreRecord
from followup_mail.outbox.rows import readable
from followup_mail.outbox.seen_changes import belong_again, without
from followup_mail.outbox.seen_mail import FolderMark, LastLook, MailPlace, NewSeen, SeenMail, SeenState
from followup_mail.outbox.seen_rows import columns_of_place, columns_of_seen, to_last_look, to_seen
from followup_mail.outbox.seen_storage import is_absence_of
from followup_mail.outbox.sql_store import Given, SqlStore, list_states
from followup_mail.outbox.storage import is_number, no_mail
from followup_mail.outbox.take_back import TakenBack

SEEN: Final = "seen_mail"
_FORGOTTEN_WITH: Final = "forgotten_with"
"""In a row that was taken out: the application with which it went."""
_OF: Final = "(instr(applications, :listed) OR instr(was, :listed_within))"
"""Finds what belongs or belonged to an application, also where the list in the row is no JSON any more."""
_LATEST_FIRST: Final = "ORDER BY coalesce(sent_at, seen_at) DESC, id DESC"


class SeenRows(SqlStore):
    """The part of a store in a database that keeps seen mail, takes it out and puts it back."""

    @abstractmethod
    def _seen_row(self, seen_id: int) -> Row | None:
        """Return the row of a mail, as ``_put_seen_row`` takes it."""

    @abstractmethod
    def _seen_rows_of(self, application: str) -> list[Row]:
        """Return the rows of what belongs or belonged to an application, in order of their numbers."""

    @abstractmethod
    def _put_seen_row(self, row: Row) -> None:
        """Add a row under the number that it had."""

    def get_seen(self, seen_id: int) -> SeenMail:
        row = self._seen_row(seen_id) if is_number(seen_id) else None
        if row is None:
            raise no_mail(seen_id)
        try:
            return to_seen(row)
        except UNREADABLE as error:
            raise DamagedSeenError(seen_id) from error

    def seen(self, application: str | None = None, states: Collection[SeenState] = ()) -> tuple[SeenMail, ...]:
        wanted = f"{self._MINE} AND state IN ({list_states(states)})" if states else self._MINE
        query = f"SELECT * FROM seen_mail WHERE {wanted} {_LATEST_FIRST}"  # noqa: S608
        found = readable(to_seen, self._rows(query))
        return tuple(known for known in found if application is None or application in known.mail.applications)

    def knows_mail(self, place: MailPlace, message_id: str) -> bool:
        # The conditions of the indexes, to the letter.
        if message_id:
            given: Columns = {"account": place.account, "message_id": message_id}
            which = "message_id <> ''"
        else:
            given, which = columns_of_place(place), "message_id = ''"
        same = " AND ".join(f"{name} = :{name}" for name in given)
        query = f"SELECT 1 FROM seen_mail WHERE {self._MINE} AND {which} AND {same}"  # noqa: S608
        return self._row(query, given) is not None

    def seen_as(self, message_id: str) -> tuple[SeenMail, ...]:
        query = f"SELECT * FROM seen_mail WHERE {self._MINE} AND message_id = :message_id ORDER BY id"  # noqa: S608
        return tuple(readable(to_seen, self._rows(query, {"message_id": message_id})))

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        wanted = f"{self._MINE} AND sender = :sender AND back_on IS NOT NULL"
        query = f"SELECT * FROM seen_mail WHERE {wanted} {_LATEST_FIRST}"  # noqa: S608
        found = readable(to_seen, self._rows(query, {"sender": address.lower()}))
        return tuple(known for known in found if is_absence_of(known, address))

    def put_seen(self, seen: SeenMail) -> None:
        columns = columns_of_seen(seen)
        names = ", ".join(f"{name} = :{name}" for name in columns)
        if not self._write(f"UPDATE seen_mail SET {names} WHERE {self._MINE} AND id = :id", columns):  # noqa: S608
            self._put_seen_row(columns)

    def delete_seen(self, seen_id: int) -> None:
        self._write(f"DELETE FROM seen_mail WHERE {self._MINE} AND id = :id", {"id": seen_id})  # noqa: S608

    def folder_mark(self, account: str, folder: str) -> FolderMark | None:
        wanted = f"{self._MINE} AND account = :account AND folder = :folder"
        row = self._row(f"SELECT * FROM folder_marks WHERE {wanted}", {"account": account, "folder": folder})  # noqa: S608
        return None if row is None else FolderMark(account, folder, row["uid_validity"], row["last_uid"])

    def put_folder_mark(self, mark: FolderMark) -> None:
        columns: Columns = {"account": mark.account, "folder": mark.folder}
        columns |= {"uid_validity": mark.uid_validity, "last_uid": mark.last_uid}
        self._insert("folder_marks", columns, instead="account, folder")

    def delete_folder_marks(self, account: str) -> None:
        statement = f"DELETE FROM folder_marks WHERE {self._MINE} AND account = :account"  # noqa: S608
        self._write(statement, {"account": account})

    def last_look(self, account: str) -> LastLook:
        query = f"SELECT * FROM last_looks WHERE {self._MINE} AND account = :account"  # noqa: S608
        return to_last_look(self._row(query, {"account": account.lower()}), account)

    def put_last_look(self, look: LastLook) -> None:
        moments = {"looked_at": to_text_or_none(look.looked_at), "failed_at": to_text_or_none(look.failed_at)}
        self._insert("last_looks", {"account": look.account, "error": look.error, **moments}, instead="account")

    # --- with an application -----------------------------------------------------------------------------------------

    def holds_any(self, rows: Rows) -> bool:
        return self.holds_any_seen(rows.get(SEEN, [])) or any(
            self._rows(f"SELECT 1 FROM {table} WHERE {self._MINE} AND id = :id", {"id": int(row["id"] or 0)})  # noqa: S608
            for table in ("entries", "touches")
            for row in rows[table]
        )

    def find_in_the_way(self, rows: Rows) -> Entry | None:
        taking = (row for row in rows["entries"] if row["state"] in TAKES_STEP)
        for row in taking:
            with suppress(*UNREADABLE):
                if taken := self.find_taken(to_step(row)):
                    return taken
        return None

    def leave_out_of_seen(self, application: str) -> None:
        """Delete the mail of an application; what belongs to others as well loses this application."""
        for row in self._seen_rows_of(application):
            left = next((without(known, application) for known in readable(to_seen, [row])), None)
            self.put_seen(left) if left else self.delete_seen(int(row["id"] or 0))

    def seen_rows_of(self, application: str) -> list[Row]:
        """Return the rows of an application's mail, as ``put_seen_back`` takes them."""
        return [{**row, _FORGOTTEN_WITH: application} for row in self._seen_rows_of(application)]

    def holds_any_seen(self, rows: Sequence[Row]) -> bool:
        """Return whether a mail that was taken out is there, and belongs to that application again."""
        for application in {str(row[_FORGOTTEN_WITH]) for row in rows}:
            gone = {row["id"] for row in rows if row[_FORGOTTEN_WITH] == application}
            if any(row["id"] in gone for row in self._seen_rows_of(application)):
                return True
        return False

    def put_seen_back(self, rows: Sequence[Row]) -> None:
        """Put back the mail of ``seen_rows_of``; mail that others kept belongs to that application again."""
        for row in rows:
            columns = {name: value for name, value in row.items() if name != _FORGOTTEN_WITH}
            kept = self._seen_row(int(row["id"] or 0))
            if kept is None:
                self._put_seen_row(columns)
                continue
            with suppress(*UNREADABLE):
                self.put_seen(belong_again(to_seen(kept), to_seen(columns), str(row[_FORGOTTEN_WITH])))


class SeenTable(SeenRows):
    """The part of the store in a SQLite file that keeps seen mail."""

    @abstractmethod
    def _rows(self, query: str, given: Given | Sequence[str | int] = ()) -> list[sqlite3.Row]: ...

    @abstractmethod
    def _row(self, query: str, given: Given | Sequence[str | int] = ()) -> sqlite3.Row | None: ...

    @abstractmethod
    def _write(self, statement: str, given: Given | Sequence[str | int] = ()) -> int: ...

    @abstractmethod
    def _insert(self, table: str, columns: Columns, instead: str = "") -> int: ...

    @abstractmethod
    def _empty_log(self) -> None:
        """Overwrite what was deleted in the write-ahead log as well."""

    def insert_seen(self, new: NewSeen, seen_at: datetime) -> int:
        columns = columns_of_seen(SeenMail(0, new.place, new.mail, seen_at))
        del columns["id"]
        return self._insert(SEEN, columns)

    def forget_seen(self, seen_ids: Sequence[int]) -> tuple[SeenMail, ...]:
        gone = super().forget_seen(seen_ids)
        self._empty_log()
        return gone

    def take_back(
        self, step: StoreRecord, now: datetime, why: str, *, again: bool = False, only_look: bool = False
    ) -> tuple[TakenBack, ...]:
        done = super().take_back(step, now, why, again=again, only_look=only_look)
        if any(change.after is None for change in step.seen):
            self._empty_log()
        return done

    # --- with an application -----------------------------------------------------------------------------------------

    def _seen_row(self, seen_id: int) -> Row | None:
        row = self._row("SELECT * FROM seen_mail WHERE id = ?", (seen_id,))
        return None if row is None else dict(row)

    def _seen_rows_of(self, application: str) -> list[Row]:
        rows = self._rows(f"SELECT * FROM seen_mail WHERE {_OF} ORDER BY id", listed(application))  # noqa: S608
        return [dict(row) for row in rows]

    def _put_seen_row(self, row: Row) -> None:
        self._insert(SEEN, row)


def listed(application: str) -> Columns:
    """Return what finds an application: its name as it is in a list, and in a list within JSON."""
    name = json.dumps(application)
    return {"listed": name, "listed_within": json.dumps(name)[1:-1]}
