"""What accepted facts would do to the mails of a plan: who would get them, where, and when.

Two plans are made, of the facts as they are and as they would be. Mails that wait in the outbox keep their address,
but leave in the working time of the place that the facts name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.step import Plan, Step, StepId, StepState
from followup_mail.cadence.wording import say_day
from followup_mail.errors import FollowupError, OutboxError, SettingsError
from followup_mail.facts.application import Application, Person
from followup_mail.facts.names import slugify
from followup_mail.services.changing.change_application import read_unwritten
from followup_mail.services.context.application_context import open_loaded
from followup_mail.services.context.departures import foresee_departures
from followup_mail.services.proposals.address_cautions import list_fresh
from followup_mail.services.proposals.caution import Caution, CautionKind, say_name
from followup_mail.services.proposals.plan_proposal import PlannedFacts
from followup_mail.workspace import Workspace

_OPEN: Final = frozenset({StepState.DUE, StepState.UPCOMING})
_MOST: Final = 6
"""So many moved mails are told one by one."""
_MOVED: Final = timedelta(minutes=1)


class _Mail(Struct, frozen=True):
    """A mail that a plan has ahead."""

    step: Step
    to: Person
    email: str

    @property
    def what(self) -> str:
        return f"{self.step.kind.traits.in_heading} to {say_name(self.to.name)}"


class _Pair(Struct, frozen=True):
    """A mail of the plan before and after."""

    old: _Mail
    new: _Mail


def cautions_of_plan(workspace: Workspace, planned: PlannedFacts) -> tuple[Caution, ...]:
    """Return what would go elsewhere or at another moment, of the mails that are planned and of those that wait.

    Nothing for an application that would be added. Raises ``OutboxError`` and ``SettingsError``.
    """
    if not planned.text or planned.text == planned.changed:
        return ()
    slug, now = planned.application, workspace.now()
    path = workspace.facts.path(slug)
    try:
        before, after = (read_unwritten(path, slug, text) for text in (planned.text, planned.changed))
        plans = [open_loaded(workspace, each, now=now).plan for each in (before, after)]
    except (OutboxError, SettingsError):
        raise
    except FollowupError as error:
        return (Caution(CautionKind.DATE, f"What it does to the plan is not known: {error.sentence}"),)
    was, will = (_list_open(plan) for plan in plans)
    pairs = list(_pair(was, will))
    fresh = list_fresh(planned.before, planned.after)
    return (*_say_elsewhere(pairs, fresh), *_say_moments(pairs, was, will), *_say_waiting(workspace, after, now))


def _list_open(plan: Plan) -> dict[StepId, _Mail]:
    mails = (_read(step) for step in plan.steps if step.state in _OPEN and step.channel.traits.is_sent)
    return {mail.step.id: mail for mail in mails if mail}


def _read(step: Step) -> _Mail | None:
    to = step.via or step.person
    return _Mail(step, to, to.email) if to and to.email else None


def _pair(was: Mapping[StepId, _Mail], will: Mapping[StepId, _Mail]) -> Iterator[_Pair]:
    """Yield the mails that are in both plans: the same step, or else one of the same kind for somebody else."""
    gone = [mail for step, mail in was.items() if step not in will]
    for step, mail in will.items():
        old = was.get(step) or next((one for one in gone if _is_same_kind(one.step.id, step)), None)
        if old in gone:
            gone.remove(old)
        if old:
            yield _Pair(old, mail)


def _is_same_kind(one: StepId, other: StepId) -> bool:
    return (one.kind, one.round, one.nth) == (other.kind, other.round, other.nth)


def _say_elsewhere(pairs: list[_Pair], fresh: set[tuple[str, str]]) -> Iterator[Caution]:
    """Yield the mails that would go to another address, but for those of which the address itself is told."""
    for pair in pairs:
        old, new = pair.old, pair.new
        if old.email.casefold() == new.email.casefold() or (slugify(new.to.name), new.email.casefold()) in fresh:
            continue
        whose = f", the address of {say_name(old.to.name)}" if old.to.name != new.to.name else ""
        words = f'The mail "{new.what}" would go to {new.email} instead of {old.email}{whose}.'
        yield Caution(CautionKind.ADDRESS, words)


def _say_moments(pairs: list[_Pair], was: Mapping[StepId, _Mail], will: Mapping[StepId, _Mail]) -> Iterator[Caution]:
    told = [words for pair in pairs if (words := _say_moved(pair))]
    known = {pair.new.step.id for pair in pairs}, {pair.old.step.id for pair in pairs}
    told += [f"{mail.what} would be new{_say_on(mail)}" for step, mail in will.items() if step not in known[0]]
    told += [f"{mail.what} would not be planned any more" for step, mail in was.items() if step not in known[1]]
    if told:
        more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
        yield Caution(CautionKind.DATE, f"In the plan: {'; '.join([*told[:_MOST], *more])}.")


def _say_moved(pair: _Pair) -> str:
    old, new = pair.old.step.due_at, pair.new.step.due_at
    if old is None or new is None or abs(new.astimezone(UTC) - old.astimezone(UTC)) < _MOVED:
        return ""
    return f"{pair.new.what} would leave {_say(new)} instead of {_say(old)}"


def _say_on(mail: _Mail) -> str:
    return f", on {_say(mail.step.due_at)}" if mail.step.due_at else ""


def _say_waiting(workspace: Workspace, after: Application, now: datetime) -> Iterator[Caution]:
    """Yield the mails in the outbox that would leave at another moment."""
    if not workspace.has_store:
        return
    was, will = foresee_departures(workspace).leaves, foresee_departures(workspace, instead=after).leaves
    for entry in workspace.store.entries(application=after.slug):
        old, new = was.get(entry.id), will.get(entry.id)
        if old == new or (old and new and abs(new - old) < _MOVED):
            continue
        goes = _say_leaves(new, now)
        instead = f" instead of {_say(old.astimezone(workspace.own_zone))}" if old else ""
        what = f"{entry.label} to {say_name(entry.message.to.name or entry.message.to.email)}"
        yield Caution(CautionKind.DATE, f"The mail {what}, which waits, {goes}{instead}.")


def _say_leaves(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "would not leave any more"
    return "would leave at once" if at - now < _MOVED else f"would leave {_say(at.astimezone(now.tzinfo))}"


def _say(at: datetime) -> str:
    return f"{say_day(at.date(), 0)} {at:%H:%M} ({at.tzinfo})"
