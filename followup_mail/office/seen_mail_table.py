"""The tables of the office's database that keep mail seen in the mailboxes of a candidate: the statements."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from followup_mail.office.candidate_rows import OF_CANDIDATE, CandidateRows
from followup_mail.outbox.columns import Columns, to_text_or_none
from followup_mail.outbox.recorded import Row
from followup_mail.outbox.rows import readable
from followup_mail.outbox.seen_mail import FolderMark, LastLook, MailPlace, NewSeen, SeenMail, SeenState
from followup_mail.outbox.seen_rows import columns_of_place, columns_of_seen, to_last_look, to_seen
from followup_mail.outbox.seen_storage import is_absence_of
from followup_mail.outbox.seen_table import SEEN, SeenOfApplication, listed

_SEEN: Final = f"SELECT * FROM seen_mail WHERE {OF_CANDIDATE}"  # noqa: S608
_OF: Final = "(strpos(applications::text, %(listed)s) > 0 OR strpos(was::text, %(listed_within)s) > 0)"
"""Finds what belongs or belonged to an application."""
_LATEST_FIRST: Final = "ORDER BY coalesce(sent_at, seen_at) DESC, id DESC"


class SeenMailTable(SeenOfApplication, CandidateRows):
    """The part of a store in the office's database that keeps seen mail."""

    def seen(self, application: str | None = None, states: Collection[SeenState] = ()) -> tuple[SeenMail, ...]:
        wanted = "AND state = ANY(%(states)s)" if states else ""
        rows = self._rows(f"{_SEEN} {wanted} {_LATEST_FIRST}", {"states": [str(state) for state in states]})
        found = readable(to_seen, rows)
        return tuple(known for known in found if application is None or application in known.mail.applications)

    def knows_mail(self, place: MailPlace, message_id: str) -> bool:
        # The conditions of the indexes, to the letter.
        if message_id:
            given: Columns = {"account": place.account, "message_id": message_id}
            which = "message_id <> ''"
        else:
            given, which = columns_of_place(place), "message_id = ''"
        same = " AND ".join(f"{name} = %({name})s" for name in given)
        query = f"SELECT 1 FROM seen_mail WHERE {OF_CANDIDATE} AND {which} AND {same}"  # noqa: S608
        return self._row(query, given) is not None

    def seen_as(self, message_id: str) -> tuple[SeenMail, ...]:
        rows = self._rows(f"{_SEEN} AND message_id = %(message_id)s ORDER BY id", {"message_id": message_id})
        return tuple(readable(to_seen, rows))

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        query = f"{_SEEN} AND sender = %(sender)s AND back_on IS NOT NULL {_LATEST_FIRST}"
        found = readable(to_seen, self._rows(query, {"sender": address.lower()}))
        return tuple(known for known in found if is_absence_of(known, address))

    def insert_seen(self, new: NewSeen, seen_at: datetime) -> int:
        seen_id = self._next_number("last_seen_mail")
        self._insert(SEEN, columns_of_seen(SeenMail(seen_id, new.place, new.mail, seen_at)))
        return seen_id

    def put_seen(self, seen: SeenMail) -> None:
        columns = columns_of_seen(seen)
        names = ", ".join(f"{name} = %({name})s" for name in columns)
        statement = f"UPDATE seen_mail SET {names} WHERE {OF_CANDIDATE} AND id = %(id)s"  # noqa: S608
        if not self._write(statement, columns):
            self._put_seen_row(columns)

    def delete_seen(self, seen_id: int) -> None:
        self._write(f"DELETE FROM seen_mail WHERE {OF_CANDIDATE} AND id = %(id)s", {"id": seen_id})  # noqa: S608

    def folder_mark(self, account: str, folder: str) -> FolderMark | None:
        query = f"SELECT * FROM folder_marks WHERE {OF_CANDIDATE} AND account = %(account)s AND folder = %(folder)s"  # noqa: S608
        row = self._row(query, {"account": account, "folder": folder})
        return None if row is None else FolderMark(account, folder, row["uid_validity"], row["last_uid"])

    def put_folder_mark(self, mark: FolderMark) -> None:
        columns: Columns = {"account": mark.account, "folder": mark.folder}
        columns |= {"uid_validity": mark.uid_validity, "last_uid": mark.last_uid}
        self._insert("folder_marks", columns, instead="account, folder")

    def delete_folder_marks(self, account: str) -> None:
        statement = f"DELETE FROM folder_marks WHERE {OF_CANDIDATE} AND account = %(account)s"  # noqa: S608
        self._write(statement, {"account": account})

    def last_look(self, account: str) -> LastLook:
        query = f"SELECT * FROM last_looks WHERE {OF_CANDIDATE} AND account = %(account)s"  # noqa: S608
        return to_last_look(self._row(query, {"account": account.lower()}), account)

    def put_last_look(self, look: LastLook) -> None:
        moments = {"looked_at": to_text_or_none(look.looked_at), "failed_at": to_text_or_none(look.failed_at)}
        self._insert("last_looks", {"account": look.account, "error": look.error, **moments}, instead="account")

    # --- with an application -----------------------------------------------------------------------------------------

    def _seen_row(self, seen_id: int) -> Row | None:
        row = self._row(f"{_SEEN} AND id = %(id)s", {"id": seen_id})
        return None if row is None else without_candidate(row)

    def _seen_rows_of(self, application: str) -> list[Row]:
        return [without_candidate(row) for row in self._rows(f"{_SEEN} AND {_OF} ORDER BY id", listed(application))]

    def _put_seen_row(self, row: Row) -> None:
        self._insert(SEEN, row)
        self._count_at_least("last_seen_mail", int(row["id"] or 0))


def without_candidate(row: Row) -> Row:
    """Return a row as a store in a file would have it: there all are of one candidate."""
    return {name: value for name, value in row.items() if name != "candidate"}
