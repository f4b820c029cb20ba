"""Mails that wait for somebody whose name was put right since: whose step they are under the new name.

As in ``history_matching``, people are known again by the address that a mail goes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import StepId, Waiting
from followup_mail.facts.application import Application
from followup_mail.facts.names import slugify
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import TAKES_STEP, WAITS, Entry


def find_renamed(
    planning: PlanningContext,
    entries: Sequence[Entry],
    before: Application | None = None,
    put_right: Callable[[], Mapping[str, str]] = dict,
) -> dict[int, StepId]:
    """Return the step of today for each entry that waits for a name which the facts do not have any more.

    Left out is whoever cannot be told: nobody has the address now, several have it, or its step is taken already.
    Somebody whom the facts ``before`` the change knew beside the former name is another person. Where the change took
    one name away and brought one that shares a word with it, it put the name right, and perhaps the address with it.
    So did earlier changes by ``put_right``, which returns the handle of today by each former one.
    """
    taken = {touch.step for touch in planning.history.touches}
    taken |= {entry.step for entry in entries if entry.state in TAKES_STEP}
    known = frozenset(member.handle for member in list_members(before)) if before else frozenset[str]()
    renamed: dict[int, StepId] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        if entry.state not in WAITS or not _is_gone(planning, entry):
            continue
        others = known if entry.step.person in known else frozenset[str]()
        same = [*_find_same(planning, entry, others)] or [*_find_put_right(planning, entry, before, put_right)]
        steps = {replace(entry.step, person=one.handle) for one in same} - taken
        if len(steps) == 1:
            renamed[entry.id] = steps.pop()
            taken.add(renamed[entry.id])
    return renamed


def with_renamed(planning: PlanningContext, renamed: Mapping[int, StepId]) -> PlanningContext:
    """Return the context in which what waits belongs to the steps of today."""
    if not renamed:
        return planning
    steps = {f"#{number}": step for number, step in renamed.items()}
    waiting = tuple(_belonging_to(one, steps.get(one.entry, one.step)) for one in planning.history.waiting)
    return replace(planning, history=replace(planning.history, waiting=waiting))


def under_new_name(planning: PlanningContext, entry: Entry, renamed: Mapping[int, StepId]) -> Entry:
    """Return an entry with the step and the addressee of today; as it is, where nobody was renamed."""
    step = renamed.get(entry.id)
    member = step and planning.member(step.person)
    if not step or not member:
        return entry
    to = Mailbox(member.person.name, member.person.email or entry.message.to.email)
    return replace(entry, step=step, message=replace(entry.message, to=to))


def _is_gone(planning: PlanningContext, entry: Entry) -> bool:
    return bool(entry.step.person) and planning.member(entry.step.person) is None


def _find_same(planning: PlanningContext, entry: Entry, others: frozenset[str]) -> Iterator[Member]:
    """Yield those who have the address of the entry; none when it goes through somebody else."""
    to = entry.message.to
    if entry.step.person.startswith(slugify(to.name)):
        for member in planning.members:
            is_same = (member.person.email or "").casefold() == to.email.casefold()
            if is_same and member.handle not in others:
                yield member


def _find_put_right(
    planning: PlanningContext, entry: Entry, before: Application | None, put_right: Callable[[], Mapping[str, str]]
) -> Iterator[Member]:
    """Yield the one whom this change, or a recorded one, names by now; none when it goes through somebody else."""
    former = entry.step.person
    if former.startswith(slugify(entry.message.to.name)):
        member = planning.member(_corrected_by(planning, before).get(former) or put_right().get(former, ""))
        if member:
            yield member


def _corrected_by(planning: PlanningContext, before: Application | None) -> dict[str, str]:
    """Return the handle of today by the former one where one name went, and one came that shares a word with it."""
    former = {member.handle for member in list_members(before)} if before else set[str]()
    now = {member.handle for member in planning.members}
    gone, come = former - now, now - former
    if len(gone) != 1 or len(come) != 1:
        return {}
    (old,), (new,) = gone, come
    return {old: new} if {*old.split("-")} & {*new.split("-")} else {}


def _belonging_to(waiting: Waiting, step: StepId) -> Waiting:
    return replace(waiting, step=step, told=waiting.told and replace(waiting.told, step=step))
