"""What the outbox and the log of touches say about one application, as the planner takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.cadence.step import History, Touch, Waiting, read_early
from followup_mail.facts.channels import Channel
from followup_mail.outbox.entry import OPEN, Entry, State

SENT_FROM_HERE: Final = "it was sent from the outbox"
"""Why a mail has its date whose entry is of before that was kept: no deed of the user's own."""


def to_history(entries: Iterable[Entry], logged: Iterable[Touch]) -> History:
    """Join sent mails and logged touches in order of time; what is open or in the folder waits beside them."""
    entries = tuple(entries)
    touches = [*(_to_touch(entry) for entry in entries if entry.state is State.SENT), *logged]
    return History(
        touches=tuple(sorted(touches, key=lambda touch: touch.at)),
        waiting=tuple(_to_waiting(entry) for entry in entries if entry.state in OPEN | {State.IN_FOLDER}),
    )


def _to_touch(entry: Entry) -> Touch:
    mail = entry.message
    return Touch(
        step=entry.step,
        channel=Channel.EMAIL,
        at=entry.sent_at or entry.created_at,
        text=mail.text,
        subject=mail.subject,
        message_id=mail.message_id,
        references=mail.references,
        why=entry.why or SENT_FROM_HERE,
    )


def _to_waiting(entry: Entry) -> Waiting:
    mail, due_at = entry.message, entry.timing.due_at
    if entry.next_attempt_at and entry.next_attempt_at > due_at:
        due_at = entry.next_attempt_at.astimezone(due_at.tzinfo)
    given = entry.step, entry.label, due_at, entry.state, mail.subject, mail.message_id, mail.references
    told, early = Touch(entry.step, Channel.EMAIL, due_at, text=mail.text), read_early(entry.why)
    return Waiting(*given, told=told, in_drafts=entry.in_drafts, early=early)
