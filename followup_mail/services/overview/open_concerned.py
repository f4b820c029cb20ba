"""Only those applications are opened that ask for something: of the others, an outline says that they do not.

Outlines are looked at in the order in which applications choose their days, among those that are opened, and what they
plan counts for the ones behind them in the same way. So every plan is made of what it would be made of were all opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.kept_plans import plan_watched
from followup_mail.errors import FollowupError, OutboxError
from followup_mail.facts.application import Application
from followup_mail.facts.proof_points import read_proof_points
from followup_mail.outbox.all_histories import AllHistories
from followup_mail.outbox.entry import State
from followup_mail.services.context.application_context import (
    ApplicationContext,
    OutboxReading,
    find_orphans,
    look_up,
    open_all,
    read_outbox,
)
from followup_mail.services.context.ended import find_long_ended
from followup_mail.services.context.history_matching import find_former_names
from followup_mail.services.context.open_promises import say_lacks
from followup_mail.services.context.planned_elsewhere import find_in_several, list_emails, rank, with_days
from followup_mail.services.context.written_elsewhere import find_for
from followup_mail.services.overview.kept_outlines import outlines_file, read_outlines, write_outlines
from followup_mail.services.overview.kept_plan import read_plan
from followup_mail.services.overview.outline import (
    Outline,
    mark_circumstances,
    mark_facts,
    outline_archived,
    outline_planned,
)
from followup_mail.services.overview.surroundings import mark_surroundings
from followup_mail.workspace import Workspace


class Concerned(Struct, frozen=True):
    """The applications of a home, of which only those are open that may ask for something."""

    contexts: list[ApplicationContext]
    quiet: list[Outline]
    """Those that ask for nothing, archived ones among them."""
    errors: list[FollowupError]
    """What keeps applications from being read."""

    def find_long_ended(self, today: date) -> tuple[str, ...]:
        """Return the short names of applications that ended weeks ago and have nothing left to do."""
        quiet = (one.slug for one in self.quiet if one.could_be_archived(today))
        return tuple(sorted((*quiet, *find_long_ended(self.contexts, today))))

    def name_companies(self, left_out: Iterable[Application]) -> dict[str, str]:
        """Return the company of each application, by short name; what was left out or is archived comes last."""
        near = [(one.slug, one.company) for one in self.quiet if not one.is_archived]
        near += [(one.application.slug, one.application.company) for one in self.contexts]
        far = [(one.slug, one.company) for one in self.quiet if one.is_archived]
        far += [(one.slug, one.company) for one in left_out]
        return dict((*sorted(near), *sorted(far)))

    def list_over(self, left_out: Iterable[Application]) -> frozenset[str]:
        """Return the short names of applications that have ended, are archived or were left out."""
        quiet = {one.slug for one in self.quiet if one.is_archived or one.has_ended}
        opened = {one.application.slug for one in self.contexts if one.application.outcome.status.is_end}
        return frozenset(quiet | opened | {one.slug for one in left_out})


def open_concerned(workspace: Workspace, leave_out: Callable[[Application], bool]) -> Concerned:
    """Do as ``open_all`` does, but for applications that certainly ask for nothing.

    ``leave_out`` must leave out what is archived, and only what is archived, paused or snoozed. Raises
    ``SettingsError`` when the user's own zone is not known, and ``OutboxError``.
    """
    path = outlines_file(workspace)
    if path is None or workspace.kept is not None or workspace.base is not None:
        return _open_every(workspace, leave_out)
    _ = workspace.own_zone
    try:
        points = read_proof_points(workspace.home)
        surroundings = mark_surroundings(workspace, points)
    except FollowupError:
        return _open_every(workspace, leave_out)
    kept = read_outlines(path, surroundings)
    marks, former = workspace.store.history_marks(), find_former_names(workspace)
    opening = _Opening(workspace, points, kept, workspace.now(), marks, former)
    concerned = opening.open(leave_out)
    if opening.outlines != kept and opening.is_certain(surroundings):
        write_outlines(path, surroundings, opening.outlines.values())
    return concerned


def _open_every(workspace: Workspace, leave_out: Callable[[Application], bool]) -> Concerned:
    contexts, errors = open_all(workspace, leave_out)
    return Concerned(contexts, [], errors)


class _Found(Struct, frozen=True):
    """An application as its file says: parsed, or as it was outlined before from the same text."""

    slug: str
    text: str
    mark: str
    outline: Outline | None
    application: Application | None = None

    @property
    def rank(self) -> tuple[float, str]:
        assert self.application or self.outline
        return self.outline.rank if self.outline else rank(self.application)  # type: ignore[arg-type]

    @property
    def emails(self) -> frozenset[str]:
        return frozenset(self.outline.emails) if self.outline else list_emails(self.application)  # type: ignore[arg-type]


class _Opening(Struct):
    """One look at all applications."""

    workspace: Workspace
    points: tuple[str, ...]
    kept: Mapping[str, Outline]
    now: datetime
    marks: Mapping[str, str]
    former: frozenset[str]
    """The names of facts files that are gone."""
    outlines: dict[str, Outline] = {}
    """What is to be kept from now on."""

    def open(self, leave_out: Callable[[Application], bool]) -> Concerned:
        found, broken = self.workspace.facts.read_each(self._find)
        errors: dict[str, FollowupError] = {error.sentence: error for error in broken}
        outbox = replace(read_outbox(self.workspace, self.former), histories=AllHistories.read(self.workspace.store))
        waiting = self._find_departures(outbox)
        quiet, chosen = self._choose(found, leave_out)
        shared = find_in_several(one.emails for one in chosen)
        contexts: list[ApplicationContext] = []
        for one in sorted(chosen, key=lambda one: one.rank):
            try:
                if self._is_quiet(one, outbox, waiting):
                    assert one.outline
                    quiet.append(one.outline)
                    ahead = ((email, at) for email, at in one.outline.list_ahead() if email in shared)
                    outbox = replace(outbox, written=with_days(outbox.written, one.slug, ahead))
                else:
                    context = self._plan(one, outbox, waiting)
                    contexts.append(context)
                    outbox = outbox.with_plan_of(context, shared)
            except OutboxError:
                raise
            except FollowupError as error:
                errors.setdefault(error.sentence, error)
        contexts.sort(key=lambda context: context.application.slug)
        return Concerned(contexts, quiet, [*errors.values(), *find_orphans(self.workspace, self.former)])

    def is_certain(self, surroundings: str) -> bool:
        """Return whether all is still as it was when the first application was opened: nothing else is kept."""
        try:
            points = read_proof_points(self.workspace.home)
            return (
                mark_surroundings(self.workspace, points) == surroundings
                and self.workspace.store.history_marks() == self.marks
            )
        except FollowupError:
            return False

    def _find(self, slug: str) -> _Found:
        text = self.workspace.facts.text(slug)
        mark, outline = mark_facts(text), self.kept.get(slug)
        if outline and outline.facts == mark:
            return _Found(slug, text, mark, outline)
        return _Found(slug, text, mark, None, self.workspace.facts.parse(slug, text, self.points))

    def _choose(
        self, found: Iterable[_Found], leave_out: Callable[[Application], bool]
    ) -> tuple[list[Outline], list[_Found]]:
        """Return the outlines of what is archived, and what is neither archived nor left out."""
        quiet, chosen = list[Outline](), list[_Found]()
        for one in found:
            if one.outline and one.outline.is_archived:
                self.outlines[one.slug] = one.outline
                quiet.append(one.outline)
            elif one.application and leave_out(one.application):
                if one.application.archived:
                    self.outlines[one.slug] = outline_archived(one.application, one.mark)
            else:
                chosen.append(one)
        return quiet, chosen

    def _is_quiet(self, one: _Found, outbox: OutboxReading, waiting: Mapping[str, object]) -> bool:
        outline = one.outline
        if outline is None:
            return False
        elsewhere = find_for(outbox.written, outline.addresses, one.slug, self.former)
        if not outline.holds_at(self.now, self._mark(one.slug, waiting, elsewhere)):
            return False
        self.outlines[one.slug] = outline
        return outline.is_quiet_at(self.now)

    def _plan(self, one: _Found, outbox: OutboxReading, waiting: Mapping[str, object]) -> ApplicationContext:
        application = one.application or self.workspace.facts.parse(one.slug, one.text, self.points)
        planning = look_up(self.workspace, application, "", self.now, outbox)
        held = self.outlines.get(one.slug)
        if held and held.plan:
            kept = read_plan(held.plan, application)
            return ApplicationContext(planning, say_lacks(self.workspace, planning, kept), self.now)
        plan, watch = plan_watched(planning)
        context = ApplicationContext(planning, plan, self.now)
        circumstances = self._mark(one.slug, waiting, planning.elsewhere)
        outline = outline_planned(context, one.mark, circumstances, watch) if watch else None
        if outline and (held is None or outline.plan):
            self.outlines[one.slug] = outline
        return ApplicationContext(planning, say_lacks(self.workspace, planning, plan), self.now)

    def _mark(self, slug: str, waiting: Mapping[str, object], elsewhere: Mapping[str, tuple[datetime, ...]]) -> str:
        held = (self.marks.get(slug, ""), waiting.get(slug), waiting[""])
        return mark_circumstances(outbox=held, elsewhere=elsewhere, year=self.now.year)

    def _find_departures(self, outbox: OutboxReading) -> Mapping[str, object]:
        """Return when the queued mails of each application will really leave; by "" all about former names."""
        found: dict[str, list[tuple[int, str]]] = {}
        for entry in self.workspace.store.entries(states={State.QUEUED}) if outbox.leaves or outbox.stays else ():
            at, stays = outbox.leaves.get(entry.id), outbox.stays.get(entry.id)
            if at or stays:
                found.setdefault(entry.step.application, []).append((entry.id, at.isoformat() if at else stays or ""))
        former = [(name, self.marks.get(name, ""), found.get(name)) for name in sorted(self.former)]
        return {**found, "": sha256(repr(former).encode(errors="backslashreplace")).hexdigest()}
