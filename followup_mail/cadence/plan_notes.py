"""What the reader should know about a plan as a whole: what was dropped, taken for granted, or is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from followup_mail.cadence.channel_choice import calls_welcome
from followup_mail.cadence.days_off import holiday_gap, name_application
from followup_mail.cadence.large_panels import note_panels
from followup_mail.cadence.met_again import find_met_again
from followup_mail.cadence.planning_context import PlanningContext
from followup_mail.cadence.proposal import Proposal
from followup_mail.cadence.roster import list_entries
from followup_mail.cadence.set_aside import say_set_aside, say_way_back
from followup_mail.cadence.skips import read_skip
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.facts.terms import Status

_OPEN = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED})


def write_notes(context: PlanningContext, proposals: tuple[Proposal, ...], steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Return the notes of a plan, full sentences, the most important first, each once."""
    found = (
        *_set_aside(context),
        *_outcome(context),
        *_stale_decision(context),
        *_further_round(context),
        *(met.sentence for met in find_met_again(context)),
        *_contradictions(context),
        *_missing(context),
        *note_panels(context),
        *_shared_addresses(context),
        *_places(context, proposals),
        *_over(context, steps),
    )
    return tuple(dict.fromkeys(f"{sentence}." for sentence in found))


def _set_aside(context: PlanningContext) -> Iterator[str]:
    application = context.application
    # The day only matters to a pause that has an end. Who asks for it has a plan that is kept until midnight at most.
    day = context.now.astimezone(context.defaults.clock).date() if application.paused_until else date.min
    aside = say_set_aside(application, day)
    if aside:
        back = f"`followup-mail {say_way_back(application)}` goes on with it"
        yield f"This application is {aside}, so nothing is sent or proposed for it; {back}"
    for text in application.skipped:
        if read_skip(text) is None:
            yield f'`skipped` in the facts names no kind of follow-up: "{text}"; there are {say_list(tuple(Kind))}'


def _outcome(context: PlanningContext) -> Iterator[str]:
    if context.application.outcome.status is Status.REPLIED:
        yield "They replied, so everything still open is held until you resume it or record an outcome"


def _stale_decision(context: PlanningContext) -> Iterator[str]:
    day = context.application.said.decision_by
    if day is None:
        return
    said = f"The decision date {say_day(day, context.year)}"
    if context.latest and day < context.latest.last.start.date():
        when = say_day(context.latest.last.start.date(), context.year)
        yield f"{said} is older than round {context.latest.number} on {when}, so it no longer counts"
    elif not context.rounds and context.application.applied and day < context.application.applied:
        yield f"{said} is older than your application, so it does not count"


def _further_round(context: PlanningContext) -> Iterator[str]:
    latest, ended = context.latest, context.ended
    if latest and ended and ended is not latest:
        day = say_day(latest.last.start.date(), context.year)
        yield f"Round {latest.number} is on {day}: follow-ups start again from there"


def _contradictions(context: PlanningContext) -> Iterator[str]:
    said = context.application.said
    if said.channel and said.channel.traits.is_call and not calls_welcome(said, context.cadence.calls):
        yield "They asked for the phone and for no calls; this plan makes no calls"
    if said.interval is not None and said.interval.days < 1:
        yield "The interval they named is under a day; a whole day is the shortest this plan keeps"


def _missing(context: PlanningContext) -> Iterator[str]:
    for round_ in context.rounds:
        if not round_.meetings:
            yield f"Nobody is on record for round {round_.number}: add everyone you met, so that nobody is left out"
    if not context.rounds and context.application.outcome.status is Status.WAITING:
        yield "No interview is on record yet: once there is one, the thank-yous and follow-ups are planned from it"


def _shared_addresses(context: PlanningContext) -> Iterator[str]:
    """Yield who counts as one person although the names differ: a typing error there would leave somebody out."""
    names: dict[str, dict[str, str]] = {}
    for person in list_entries(context.application):
        if person.email:
            names.setdefault(person.email.casefold(), {}).setdefault(person.key, person.name)
    for address, people in names.items():
        if len(people) > 1:
            yield f"{say_list(tuple(people.values()))} have one address, {address}, so they count as one person"


def _places(context: PlanningContext, proposals: tuple[Proposal, ...]) -> Iterator[str]:
    open_places = dict.fromkeys(
        (proposal.route.place, proposal.due_at.year) for proposal in proposals if proposal.due_at
    )
    for gap in dict.fromkeys(holiday_gap(place.country, place.region, year) for place, year in open_places):
        if gap:
            yield name_application(gap, context.application.slug)
    if open_places and not context.application.time_zone and not context.rounds:
        named = {proposal.route.person.time_zone for proposal in proposals if proposal.route.person}
        if None in named:
            yield f"No time zone is on record, so yours is used: {context.defaults.zone}"


def _over(context: PlanningContext, steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield that the plan is finished: nothing is open any more, and something was done or missed."""
    if context.application.outcome.status is not Status.WAITING or not any(step.kind.traits.in_chain for step in steps):
        return
    if any(step.state in _OPEN for step in steps):
        return
    done = [step for step in steps if step.state is StepState.DONE and step.kind.traits.counts]
    if any(step.state is StepState.MISSED for step in steps):
        yield "Every date in this plan has passed; whatever you still want to send, ask for it by name"
    elif any(step.kind.traits.in_chain for step in done):
        people = say_list(tuple(dict.fromkeys(step.person.name for step in done if step.person)))
        yield f"You have done what this cadence asks{f' with {people}' if people else ''}: time to move on"
