"""The questions of ``add`` in their order, and what becomes of an answer. Asks nothing itself.

Which questions there are follows from the answers so far: without an interview nobody is asked how long it took, and
who pasted an address is not asked for it. So a dialogue lists them anew after each answer, and can go back and forth.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.clocks import city_of, describe_moment
from followup_mail.cadence.wording import say_day
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.looks_like import is_company, is_job_title, looks_like
from followup_mail.facts.moments import place_in_zone, write_span
from followup_mail.facts.pasted_people import PastedPerson
from followup_mail.facts.questions import QUESTIONS, Question
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_places import Place, read_place_said
from followup_mail.facts.said_ranges import read_length_within
from followup_mail.facts.said_readings import Side, says_no_day, says_nothing
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.services.adding.add_draft import NEEDED, AddDraft
from followup_mail.services.adding.told_people import (
    Understood,
    own_marks,
    read_details_told,
    read_people_told,
    say_person,
)
from followup_mail.services.typed import days_asked
from followup_mail.services.typed.change_table import SAID
from followup_mail.services.typed.home_country import home_country, read_as_written, say_place
from followup_mail.services.typed.interview_length import USUAL_LENGTH
from followup_mail.services.typed.typed_notes import some_notes
from followup_mail.workspace import Workspace

_QUESTIONS: Final = {question.field: question for question in QUESTIONS}
USUAL: Final = {"duration": write_span(USUAL_LENGTH), "format": "video"}
"""What an interview is that nobody says more of."""
_DAYS: Final = frozenset({"start", "applied", "decision_by", "not_before"})
_YES_OR_NO: Final = frozenset({"more", "calls"})
LISTS: Final = ("fit", "not_mentioned", "promised")
ON_FOLLOWING_UP: Final = tuple(option for option in SAID if option != "decision_by")


class AddStep(Struct, frozen=True):
    """One question."""

    key: str
    """A field of ``Answers``, "place", "people", "more", or a part and the number of a person: "notes:0"."""
    ask: str
    hint: str = ""
    label: str = ""
    """What the answer is called when it is shown."""
    is_needed: bool = False
    default: str = ""
    """What Enter takes."""

    @property
    def part(self) -> str:
        return self.key.partition(":")[0]

    @property
    def person(self) -> int:
        return int(self.key.partition(":")[2])


def list_steps(workspace: Workspace, draft: AddDraft) -> list[AddStep]:
    """Return the questions that the answers so far lead to, answered ones included."""
    return [*_about_the_job(workspace, draft), *_about_people(draft), *_about_the_rest(draft)]


def _about_the_job(workspace: Workspace, draft: AddDraft) -> Iterator[AddStep]:
    yield AddStep("company", "Company?", label="Company", is_needed=True)
    yield AddStep("role", "Position, as in their advert?", label="Position", is_needed=True)
    own = workspace.own_zone
    hint = f"city, state or country; Enter: {city_of(own)}"
    yield AddStep("place", "Where are they?", hint, "Place", default=own.key)
    yield AddStep("start", "When was the interview?", "like today 10am; Enter: none yet", "Interview")
    if draft.answers.get("start"):
        yield AddStep("duration", "How long?", f"Enter: {USUAL['duration']}", "Length", default=USUAL["duration"])
        yield AddStep("format", "How was it held?", "phone, in person; Enter: video", "Held", default=USUAL["format"])
    else:
        yield AddStep("applied", "When did you apply?", "like 2 nov", "Applied")


def _about_people(draft: AddDraft) -> Iterator[AddStep]:
    asks = "Whom did you meet?" if draft.answers.get("start") else "Whom could you write to?"
    yield AddStep("people", asks, "everybody: names, a To line, or a signature", "People")
    for number, person in enumerate(draft.people):
        if not person.email or f"details:{number}" in draft.answers:
            key = f"details:{number}"
            lacks = "address, title, phone" if not person.title or key in draft.answers else "address, phone"
            yield AddStep(key, f"{person.name}: {lacks}?", "any, in any order", person.name)
    if draft.people and ("manager" in draft.answers or draft.may_have_manager):
        alone = draft.people[0].name if len(draft.people) == 1 else ""
        asks = f"Is {alone} the hiring manager?" if alone else "Which of them is the hiring manager?"
        yield AddStep("manager", asks, f"{'y' if alone else 'a name'}; Enter: not known", "Hiring manager")
    for number, person in enumerate(draft.people):
        yield AddStep(f"notes:{number}", f"Notes on {person.name}?", "; between several", f"On {person.name}")


def _about_the_rest(draft: AddDraft) -> Iterator[AddStep]:
    yield AddStep("fit", "Why do you fit?", "; between several", "You fit")
    yield AddStep("not_mentioned", "What did you not get to say?", "for a second mail", "Not said yet")
    yield AddStep("promised", "What did you promise to send?", "like the case study", "Promised")
    yield AddStep("decision_by", "By when do they decide?", "like friday, or end of next week", "They decide by")
    yield AddStep("more", "Did they say how or when to follow up?", "y; Enter: no", "More")
    if draft.answers.get("more"):
        for field in ON_FOLLOWING_UP:
            yield AddStep(field, _QUESTIONS[field].ask, _QUESTIONS[field].hint, field.replace("_", " ").capitalize())


def answer_so_far(draft: AddDraft, step: AddStep) -> str:
    """Return the answer to a question as it was kept; empty when there is none."""
    match step.part:
        case "people":
            return ", ".join(person.name for person in draft.people)
        case "notes":
            return draft.notes.get(draft.people[step.person].name, "")
        case "details":
            known = ", ".join(say_person(draft.people[step.person])[1:])
            return known if step.key in draft.answers else ""
        case "manager":  # the people may be others than when it was answered
            return next((person.name for person in draft.people if is_manager(person)), "")
    return draft.answers.get(step.key, "")


def skip_answer(draft: AddDraft, step: AddStep) -> AddDraft:
    """Return the draft without an answer to this question. People are not forgotten by an empty line."""
    if step.part in {"people", "details"}:
        return draft
    if step.part == "notes":
        name = draft.people[step.person].name
        return replace(draft, notes={other: note for other, note in draft.notes.items() if other != name})
    if step.part == "manager":
        return _without_manager(draft)
    return replace(draft, answers={key: value for key, value in draft.answers.items() if key != step.key})


def read_step(workspace: Workspace, draft: AddDraft, step: AddStep, text: str) -> Understood:
    """Return the draft with this answer. Raises ``UnfitError``, and ``AmbiguousError`` with the readings."""
    if not (step.is_needed or step.default or step.part in _YES_OR_NO or step.part in NEEDED) and says_nothing(text):
        return Understood(skip_answer(draft, step), "none")
    match step.part:
        case "people" | "details" | "manager" | "notes":
            return _read_about_people(workspace, draft, step, text)
        case "place":
            return _read_place(workspace, draft, step, text)
        case "start" if not says_no_day(text):
            return _read_start(workspace, draft, text)
    return _read_field(workspace, draft, step, text)


def _read_about_people(workspace: Workspace, draft: AddDraft, step: AddStep, text: str) -> Understood:
    match step.part:
        case "people":
            return read_people_told(draft, text, own_marks(workspace))
        case "details":
            return read_details_told(draft, step.person, text)
        case "notes":
            return _read_notes(draft, step.person, text)
    return _read_manager(draft, text)


def write_value(value: Any) -> str:
    """Return an answer so that it is read as the same on any later day."""
    if isinstance(value, timedelta):
        return write_span(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _read_one(workspace: Workspace, draft: AddDraft, question: Question, text: str) -> object:
    if question.field not in days_asked.DAYS:
        return question.read(text, workspace.now().date())
    where = Place(draft.answers.get("time_zone") or workspace.own_zone.key, draft.answers.get("country", ""))
    return days_asked.read_day_answer(workspace, question, text, where)


def _read_field(workspace: Workspace, draft: AddDraft, step: AddStep, text: str) -> Understood:
    if step.key in _DAYS and says_no_day(text):
        return Understood(skip_answer(draft, step))
    doubts = (_doubt(step, part) for part in text.split("; ") if step.key in {"company", "role", "promised"})
    if step.key in LISTS:
        written = shown = some_notes(text)
        for note in written.split("; "):
            _QUESTIONS[step.key].read(note, workspace.now().date())
    elif step.key == "more":
        written, shown = "yes" if _QUESTIONS["calls"].read(text, workspace.now().date()) else "", ""
    else:
        value = _read_one(workspace, draft, _QUESTIONS[step.key], text)
        written = write_value(value)
        shown = say_day(value, 0) if isinstance(value, date) else written
    return Understood(
        replace(draft, answers=draft.answers | {step.key: written}), shown, next(filter(None, doubts), "")
    )


def _doubt(step: AddStep, text: str) -> str:
    kind = looks_like(text)
    if step.key == "company" and not kind and is_job_title(text) and not is_company(text):
        kind = "a job title"
    what = "what you promised to send" if step.key == "promised" else f"the {step.label.lower()}"
    return f"{quoted(text)} looks like {kind}. Is it {what} all the same?" if kind else ""


def _read_place(workspace: Workspace, draft: AddDraft, step: AddStep, text: str) -> Understood:
    home = home_country(workspace)
    place = Place(step.default, home) if text == step.default else read_place_said(text, home)
    told = {"place": text.strip(), "time_zone": place.zone, "country": place.country}
    return Understood(replace(draft, answers=draft.answers | told), say_place(place))


def _read_start(workspace: Workspace, draft: AddDraft, text: str) -> Understood:
    zone = ZoneInfo(draft.answers.get("time_zone") or workspace.own_zone.key)
    where = Place(zone.key, draft.answers.get("country", ""))
    today = workspace.now().date()
    said = read_as_written(workspace, lambda one: read_moment_said(one, today, Side.INTERVIEW, zone.key), text, where)
    moment = place_in_zone(said, zone)
    wall = write_value(moment.replace(tzinfo=None) if said.tzinfo else said)
    is_ahead = moment > workspace.now()
    shown = describe_moment(moment, zone, zone) + (", still to come" if is_ahead else "")
    told = {"start": wall}
    if length := read_length_within(text):
        told["duration"] = write_span(length)
        shown += f", for {told['duration']}"
    return Understood(replace(draft, answers=draft.answers | told), shown)


def _read_notes(draft: AddDraft, number: int, text: str) -> Understood:
    note, kind = some_notes(text), looks_like(text)
    doubt = f"{quoted(text)} looks like {kind}. Is it a note all the same?" if kind else ""
    return Understood(replace(draft, notes=draft.notes | {draft.people[number].name: note}), note, doubt)


def _read_manager(draft: AddDraft, text: str) -> Understood:
    wanted = text.strip().casefold()
    if len(draft.people) == 1 and wanted in {"n", "no"}:
        return Understood(_without_manager(draft))
    if len(draft.people) == 1 and wanted in {"y", "yes"}:
        wanted = draft.people[0].name.casefold()
    near = [person for person in draft.people if wanted in person.name.casefold()]
    meant = near or [person for person in draft.people if is_meant(text, person.name)]
    if len(meant) != 1:
        names = ", ".join(person.name for person in draft.people)
        raise UnfitError(
            f"{quoted(text)} is {'more than one' if meant else 'none'} of them ({names})", "write the name"
        )
    people = [
        replace(person, role=Role.HIRING_MANAGER if person is meant[0] else None if is_manager(person) else person.role)
        for person in draft.people
    ]
    return Understood(replace(draft, people=people, answers=draft.answers | {"manager": meant[0].name}), meant[0].name)


def _without_manager(draft: AddDraft) -> AddDraft:
    """Return the draft in which nobody was said to be the hiring manager."""
    people = [replace(person, role=None) if is_manager(person) else person for person in draft.people]
    answers = {key: value for key, value in draft.answers.items() if key != "manager"}
    return replace(draft, people=people, answers=answers)


def is_manager(person: PastedPerson) -> bool:
    """Return whether somebody was said to be the hiring manager."""
    return person.role is Role.HIRING_MANAGER
