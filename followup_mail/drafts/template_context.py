"""Facts as templates see them: flat names, finished words, nothing that needs logic to read.

A fact that is missing is left out, so that the template engine can say so; ``template_names`` says for each name what
it is and how to supply it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.planning_context import where
from followup_mail.cadence.worktime import NOWHERE, Place
from followup_mail.drafts.addressing import Addressing
from followup_mail.drafts.day_wording import say_day, say_hour, say_near_day, say_past_day, say_weekday
from followup_mail.drafts.filters import in_words, sentence
from followup_mail.drafts.linked_words import say_link, say_moment
from followup_mail.drafts.material import (
    first_unread,
    people_of,
    points_for,
    problem_for,
    problem_for_subject,
    told_by,
    topic_answered,
)
from followup_mail.drafts.next_step_facts import about_panel, about_their_word
from followup_mail.drafts.next_time import as_meantime, is_about_next_time, is_step, say_wish
from followup_mail.drafts.own_deeds import proof_for
from followup_mail.drafts.own_words import mark, strip_marks
from followup_mail.drafts.rejection_facts import about_rejection, say_remembered
from followup_mail.drafts.thanked_once import without_same_moment
from followup_mail.drafts.told_facts import settle_told
from followup_mail.facts.application import Application, Interview, Person, is_same_person
from followup_mail.facts.people import is_of_agency
from followup_mail.facts.terms import Format, Status
from followup_mail.language.flowing_links import say_wanted, to_help
from followup_mail.language.job_titles import is_internal, say_job, say_post, strip_legal_suffix
from followup_mail.language.promises import promises_to
from followup_mail.message.draft import Sender
from followup_mail.own_voice.voice import Voice
from followup_mail.regex import regex

_EARLIEST_HOUR: Final = 6
"""Nobody holds an interview earlier on their own clock."""
_SUBJECT_PART: Final = 36
"""So many characters of a subject a job may take: a phone shows about fifty."""
_TOLD_ALSO: Final = "You also "
_INTEREST: Final = regex(r"\bI(?:['\u2019]d| would| want| hope)\b|\bjoin\b", re.IGNORECASE)


class Occasion(Struct, frozen=True):
    """When and as which of several a draft is written, so that the notes to one panel, and later ones, differ."""

    round: int
    place: int
    """The recipient's place among the people of the round, from 0."""
    at: datetime
    """The planned moment of sending, aware."""
    read: str = ""
    """All that this person was sent so far."""
    beside: str = ""
    """What mails that wait will tell them, which must not be said twice; nothing may claim that they know it."""
    defaults: Place = NOWHERE
    """The user's zone, country and office hours, for whatever the facts do not say."""
    leaves_by: datetime | None = None
    """The last moment at which it can leave; None when that is open."""
    kind: Kind | None = None
    """What the draft is for; None where nothing depends on it."""
    voice: Voice | None = None
    """How the user writes, if that is known."""

    @property
    def said(self) -> str:
        """What is not said again."""
        return f"{self.read}\n{self.beside}".strip("\n")


def facts_for(application: Application, person: Person, sender: Sender, occasion: Occasion) -> dict[str, object]:
    """Return the facts of one draft by name, without those that are missing."""
    person = without_same_moment(application, occasion.round, occasion.place, person)
    held = interviews_held(application, occasion)
    place = where(application, person, occasion.defaults)
    country = place.country
    facts = {
        **Addressing(person, application.company, country, occasion.kind, occasion.voice).facts(),
        **_about_job(application),
        **told_by(person, occasion.said),
        **_about_candidate(application, person, occasion),
        **_as_written(application, person, occasion.said),
        **_about_interview(held, person, occasion, place),
        **_about_hours(held, person, place),
        **_about_next_steps(application, person, held, occasion, country),
        **_about_saying(application, person, occasion),
        **about_panel(held, person, application.country),
        "through_agency": is_of_agency(person, application.everyone(), application.company),
        "works_there": is_internal(application.role),
        "promised": [promise.what for promise in application.promised],
        "turn": occasion.place,
        "thanked": bool(occasion.read),
        "interest_read": "still very interested" in occasion.read.casefold(),
        "my_name": sender.mailbox.name,
        "my_phone": sender.phone,
        "my_email": sender.mailbox.email,
        "signature": "\n".join(line for line in (sender.mailbox.name, sender.phone, *sender.links) if line),
    }
    return {name: value for name, value in settle_told(facts).items() if value or name == "turn"}


def interviews_held(application: Application, occasion: Occasion) -> tuple[Interview, ...]:
    """Return the interviews of the round looked back on that are over by then; of the round before if none is."""
    of_rounds = (interview for interview in application.interviews if interview.round <= occasion.round)
    over = sorted((held for held in of_rounds if held.end <= occasion.at), key=lambda held: held.end)
    latest = max((interview.round for interview in over), default=0)
    return tuple(interview for interview in over if interview.round == latest)


def _about_job(application: Application) -> dict[str, object]:
    job, post = say_job(application.role), say_post(application.role)
    return {
        "company": application.company,
        "role": strip_legal_suffix(application.role),
        "job": job,
        "post": post,
        "job_in_subject": job if len(job) <= _SUBJECT_PART else "",
    }


def _as_written(application: Application, person: Person, read: str) -> dict[str, object]:
    """Return the sentences that the user wrote for this person; one that they have read is not said again."""
    unsaid, outcome = application.unsaid, application.outcome
    said = {
        "moment": person.moment,
        "offer": person.offer,
        "why_them": application.why_them.replace(", as you do.", "."),
        "understood": outcome.understood,
        "onward": as_meantime(outcome.onward),
        "parting": outcome.parting,
    }
    unread = {name: mark(sentence(first_unread([text], read))) for name, text in said.items()}
    promises = [sentence(kept.says) for kept in promises_to(application, person) if kept.says]
    starts = person.moment.casefold()
    link = say_link(application, person, read, goes_on=bool(unread["moment"]))
    return {
        **unread,
        "moment": say_moment(strip_marks(unread["moment"]), goes_on=_TOLD_ALSO in strip_marks(link)),
        "link": link,
        "to_help": mark(to_help(person.link)),
        "link_alone": say_link(application, person, read, goes_on=False),
        "moment_thanks": bool(unread["moment"]) and starts.startswith(("thank", "i am grateful", "i appreciate")),
        "onward_is_step": is_step(outcome.onward),
        "onward_is_wish": is_about_next_time(outcome.onward),
        "parting_wish": say_wish(unread["parting"], outcome.onward),
        "promise": mark(first_unread(promises, read)),
        "point": mark(sentence(first_unread([unsaid.point], read))),
        # "You said ..." is for somebody who was there.
        "point_problem": mark(sentence(say_wanted(unsaid.problem))) if application.has_met(person) else "",
        "point_use": mark(sentence(unsaid.use)),
        "point_also": mark(sentence(first_unread([unsaid.also], read))),
        "problem_in_subject": problem_for_subject(unsaid.problem) if application.has_met(person) else "",
        "says_interest": bool(_INTEREST.search(application.why_them)),
    }


def _about_candidate(application: Application, person: Person, occasion: Occasion) -> dict[str, object]:
    """Return what the notes on the candidate can become."""
    proof = proof_for(application, people_of(application, occasion.round), person, occasion.said)
    point = next(points_for(application, occasion.said), None)
    return {
        "proof": mark(proof.sentence) if proof else "",
        "problem": mark(proof.answers) if proof else "",
        "experience": mark(proof.experience) if proof else "",
        # What they told is named once.
        "point_answers": mark(first_unread([problem_for(point.mine, person)], occasion.said)) if point else "",
        "point_topic": topic_answered(point.mine, person) if point else "",
        "fit": mark(proof.sentence.rstrip(".")) if proof else "",
        "note_point": mark(point.mine) if point else "",
        "detail": point.mine.rstrip(".") if point else "",
    }


def _about_interview(
    held: tuple[Interview, ...], person: Person, occasion: Occasion, place: Place
) -> dict[str, object]:
    if not held:
        return {}
    latest = held[-1]
    facts: dict[str, object] = {
        "when_interviewed": f"on {_day_of(latest, occasion, place)}",
        "interviewers": in_words([met.name for met in latest.people]),
    }
    theirs = [interview for interview in held if interview.has(person)]
    if theirs:
        day, near = _day_of(theirs[-1], occasion, place), _near_day(theirs[-1], occasion, place)
        facts |= {"day_we_met": day, "when_we_met_short": near or day, "when_we_met": near or f"on {day}"}
        facts["by_phone"] = theirs[-1].format is Format.PHONE
        facts["on_site"] = theirs[-1].format is Format.ONSITE
    others = [met for met in latest.people if not is_same_person(person, met)]
    topics = ((other.name, told_by(other)["topic"]) for other in others)
    if shared := next((pair for pair in topics if pair[1]), None):
        facts |= {"colleague": shared[0], "colleague_topic": shared[1]}
        if theirs and not (person.discussed or person.convinced):
            # Somebody who only sat in told nothing: what was heard is said to be from whom the note is on.
            facts["thanks_for"] = f"what I heard from {shared[0]} about {shared[1]}"
    return facts


def _about_hours(held: tuple[Interview, ...], person: Person, place: Place) -> dict[str, object]:
    """Return the hours of the interviews by the recipient's clock, where it shows the day that is named with them."""

    def name(interviews: list[Interview]) -> str:
        if not interviews:
            return ""
        theirs = interviews[-1].start.astimezone(place.clock)
        return f"at {say_hour(theirs, place.country)}" if theirs.date() == _day_at(interviews[-1], place) else ""

    return {
        "time_we_met": name([interview for interview in held if interview.has(person)]),
        "time_interviewed": name([*held]),
    }


def _about_next_steps(
    application: Application, person: Person, held: tuple[Interview, ...], occasion: Occasion, country: str
) -> dict[str, object]:
    said, today = application.said, occasion.at.date()

    def name(day: date | None) -> str:
        return say_day(day, country, today) if day else ""

    # A date from before the latest interview was about something else.
    stale = bool(said.decision_by and held and said.decision_by < held[-1].start.date())
    decision_by = None if stale else said.decision_by
    weekday = say_weekday(decision_by, country, today) if decision_by else ""
    return {
        **({} if stale else about_their_word(application, person, weekday)),
        "decision_day": name(decision_by),
        "decision_weekday": weekday,
        "still_to_come": decision_by is not None and today <= decision_by,
        "wait_until": name(said.not_before) if said.not_before and said.not_before > today else "",
        "quote": said.quote,
        "applied_day": name(application.applied),
    }


def _about_saying(application: Application, person: Person, occasion: Occasion) -> dict[str, object]:
    """Return who said what about the next steps, and what became of it."""
    teller = application.teller()
    by_other = teller is not None and not is_same_person(teller, person)
    facts: dict[str, object] = {
        "told_by": teller.called_in(application.country) if teller and by_other else "",
        "told_by_you": not by_other,
    }
    if application.outcome.status is Status.REJECTED:
        return facts | about_rejection(application, person, occasion.at, occasion.read)
    return {**facts, "remembered": say_remembered(person, "")}


def _near_day(interview: Interview, occasion: Occasion, place: Place) -> str:
    """Return "today" or "yesterday" where the reader and whoever held the interview agree on it."""
    day = interview.start.date()
    if occasion.leaves_by is None or interview.start.astimezone(place.clock).date() != day:
        return ""
    first, last = (moment.astimezone(place.clock).date() for moment in (occasion.at, occasion.leaves_by))
    return say_near_day(day, first, last)


def _day_of(interview: Interview, occasion: Occasion, place: Place) -> str:
    """Return the day of an interview as the reader names it, on the day on which they read of it where they are."""
    return say_past_day(_day_at(interview, place), place.country, occasion.at.astimezone(place.clock).date())


def _day_at(interview: Interview, place: Place) -> date:
    """Return the day of an interview by the reader's calendar.

    That of the place where it was, if they were there: on site, or when it was night where they usually are.
    """
    theirs = interview.start.astimezone(place.clock)
    was_there = interview.format is Format.ONSITE or theirs.hour < _EARLIEST_HOUR
    return interview.start.date() if was_there else theirs.date()
