"""Thank-yous that lack something to keep a promise with, so that the checks stop them (FM605)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.step import Plan, Step, StepState
from followup_mail.errors import TemplateError
from followup_mail.facts.application import Application, Promise
from followup_mail.language.promises import in_option, option_to_keep, option_to_name, promises_to, promises_to_nobody
from followup_mail.services.context.unsaid_notes import block_unsaid
from followup_mail.workspace import Workspace

_DUE: Final = frozenset({StepState.DUE, StepState.MISSED})


def say_lacks(workspace: Workspace, planning: PlanningContext, plan: Plan) -> Plan:
    """Return the plan with what its steps lack beside facts: a sentence to write them, or what keeps a promise."""
    plan = block_unsaid(workspace, planning, plan)
    if not planning.application.promised:
        return plan
    return replace(plan, steps=tuple(_say_promise(workspace, planning, step) for step in plan.steps))


def command_for_promise(application: Application, step: Step) -> str:
    """Return what to type about the promise of a step (``Step.promise``), without the program's name."""
    kept = _find_promise(application, step)
    return f"change {application.slug} {next(iter(kept.values()))}" if step.promise and kept else ""


def _say_promise(workspace: Workspace, planning: PlanningContext, step: Step) -> Step:
    """Return a step with what it lacks; a draft has its own checks, and what was said before brings nothing more."""
    if step.state not in _DUE or step.needs or not step.kind.traits.thanks_for_interview:
        return step
    history = planning.history
    is_draft = any(one.step == step.id and one.state is State.DRAFT for one in history.waiting)
    if is_draft or any(touch.step == step.id for touch in history.touches):
        return step
    lacking = _find_promise(planning.application, step, workspace)
    return replace(step, promise=next(iter(lacking), ""))


def _find_promise(application: Application, step: Step, workspace: Workspace | None = None) -> Mapping[str, str]:
    """Return what a thank-you lacks, in a phrase, with the option that mends it; at most one."""
    if step.person is None:
        return {}
    for kept in promises_to(application, step.person):
        if kept.is_open and not (workspace and _is_said(workspace, application, step, kept.promise)):
            what = f'it needs the file that you promised, "{in_option(kept.promise)}"'
            return {what: option_to_keep(kept.promise)}
    for promise in promises_to_nobody(application):
        return {f'it needs whom you promised "{in_option(promise)}"': option_to_name(promise)}
    return {}


def _is_said(workspace: Workspace, application: Application, step: Step, promise: Promise) -> bool:
    """Return whether words of the user's own say that it comes: then their mail may well keep it, and is checked."""
    # The checks come with all rules; whoever promised nothing does not wait for them.
    from followup_mail.checks.attachment_mentions import is_announced_in

    return any(is_announced_in(promise.what, text) for text in _own_texts(workspace, application, step))


def _own_texts(workspace: Workspace, application: Application, step: Step) -> Iterator[str]:
    from followup_mail.checks.typed_sentences import typed_for
    from followup_mail.drafts.template_files import read_template

    yield from (text for _, text in typed_for(application, step.person))
    for wording in workspace.template_folders.wordings(step.kind):
        if wording.own or wording.shared:
            with suppress(TemplateError):  # which is told where it is used
                yield read_template(wording.path)
