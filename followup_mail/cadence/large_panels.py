"""Panels too large to thank one by one: who passes the thanks on, and what is missing for it."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.method import CadenceStep
from followup_mail.cadence.planning_context import COUNTS_AS_TAKEN, PlanningContext
from followup_mail.cadence.roster import Member, Round, find_role
from followup_mail.cadence.wording import say_list
from followup_mail.facts.addressees import is_everybody
from followup_mail.facts.terms import Role


def thanks_through(context: PlanningContext, round_: Round) -> Member | None:
    """Return the coordinator who thanks everybody of a round; None where people are thanked one by one.

    Whoever began to thank a panel one by one goes on so: half of them would be thanked twice.
    """
    coordinator = find_role(context.members, Role.COORDINATOR)
    if coordinator is None or not _is_large(context, round_, coordinator):
        return None
    thanked = _thanked(context, round_)
    return coordinator if not thanked or coordinator.handle in thanked else None


def is_thanked_for_all(context: PlanningContext, round_: Round, member: Member, step: CadenceStep) -> bool:
    """Return whether a step is the mail that thanks all of a round through this coordinator."""
    is_mail = step.kind is Kind.THANK_YOU and step.channel.traits.is_sent
    return is_mail and thanks_through(context, round_) == member


def count_others(round_: Round, coordinator: Member | None) -> int:
    """Return how many people there are to thank besides the coordinator."""
    return sum(coordinator is None or meeting.member.handle != coordinator.handle for meeting in round_.meetings)


def note_panels(context: PlanningContext) -> Iterator[str]:
    """Yield what the reader of a plan should know about the thanks to many people."""
    for round_ in context.rounds:
        coordinator = thanks_through(context, round_)
        if coordinator:
            yield from _promises_left(context, coordinator)
            continue
        if _is_large(context, round_, None) and not _thanked(context, round_):
            yield (
                f"You met {len(round_.meetings)} people in round {round_.number}. One mail to the coordinator could "
                'thank them all, but the facts name none: add them under [[contacts]] with role = "coordinator"'
            )
        yield from _without_facts(context, round_)


def _promises_left(context: PlanningContext, coordinator: Member) -> Iterator[str]:
    """Yield what would be lost: a file for one of many does not go to the coordinator."""
    left = tuple(promise.what for promise in context.application.promised if not is_everybody(promise.to))
    if left:
        yield (
            f"The mail to {coordinator.person.name} does not bring what you promised to others ({say_list(left)}): "
            "thank them yourself, with --to"
        )


def _without_facts(context: PlanningContext, round_: Round) -> Iterator[str]:
    """Yield about whom nothing is known, where that would make several mails alike."""
    thanked = _thanked(context, round_)
    bare = tuple(
        meeting.person.name
        for meeting in round_.meetings
        if meeting.member.handle not in thanked
        and not any(getattr(meeting.person, name) for name in ("moment", "link", "discussed", "convinced"))
    )
    if len(bare) > 1 and round_.end <= context.now:
        yield (
            f"Their thank-yous would say the same, as nothing is on record of what you talked about with "
            f"{say_list(bare)}: `followup-mail ask {context.application.slug}` asks for it"
        )


def _is_large(context: PlanningContext, round_: Round, coordinator: Member | None) -> bool:
    return count_others(round_, coordinator) > context.cadence.limit.single_thanks


def _thanked(context: PlanningContext, round_: Round) -> frozenset[str]:
    """Return the handles of those whose thank-you for a round is done or queued."""
    waiting = (entry.step for entry in context.history.waiting if entry.state in COUNTS_AS_TAKEN)
    steps = (*(touch.step for touch in context.history.touches), *waiting)
    return frozenset(step.person for step in steps if step.kind is Kind.THANK_YOU and step.round == round_.number)
