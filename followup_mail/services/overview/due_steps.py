"""The steps of all plans that are due, missed, or come within days: the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.large_panels import note_panels
from followup_mail.cadence.met_again import find_met_again
from followup_mail.cadence.step import Step, StepState
from followup_mail.facts.application import Application, Status
from followup_mail.outbox.entry import NEEDS_USER, State
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.context.mending_command import lacks_now, mending_command
from followup_mail.services.context.open_promises import command_for_promise
from followup_mail.services.mailbox.drafts_today import find_on_the_way
from followup_mail.services.overview.find_applications import MISSED_SPAN, SOON_SPAN
from followup_mail.workspace import Workspace

_NO_DATE: Final = datetime.max.replace(tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_URGENCY: Final = {StepState.MISSED: 0, StepState.DUE: 1, StepState.BLOCKED: 2}


class DueStep(Struct, frozen=True):
    """A step that is due or missed, comes within days, or lacks a fact and would."""

    context: ApplicationContext
    step: Step

    @property
    def application(self) -> Application:
        return self.context.application

    @property
    def draft(self) -> str:
        """The number of the draft that waits for approval for this step; empty where there is none."""
        waiting = self.context.history.waiting
        drafts = (entry for entry in waiting if entry.step == self.step.id and entry.state is State.DRAFT)
        return next((entry.entry.removeprefix("#") for entry in drafts), "")

    @property
    def ends_soon(self) -> bool:
        """True while it can still be done in time, for a day at the most: more urgent than what was missed."""
        step = self.step
        if step.state not in {StepState.DUE, StepState.BLOCKED} or step.last_at is None:
            return False
        return step.last_at <= self.context.now + _DAY

    @property
    def command(self) -> str:
        """What to type about it, without the program's name."""
        slug, step = self.application.slug, self.step
        to = f" --to {step.person.key}" if step.person else ""
        if step.needs:
            return mending_command(step) if lacks_now(step) else f"plan {slug}"
        if first := f"outbox approve {self.draft}" if self.draft else command_for_promise(self.application, step):
            return first
        if step.channel.traits.is_sent:
            return f"{'queue' if step.state is StepState.UPCOMING else 'send'} {slug} {step.kind}{to}"
        if step.state is StepState.UPCOMING:
            return f"script {slug} --channel {step.channel.word}{to}"
        return f"log {slug} {step.channel.word}{to}"


class SecondRound(Struct, frozen=True):
    """Somebody met again in one round: a question for the user."""

    slug: str
    company: str
    name: str
    round: int
    sentence: str
    """The question in full, without its last point."""


def find_due(workspace: Workspace, contexts: Sequence[ApplicationContext]) -> tuple[DueStep, ...]:
    """Return the steps that are due; without those whose entry needs a decision."""
    decide_first = (*workspace.store.entries(states=NEEDS_USER), *find_on_the_way(workspace))
    undecided = {entry.step for entry in decide_first}
    found = [
        DueStep(context, step)
        for context in contexts
        for step in context.plan.steps
        if _belongs_here(step, context.now) and step.id not in undecided
    ]
    found.sort(key=_urgency)
    return tuple(found)


def _urgency(due: DueStep) -> tuple[int, datetime]:
    step = due.step
    return -1 if due.ends_soon else _URGENCY[step.state], step.last_at or step.due_at or _NO_DATE


def find_soon(contexts: Sequence[ApplicationContext]) -> tuple[DueStep, ...]:
    """Return the steps that come within days and are not queued."""
    found = [
        (step.due_at, DueStep(context, step))
        for context in contexts
        for step in context.plan.steps
        if step.state is StepState.UPCOMING and step.due_at and step.due_at <= context.now + SOON_SPAN
    ]
    return tuple(due for _, due in sorted(found, key=lambda dated: dated[0].timestamp()))


def say_missing(due: Sequence[DueStep]) -> Iterator[str]:
    """Yield it for each application that has a thank-you due, now or soon."""
    waiting = {found.application.slug: found.context for found in due if found.step.kind.traits.thanks_for_interview}
    for slug, context in waiting.items():
        yield from (f"{slug}: {sentence}." for sentence in note_panels(context.planning))


def find_second_rounds(contexts: Sequence[ApplicationContext]) -> tuple[SecondRound, ...]:
    """Return who may have been met in a second round that the facts call the first: until a week after that meeting."""
    return tuple(
        SecondRound(context.application.slug, context.application.company, met.name, met.round, met.sentence)
        for context in contexts
        if context.application.outcome.status is Status.WAITING
        for met in find_met_again(context.planning)
        if context.now <= met.again_at + MISSED_SPAN
    )


def _belongs_here(step: Step, now: datetime) -> bool:
    if step.state is StepState.BLOCKED:
        return step.due_at is None or step.due_at <= now + SOON_SPAN
    if step.state is StepState.MISSED:
        return step.last_at is None or step.last_at >= now - MISSED_SPAN
    return step.state is StepState.DUE
