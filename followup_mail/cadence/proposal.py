"""A step before it is known where it stands: what, for whom, when and why. One module per kind makes them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup_mail.cadence.channel_choice import Route
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.offset import last_after
from followup_mail.cadence.planning_context import COUNTS_AS_TAKEN, PlanningContext
from followup_mail.cadence.step import Objection, StepId
from followup_mail.cadence.step_dates import Dated
from followup_mail.errors import WhenError


class Proposal(Struct, frozen=True):
    """One step to be judged."""

    id: StepId
    cadence_step: CadenceStep
    route: Route
    due: Dated | None
    """None when it cannot be dated."""
    undated: str = "after your interview"
    """What stands for the reason then."""
    ends_at: datetime | None = None
    """When the next follow-up begins, if that is before the deadline."""
    ruled_out: Objection | None = None
    needs: tuple[str, ...] = ()
    named: Dated | None = None
    """The latest of the days they named; a mail before it is too early."""
    thanks_all: bool = False
    """True for the one thank-you of a large panel, which the coordinator passes on to everybody."""
    known_from: datetime | None = None
    """The end of the interview it speaks of: the facts it needs cannot be there earlier."""
    follows: StepId | None = None
    """The follow-up before it in the chain: its date may count from there."""

    @property
    def due_at(self) -> datetime | None:
        """The moment it is due, at the place it goes to."""
        return self.due.at if self.due else None

    @property
    def last_at(self) -> datetime | None:
        """The last sensible moment; None without a date, or beyond the calendar."""
        if self.due is None or (self.ends_at and self.ends_at > self.due.at):
            return self.ends_at
        span = self.cadence_step.deadline or self.cadence_step.kind.traits.deadline
        try:
            return last_after(self.due.at, span, self.route.place)
        except WhenError:
            return None

    def is_over(self, now: datetime) -> bool:
        """Return whether the last sensible moment has passed."""
        last_at = self.last_at
        return last_at is not None and now > last_at

    @property
    def reason(self) -> str:
        """Why then, and why this way if it is not the cadence's."""
        reason, because = self.due.reason if self.due else self.undated, self.route.way.because
        return f"{reason}; {because}" if because else reason


def step_id(context: PlanningContext, cadence_step: CadenceStep, round_number: int, handle: str, nth: int) -> StepId:
    """Return the identity of a step."""
    return StepId(context.application.slug, cadence_step.kind, round_number, handle, nth)


def as_done(context: PlanningContext, step: StepId, *, any_round: bool = False) -> StepId:
    """Return the identity under which this was done or queued already, although to another person.

    Somebody added to the facts later does not make a step open again; ``any_round``: nor does a further round.
    """
    queued = (entry.step for entry in context.history.waiting if entry.state in COUNTS_AS_TAKEN)
    taken = [*(touch.step for touch in context.history.touches), *queued]
    if not taken or step in taken:
        return step
    same = (other for other in taken if (other.kind, other.nth) == (step.kind, step.nth))
    return next((other for other in same if any_round or other.round == step.round), step)
