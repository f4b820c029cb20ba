"""Show back what was understood of days, moments and places, as they are said in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import city_of, describe_moment
from followup_mail.cadence.wording import say_day
from followup_mail.cli.terminal import screen
from followup_mail.facts.application import Application
from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.moments import place_in_zone, write_span
from followup_mail.facts.place_tables import say_country
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.workspace import Workspace

_DAYS: Final = {
    "applied": "applied",
    "decision_by": "they decide by",
    "not_before": "nothing before",
    "on": "it came",
}


def show_days(days: Mapping[str, date | None]) -> None:
    """Say each day that was given, with its weekday and year."""
    said = [f"{_DAYS[name]} {say_day(day, 0)}" for name, day in days.items() if day]
    if said:
        screen.note(f"Understood: {'; '.join(said)}.")


def show_understood(answers: Answers) -> None:
    """Say whom was met, when and where the interview was, and the days."""
    if answers.people:
        screen.note(f"Understood: {'; '.join(map(_say_met, answers.people))}.")
    for part in _interview(answers):
        screen.note(f"Understood: {part}.")
    show_days({name: getattr(answers, name) for name in _DAYS if hasattr(answers, name)})


def _say_met(person: MetPerson) -> str:
    """Return somebody as they were read, so that a wrong name is seen: "Priya Raman (Head of Data), recruiter"."""
    title = f" ({person.title})" if person.title else ""
    part = f", {person.role}" if person.role is not Role.INTERVIEWER else ""
    return f"{person.name}{title}{part}"


def _interview(answers: Answers) -> Iterator[str]:
    zone = ZoneInfo(answers.time_zone)
    where = f", holidays of {say_country(answers.country)}" if answers.country else ""
    if answers.start is None:
        yield f"{city_of(zone)} time{where}"
        return
    try:
        at = describe_moment(place_in_zone(answers.start, zone), zone, zone)
    except UnfitError:
        # The facts file refuses a time that the clocks skip or repeat, and says which.
        return
    length = f" for {write_span(answers.duration)}" if answers.duration else ""
    yield f"{at}{length}, {answers.format}{where}"


def show_warnings(workspace: Workspace, slug: str, before: Application | None = None) -> None:
    """Print what keeps sentences from being sent that the facts have, and did not have ``before``."""
    from followup_mail.services.changing.sentence_warnings import warn_of_sentences

    for warning in warn_of_sentences(workspace.facts.load(slug), before):
        screen.note(screen.doubtful(warning))
