"""Facts to finished mail: choose the steps asked for, write them, compose them, check them. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from followup_mail.cadence.large_panels import note_panels
from followup_mail.cadence.requested_step import Wish, find_step, make_step
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.cadence.when import parse_when
from followup_mail.cadence.worktime import next_permitted
from followup_mail.checks import CheckContext, check_mail, choose_rules
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.write_draft import frame_draft, write_draft
from followup_mail.errors import FactsError, TemplateError
from followup_mail.language.promises import is_delivered, promises_to
from followup_mail.message.compose import compose
from followup_mail.message.draft import Attachment
from followup_mail.outbox.entry import Timing
from followup_mail.services.context.application_context import (
    ApplicationContext,
    open_application,
    place_of,
    reached_person,
)
from followup_mail.services.context.mail_accounts import of_application
from followup_mail.services.context.mending_command import mending_command
from followup_mail.services.context.request import Request, choose_steps, find_members
from followup_mail.services.context.unsaid_notes import say_unsaid
from followup_mail.services.context.why_then import say_why_then
from followup_mail.services.typed.attachable import Confirm, nobody_to_ask, read_promised
from followup_mail.services.writing.check_inputs import make_check_context, read_background
from followup_mail.services.writing.early import allow_early
from followup_mail.services.writing.prepared import Batch, Prepared, Surround, Written
from followup_mail.services.writing.spread_out import spread_out
from followup_mail.services.writing.who_writes import REMEMBERED, Asking, Author
from followup_mail.workspace import Workspace

GRACE_OF_CHOSEN = timedelta(days=2)
"""How long a mail that the user gave a moment of their own may still go after it."""


def prepare(
    workspace: Workspace, request: Request, confirm: Confirm = nobody_to_ask, asking: Asking = REMEMBERED
) -> Batch:
    """Write every mail that a request asks for, and say who has to be left out for want of a fact.

    Raises ``RefusedError`` when nobody is left, and whatever else stands in the way of any of them: then there is
    none. Findings are returned, not raised. ``confirm`` asks about a promised file that lies elsewhere, ``asking``
    says whether a writing model may be asked.
    """
    return prepare_in(workspace, open_application(workspace, request.application), request, confirm, asking)


def prepare_in(
    workspace: Workspace,
    context: ApplicationContext,
    request: Request,
    confirm: Confirm = nobody_to_ask,
    asking: Asking = REMEMBERED,
) -> Batch:
    """Do the same for an application as it stands in ``context``. It is written from the account of the application."""
    workspace = of_application(workspace, context.application)
    rules = choose_rules(ignore=request.ignore)
    ours = write_ours(workspace, context, request, confirm)
    written = _let_others_write(workspace, asking, ours.mails, ours.surround)
    checked = ((mail, ours.surround(mail, written)) for mail in written)
    prepared = tuple(Prepared(mail, compose(mail.draft), it, check_mail(it, rules)) for mail, it in checked)
    prepared = allow_early(prepared) if request.early else prepared
    return Batch(prepared, ours.left, _say_missing(context, prepared))


class OurMails(Struct, frozen=True):
    """The mails of a request as our own wordings have them, before anybody else writes them."""

    mails: tuple[tuple[Assignment, Written], ...]
    surround: Surround
    left: tuple[str, ...]
    """Who was left out and why, in sentences."""


def write_ours(
    workspace: Workspace, context: ApplicationContext, request: Request, confirm: Confirm = nobody_to_ask
) -> OurMails:
    """Write every mail of a request in our own wordings, with the workspace of the account that it leaves from.

    Raises as ``prepare`` does, but not for what our wordings cannot write.
    """
    steps = _steps(context, request)
    blocked = [step for step in steps if step.state is StepState.BLOCKED and not step.lacks_words]
    ready = [step for step in steps if step not in blocked]
    left = tuple(map(say_left, blocked))
    if not ready:
        commands = dict.fromkeys(mending_command(step) for step in blocked)
        fix = "\n".join(f"Fill it in: followup-mail {command}" for command in commands)
        raise FactsError("\n".join(left), fix=fix)
    background = read_background(workspace, context)

    def surround(one: Written, batch: Sequence[Written]) -> CheckContext:
        return make_check_context(context, one, batch, background)

    timings = spread_out(workspace, context, [(step, _timing(workspace, context, step, request.at)) for step in ready])
    own = (_write(workspace, context, planned, request, confirm) for planned in zip(ready, timings, strict=True))
    return OurMails(tuple(own), surround, left)


def _let_others_write(
    workspace: Workspace, asking: Asking, own: Sequence[tuple[Assignment, Written]], surround: Surround
) -> list[Written]:
    """Return the mails in the words given, or as the writing model that is set wrote them, where it may; else ours."""
    written = [ours for _, ours in own]
    if asking.author is Author.GIVEN:
        from followup_mail.services.writing.given_words import take_given

        written = take_given(workspace, asking, own)
    elif asking.author is not Author.OURS and workspace.writing_model is not None:
        from followup_mail.services.writing.ask_model import let_model_write

        written = let_model_write(workspace, asking, own, surround)
    if error := next((one.unwritable for one in written if one.unwritable), None):
        raise error
    return written


def _steps(context: ApplicationContext, request: Request) -> tuple[Step, ...]:
    """Return the step for each person named, from the plan where it has one; else for everybody concerned."""
    kind = request.kind
    assert kind is not None
    if exact := tuple(step for wanted in request.steps if (step := context.plan.step(wanted))):
        return exact
    members = find_members(context.application, request.to)
    if not members and (planned := choose_steps(context.plan, kind, even_taken=request.even_taken)):
        return tuple(
            _step_for(context, kind, step.id.person) if step.state is StepState.MISSED else step for step in planned
        )
    return tuple(_step_for(context, kind, handle) for handle in ([one.handle for one in members] or [""]))


def _say_missing(context: ApplicationContext, prepared: tuple[Prepared, ...]) -> tuple[str, ...]:
    """Return what is missing for thank-yous to many people, when several of them are looked at."""
    first = prepared[0].written.step
    if not first.kind.traits.thanks_for_interview or not (len(prepared) > 1 or first.thanks_all):
        return ()
    return tuple(f"{sentence}." for sentence in note_panels(context.planning))


def _step_for(context: ApplicationContext, kind: Kind, handle: str) -> Step:
    """Return the plan's step for a person, whatever its state: it cannot be queued twice.

    Only an inquiry or a second note that was done may be followed by another one, if the user insists.
    """
    planned = find_step(context.plan, kind, handle) if handle else None
    done_and_open_ended = planned and planned.state is StepState.DONE and kind.traits.in_chain
    # A missed step keeps its identity, but gets a new last sensible moment when it is written after all.
    if planned and not done_and_open_ended and planned.state is not StepState.MISSED:
        return planned
    number = planned.id.round if planned and not done_and_open_ended else 0
    return make_step(context.planning, Wish(kind, handle, round=number))


def say_left(step: Step) -> str:
    """Return who was left out and why, in a sentence."""
    return _say_cannot(step, step.note or "a fact is missing")


def _say_cannot(step: Step, why: str) -> str:
    name = step.person.name if step.person else "nobody known"
    return f'"{step.kind.traits.in_heading}" to {name} cannot be written: {why}.'


def _write(
    workspace: Workspace, context: ApplicationContext, planned: tuple[Step, Timing], request: Request, confirm: Confirm
) -> tuple[Assignment, Written]:
    step, timing = planned
    files = promised_files(workspace, context, step, confirm) if step.kind.traits.carries_promised_files else ()
    assignment = Assignment(
        context.application, step, context.history, timing.due_at, request.wording, files, context.planning.defaults,
        leaves_by=_leaves_by(step, timing, request),
    )  # fmt: skip
    why = say_why_then(step, timing, context.now)
    try:
        return assignment, Written(step, write_draft(workspace.writer, assignment), timing, why)
    except TemplateError as error:
        # A writing model may do with less; if none writes it, this is raised after all.
        wrong = _explain(workspace, context, step, error)
        return assignment, Written(step, frame_draft(workspace.writer, assignment), timing, why, wrong)


def _explain(workspace: Workspace, context: ApplicationContext, step: Step, error: TemplateError) -> TemplateError:
    """Return what a mail lacks; of a note that no wording makes a sentence of, the note."""
    unsaid = say_unsaid(workspace, context.planning, step)
    if not unsaid:
        return error
    fix = f"Say it in a sentence: followup-mail {mending_command(step)}"
    return TemplateError(_say_cannot(step, unsaid), fix=fix)


def _leaves_by(step: Step, timing: Timing, request: Request) -> datetime | None:
    """Return the last moment at which a thank-you can leave. FM206 knows how these speak of the interview's day."""
    if not step.kind.traits.thanks_for_interview:
        return None
    return timing.due_at if request.at_once else timing.last_at


def _timing(workspace: Workspace, context: ApplicationContext, step: Step, at: str) -> Timing:
    place = place_of(workspace, context.application, reached_person(step))
    if not at:
        due_at = max(step.due_at, context.now) if step.due_at else context.now
        return Timing(next_permitted(due_at, place), step.last_at, place)
    moment = parse_when(at, context.now, place.clock, workspace.own_zone)
    last_at = max(step.last_at, moment + GRACE_OF_CHOSEN) if step.last_at else None
    return Timing(moment, last_at, place, insisted=True)


def promised_files(
    workspace: Workspace, context: ApplicationContext, step: Step, confirm: Confirm = nobody_to_ask
) -> tuple[Attachment, ...]:
    """Read the files that were promised to this person and are ready; they travel with the thank-you, each once."""
    if step.person is None:
        return ()
    folder = workspace.facts.path(context.application.slug).parent
    theirs = (touch for touch in context.history.touches if touch.step.person == step.id.person)
    read = " ".join(touch.text for touch in theirs if touch.step != step.id)
    kept = promises_to(context.application, step.person)
    ready = [promise.promise.file for promise in kept if promise.promise.file and not is_delivered(promise, read)]
    return tuple(read_promised(workspace, folder / one, confirm, absolute=Path(one).is_absolute()) for one in ready)
