"""The moments of mails written together: minutes apart from each other, and from those to the others of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

from msgspec.structs import replace

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.step import History, Step, StepId
from followup_mail.cadence.turns import PANEL_GAP, planned_gap, take_turn
from followup_mail.cadence.worktime import next_permitted
from followup_mail.outbox.entry import Timing
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.workspace import Workspace

_LEAVES = frozenset({State.QUEUED, State.SENDING, State.DRAFT})


def spread_out(
    workspace: Workspace, context: ApplicationContext, planned: Sequence[tuple[Step, Timing]]
) -> list[Timing]:
    """Return the timings with each mail's turn. Nobody gets what goes into the folder: there nothing is moved."""
    if not workspace.leaves_machine:
        return [timing for _, timing in planned]
    gap = _smallest_gap([step for step, _ in planned])
    placed: list[tuple[StepId, Timing]] = []
    for step, timing in planned:
        together = (other.due_at for other_id, other in placed if step.id.is_beside(other_id))
        taken = sorted(moment.astimezone(UTC) for moment in (*_turns_of_others(context.history, step.id), *together))
        placed.append((step.id, _take_turn(timing, taken, gap)))
    return [timing for _, timing in placed]


def _turns_of_others(history: History, step: StepId) -> list[datetime]:
    """Return when the others of the panel got their mails of this kind, or will get them."""
    touches = (touch for touch in history.touches if touch.message_id)
    waiting = (waiting for waiting in history.waiting if waiting.state in _LEAVES)
    return [
        *(touch.at for touch in touches if step.is_beside(touch.step)),
        *(entry.due_at for entry in waiting if step.is_beside(entry.step)),
    ]


def _smallest_gap(steps: Sequence[Step]) -> timedelta:
    """Return how far the plan keeps the mails of a panel apart at least."""
    pairs = combinations([step.due_at for step in steps if step.due_at], 2)
    return min((planned_gap(first, second) for first, second in pairs), default=PANEL_GAP)


def _take_turn(timing: Timing, taken: list[datetime], gap: timedelta) -> Timing:
    def permit(moment: datetime) -> datetime:
        return moment if timing.insisted else next_permitted(moment, timing.place)

    due_at = take_turn(timing.due_at, taken, permit, gap)
    too_late = timing.last_at is not None and due_at > timing.last_at
    return timing if too_late else replace(timing, due_at=due_at)
