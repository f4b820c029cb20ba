"""From prepared mails to entries: all of one request, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from followup_mail.cadence.set_aside import say_set_aside, say_way_back
from followup_mail.cadence.step import StepState
from followup_mail.checks import refuse_errors
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import Entry, NewEntry, State
from followup_mail.services.application_context import open_application
from followup_mail.services.attachable import Confirm, nobody_to_ask
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
    entries = enqueue_prepared(workspace, batch.prepared, request.ignore)
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
        names = tuple(step.person.key for step in ready if step.kind is kind and step.person)
        try:
            queued = enqueue(workspace, replace(request, kind=kind, to=names), confirm, asking)
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
    workspace: Workspace, prepared: Sequence[Prepared], ignore: tuple[str, ...], state: State = State.QUEUED
) -> tuple[Entry, ...]:
    """Queue mails that were prepared, and perhaps shown, before; or keep them as drafts."""
    if state is State.QUEUED:
        refuse_unfit(prepared)
    return workspace.store.add([to_entry(workspace, one, ignore, state) for one in prepared], workspace.now())


def refuse_unfit(prepared: Sequence[Prepared]) -> None:
    """Raise ``RefusedError`` when a check found an error in any of them, or the user paused their application."""
    for one in prepared:
        _refuse_set_aside(one)
        refuse_errors(one.findings, f"The {one.written.step.kind} to {one.written.draft.to.name}")


def _refuse_set_aside(prepared: Prepared) -> None:
    """Refuse what would only be held. A mail for the day on which a pause ends, or later, may be queued before."""
    facts = prepared.context.facts
    aside = say_set_aside(facts, prepared.written.timing.due_at.date()) if facts else ""
    if facts and aside:
        raise RefusedError(
            f"The application {facts.slug} is {aside}, so nothing is sent for it.",
            fix=f"To go on with it: followup-mail {say_way_back(facts)}",
        )


def to_entry(workspace: Workspace, prepared: Prepared, ignore: tuple[str, ...], state: State) -> NewEntry:
    """Return what goes into the outbox for one prepared mail: the very bytes that were shown, and its way out."""
    written, account = prepared.written, workspace.sending_account
    return NewEntry(written.draft.step, prepared.message, written.timing, ignore, state, account)
