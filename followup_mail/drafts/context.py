"""Facts as templates see them: flat names, finished words, nothing that needs logic to read.

A fact that is missing is left out, so that the template engine can say so; ``FACTS`` says for each name what it is
and how to supply it, for that message and for the reference of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from followup_mail.drafts.draft import Sender
from followup_mail.drafts.filters import in_words
from followup_mail.facts.model import Application, Interview, Person, is_same_person

FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "addressee": ("how to address the recipient", "Give the person a `name`, or `address_as`, in the facts file."),
    "full_name": ("the recipient's full name", "Give the person a `name` in the facts file."),
    "company": ("the company's name", 'Add company = "..." to the facts file.'),
    "role": ("the position", 'Add role = "..." to the facts file.'),
    "topic": (
        "what you discussed with this person",
        'Add discussed = ["..."] under the person in the facts file; it reads on from "our conversation about".',
    ),
    "topics": (
        "all that you discussed with this person",
        'Add discussed = ["..."] under the person in the facts file.',
    ),
    "convinced": (
        "what from this person convinced you",
        'Add convinced = "..." under the person; it reads on from "what stayed with me was".',
    ),
    "fit": ("one reason why you fit", 'Add fit = ["..."] to the facts file: a clause such as "I have run two moves".'),
    "detail": (
        "one point that you did not get to mention",
        'Add not_mentioned = ["..."] to the facts file: a clause such as "I also write the on-call handbook".',
    ),
    "when_we_met": ("the day of the interview", "Add the interview with its `start` to the facts file."),
    "when_we_met_short": ("the day of the interview", "Add the interview with its `start` to the facts file."),
    "interviewers": ("who you met", "Add the people under the interview in the facts file."),
    "decision_day": ("the day by which they decide", "Add decision_by = 2026-12-04 under [said] in the facts file."),
    "quote": ("their own words about the next steps", 'Add quote = "..." under [said] in the facts file.'),
    "applied_day": ("the day you applied", "Add applied = 2026-11-02 to the facts file."),
    "promised": ("what you promised to send", "Add [[promised]] with `what` to the facts file."),
    "my_name": ("your name", "Set FOLLOWUP_NAME in .env or the environment."),
    "my_phone": ("your phone number", "Set FOLLOWUP_PHONE in .env or the environment."),
    "attached": ("the promised files that are attached", "Add `file` under [[promised]] in the facts file."),
    "signature": ("your name and what stands under it", "Set FOLLOWUP_NAME in .env or the environment."),
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and as which of several a draft is written, so that the notes to one panel, and later ones, differ."""

    round: int
    place: int
    """The recipient's place among the people of the round, from 0."""
    at: datetime
    """The planned moment of sending, aware."""
    used: frozenset[str] = frozenset()
    """Facts that this person has read already."""


def facts_for(application: Application, person: Person, sender: Sender, occasion: Occasion) -> dict[str, object]:
    """Return the facts of one draft by name, without those that are missing."""
    met = interview_with(application, person, occasion.round)
    zone_day = occasion.at.astimezone(met.zone).date() if met else occasion.at.date()
    facts: dict[str, object] = {
        "addressee": person.greeting_name,
        "full_name": person.name,
        "company": application.company,
        "role": application.role,
        "topics": list(person.discussed),
        "topic": _unused(person.discussed, occasion, 0),
        "convinced": person.convinced if person.convinced not in occasion.used else "",
        "fit": _unused(application.fit, occasion, occasion.place),
        "detail": _unused(application.not_mentioned, occasion, 0),
        "quote": application.said.quote,
        "promised": [promise.what for promise in application.promised],
        "my_name": sender.mailbox.name,
        "my_phone": sender.phone,
        "signature": "\n".join(line for line in (sender.mailbox.name, sender.phone, *sender.links) if line),
    }
    if application.applied:
        facts["applied_day"] = say_day(application.applied, application.country)
    if application.said.decision_by:
        facts["decision_day"] = say_day(application.said.decision_by, application.country)
    if met:
        day = met.start.date()
        near = timedelta() <= zone_day - day <= timedelta(days=6)
        facts["when_we_met_short"] = f"{day:%A}" if near else say_day(day, application.country)
        facts["when_we_met"] = f"on {facts['when_we_met_short']}"
        facts["interviewers"] = in_words([one.name for one in met.people])
    return {name: value for name, value in facts.items() if value}


def interview_with(application: Application, person: Person, round_number: int) -> Interview | None:
    """Return the interview that a note to ``person`` looks back on: theirs in that round, else the round's last."""
    of_round = [one for one in application.interviews if one.round == round_number]
    theirs = [one for one in of_round if any(is_same_person(person, met) for met in one.people)]
    return max(theirs or of_round, key=lambda one: one.end, default=None)


def say_day(day: date, country: str | None) -> str:
    """Return a day as it is said there: "December 4" in the United States, "4 December" elsewhere."""
    return f"{day:%B} {day.day}" if country == "US" else f"{day.day} {day:%B}"


def how_to_supply(name: str) -> tuple[str, str]:
    """Return what a missing fact is, and how to supply it; two empty strings for a name that is no fact."""
    if name in FACTS:
        return FACTS[name]
    return "", f"The facts a template can use: {', '.join(sorted(FACTS))}."


def _unused(facts: tuple[str, ...], occasion: Occasion, start: int) -> str:
    """Return the first fact from ``start`` on, wrapping round, that this person has not read yet."""
    in_order = facts[start % len(facts) :] + facts[: start % len(facts)] if facts else ()
    return next((fact for fact in in_order if fact not in occasion.used), "")
