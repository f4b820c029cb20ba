"""Make the answers of a debrief from what was typed into ``add``."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.pasted_people import PastedPerson
from followup_mail.facts.questions import QUESTIONS
from followup_mail.facts.terms import Role
from followup_mail.services.adding.add_draft import NEEDED, AddDraft
from followup_mail.services.typed.interview_length import USUAL_LENGTH
from followup_mail.workspace import Workspace


def is_enough(draft: AddDraft) -> bool:
    """Return whether an application can be made of it: it has a company and a position."""
    return all(draft.answers.get(field) for field in NEEDED)


def lacks_length(draft: AddDraft) -> bool:
    """Return whether there is an interview of which nobody said how long it took."""
    return bool(draft.answers.get("start")) and not draft.answers.get("duration")


def keep_readable(workspace: Workspace, draft: AddDraft) -> AddDraft:
    """Return a draft that was kept on another day, or changed by hand, without what cannot be read any more."""
    kept = dict(draft.answers)
    for question in QUESTIONS:
        try:
            if text := kept.get(question.field):
                question.read(text, workspace.now().date())
        except ValueError:
            del kept[question.field]
    return replace(draft, answers=kept)


def make_answers(workspace: Workspace, draft: AddDraft) -> Answers:
    """Return the answers. An interview without a length has the usual one, as ``interview_length.ASSUMED`` says."""
    today = workspace.now().date()
    told: dict[str, Any] = {"time_zone": workspace.own_zone.key}
    for question in QUESTIONS:
        text = draft.answers.get(question.field, "")
        if text:
            texts = text.split("; ") if question.many else [text]
            values = tuple(question.read(one, today) for one in texts)
            told[question.field] = values if question.many else values[0]
    if lacks_length(draft):
        told["duration"] = USUAL_LENGTH
    people = tuple(_met(draft, person) for person in draft.people)
    return Answers(**told, people=people)


def _met(draft: AddDraft, person: PastedPerson) -> MetPerson:
    notes = draft.notes.get(person.name, "")
    return MetPerson(
        name=person.name,
        title=person.title,
        role=person.role or Role.INTERVIEWER,
        email=person.email,
        phone=person.phone,
        discussed=tuple(notes.split("; ")) if notes else (),
        convinced=draft.convinced.get(person.name, ""),
        moment=draft.moments.get(person.name, ""),
    )
