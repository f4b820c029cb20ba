"""What the reader should know about a plan as a whole: what was dropped, taken for granted, or is over."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.cadence.channel_choice import calls_welcome
from followup_mail.cadence.days_off import holiday_gap
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.roster import list_entries
from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.facts.terms import Status

_OPEN = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED})


def write_notes(scene: PlanningContext, proposals: tuple[Proposal, ...], steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Return the notes of a plan, full sentences, the most important first, each once."""
    found = (
        *_outcome(scene),
        *_stale_decision(scene),
        *_further_round(scene),
        *_contradictions(scene),
        *_missing(scene),
        *_shared_addresses(scene),
        *_places(scene, proposals),
        *_over(scene, steps),
    )
    return tuple(dict.fromkeys(f"{sentence}." for sentence in found))


def _outcome(scene: PlanningContext) -> Iterator[str]:
    if scene.application.outcome.status is Status.REPLIED:
        yield "They replied, so everything still open is held until you resume it or record an outcome"


def _stale_decision(scene: PlanningContext) -> Iterator[str]:
    day = scene.application.said.decision_by
    if day is None:
        return
    said = f"The decision date {say_day(day, scene.year)}"
    if scene.latest and day < scene.latest.last.start.date():
        when = say_day(scene.latest.last.start.date(), scene.year)
        yield f"{said} is older than round {scene.latest.number} on {when}, so it no longer counts"
    elif not scene.rounds and scene.application.applied and day < scene.application.applied:
        yield f"{said} is older than your application, so it does not count"


def _further_round(scene: PlanningContext) -> Iterator[str]:
    latest, ended = scene.latest, scene.ended
    if latest and ended and ended is not latest:
        day = say_day(latest.last.start.date(), scene.year)
        yield f"Round {latest.number} is on {day}: follow-ups start again from there"


def _contradictions(scene: PlanningContext) -> Iterator[str]:
    said = scene.application.said
    if said.channel and said.channel.traits.is_call and not calls_welcome(said, scene.cadence.calls):
        yield "They asked for the phone and for no calls; this plan makes no calls"
    if said.interval is not None and said.interval.days < 1:
        yield "The interval they named is under a day; a whole day is the shortest this plan keeps"


def _missing(scene: PlanningContext) -> Iterator[str]:
    for one in scene.rounds:
        if not one.meetings:
            yield f"Nobody is on record for round {one.number}: add everyone you met, so that nobody is left out"
    if not scene.rounds and scene.application.outcome.status is Status.WAITING:
        yield "No interview is on record yet: once there is one, the thank-yous and follow-ups are planned from it"


def _shared_addresses(scene: PlanningContext) -> Iterator[str]:
    """Yield who counts as one person although the names differ: a typing error there would leave somebody out."""
    names: dict[str, dict[str, str]] = {}
    for person in list_entries(scene.application):
        if person.email:
            names.setdefault(person.email.casefold(), {}).setdefault(person.key, person.name)
    for address, people in names.items():
        if len(people) > 1:
            yield f"{say_list(tuple(people.values()))} have one address, {address}, so they count as one person"


def _places(scene: PlanningContext, proposals: tuple[Proposal, ...]) -> Iterator[str]:
    open_places = dict.fromkeys((one.place, one.due_at.year) for one in proposals if one.due_at)
    for gap in dict.fromkeys(holiday_gap(place.country, place.region, year) for place, year in open_places):
        if gap:
            yield gap
    if open_places and not scene.application.time_zone and not scene.rounds:
        named = {one.person.time_zone for one in proposals if one.person}
        if None in named:
            yield f"No time zone is on record, so yours is used: {scene.home}"


def _over(scene: PlanningContext, steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield the end of the road, once it is reached: nothing open, and not for want of trying."""
    if scene.application.outcome.status is not Status.WAITING or not any(one.kind.traits.in_chain for one in steps):
        return
    if any(one.state in _OPEN for one in steps):
        return
    done = [one for one in steps if one.state is StepState.DONE and one.kind.traits.counts]
    if any(one.state is StepState.MISSED for one in steps):
        yield "Every date in this plan has passed; whatever you still want to send, ask for it by name"
    elif any(one.kind.traits.in_chain for one in done):
        people = say_list(tuple(dict.fromkeys(one.person.name for one in done if one.person)))
        yield f"You have done what this cadence asks{f' with {people}' if people else ''}: time to move on"
