"""From prepared mails to entries: all of one request, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from followup_mail.cadence.step import StepState
from followup_mail.checks import refuse_errors
from followup_mail.checks.plan_objections import planned_day_against
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry, NewEntry, State
from followup_mail.services.application_context import open_application
from followup_mail.services.attachable import Confirm, nobody_to_ask
from followup_mail.services.departures import as_they_leave
from followup_mail.services.early import BEFORE_PLAN, refuse_early
from followup_mail.services.prepare import prepare
from followup_mail.services.prepared import Prepared
from followup_mail.services.request import Request
from followup_mail.services.who_writes import REMEMBERED, Asking, require_read
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Queued:
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
    entries = enqueue_prepared(workspace, batch.prepared, request.ignore, early=request.early)
    entries = as_they_leave(workspace, entries)
    return Queued(entries, batch.left, tuple(_say_not_by_model(batch.prepared)))


def enqueue_planned(
    workspace: Workspace, request: Request, confirm: Confirm = nobody_to_ask, asking: Asking = REMEMBERED
) -> Queued:
    """Queue every mail of the plan that can be written now.

    Each kind is one decision: a fault in one leaves the others queued.
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
            queued = enqueue(workspace, replace(request, kind=kind, steps=steps), confirm, asking)
            entries += queued.entries
            left += queued.left_out
            not_by_model += queued.not_by_model
        except FollowupError as error:
            left.append(f"{kind}: {error.sentence} {error.fix}".rstrip())
    if not entries and not left:
        left.append("no step of the plan can be written now")
    return Queued(tuple(entries), tuple(left), tuple(not_by_model))


def _say_not_by_model(prepared: Sequence[Prepared]) -> Iterator[str]:
    for mail in prepared:
        use = mail.written.model_use
        if use and use.why_not:
            yield f"To {mail.written.draft.to.name} in our own wording. {use.why_not}"


def enqueue_prepared(
    workspace: Workspace,
    prepared: Sequence[Prepared],
    ignore: tuple[str, ...],
    state: State = State.QUEUED,
    early: str = "",
) -> tuple[Entry, ...]:
    """Queue mails that were prepared, and perhaps shown, before; or keep them as drafts.

    ``early`` is why those that the plan has on a later day may leave now.
    """
    if state is State.QUEUED:
        refuse_unfit(prepared)
    new = [to_entry(workspace, one, ignore, state, early) for one in prepared]
    return workspace.store.add(new, workspace.now())


def refuse_unfit(prepared: Sequence[Prepared]) -> None:
    """Raise ``RefusedError`` when a check found an error in any of them, ``EarlyError`` when the plan has one later."""
    for one in prepared:
        if any(finding.is_error and finding.code != BEFORE_PLAN for finding in one.findings):
            refuse_errors(one.findings, f"The {one.written.step.kind} to {one.written.draft.to.name}")
    refuse_early(prepared)


def to_entry(
    workspace: Workspace, prepared: Prepared, ignore: tuple[str, ...], state: State, early: str = ""
) -> NewEntry:
    """Return what goes into the outbox for one prepared mail: the very bytes that were shown, and its way out."""
    written, account = prepared.written, workspace.sending_account
    why = f"earlier than planned: {early}" if early and planned_day_against(prepared.context) else ""
    if why:
        ignore = (*ignore, BEFORE_PLAN)
    return NewEntry(written.draft.step, prepared.message, written.timing, ignore, state, account, why)
