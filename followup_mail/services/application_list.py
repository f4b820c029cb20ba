"""All applications, each with its last contact and its next step."""

from __future__ import annotations

from dataclasses import dataclass

from followup_mail.cadence.step import Step, StepState, Touch
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.services.application_context import ApplicationContext, open_all
from followup_mail.services.today import find_undecided
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application."""

    context: ApplicationContext
    last_contact: Touch | None
    next_step: Step | None
    needs_user: bool
    """True when one of its entries needs a decision."""

    @property
    def application(self) -> Application:
        return self.context.application


@dataclass(frozen=True, slots=True)
class ApplicationList:
    """All of them, and what keeps others from being read."""

    lines: tuple[ApplicationLine, ...]
    broken: tuple[FollowupError, ...]


def list_applications(workspace: Workspace) -> ApplicationList:
    """Return every application; files that cannot be read hide no other."""
    contexts, broken = open_all(workspace)
    needing = {entry.step.application for entry in find_undecided(workspace)}
    lines = (
        ApplicationLine(
            context,
            max(context.history.touches, key=lambda touch: touch.at, default=None),
            next_step(context),
            context.application.slug in needing,
        )
        for context in contexts
    )
    return ApplicationList(tuple(lines), tuple(broken))


def next_step(context: ApplicationContext) -> Step | None:
    """Return the step that comes next: one whose mail is unclear, then due before queued, upcoming and blocked."""
    order = (StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.BLOCKED)
    unclear = (step for step in context.plan.steps if step.entry_state == "unclear")
    return next(unclear, None) or next(
        (step for state in order for step in context.plan.steps if step.state is state), None
    )
