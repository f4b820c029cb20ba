"""Second notes for which there is a note, but none that our wordings can make a sentence of.

Somebody else can write them: a writing model that is set, an assistant, or the user in answer to a question.
"""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.cadence.channel_choice import unsaid_points
from followup_mail.cadence.method import Need
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.step import Plan, Step, StepState
from followup_mail.drafts.material import points_for
from followup_mail.workspace import Workspace

_TO_DO = frozenset({StepState.DUE, StepState.UPCOMING, StepState.MISSED})


def say_unsaid(workspace: Workspace, planning: PlanningContext, step: Step) -> str:
    """Return that no note on what was left out is a sentence yet, where a step needs one; empty where one is."""
    if not any(one.kind is step.kind and Need.NOT_MENTIONED in one.needs for one in planning.cadence.steps):
        return ""
    application, points = planning.application, unsaid_points(planning, step.id.person)
    said = " ".join(touch.text for touch in planning.history.touches if touch.step.person == step.id.person)
    if not points or application.unsaid.point in points or next(points_for(application, said), None):
        return ""
    # A wording of the user's own may do without, and says itself what it lacks.
    if any(one.own or one.shared for one in workspace.template_folders.wordings(step.kind)):
        return ""
    return f'your note "{points[0]}" is no sentence yet'


def block_unsaid(workspace: Workspace, planning: PlanningContext, plan: Plan) -> Plan:
    """Return the plan with such steps blocked, as long as only our wordings could write them."""
    if not planning.application.not_mentioned or workspace.writing_model is not None:
        return plan
    return replace(plan, steps=tuple(_block(workspace, planning, step) for step in plan.steps))


def _block(workspace: Workspace, planning: PlanningContext, step: Step) -> Step:
    over = any(round_.number == step.id.round and round_.end <= planning.now for round_ in planning.rounds)
    if step.state not in _TO_DO or step.person is None or step.needs or not (over or step.id.round == 0):
        return step
    why = say_unsaid(workspace, planning, step)
    if not why:
        return step
    needs = (why.removesuffix(" is no sentence yet") + " as a whole sentence",)
    if step.state is StepState.MISSED:
        return replace(step, needs=needs, lacks_words=True)
    return replace(step, state=StepState.BLOCKED, note=why, needs=needs, lacks_words=True)
