"""From prepared mails to entries: all of one request, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.set_aside import say_set_aside, say_way_back
from followup_mail.cadence.step import Plan, StepState
from followup_mail.cadence.turns import not_before
from followup_mail.checks import refuse_errors
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import Entry, NewEntry, State, Timing
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.context.mail_accounts import of_message
from followup_mail.services.context.request import Request
from followup_mail.services.mailbox.put_in_drafts import put_in_drafts, require_mailbox
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.typed.attachable import Confirm, nobody_to_ask
from followup_mail.services.writing.early import early_rules, refuse_early, say_chosen, without_early
from followup_mail.services.writing.prepare import prepare, say_left
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import REMEMBERED, Asking, require_read
from followup_mail.workspace import Workspace


class QueueTerms(Struct, frozen=True):
    """On which terms mails go into the outbox."""

    ignore: tuple[str, ...] = ()
    """Codes of the check rules that the user left out."""
    early: str = ""
    """Why those that the plan has on a later day may leave now."""
    state: State = State.QUEUED
    """``DRAFT`` for mails that wait for approval."""
    grace: timedelta | None = None
    """None of them leaves sooner than this after now; None: they keep their moments, past ones too."""


class Queued(Struct, frozen=True):
    """What was queued for one request."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...] = ()
    """Who was left out and why, in sentences."""
    not_by_model: tuple[str, ...] = ()
    """Whose mail is in our own wording although a writing model is set, and why, in sentences."""


def enqueue(
    workspace: Workspace, request: Request, confirm: Confirm = nobody_to_ask, asking: Asking = REMEMBERED
) -> Queued:
    """Write, check and queue every mail of a request.

    Raises ``RefusedError`` when a check finds an error in any of them, a step is queued already, or a writing model
    wrote one that the user has not read.
    """
    batch = prepare(workspace, request, confirm, asking)
    refuse_unfit(batch.prepared)
    require_read(workspace, batch.prepared, asking)
    entries = queue_prepared(workspace, batch.prepared, request)
    return Queued(entries, batch.left, tuple(_say_not_by_model(batch.prepared)))


def queue_prepared(workspace: Workspace, prepared: Sequence[Prepared], request: Request) -> tuple[Entry, ...]:
    """Queue mails as a request has it, all or none: to leave from here, or for the Drafts folder of the mailbox.

    Raises ``RefusedError`` as ``enqueue`` does, and where no mailbox is set for the Drafts folder.
    """
    refuse_unfit(prepared)
    return (_queue_for_drafts if request.to_drafts else _queue_to_leave)(workspace, prepared, request)


def _queue_to_leave(workspace: Workspace, prepared: Sequence[Prepared], request: Request) -> tuple[Entry, ...]:
    terms = QueueTerms(request.ignore, request.early, grace=GRACE)
    return as_they_leave(workspace, enqueue_prepared(workspace, prepared, terms))


def _queue_for_drafts(workspace: Workspace, prepared: Sequence[Prepared], request: Request) -> tuple[Entry, ...]:
    """Put the mails into the mailbox at once, for the user to see them; their moments stay those of the plan."""
    require_mailbox(workspace, [one.message for one in prepared])
    terms = QueueTerms(request.ignore, request.early, State.DRAFT)
    entries = enqueue_prepared(workspace, prepared, terms)
    return put_in_drafts(workspace, [entry.id for entry in entries])


def enqueue_planned(
    workspace: Workspace, request: Request, confirm: Confirm = nobody_to_ask, asking: Asking = REMEMBERED
) -> Queued:
    """Queue every mail of the plan that can be written now.

    Each mail is one decision: a fault in one leaves the others queued.
    """
    context = open_application(workspace, request.application)
    ready = [
        step
        for step in context.plan.steps
        if step.channel.traits.is_sent and step.state in {StepState.DUE, StepState.UPCOMING} and step.person
    ]
    entries: list[Entry] = []
    left: list[str] = []
    not_by_model: list[str] = []
    for kind in dict.fromkeys(step.kind for step in ready):
        steps = tuple(step.id for step in ready if step.kind is kind)
        try:
            queued = _enqueue_fit(workspace, replace(request, kind=kind, steps=steps), confirm, asking)
            entries += queued.entries
            left += queued.left_out
            not_by_model += queued.not_by_model
        except FollowupError as error:
            left.append(f"{kind.traits.in_heading}: {error.in_full}")
    left += [say_left(step) for step in context.plan.steps if step.lacks_words and step.state is StepState.BLOCKED]
    if not entries and not left:
        left.append(_say_nothing_left(context.plan))
    return Queued(tuple(entries), tuple(left), tuple(not_by_model))


def _enqueue_fit(workspace: Workspace, request: Request, confirm: Confirm, asking: Asking) -> Queued:
    """Queue the mails of one kind in which no check finds an error, and say what is wrong with each other one."""
    batch = prepare(workspace, request, confirm, asking)
    fit: list[Prepared] = []
    left = [*batch.left]
    for one in batch.prepared:
        try:
            refuse_unfit([one])
            fit.append(one)
        except RefusedError as error:
            left.append(f"{one.written.step.kind.traits.in_heading}: {error.in_full}")
    require_read(workspace, fit, asking)
    entries = queue_prepared(workspace, fit, request) if fit else ()
    return Queued(entries, tuple(left), tuple(_say_not_by_model(fit)))


def _say_nothing_left(plan: Plan) -> str:
    if any(step.state is StepState.QUEUED for step in plan.steps):
        return "every mail that can be written now: each is in the outbox already (followup-mail outbox list)"
    return "no step of the plan can be written now"


def _say_not_by_model(prepared: Sequence[Prepared]) -> Iterator[str]:
    for mail in prepared:
        use = mail.written.model_use
        if use and use.why_not:
            yield f"To {mail.written.draft.to.name} in our own wording. {use.why_not}"


def enqueue_prepared(
    workspace: Workspace, prepared: Sequence[Prepared], terms: QueueTerms = QueueTerms()
) -> tuple[Entry, ...]:
    """Queue mails that were prepared, and perhaps shown, before; or keep them as drafts."""
    if terms.state is State.QUEUED:
        refuse_unfit(prepared)
    now = workspace.now()
    timings = [one.written.timing for one in prepared]
    if terms.grace is not None:
        moments = not_before([timing.due_at for timing in timings], now + terms.grace)
        timings = [replace(timing, due_at=at) for timing, at in zip(timings, moments, strict=True)]
    pairs = zip(prepared, timings, strict=True)
    return workspace.store.add([to_entry(workspace, one, terms, timing) for one, timing in pairs], now)


def refuse_unfit(prepared: Sequence[Prepared]) -> None:
    """Raise ``RefusedError`` when a check found an error in any of them, or the user paused their application.

    It is an ``EarlyError`` when the plan has one later, or they named a later day.
    """
    for one in prepared:
        _refuse_set_aside(one)
        what = f"The {one.written.step.kind.traits.in_sentence} to {one.written.draft.to.name}"
        refuse_errors(without_early(one.findings), what)
    refuse_early(prepared)


def _refuse_set_aside(prepared: Prepared) -> None:
    """Refuse what would only be held. A mail for the day on which a pause ends, or later, may be queued before."""
    facts = prepared.context.facts
    aside = say_set_aside(facts, prepared.written.timing.due_at.date()) if facts else ""
    if facts and aside:
        raise RefusedError(
            f"The application {facts.slug} is {aside}, so nothing is sent for it.",
            fix=f"To go on with it: followup-mail {say_way_back(facts)}",
        )


def to_entry(workspace: Workspace, prepared: Prepared, terms: QueueTerms, timing: Timing) -> NewEntry:
    """Return what goes into the outbox for one prepared mail: the very bytes that were shown, and its way out."""
    written, ignore = prepared.written, tuple(dict.fromkeys((*terms.ignore, *prepared.ignored)))
    account = of_message(workspace, prepared.message).sending_account
    rules = early_rules(prepared.context) if terms.early else ()
    early = say_chosen(terms.early, written.step, timing.due_at) if rules else ""
    ignore = tuple(dict.fromkeys((*ignore, *rules)))
    # What was planned, for the history; not where it leaves before that.
    why = early or (written.step.reason if timing.insisted else written.why)
    return NewEntry(written.draft.step, prepared.message, timing, ignore, terms.state, account, why, early)
