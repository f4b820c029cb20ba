"""An application with everything known about it at one moment: what every job starts from."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.kept_plans import KeptPlans
from followup_mail.cadence.method import Cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import PlanningContext, make_context, where
from followup_mail.cadence.step import History, Plan, Step, Waiting
from followup_mail.cadence.worktime import Place
from followup_mail.errors import FactsError, FollowupError, OutboxError
from followup_mail.facts.application import Application, Person
from followup_mail.outbox.all_histories import AllHistories
from followup_mail.outbox.entry import WAITS
from followup_mail.services.context.departures import foresee_departures, say_stays
from followup_mail.services.context.history_matching import FormerNames, Histories, find_former_names, recall
from followup_mail.services.context.open_promises import say_lacks
from followup_mail.services.context.planned_elsewhere import (
    find_earlier,
    find_shared,
    in_order,
    keeps_days,
    with_planned,
)
from followup_mail.services.context.written_elsewhere import WrittenTo, find_elsewhere, find_written_to
from followup_mail.services.typed.said_options import read_day_or_moment
from followup_mail.workspace import Workspace


class ApplicationContext(Struct, frozen=True):
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


class OutboxReading(Struct, frozen=True):
    """What the plan of every application needs of the whole outbox."""

    former: Container[str]
    """The names of facts files that are gone, as in ``recall``."""
    leaves: Mapping[int, datetime]
    """When each queued mail will really leave."""
    stays: Mapping[int, str]
    """Why those do not leave that stay as things stand, and what helps."""
    written: WrittenTo
    """Who got mails, or will get them, about which application."""
    histories: Histories | None = None
    """What of them was read for all applications at once; None: each is asked for."""

    def date(self, history: History) -> History:
        """Return a history in which what waits goes when it will really leave, if that is later than it is due.

        What does not leave says so: it is no contact.
        """
        return replace(history, waiting=tuple(map(self._date, history.waiting)))

    def with_plan_of(self, context: ApplicationContext, shared: frozenset[str]) -> OutboxReading:
        """Return the reading with what an application plans for ``shared`` addresses: others keep off those days."""
        if not shared or not keeps_days(context.application, context.now.date()):
            return self
        return replace(self, written=with_planned(self.written, context.application, context.plan, shared))

    def _date(self, waiting: Waiting) -> Waiting:
        number = int(waiting.entry.removeprefix("#"))
        at = self.leaves.get(number)
        if number in self.stays:
            return replace(waiting, stays=self.stays[number])
        if at is None or at <= waiting.due_at:
            return waiting
        at = at.astimezone(waiting.due_at.tzinfo)
        return replace(waiting, due_at=at, told=waiting.told and replace(waiting.told, at=at))


def read_outbox(workspace: Workspace, former: Container[str]) -> OutboxReading:
    """Read it, once for all applications. Raises ``OutboxError``."""
    found, now = foresee_departures(workspace), workspace.now()
    later = {number: at for number, at in found.leaves.items() if at > now}
    stays = {number: say_stays(ruling) for number, ruling in found.stays.items()}
    return OutboxReading(former, later, stays, find_written_to(workspace, now))


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
    outbox = replace(read_outbox(workspace, former), histories=AllHistories.read(workspace.store))
    places = {application.slug: n for n, application in enumerate(applications)}
    chosen = [application for application in applications if not leave_out(application)]
    shared = find_shared(chosen)
    for application in in_order(chosen):
        try:
            context = open_loaded(workspace, application, outbox=outbox)
            contexts.append(context)
            outbox = outbox.with_plan_of(context, shared)
        except OutboxError:
            raise
        except FollowupError as error:
            errors.setdefault(error.sentence, error)
    contexts.sort(key=lambda context: places[context.application.slug])
    return contexts, [*errors.values(), *find_orphans(workspace, former)]


def find_orphans(workspace: Workspace, former: frozenset[str]) -> list[FollowupError]:
    """Return an error for each facts file that is gone while mails are queued for it: they will not leave."""
    if not former:
        return []
    waiting: dict[str, list[str]] = {}
    for entry in workspace.store.entries(states=WAITS):
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
    outbox: OutboxReading | None = None,
) -> ApplicationContext:
    """Work out where an application stands; ``outbox`` was read before by whoever asks about many."""
    moment = now or workspace.now()
    plans = _kept_plans(workspace)
    planning = look_up(workspace, application, cadence, moment, outbox)
    plan = (plans.plan_from if plans else plan_from)(planning)
    return ApplicationContext(planning, say_lacks(workspace, planning, plan), moment)


def look_up(
    workspace: Workspace, application: Application, cadence: str, moment: datetime, outbox: OutboxReading | None
) -> PlanningContext:
    """Look up what the plan of an application is made from; ``outbox`` as in ``open_loaded``."""
    outbox = outbox or _read_around(workspace, application, moment)
    history = outbox.date(recall(outbox.histories or workspace.store, application, outbox.former))
    method = workspace.cadence_of(application, cadence)
    plans = _kept_plans(workspace)
    make = plans.make_context if plans else make_context
    planning = make(application, method, history, moment, workspace.planning_defaults)
    return replace(planning, elsewhere=find_elsewhere(outbox.written, application, outbox.former))


def _kept_plans(workspace: Workspace) -> KeptPlans | None:
    kept = (workspace.base or workspace).kept
    return kept.plans if kept else None


def _read_around(workspace: Workspace, application: Application, moment: datetime) -> OutboxReading:
    """Read the outbox, and the plans that choose their days before this application's."""
    outbox = read_outbox(workspace, FormerNames(workspace.facts.slugs))
    earlier = find_earlier(workspace, application)
    shared = find_shared((*earlier, application)) if earlier else frozenset[str]()
    for other in earlier:
        # What is wrong with another one is told where that one is looked at.
        try:
            outbox = outbox.with_plan_of(open_loaded(workspace, other, "", moment, outbox), shared)
        except OutboxError:
            raise
        except FollowupError:
            continue
    return outbox


def place_of(workspace: Workspace, application: Application, person: Person | None) -> Place:
    """Return where somebody works, as far as it decides about working time."""
    return where(application, person, workspace.planning_defaults)


def reached_person(step: Step) -> Person | None:
    """Return who opens the mail: the one it goes through, else the one it is meant for."""
    return step.via or step.person


def read_moment_asked(workspace: Workspace, at: str) -> datetime | None:
    """Read the moment that a plan is asked for (``--at``): a day means its beginning. None when it was not given."""
    return read_day_or_moment(workspace, "--at", at) if at else None
