"""What is due today in all applications, and what needs a decision of the user's: one value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from followup_mail.cadence.large_panels import note_panels
from followup_mail.cadence.step import Step, StepState
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.outbox.retry import Pause
from followup_mail.services.application_context import ApplicationContext, open_all
from followup_mail.services.deliver import find_abandoned
from followup_mail.services.departures import find_next_departure
from followup_mail.services.outbox_list import list_damaged
from followup_mail.services.outdated_entries import find_outdated_entries
from followup_mail.services.paused_accounts import list_pauses
from followup_mail.services.stranded import Stranded, find_filed, find_stranded
from followup_mail.workspace import Workspace

_NO_DATE: Final = datetime.max.replace(tzinfo=UTC)
_DUE: Final = frozenset({StepState.MISSED, StepState.DUE})
_SOON: Final = timedelta(days=3)
_URGENCY: Final = {StepState.MISSED: 0, StepState.DUE: 1, StepState.BLOCKED: 2}
_GRACE: Final = timedelta(minutes=10)
"""Runs in the background come every few minutes."""


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that is due or missed, or that lacks a fact and would be due within days."""

    context: ApplicationContext
    step: Step

    @property
    def application(self) -> Application:
        return self.context.application

    @property
    def command(self) -> str:
        """What to type about it, without the program's name."""
        slug, step = self.application.slug, self.step
        to = f" --to {step.person.key}" if step.person else ""
        if step.state is StepState.BLOCKED:
            return f"edit {slug}"
        if step.channel.traits.is_sent:
            return f"send {slug} {step.kind}{to}"
        return f"log {slug} {step.channel.word}{to}"


@dataclass(frozen=True, slots=True)
class Today:
    """What the user should know today."""

    has_applications: bool
    broken: tuple[FollowupError, ...]
    """What keeps applications from being read."""
    pauses: tuple[Pause, ...]
    damaged: tuple[Damaged, ...]
    undecided: tuple[Entry, ...]
    """Entries that need a decision."""
    stranded: tuple[Stranded, ...]
    late: tuple[Entry, ...]
    due: tuple[DueStep, ...]
    """The most urgent first."""
    missing: tuple[str, ...]
    """What is missing for thank-yous to many people, in sentences."""
    in_folder: tuple[Entry, ...]
    """Mails that never left this machine and may still be sent."""
    outdated: tuple[Entry, ...] = ()
    """Queued mails that no longer read like the facts."""
    next_at: datetime | None = None
    """When the next queued mail leaves; only looked up on a quiet day."""

    @property
    def is_quiet(self) -> bool:
        """True when nothing is due and nothing needs the user."""
        return not (self.due or self.undecided or self.late or self.stranded)


def look_at_today(workspace: Workspace) -> Today:
    """Gather it. Raises ``SettingsError`` when the user's zone is not known, ``OutboxError`` for a broken outbox."""
    contexts, broken = open_all(workspace)
    find_abandoned(workspace)
    undecided = find_undecided(workspace)
    late, stranded = find_late(workspace), find_stranded(workspace)
    due = _find_due(contexts, {entry.step for entry in undecided})
    is_quiet = not (due or undecided or late or stranded)
    return Today(
        has_applications=bool(contexts or broken),
        broken=tuple(broken),
        pauses=list_pauses(workspace),
        damaged=list_damaged(workspace),
        undecided=undecided,
        stranded=stranded,
        late=late,
        due=due,
        missing=tuple(_say_missing(due)),
        in_folder=_find_in_folder(workspace, contexts),
        outdated=find_outdated_entries(workspace),
        next_at=find_next_departure(workspace) if is_quiet else None,
    )


def find_undecided(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that need a decision of the user's."""
    return tuple(entry for entry in workspace.store.entries(states=OPEN) if entry.needs_user)


def find_late(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the queued entries that were tried in vain, turned away, or not looked at by any run."""
    now = workspace.now()
    queued = workspace.store.entries(states={State.QUEUED}, held=False)
    # Those of another account are stranded.
    ours = (entry for entry in queued if entry.account == workspace.sending_account)
    return tuple(
        entry for entry in ours if entry.timing.due_at <= now and (entry.reason or entry.ready_at <= now - _GRACE)
    )


def _find_due(contexts: list[ApplicationContext], undecided: set[object]) -> tuple[DueStep, ...]:
    """Return the steps that are due; without those whose entry needs a decision."""
    found = [
        DueStep(context, step)
        for context in contexts
        for step in context.plan.steps
        if _belongs_here(step, context.now) and step.id not in undecided
    ]
    found.sort(key=lambda due: (_URGENCY[due.step.state], due.step.last_at or due.step.due_at or _NO_DATE))
    return tuple(found)


def _say_missing(due: tuple[DueStep, ...]) -> Iterator[str]:
    """Yield it for each application that has a thank-you due."""
    waiting = {found.application.slug: found.context for found in due if found.step.kind.traits.thanks_for_interview}
    for slug, context in waiting.items():
        yield from (f"{slug}: {sentence}." for sentence in note_panels(context.planning))


def _belongs_here(step: Step, now: datetime) -> bool:
    if step.state is StepState.BLOCKED:
        return step.due_at is None or step.due_at <= now + _SOON
    return step.state in _DUE


def _find_in_folder(workspace: Workspace, contexts: list[ApplicationContext]) -> tuple[Entry, ...]:
    """Return what lies in the folder and may still be sent: an application that is over needs no mail any more."""
    over = {context.application.slug for context in contexts if context.application.outcome.status.is_end}
    return tuple(entry for entry in find_filed(workspace) if entry.step.application not in over)
