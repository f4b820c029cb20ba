"""An application with everything known about it at one moment: what every job starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import PlanningContext, make_context, where
from followup_mail.cadence.step import History, Plan, Step
from followup_mail.cadence.worktime import Place
from followup_mail.errors import FactsError, FollowupError, OutboxError, WhenError
from followup_mail.facts.application import Application, Person
from followup_mail.facts.moments import place_in_zone, read_moment
from followup_mail.outbox.entry import State
from followup_mail.services.history_matching import find_former_names, recall
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationContext:
    """One application and its plan, as of ``now``."""

    planning: PlanningContext
    """What the plan was made from."""
    plan: Plan
    now: datetime
    """In the user's own zone."""

    @property
    def application(self) -> Application:
        return self.planning.application

    @property
    def cadence(self) -> Cadence:
        return self.planning.cadence

    @property
    def history(self) -> History:
        return self.planning.history


def open_application(
    workspace: Workspace, slug: str, cadence: str = "", now: datetime | None = None
) -> ApplicationContext:
    """Load an application and work out where it stands."""
    return open_loaded(workspace, workspace.facts.load(slug), cadence, now)


def open_all(
    workspace: Workspace, leave_out: Callable[[Application], bool] = lambda _: False
) -> tuple[list[ApplicationContext], list[FollowupError]]:
    """Work out where every application stands, and what keeps others from being read: one hides no other.

    What is left out is spared its plan.

    Raises ``SettingsError`` when the user's own zone is not known: that is no fault of one of them.
    """
    _ = workspace.own_zone
    applications, broken = workspace.facts.load_all()
    contexts: list[ApplicationContext] = []
    errors: dict[str, FollowupError] = {error.sentence: error for error in broken}
    former = find_former_names(workspace)
    for application in applications:
        if leave_out(application):
            continue
        try:
            contexts.append(open_loaded(workspace, application, former=former))
        except OutboxError:
            raise
        except FollowupError as error:
            errors.setdefault(error.sentence, error)
    return contexts, [*errors.values(), *_find_orphans(workspace, former)]


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


def open_loaded(
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
    planning = make_context(application, method, history, moment, workspace.planning_defaults)
    return ApplicationContext(planning, plan_from(planning), moment)


def place_of(workspace: Workspace, application: Application, person: Person | None) -> Place:
    """Return where somebody works, as far as it decides about working time."""
    return where(application, person, workspace.planning_defaults)


def reached_person(step: Step) -> Person | None:
    """Return who opens the mail: the one it goes through, else the one it is meant for."""
    return step.via or step.person


def read_moment_asked(workspace: Workspace, at: str) -> datetime | None:
    """Read the moment that a plan is asked for (``--at``): a day means its beginning. None when it was not given."""
    if not at:
        return None
    text = f"{at} 00:00" if len(at) == 10 else at
    try:
        moment = read_moment(text)
        assert isinstance(moment, datetime)
        return place_in_zone(moment, workspace.own_zone)
    except ValueError as error:
        raise WhenError(f"--at: {error}.") from None
