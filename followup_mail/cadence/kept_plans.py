"""Plans that were made before, for a process that lives long: each counts only for exactly what it was made from.

That is the facts, the method, the history, what happens elsewhere, the user's place and year; and ``now`` for as long
as no question that planning asked about it would have another answer (``watched_now``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import fields, replace

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import PlanningContext, make_context
from followup_mail.cadence.step import History, Plan
from followup_mail.cadence.watched_now import Watch, WatchedMoment
from followup_mail.cadence.worktime import Place
from followup_mail.facts.application import Application

_INPUTS: Final = tuple(part.name for part in fields(PlanningContext) if part.name != "now")


class _Kept(Struct, frozen=True):
    planning: PlanningContext
    plan: Plan
    watch: Watch


class KeptPlans:
    """What was planned, one plan for each application and method. Threads may share it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}

    def make_context(
        self, application: Application, cadence: Cadence, history: History, now: datetime, defaults: Place
    ) -> PlanningContext:
        """Return what ``planning_context.make_context`` makes; people and rounds of the same facts are known."""
        kept = self._kept.get((application.slug, cadence.name))
        if kept is None or kept.planning.application is not application or kept.planning.year != now.year:
            return make_context(application, cadence, history, now, defaults)
        at = now.astimezone(UTC)
        return replace(kept.planning, cadence=cadence, history=history, now=at, defaults=defaults, elsewhere={})

    def plan_from(self, planning: PlanningContext) -> Plan:
        """Return the plan that ``cadence.plan.plan_from`` makes, made before if it is the same."""
        key = (planning.application.slug, planning.cadence.name)
        kept = self._kept.get(key)
        if kept and kept.watch.holds_at(planning.now) and _is_same(kept.planning, planning):
            return kept.plan
        plan, watch = plan_watched(planning)
        if watch:
            self._kept[key] = _Kept(planning, plan, watch)
        return plan


def plan_watched(planning: PlanningContext) -> tuple[Plan, Watch | None]:
    """Return the plan that ``cadence.plan.plan_from`` makes, and how long it holds; None: for this instant only."""
    watch = Watch(planning.now)
    plan = plan_from(replace(planning, now=WatchedMoment.of(planning.now, watch)))
    return (plan_from(planning), None) if _lets_out(plan) else (plan, watch)


def _is_same(before: PlanningContext, now: PlanningContext) -> bool:
    """Return whether all is the same but the time. What is the same object needs no comparing: values do not change."""
    pairs = ((getattr(before, name), getattr(now, name)) for name in _INPUTS)
    return all(part is other or part == other for part, other in pairs)


def _lets_out(plan: Plan) -> bool:
    """Return whether the watched moment itself stands in a plan, as the time of what is overdue."""
    moments = (moment for step in plan.steps for moment in (step.due_at, step.last_at, step.at))
    return any(isinstance(moment, WatchedMoment) for moment in moments)
