"""An application with everything known about it at one moment: what every job starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_follow_ups
from followup_mail.cadence.planning_context import where
from followup_mail.cadence.step import History, Plan, Step
from followup_mail.cadence.worktime import Place
from followup_mail.errors import FactsError, FollowupError, OutboxError
from followup_mail.facts.application import Application, Person
from followup_mail.outbox.entry import State
from followup_mail.services.history_matching import find_former_names, recall
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationContext:
    """One application, its history and its plan, as of ``now``."""

    application: Application
    cadence: Cadence
    history: History
    plan: Plan
    now: datetime


def open_case(workspace: Workspace, slug: str, cadence: str = "", now: datetime | None = None) -> ApplicationContext:
    """Load an application and work out where it stands."""
    return case_of(workspace, workspace.facts.load(slug), cadence, now)


def open_all(workspace: Workspace) -> tuple[list[ApplicationContext], list[FollowupError]]:
    """Work out where every application stands, and what keeps others from being read: one hides no other.

    Raises ``SettingsError`` when the user's own zone is not known: that is no fault of one of them.
    """
    _ = workspace.own_zone
    applications, broken = workspace.facts.load_all()
    cases: list[ApplicationContext] = []
    errors: dict[str, FollowupError] = {error.sentence: error for error in broken}
    former = find_former_names(workspace)
    for application in applications:
        try:
            cases.append(case_of(workspace, application, former=former))
        except OutboxError:
            raise
        except FollowupError as error:
            errors.setdefault(error.sentence, error)
    return cases, [*errors.values(), *_find_orphans(workspace, former)]


def _find_orphans(workspace: Workspace, former: frozenset[str]) -> list[FollowupError]:
    """Return an error for each facts file that is gone while mails are queued for it: they will not leave."""
    if not former:
        return []
    waiting: dict[str, list[str]] = {}
    for entry in workspace.store.entries(states={State.QUEUED, State.DRAFT}):
        waiting.setdefault(entry.step.application, []).append(entry.label)
    return [
        FactsError(
            f"{workspace.facts.path(slug)} is gone, so its queued mails will not leave: {', '.join(waiting[slug])}. "
            "Put the file back, or give it this name again; else cancel them."
        )
        for slug in sorted(waiting.keys() & former)
    ]


def case_of(
    workspace: Workspace,
    application: Application,
    cadence: str = "",
    now: datetime | None = None,
    former: frozenset[str] | None = None,
) -> ApplicationContext:
    """Work out where an application stands; ``former`` as in ``recall``, for whoever asks about many."""
    moment = now or workspace.now()
    former = find_former_names(workspace) if former is None else former
    history = recall(workspace.store, application, former)
    method = workspace.cadence_of(application, cadence)
    plan = plan_follow_ups(application, method, history, moment, workspace.choices)
    return ApplicationContext(application, method, history, plan, moment)


def place_of(workspace: Workspace, application: Application, person: Person | None) -> Place:
    """Return where somebody works, as far as it decides about working time."""
    opens, closes = workspace.settings.office_hours
    return where(
        application, person, Place(workspace.own_zone.key, workspace.settings.country, opens=opens, closes=closes)
    )


def reached_person(step: Step) -> Person | None:
    """Return who opens the mail: the one it goes through, else the one it is meant for."""
    return step.via or step.person
