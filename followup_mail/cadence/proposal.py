"""A step before it is known where it stands: what, for whom, when and why. One module per kind makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import last_after
from followup_mail.cadence.planning_context import COUNTS_AS_TAKEN, PlanningContext
from followup_mail.cadence.step import Objection, StepId
from followup_mail.cadence.step_dates import Dated
from followup_mail.cadence.worktime import Place
from followup_mail.errors import WhenError
from followup_mail.facts.application import Channel, Person


@dataclass(frozen=True, slots=True)
class Proposal:
    """One step to be judged."""

    id: StepId
    move: CadenceStep
    channel: Channel
    person: Person | None
    via: Person | None
    place: Place
    """Of the one it really goes to."""
    due_at: datetime | None
    """None when it cannot be dated."""
    last_at: datetime | None
    reason: str
    ruled_out: Objection | None = None
    needs: tuple[str, ...] = ()
    named: Dated | None = None
    """The latest of the days they named; a mail before it is too early."""
    known_from: datetime | None = None
    """The end of the interview it speaks of: the facts it needs cannot be there earlier."""


def deadline(move: CadenceStep, due_at: datetime, place: Place) -> datetime | None:
    """Return the last sensible moment of a step that is due at ``due_at``."""
    try:
        return last_after(due_at, move.deadline or move.kind.traits.deadline, place)
    except WhenError:
        return None


def step_id(scene: PlanningContext, move: CadenceStep, round_number: int, handle: str, nth: int) -> StepId:
    """Return the identity of a step."""
    return StepId(scene.application.slug, move.kind, round_number, handle, nth)


def as_done(scene: PlanningContext, step: StepId, *, any_round: bool = False) -> StepId:
    """Return the identity under which this was done or queued already, although to another person.

    Somebody added to the facts later does not make a step open again; ``any_round``: nor does a further round.
    """
    queued = (one.step for one in scene.history.waiting if one.state in COUNTS_AS_TAKEN)
    taken = [*(one.step for one in scene.history.touches), *queued]
    if not taken or step in taken:
        return step
    same = (one for one in taken if (one.kind, one.nth) == (step.kind, step.nth))
    return next((one for one in same if any_round or one.round == step.round), step)
