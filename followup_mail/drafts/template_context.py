"""Facts as templates see them: flat names, finished words, nothing that needs logic to read.

A fact that is missing is left out, so that the template engine can say so; ``template_names`` says for each name what
it is and how to supply it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from followup_mail.drafts.day_wording import say_day, say_past_day
from followup_mail.drafts.filters import in_words, inline
from followup_mail.facts.application import Application, Interview, Person, is_same_person
from followup_mail.message.draft import Sender

# What German, French and other adverts put behind a title by law: "(m/w/d)", "(f/m/x)". Nobody says it.
_ALL_GENDERS: Final = re.compile(r"\s*[(\[](?:[mwfdxhnig]\s?[/|*]\s?){1,3}[mwfdxhnig*][)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and as which of several a draft is written, so that the notes to one panel, and later ones, differ."""

    round: int
    place: int
    """The recipient's place among the people of the round, from 0."""
    at: datetime
    """The planned moment of sending, aware."""
    read: str = ""
    """All that this person was sent so far."""


def facts_for(application: Application, person: Person, sender: Sender, occasion: Occasion) -> dict[str, object]:
    """Return the facts of one draft by name, without those that are missing."""
    held = interviews_held(application, occasion)
    facts = {
        "addressee": person.greeting_name,
        "full_name": person.name,
        "company": application.company,
        "role": _ALL_GENDERS.sub("", application.role) or application.role,
        **_about_person(application, person, occasion),
        **_about_interview(held, person, occasion, person.country or application.country),
        **_about_next_steps(application, held, occasion, person.country or application.country),
        "promised": [promise.what for promise in application.promised],
        "my_name": sender.mailbox.name,
        "my_phone": sender.phone,
        "signature": "\n".join(line for line in (sender.mailbox.name, sender.phone, *sender.links) if line),
    }
    return {name: value for name, value in facts.items() if value}


def interviews_held(application: Application, occasion: Occasion) -> tuple[Interview, ...]:
    """Return the interviews of the round looked back on that are over by then; of the round before if none is."""
    of_rounds = (interview for interview in application.interviews if interview.round <= occasion.round)
    over = sorted((held for held in of_rounds if held.end <= occasion.at), key=lambda held: held.end)
    latest = max((interview.round for interview in over), default=0)
    return tuple(interview for interview in over if interview.round == latest)


def _about_person(application: Application, person: Person, occasion: Occasion) -> dict[str, object]:
    topics = [inline(topic) for topic in person.discussed]
    convinced = inline(person.convinced)
    return {
        "topics": topics,
        # A later note comes back to the conversation, so a topic may be named again; a reason may not.
        "topic": _unread(topics, occasion.read) or next(iter(topics), ""),
        "convinced": _unread([convinced], occasion.read),
        "fit": _unread(_from(application.fit, occasion.place), occasion.read),
        "detail": _unread(application.not_mentioned, occasion.read),
    }


def _about_interview(
    held: tuple[Interview, ...], person: Person, occasion: Occasion, country: str | None
) -> dict[str, object]:
    if not held:
        return {}
    latest = held[-1]
    facts: dict[str, object] = {
        "when_interviewed": f"on {_day_of(latest, occasion, country)}",
        "interviewers": in_words([met.name for met in latest.people]),
    }
    theirs = [interview for interview in held if any(is_same_person(person, met) for met in interview.people)]
    if theirs:
        facts["when_we_met_short"] = _day_of(theirs[-1], occasion, country)
        facts["when_we_met"] = f"on {facts['when_we_met_short']}"
    others = (met for met in latest.people if not is_same_person(person, met) and met.discussed)
    if colleague := next(others, None):
        facts |= {"colleague": colleague.name, "colleague_topic": inline(colleague.discussed[0])}
    return facts


def _about_next_steps(
    application: Application, held: tuple[Interview, ...], occasion: Occasion, country: str | None
) -> dict[str, object]:
    said, today = application.said, occasion.at.date()

    def name(day: date | None) -> str:
        return say_day(day, country, today) if day else ""

    # A date from before the latest interview was about something else.
    stale = bool(said.decision_by and held and said.decision_by < held[-1].start.date())
    return {
        "decision_day": "" if stale else name(said.decision_by),
        "wait_until": name(said.not_before) if said.not_before and said.not_before > today else "",
        "quote": said.quote,
        "applied_day": name(application.applied),
    }


def _day_of(interview: Interview, occasion: Occasion, country: str | None) -> str:
    return say_past_day(interview.start.date(), country, occasion.at.astimezone(interview.zone).date())


def _from(facts: tuple[str, ...], start: int) -> tuple[str, ...]:
    """Return the facts from ``start`` on, wrapping round: the next person of a panel gets the next one first."""
    return facts[start % len(facts) :] + facts[: start % len(facts)] if facts else ()


def _unread(facts: Iterable[str], read: str) -> str:
    """Return the first fact, as a part of a sentence, that is not in what this person has read."""
    known = _plain(read)
    return next((inline(fact) for fact in facts if _plain(inline(fact)) not in known), "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
