"""What is kept of an application between two commands: enough to know that it asks for nothing, and until when.

An outline holds for exactly the facts and circumstances that it was made of, and for as long as no question that
planning asked about ``now`` has another answer (``cadence.watched_now``). Whatever asks for something now, or may do so
within a day, is never answered by an outline: then the application is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from followup_mail.cadence.met_again import find_met_again
from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.watched_now import Watch
from followup_mail.facts.application import Application, Interview
from followup_mail.facts.terms import Status
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.context.ended import has_rested, is_finished
from followup_mail.services.context.planned_elsewhere import list_ahead, list_emails, rank
from followup_mail.services.context.written_elsewhere import list_addresses
from followup_mail.services.overview.find_applications import MISSED_SPAN, SOON_SPAN
from followup_mail.services.overview.kept_plan import EPOCH, TICK, to_ticks, write_plan

_ALWAYS: Final = to_ticks(datetime.max.replace(tzinfo=UTC))
_NEVER: Final = (_ALWAYS, -_ALWAYS)
_MARGIN: Final = timedelta(days=1)
"""Spans are added to clocks that may be changed in between."""


class Outline(NamedTuple):
    """One application. Moments are microseconds since 1970 in UTC, from the first up to but not with the last."""

    slug: str
    facts: str
    """The mark of the text of its facts file."""
    company: str
    status: str
    is_archived: bool
    first_at: float | None
    """When the first interview begins, in seconds since 1970."""
    emails: list[str]
    """Of contacts and people met; ``addresses`` has all that the facts know."""
    addresses: list[str]
    ahead: list[list[str | int]]
    """The address and moment of each mail that the plan has ahead."""
    is_finished: bool
    """Whether it has ended and has nothing left to do."""
    ended_on: str
    circumstances: str
    """The mark of all else that the plan was made of."""
    begins: int
    until: int
    """While the plan is the same."""
    quiet_from: int
    quiet_until: int
    """While the plan asks for nothing, as long as it is the same."""
    plan: list[Any] | None = None
    """The plan itself (``kept_plan``), of an application that asked for something when it was made."""

    @property
    def rank(self) -> tuple[float, str]:
        """Return what ``planned_elsewhere.rank`` says of the application."""
        return float("inf") if self.first_at is None else self.first_at, self.slug

    @property
    def has_ended(self) -> bool:
        """Return whether nothing more is followed up."""
        return Status(self.status).is_end

    def holds_at(self, now: datetime, circumstances: str) -> bool:
        """Return whether the plan is the same at ``now`` (aware) under ``circumstances``."""
        return self.circumstances == circumstances and self.begins <= to_ticks(now) < self.until

    def is_quiet_at(self, now: datetime) -> bool:
        """Return whether the plan, if it holds, asks for nothing at ``now`` (aware), nor within a day."""
        return self.quiet_from <= to_ticks(now) < self.quiet_until

    def could_be_archived(self, today: date) -> bool:
        """Return whether it ended weeks ago and has nothing left to do."""
        on = date.fromisoformat(self.ended_on) if self.ended_on else None
        return self.is_finished and not self.is_archived and has_rested(on, today)

    def list_ahead(self) -> list[tuple[str, datetime]]:
        """Return the address and moment (in UTC) of each mail that the plan has ahead."""
        return [(str(email), EPOCH + int(at) * TICK) for email, at in self.ahead]


def mark_facts(text: str) -> str:
    """Return the mark of the text of a facts file."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def mark_circumstances(*, outbox: object, elsewhere: Mapping[str, tuple[datetime, ...]], year: int) -> str:
    """Return the mark of what a plan is made of beside the facts, the settings and ``now``.

    ``outbox``: plain values that differ where the history does; ``elsewhere`` as in ``PlanningContext``.
    """
    days = sorted((email, sorted(map(to_ticks, moments))) for email, moments in elsewhere.items())
    return sha256(repr((outbox, days, year)).encode(errors="backslashreplace")).hexdigest()


def outline_archived(application: Application, facts: str) -> Outline:
    """Return the outline of an archived application, for whoever needs no plan of it."""
    return _outline(application, facts)._replace(quiet_from=_NEVER[0], quiet_until=_NEVER[1])


def outline_planned(context: ApplicationContext, facts: str, circumstances: str, watch: Watch) -> Outline | None:
    """Return the outline of an application whose plan holds as ``watch`` says; None where it is not worth keeping."""
    application, (quiet_from, quiet_until) = context.application, _find_quiet(context)
    if application.paused or application.paused_until or application.snoozed_until or application.archived:
        return None
    outline = _outline(application, facts)._replace(
        ahead=[[email, to_ticks(at)] for email, at in list_ahead(context.plan)],
        is_finished=is_finished(context, frozenset()),
        circumstances=circumstances,
        begins=to_ticks(watch.begin),
        until=to_ticks(watch.until),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
    )
    is_quiet = outline.is_quiet_at(context.now)
    return outline if is_quiet else outline._replace(plan=write_plan(context.plan, application))


def _outline(application: Application, facts: str) -> Outline:
    on = application.outcome.on
    first = rank(application)[0] if application.interviews else None
    return Outline(
        slug=application.slug,
        facts=facts,
        company=application.company,
        status=str(application.outcome.status),
        is_archived=application.archived,
        first_at=first,
        emails=sorted(list_emails(application)),
        addresses=sorted(list_addresses(application)),
        ahead=[],
        is_finished=False,
        ended_on=on.isoformat() if on else "",
        circumstances="",
        begins=_ALWAYS,
        until=_ALWAYS,
        quiet_from=_ALWAYS,
        quiet_until=_ALWAYS,
    )


def _find_quiet(context: ApplicationContext) -> tuple[int, int]:
    """Return from when until when an application asks for nothing, as long as its plan is the same."""
    application = context.application
    if application.outcome.status is Status.REPLIED:
        return _NEVER
    spans = [*map(_quiet_of_step, context.plan.steps)]
    if not application.outcome.status.is_end:
        spans += [_quiet_of_interview(interview, context.now) for interview in application.interviews]
    spans += [
        (to_ticks(met.again_at) + (MISSED_SPAN + _MARGIN) // TICK, _ALWAYS) for met in find_met_again(context.planning)
    ]
    return max((begin for begin, _ in spans), default=-_ALWAYS), min((end for _, end in spans), default=_ALWAYS)


def _quiet_of_step(step: Step) -> tuple[int, int]:
    if step.state is StepState.DUE:
        return _NEVER
    if step.state is StepState.MISSED:
        return (to_ticks(step.last_at) + (MISSED_SPAN + _MARGIN) // TICK, _ALWAYS) if step.last_at else _NEVER
    if step.state is StepState.BLOCKED and step.due_at is None:
        return _NEVER
    if step.state in {StepState.BLOCKED, StepState.UPCOMING} and step.due_at:
        return -_ALWAYS, to_ticks(step.due_at) - (SOON_SPAN + _MARGIN) // TICK
    return -_ALWAYS, _ALWAYS


def _quiet_of_interview(interview: Interview, now: datetime) -> tuple[int, int]:
    """It is told on its day, and is over once it has ended."""
    if to_ticks(interview.end) <= to_ticks(now):
        return to_ticks(interview.end), _ALWAYS
    return -_ALWAYS, to_ticks(interview.start) - 2 * _MARGIN // TICK
