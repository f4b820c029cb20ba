"""Record a rejection, and keep a draft of the answer to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.step import Kind
from followup_mail.drafts.filters import in_words
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.incoming.reply import Received
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.answers.answered_before import Before, find_before, is_on_record
from followup_mail.services.answers.record_outcome import TO_SOMEBODY_KNOWN, OutcomeChanges, record_outcome
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import REMEMBERED, Asking
from followup_mail.workspace import Workspace


class Rejection(Struct, frozen=True):
    """What recording a rejection did."""

    changes: OutcomeChanges
    prepared: tuple[Prepared, ...] = ()
    entries: tuple[Entry, ...] = ()
    """The drafts in the outbox, one for each mail that was written."""
    why_no_draft: FollowupError | None = None
    before: Before | None = None
    """What came of the answer, where this rejection was on record: then nothing was recorded anew."""


def record_rejection(
    workspace: Workspace,
    slug: str,
    came: tuple[date | None, Received | None],
    ask: Callable[[], object] = lambda: None,
    asking: Asking = REMEMBERED,
) -> Rejection:
    """Record a rejection, stop what is queued and draft an answer; it is recorded also when no draft can be written.

    A rejection on record whose answer waits or was given stays as it is. ``came`` is the day on which it came and the
    message that was read. ``ask`` is called between the two: what it adds to the facts is in the draft.
    ``asking`` says whether a writing model may write that.
    """
    known = workspace.facts.load(slug)
    if before := find_before(workspace, known, came):
        return Rejection(OutcomeChanges(), before=before)
    on, message = came
    if message is None and on is None and is_on_record(known):
        on = known.outcome.on
    changes = record_outcome(workspace, slug, Status.REJECTED, on, message)
    ask()
    try:
        prepared = prepare(workspace, Request(slug, Kind.REJECTION_THANKS), asking=asking).prepared
        entries = enqueue_prepared(workspace, prepared, QueueTerms(state=State.DRAFT))
    except FollowupError as error:
        return Rejection(changes, why_no_draft=_without_addresses(workspace.facts.load(slug)) or error)
    notes = [with_reader(note, prepared) if note.endswith(TO_SOMEBODY_KNOWN) else note for note in changes.notes]
    return Rejection(replace(changes, notes=tuple(notes)), prepared, entries)


def with_reader(note: str, prepared: Sequence[Prepared]) -> str:
    """Return a sentence about who does not get the answer with the name of who does."""
    names = in_words([one.written.draft.to.name for one in prepared])
    said = note.removesuffix(TO_SOMEBODY_KNOWN).removesuffix(".")
    return f"{said}: the answer goes to {names}." if names else note


def _without_addresses(application: Application) -> FollowupError | None:
    """Return what to do where nobody has an address; None where somebody has."""
    everyone = application.everyone()
    if any(person.email for person in everyone):
        return None
    name = everyone[0].name if everyone else "NAME"
    option = f'--address "{name}: ADDRESS"' if everyone else '--contact "NAME <ADDRESS>"'
    again = f"followup-mail queue {application.slug} {Kind.REJECTION_THANKS}"
    return FollowupError(
        f"nobody of {application.company} has an address in your facts.",
        fix=f"Give one: followup-mail change {application.slug} {option}. Then: {again}",
    )
