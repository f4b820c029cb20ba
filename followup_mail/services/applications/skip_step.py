"""Take one step off the plan of an application for good, or bring it back. The facts keep it; its mail is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.cadence.skips import find_skips, write_skip
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.cadence.wording import say_list
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.request import find_members
from followup_mail.workspace import Workspace

_STILL_OPEN: Final = frozenset(
    {StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.BLOCKED, StepState.MISSED}
)
_NOW: Final = (frozenset({StepState.DUE}), frozenset({StepState.QUEUED}))
_IN_DOUBT: Final = frozenset({State.SENDING, State.UNCLEAR})


class SkipChoice(Struct, frozen=True):
    """A step that is to be skipped, and its mail, if one waits in the outbox."""

    step: Step
    entry: Entry | None


def choose_skip(workspace: Workspace, slug: str, kind: Kind | None, to: str) -> SkipChoice:
    """Return the step that is meant: the next one, the next of a kind, or the one for a person.

    Raises ``RefusedError`` when it is none or could be several, or its mail may have been sent.
    """
    return _with_entry(workspace, _choose_step(open_application(workspace, slug), kind, to))


def choose_exactly(workspace: Workspace, slug: str, identity: str) -> SkipChoice:
    """Return the step of an identity, as its text. Raises ``RefusedError`` as ``choose_skip`` does."""
    context = open_application(workspace, slug)
    step = next((step for step in context.plan.steps if str(step.id) == identity), None)
    if step is None or step.state not in _STILL_OPEN:
        raise RefusedError(f"This step is not open any more in the plan of {slug}.")
    return _with_entry(workspace, step)


def _with_entry(workspace: Workspace, step: Step) -> SkipChoice:
    slug, states = step.id.application, OPEN | {State.IN_FOLDER}
    entries = workspace.store.entries(application=slug, states=states)
    entry = next((entry for entry in entries if entry.step == step.id), None)
    if entry and entry.state in _IN_DOUBT:
        raise RefusedError(
            f"{entry.label} for this step is {entry.state}; nothing was skipped.",
            fix=f"See `followup-mail outbox show {entry.id}` first.",
        )
    return SkipChoice(step, entry)


def skip_step(workspace: Workspace, choice: SkipChoice) -> str:
    """Take the step off the plan. Its mail is cancelled first, so that it cannot leave meanwhile.

    Returns what was done about its draft in the user's mailbox, in a sentence; empty where there is none. Raises
    ``RefusedError`` when the user sent that.
    """
    slug, said = choice.step.id.application, ""
    if choice.entry and choice.entry.in_drafts:
        from followup_mail.services.mailbox.notice_drafts import withdraw_draft

        said = withdraw_draft(workspace, choice.entry).said
    if choice.entry and workspace.store.get(choice.entry.id).state is not State.CANCELLED:
        workspace.store.cancel(choice.entry.id, workspace.now(), "you skipped this step")
    # Only what the user does with their own hands comes in series.
    line = write_skip(choice.step.id, is_of_series=not choice.step.channel.traits.is_sent)
    workspace.facts.change(slug, lambda known: {"skipped": [*known.skipped, line]})
    return said


def bring_back_step(workspace: Workspace, slug: str, kind: Kind | None, to: str) -> tuple[Step, ...]:
    """Put steps back into the plan, and return them. Raises ``RefusedError`` when none of that kind was skipped."""
    context = open_application(workspace, slug)
    skipped = context.application.skipped
    steps = [step for step in _of_kind(context, kind, to) if find_skips(skipped, step.id)]
    if not steps:
        what = kind.traits.in_sentence if kind else "step"
        raise RefusedError(f"No {what} of {slug} was skipped.", fix=f"See `followup-mail plan {slug}`.")
    if kind is None and len(steps) > 1:
        raise RefusedError(
            f"Several steps of {slug} were skipped: {_name_all(steps)}.",
            fix=f"Name the one to bring back: followup-mail skip {slug} {steps[0].kind} --undo",
        )
    gone = {text for step in steps for text in find_skips(skipped, step.id)}
    workspace.facts.change(slug, lambda known: {"skipped": [one for one in known.skipped if one not in gone] or None})
    return tuple(steps)


def bring_back_line(workspace: Workspace, slug: str, line: str) -> None:
    """Put back what one line of ``skipped`` takes off the plan. Raises ``RefusedError`` when there is none such."""
    if line not in workspace.facts.load(slug).skipped:
        raise RefusedError(f"This step of {slug} is not skipped any more.")
    workspace.facts.change(slug, lambda known: {"skipped": [one for one in known.skipped if one != line] or None})


def _choose_step(context: ApplicationContext, kind: Kind | None, to: str) -> Step:
    slug, of_kind = context.application.slug, _of_kind(context, kind, to)
    still = [step for step in of_kind if step.state in _STILL_OPEN]
    if not still:
        said = f": {_name_all(of_kind)}" if of_kind else ""
        raise RefusedError(
            f"There is no {kind or 'step'} to skip in the plan of {slug}{said}.",
            fix=f"See `followup-mail plan {slug}`.",
        )
    if kind is None:
        return _choose_next(still)
    if len({step.id.person for step in still}) > 1:
        names = say_list([step.person.name for step in still if step.person])
        raise RefusedError(
            f"The plan of {slug} has a {kind} for {names}; each is a step of its own.",
            fix=f"Say whose: followup-mail skip {slug} {kind} --to {still[0].id.person}",
        )
    return still[0]


def _choose_next(still: Sequence[Step]) -> Step:
    """Return what is due or queued, else what comes next; what was missed only when there is nothing else."""
    order = (*_NOW, frozenset({StepState.UPCOMING, StepState.BLOCKED}), frozenset({StepState.MISSED}))
    return next(step for states in order for step in still if step.state in states)


def _of_kind(context: ApplicationContext, kind: Kind | None, to: str) -> list[Step]:
    """Return the steps of a kind, for a person. Raises ``NotFoundError`` for somebody who is not in the facts."""
    handles = {member.handle for member in find_members(context.application, (to,) if to else ())}
    steps = context.plan.steps
    return [step for step in steps if kind in {None, step.kind} and (not to or step.id.person in handles)]


def _name_all(steps: Sequence[Step]) -> str:
    names = (step.person.name if step.person else "nobody known" for step in steps)
    return ", ".join(
        f"{step.kind.traits.in_sentence} to {name} ({step.standing})" for name, step in zip(names, steps, strict=True)
    )
