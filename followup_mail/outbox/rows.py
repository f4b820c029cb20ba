"""How values lie in the database: an entry to a row and back, moments as text that sorts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.facts.channels import Channel
from followup_mail.facts.names import is_slug
from followup_mail.message.draft import Mailbox
from followup_mail.message.message import Attached, Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.damaged_rows import UNREADABLE, Damaged, DamagedRowError, NoText
from followup_mail.outbox.entry import Entry, Place, State, Timing, in_zone
from followup_mail.outbox.transitions import Cause, Transition

Columns = dict[str, str | int | bytes | None]
"""What is written."""

Row = Mapping[str, Any]
"""What is read."""


def to_text(moment: datetime) -> str:
    """Return an aware moment as UTC text that sorts, e.g. ``2026-11-18T14:30:00.000000Z``."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def to_moment(text: str) -> datetime:
    """Return the moment that ``to_text`` wrote, in UTC."""
    return datetime.fromisoformat(text)


def _to_moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else to_moment(text)


def columns_of_step(step: StepId) -> Columns:
    """Return the columns that identify a step, in the tables of entries and touches alike."""
    return {
        "application": step.application,
        "kind": str(step.kind),
        "round": step.round,
        "person": step.person,
        "nth": step.nth,
    }


def columns_of_mail(mail: Message) -> Columns:
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
        "attached": json.dumps([[str(one.path), one.sha256] for one in mail.attached]),
    }


def columns_of_timing(timing: Timing) -> Columns:
    """Return the columns of a timing. ``ready_at`` starts out as the due time."""
    place = timing.place
    return {
        "due_at": to_text(timing.due_at),
        "ready_at": to_text(timing.due_at),
        "next_attempt_at": None,
        "last_at": None if timing.last_at is None else to_text(timing.last_at),
        "place": json.dumps(
            [place.zone, place.country, place.region, place.opens.isoformat(), place.closes.isoformat()]
        ),
        "insisted": int(timing.insisted),
    }


def outcome_to_text(outcome: AttemptResult | None) -> str | None:
    """Return an outcome as JSON."""
    if outcome is None:
        return None
    return json.dumps({one.name: getattr(outcome, one.name) for one in fields(outcome)})


def _to_outcome(text: str | None) -> AttemptResult | None:
    if text is None:
        return None
    told = json.loads(text)
    told["verdict"], told["phase"] = Verdict(told["verdict"]), Phase(told["phase"])
    told["refused"] = tuple((address, words) for address, words in told["refused"])
    return AttemptResult(**told)


def to_step(row: Row | sqlite3.Row) -> StepId:
    """Return the step that a row of entries or touches names."""
    return StepId(row["application"], Kind(row["kind"]), row["round"], row["person"], row["nth"])


def _to_texts(text: str) -> tuple[str, ...]:
    found = () if text == "[]" else tuple(_to_list(text))
    if not all(isinstance(one, str) for one in found):
        raise ValueError("not a list of texts")
    return found


def _to_slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError("not the name of an application")
    return text


def _to_list(text: str) -> list[Any]:
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found


def _to_attached(text: str) -> tuple[Attached, ...]:
    return () if text == "[]" else tuple(Attached(Path(path), sha256) for path, sha256 in _to_list(text))


@lru_cache(maxsize=256)
def _to_place(text: str) -> Place:
    zone, country, region, opens, closes = _to_list(text)
    if not all(isinstance(one, str) for one in (zone, country, region)):
        raise ValueError("not a place")
    return Place(zone, country, region, time.fromisoformat(opens), time.fromisoformat(closes))


def _to_message(row: Row) -> Message:
    return Message(
        to=Mailbox(row["to_name"], row["to_email"]),
        subject=row["subject"],
        text=row["body"],
        message_id=row["message_id"],
        mail_from=row["mail_from"],
        rcpt_to=_to_texts(row["rcpt_to"]),
        references=_to_texts(row["refs"]),
        smtputf8=bool(row["smtputf8"]),
        wording=row["wording"],
        attached=_to_attached(row["attached"]),
    )


def _to_timing(row: Row) -> Timing:
    place = _to_place(row["place"])
    return Timing(
        due_at=in_zone(to_moment(row["due_at"]), place.zone),
        last_at=None if row["last_at"] is None else in_zone(to_moment(row["last_at"]), place.zone),
        place=place,
        insisted=bool(row["insisted"]),
    )


def to_entry(found: sqlite3.Row) -> Entry:
    """Return the entry of a row. Raises ``DamagedRowError`` when the row cannot be understood."""
    # sqlite3.Row searches its columns one by one for each name; of forty columns that is half of the work here.
    row: Row = dict(zip(found.keys(), tuple(found), strict=True))
    try:
        return _to_entry(row)
    except UNREADABLE as error:
        raise DamagedRowError(Damaged(row["id"], row["application"], _name_damage(row), row)) from error


def to_entries(rows: Iterable[sqlite3.Row]) -> Iterator[Entry]:
    """Yield the entries of rows; one that is damaged is left out, and hides no other."""
    for row in rows:
        with suppress(DamagedRowError):
            yield to_entry(row)


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
    _to_slug(row["application"])
    if NoText in map(type, row.values()):
        raise ValueError("not text")
    return Entry(
        id=row["id"],
        step=to_step(row),
        message=_to_message(row),
        content_sha256=row["content_sha256"],
        timing=_to_timing(row),
        state=State(row["state"]),
        created_at=to_moment(row["created_at"]),
        account=row["account"],
        held=row["held"],
        reason=row["reason"],
        fix=row["fix"],
        attempts=row["attempts"],
        claims=row["claims"],
        next_attempt_at=_to_moment_or_none(row["next_attempt_at"]),
        claimed_at=_to_moment_or_none(row["claimed_at"]),
        claimed_by=row["claimed_by"],
        lease_until=_to_moment_or_none(row["lease_until"]),
        intent_at=_to_moment_or_none(row["intent_at"]),
        cancel_asked=row["cancel_asked"],
        sent_at=_to_moment_or_none(row["sent_at"]),
        filed_at=_to_moment_or_none(row["filed_at"]),
        outcome=_to_outcome(row["outcome"]),
        ignored_rules=_to_texts(row["ignored_rules"]),
    )


def to_touch(row: sqlite3.Row) -> Touch:
    """Return the touch of a row of ``touches``."""
    return Touch(
        step=to_step(row),
        channel=Channel(row["channel"]),
        at=to_moment(row["at"]),
        reached=bool(row["reached"]),
        text=row["body"],
        subject=row["subject"],
        message_id=row["message_id"],
        references=_to_texts(row["refs"]),
    )


def to_moved(row: sqlite3.Row) -> Transition:
    """Return the line of history of a row of ``transitions``."""
    before = None if row["before"] is None else State(row["before"])
    return Transition(to_moment(row["at"]), Cause(row["cause"]), before, State(row["after"]), row["detail"])


def entry_to_touch(entry: Entry) -> Touch:
    """Return what a sent entry counts as in the history."""
    mail = entry.message
    return Touch(
        step=entry.step,
        channel=Channel.EMAIL,
        at=entry.sent_at or entry.created_at,
        text=mail.text,
        subject=mail.subject,
        message_id=mail.message_id,
        references=mail.references,
    )


_READERS: dict[str, Callable[[Any], object]] = {
    "application": _to_slug,
    "kind": Kind,
    "refs": _to_texts,
    "rcpt_to": _to_texts,
    "attached": _to_attached,
    "place": _to_place,
    "due_at": to_moment,
    "last_at": _to_moment_or_none,
    "ready_at": to_moment,
    "ignored_rules": _to_texts,
    "state": State,
    "created_at": to_moment,
    "next_attempt_at": _to_moment_or_none,
    "claimed_at": _to_moment_or_none,
    "lease_until": _to_moment_or_none,
    "intent_at": _to_moment_or_none,
    "sent_at": _to_moment_or_none,
    "filed_at": _to_moment_or_none,
    "outcome": _to_outcome,
}
"""The columns of an entry that hold more than plain text or a number, and what reads each."""
