"""Which applications have ended and have nothing left to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from followup_mail.cadence.step import StepState
from followup_mail.services.context.application_context import ApplicationContext

_TO_DO: Final = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED})
_RESTS: Final = timedelta(weeks=3)
"""How long after its end an application is left in sight before it is suggested to archive it."""


def find_long_ended(contexts: list[ApplicationContext], today: date) -> tuple[str, ...]:
    """Return the short names of applications that ended weeks ago and have nothing left to do."""
    rested = (context.application for context in contexts if is_finished(context, frozenset()))
    return tuple(one.slug for one in rested if not one.archived and has_rested(one.outcome.on, today))


def has_rested(on: date | None, today: date) -> bool:
    """Return whether what ended on a day has been left in sight long enough."""
    return on is not None and on <= today - _RESTS


def is_finished(context: ApplicationContext, waiting: frozenset[str]) -> bool:
    """Return whether an application has ended and has nothing left to do; ``waiting`` are those with open mails."""
    to_do = any(step.state in _TO_DO for step in context.plan.steps)
    return context.application.outcome.status.is_end and not to_do and context.application.slug not in waiting
