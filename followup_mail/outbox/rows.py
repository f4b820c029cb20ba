"""How values are kept in the database: an entry to a row and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct

from followup_mail.cadence.step import Kind, Touch
from followup_mail.facts.channels import Channel
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Attached, Message
from followup_mail.outbox.columns import (
    Columns,
    FoundRow,
    Row,
    columns_of_step,
    columns_of_timing,
    outcome_to_text,
    to_list,
    to_moment_or_none,
    to_outcome,
    to_place,
    to_slug,
    to_step,
    to_text_or_none,
    to_texts,
    to_timing,
)
from followup_mail.outbox.damaged_rows import UNREADABLE, Damaged, DamagedRowError, NoText
from followup_mail.outbox.entry import Entry, NewEntry, State
from followup_mail.outbox.mail_to import MailTo
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.transitions import Cause, Transition

Value = TypeVar("Value")
AnyRow = TypeVar("AnyRow", bound=FoundRow)


def columns_of_message(mail: Message) -> Columns:
    """Return the columns of a finished mail."""
    return {
        "to_name": mail.to.name,
        "to_email": mail.to.email,
        "to_domain": mail.domain,
        "subject": mail.subject,
        "body": mail.text,
        "wording": mail.wording,
        "message_id": mail.message_id,
        "refs": json.dumps(mail.references),
        "mail_from": mail.mail_from,
        "rcpt_to": json.dumps(mail.rcpt_to),
        "smtputf8": int(mail.smtputf8),
        "attached": json.dumps([[str(file.path), file.sha256] for file in mail.attached]),
    }


def columns_of_new(new: NewEntry, account: str, now: datetime) -> Columns:
    """Return the columns of an entry that is added."""
    return {
        **columns_of_step(new.step),
        **columns_of_message(new.message),
        **columns_of_timing(new.timing),
        "ready_at": to_text(new.timing.due_at),
        "account": account,
        "content_sha256": new.message.sha256,
        "state": str(new.state),
        "created_at": to_text(now),
        "ignored_rules": json.dumps(new.ignored_rules),
        "why": new.why,
    }


def columns_of_entry(entry: Entry) -> Columns:
    """Return all columns of an entry that ``entry_of_columns`` makes it of again."""
    given = {name: field.write(getattr(entry, name)) for name, field in _FIELDS.items()}
    columns = {**columns_of_step(entry.step), **columns_of_message(entry.message), **columns_of_timing(entry.timing)}
    return {"id": entry.id, **columns, "ready_at": to_text(entry.ready_at), **given}


def changed_columns(before: Entry, after: Entry) -> Columns:
    """Return the columns in which an entry differs from what it was."""
    changed: Columns = {}
    if after.step != before.step:
        changed |= columns_of_step(after.step)
    if after.message is not before.message:
        changed |= columns_of_message(after.message)
    if after.timing is not before.timing:
        changed |= columns_of_timing(after.timing)
    for name, new, old in zip(_FIELDS, _VALUES(after), _VALUES(before), strict=True):
        if new is not old:
            changed[name] = _FIELDS[name].write(new)
    if changed.keys() & {"due_at", "next_attempt_at"}:
        changed["ready_at"] = to_text(after.ready_at)
    return changed


TOUCHES: Final = "touches LEFT JOIN touch_reasons ON touch_id = touches.id"
"""Where the rows that ``to_touch`` reads come from: what was logged before reasons were kept has none."""


def to_mail(row: FoundRow) -> MailTo:
    """Return the mail of a row with its application, address and moment."""
    return MailTo(row["application"], row["to_email"], to_moment(row["at"]))


def columns_of_touch(touch: Touch) -> Columns:
    """Return the columns of a logged touch."""
    return {
        **columns_of_step(touch.step),
        "channel": str(touch.channel),
        "at": to_text(touch.at),
        "reached": int(touch.reached),
        "body": touch.text,
        "subject": touch.subject,
        "message_id": touch.message_id,
        "refs": json.dumps(touch.references),
    }


def _to_attached(text: str) -> tuple[Attached, ...]:
    return () if text == "[]" else tuple(Attached(Path(path), sha256) for path, sha256 in to_list(text))


def _to_message(row: Row) -> Message:
    return Message(
        to=Mailbox(row["to_name"], row["to_email"]),
        subject=row["subject"],
        text=row["body"],
        message_id=row["message_id"],
        mail_from=row["mail_from"],
        rcpt_to=to_texts(row["rcpt_to"]),
        references=to_texts(row["refs"]),
        smtputf8=bool(row["smtputf8"]),
        wording=row["wording"],
        attached=_to_attached(row["attached"]),
    )


def to_entry(found: FoundRow) -> Entry:
    """Return the entry of a row. Raises ``DamagedRowError`` when the row cannot be understood."""
    # sqlite3.Row searches its columns one by one for each name; with forty columns that is half of the work here.
    row: Row = dict(zip(found.keys(), tuple(found), strict=True)) if isinstance(found, sqlite3.Row) else found
    try:
        return _to_entry(row)
    except UNREADABLE as error:
        raise DamagedRowError(Damaged(row["id"], row["application"], _name_damage(row), row)) from error


def entry_of_columns(columns: Row) -> Entry:
    """Return the entry of ``columns_of_entry``. Raises one of ``UNREADABLE``."""
    return _to_entry({"was_sent_at": None, **columns})  # what was written before this was kept has none


def to_entries(rows: Iterable[FoundRow]) -> Iterator[Entry]:
    """Yield the entries of rows; a damaged row is left out, and hides no other."""
    for row in rows:
        with suppress(DamagedRowError):
            yield to_entry(row)


def find_damage(row: FoundRow) -> Damaged | None:
    """Return what is wrong with the row of an entry, if it cannot be understood."""
    try:
        to_entry(row)
    except DamagedRowError as error:
        return error.damaged
    return None


def _name_damage(row: Row) -> str:
    """Return the first column of an entry that cannot be read."""
    if no_text := next((name for name, value in row.items() if isinstance(value, NoText)), ""):
        return no_text
    for name, read in _READERS.items():
        try:
            read(row[name])
        except UNREADABLE:
            return name
    return "its columns"


def _to_entry(row: Row) -> Entry:
    to_moment(row["ready_at"])  # what a worker goes by: unreadable, it would keep the entry waiting for ever
    to_slug(row["application"])
    if NoText in map(type, row.values()):
        raise ValueError("not text")
    given = {name: field.read(row[name]) for name, field in _FIELDS.items()}
    return Entry(id=row["id"], step=to_step(row), message=_to_message(row), timing=to_timing(row), **given)


def to_touch(row: FoundRow) -> Touch:
    """Return the touch of a row of ``TOUCHES``."""
    return Touch(
        step=to_step(row),
        channel=Channel(row["channel"]),
        at=to_moment(row["at"]),
        reached=bool(row["reached"]),
        text=row["body"],
        subject=row["subject"],
        message_id=row["message_id"],
        references=to_texts(row["refs"]),
        why=row["why"] or "",
    )


def to_pause(row: FoundRow) -> Pause:
    """Return the pause of an account; when its end cannot be read, the user must end it."""
    until = None
    with suppress(ValueError, TypeError):
        until = to_moment_or_none(row["until_at"])
    return Pause(row["account"], row["reason"], until, row["fix"])


def columns_of_transition(transition: Transition) -> Columns:
    """Return the columns of a line of history."""
    return {
        "at": to_text(transition.at),
        "cause": str(transition.cause),
        "before": None if transition.before is None else str(transition.before),
        "after": str(transition.after),
        "detail": transition.detail,
    }


def to_transition(row: FoundRow) -> Transition:
    """Return the line of history of a row of ``moves``."""
    before = None if row["before"] is None else State(row["before"])
    return Transition(to_moment(row["at"]), Cause(row["cause"]), before, State(row["after"]), row["detail"])


class _Field(Struct, frozen=True):
    """How a field of an entry is kept in the column of its name."""

    read: Callable[[Any], Any]
    write: Callable[[Any], str | int | None]


_TEXT = _Field(lambda text: text, str)
_NUMBER = _Field(lambda number: number, int)
_MOMENT = _Field(to_moment_or_none, to_text_or_none)
_FIELDS = {
    "account": _TEXT,
    "content_sha256": _TEXT,
    "state": _Field(State, str),
    "why": _TEXT,
    "held": _TEXT,
    "reason": _TEXT,
    "fix": _TEXT,
    "attempts": _NUMBER,
    "claims": _NUMBER,
    "claimed_by": _TEXT,
    "cancel_asked": _TEXT,
    "created_at": _Field(to_moment, to_text),
    "next_attempt_at": _MOMENT,
    "claimed_at": _MOMENT,
    "lease_until": _MOMENT,
    "handed_at": _MOMENT,
    "intent_at": _MOMENT,
    "sent_at": _MOMENT,
    "was_sent_at": _MOMENT,
    "filed_at": _MOMENT,
    "outcome": _Field(to_outcome, outcome_to_text),
    "ignored_rules": _Field(to_texts, json.dumps),
}
_VALUES: Final = attrgetter(*_FIELDS)
_READERS: dict[str, Callable[[Any], object]] = {
    "application": to_slug,
    "kind": Kind,
    "refs": to_texts,
    "rcpt_to": to_texts,
    "attached": _to_attached,
    "place": to_place,
    "due_at": to_moment,
    "last_at": to_moment_or_none,
    "ready_at": to_moment,
    **{name: field.read for name, field in _FIELDS.items()},
}
"""The columns of an entry that hold more than plain text or a number, and what reads each."""


def readable(read: Callable[[AnyRow], Value], rows: Iterable[AnyRow]) -> Iterator[Value]:
    """Yield what can be read of rows; ``verify`` names the others."""
    for row in rows:
        with suppress(*UNREADABLE):
            yield read(row)
