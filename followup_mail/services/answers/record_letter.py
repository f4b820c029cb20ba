"""An answer of theirs that was read and settled, recorded: what both fronts do once nothing is left to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.clean import clean_passage
from followup_mail.facts.terms import Status
from followup_mail.incoming.reply import Received
from followup_mail.services.answers.answer_rejection import Rejection, record_rejection, with_reader
from followup_mail.services.answers.answered_person import Answered
from followup_mail.services.answers.keep_contact import keep_contact
from followup_mail.services.answers.record_outcome import OutcomeChanges, record_outcome
from followup_mail.services.answers.take_letter import TakenLetter
from followup_mail.services.typed.early_day import refuse_early_answer
from followup_mail.services.writing.who_writes import REMEMBERED, Asking
from followup_mail.workspace import Workspace


class Came(Struct, frozen=True):
    """An answer of theirs, ready to be recorded."""

    slug: str
    received: Received | None = None
    answered: Answered | None = None
    """Whom the answer goes to; None where no letter was given."""
    told: tuple[str, ...] = ()
    """What was understood by itself, as sentences."""
    on: date | None = None
    """The day on which it came; None: as the letter says, else today."""
    reason: str = ""
    """A note on the reason that they gave for a rejection."""


def came_by_letter(slug: str, taken: TakenLetter, answered: Answered, told: tuple[str, ...]) -> Came:
    """Return an answer that came as a letter, to be answered at an address."""
    return Came(slug, answered_at(taken.letter.received, answered), answered, told)


def answered_at(received: Received, answered: Answered) -> Received:
    """Return a letter as it is recorded, to be answered at an address; without its thread for whom it is not from."""
    if answered.is_instead:
        received = replace(received, subject="", message_id="", references=(), notes=())
    return replace(received, sender=answered.email)


def record_no(
    workspace: Workspace,
    came: Came,
    tell: Callable[[str], object],
    ask: Callable[[], object] = lambda: None,
    asking: Asking = REMEMBERED,
) -> Rejection:
    """Record a rejection with its day and its letter, and draft the answer to whoever wrote.

    ``tell`` is called with what was understood, as sentences; ``ask`` may add to the facts before the draft is written.
    Raises ``WhenError`` for a day before there was an application.
    """
    slug, writer = came.slug, came.answered
    _refuse_early(workspace, came)
    for sentence in came.told:
        tell(sentence)

    def note_reason() -> None:
        if came.reason:
            workspace.facts.change(slug, {"outcome": {"reason": clean_passage(came.reason)}})

    def keep_and_ask() -> None:
        if writer and not writer.is_out_of_reach and (said := keep_contact(workspace, slug, writer)):
            tell(said)
        note_reason()
        ask()

    rejection = record_rejection(workspace, slug, (came.on, came.received), keep_and_ask, asking)
    if rejection.before:
        note_reason()
    if writer and writer.is_out_of_reach:
        tell(with_reader(writer.told, rejection.prepared))
    return rejection


def record_other(workspace: Workspace, came: Came, status: Status, tell: Callable[[str], object]) -> OutcomeChanges:
    """Record an outcome other than a rejection. Raises ``WhenError`` for a day before there was an application."""
    _refuse_early(workspace, came)
    for sentence in came.told:
        tell(sentence)
    return record_outcome(workspace, came.slug, status, came.on, came.received)


def _refuse_early(workspace: Workspace, came: Came) -> None:
    """Refuse a day that was typed; only a letter may tell which application it is for."""
    if came.on:
        refuse_early_answer(workspace, workspace.facts.load(came.slug), "--on", came.on)
