"""How the form of a new application looks: what each field holds, what is understood of it, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.facts.looks_like import looks_like
from followup_mail.facts.pasted_people import PastedPerson
from followup_mail.facts.said_readings import AmbiguousError
from followup_mail.language.known_words import Known
from followup_mail.services.adding.add_application import find_twin
from followup_mail.services.adding.add_draft import NEEDED, AddDraft
from followup_mail.services.adding.add_form import FIELDS, Card, cards_of, find_fault, step_of
from followup_mail.services.adding.add_steps import LISTS, read_step
from followup_mail.services.typed.note_sentences import About, NoteSentence, say_note, say_notes
from followup_mail.services.typed.put_reading import put_reading
from followup_mail.workspace import Workspace

_ABOUT: Final = {"fit": About.FIT, "not_mentioned": About.UNSAID, "promised": About.PROMISE}


class FieldLook(Struct, frozen=True):
    """One field."""

    value: str = ""
    shown: str = ""
    """As it was understood, where that is not what was typed."""
    problem: str = ""
    doubt: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    """What it may mean: in full, and the whole answer written so that it has no other meaning."""
    notes: tuple[NoteSentence, ...] = ()


class CardLook(Struct, frozen=True):
    """The fields about one person."""

    card: Card
    name: str = ""
    """Empty while nobody could be made of it."""
    has_address: bool = False
    remarks: tuple[str, ...] = ()
    """What was guessed or left out when it was read."""
    problem: str = ""
    doubt: str = ""
    notes: tuple[NoteSentence, ...] = ()
    convinced: NoteSentence | None = None
    faults: tuple[str, ...] = ()
    """What does not fit in the sentence that was taken or typed."""
    corrected: str = ""


class FormLook(Struct, frozen=True):
    """The whole form."""

    fields: Mapping[str, FieldLook]
    cards: tuple[CardLook, ...]
    twin: str = ""
    """The application that there is already for this company and position."""
    twin_is_archived: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which nothing can be written down."""
        return tuple(key for key in NEEDED if not self.fields[key].value)

    @property
    def unread(self) -> tuple[str, ...]:
        """The fields that are to be corrected."""
        return tuple(key for key, look in self.fields.items() if look.problem or look.readings)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The fields whose answer may stand in the wrong place."""
        return tuple(key for key in NEEDED if self.fields[key].doubt)


def look_at_form(workspace: Workspace, draft: AddDraft) -> FormLook:
    """Return how the form looks for a draft."""
    fields = {key: _look_at(workspace, draft, key) for key in FIELDS}
    cards = (
        _look_at_card(draft, card, person) if person else CardLook(card, problem=find_fault(workspace, draft, card))
        for card, person in cards_of(draft)
    )
    company, role = (draft.answers.get(key, "") for key in NEEDED)
    twin = find_twin(workspace, company, role) if company and role else None
    return FormLook(fields, tuple(cards), twin.slug if twin else "", bool(twin and twin.archived))


def _look_at(workspace: Workspace, draft: AddDraft, key: str) -> FieldLook:
    step = step_of(workspace, key)
    if text := draft.typed.get(key, ""):
        return _look_at_unread(workspace, draft, key, text)
    kept = draft.answers.get(key, "")
    if not kept:
        return FieldLook(step.default)
    try:
        understood = read_step(workspace, draft, step, kept)
    except ValueError as error:  # it was kept on another day, or changed by hand
        return FieldLook(kept, problem=str(error))
    if key in LISTS:
        return FieldLook(kept.replace("; ", "\n"), notes=say_notes(kept, _ABOUT[key]))
    shown = understood.shown if understood.shown != kept else ""
    return FieldLook(kept, shown, doubt=understood.doubt)


def _look_at_unread(workspace: Workspace, draft: AddDraft, key: str, text: str) -> FieldLook:
    try:
        read_step(workspace, draft, step_of(workspace, key), text)
    except AmbiguousError as error:
        readings = tuple((one.said, put_reading(text, error, one.written)) for one in error.readings)
        return FieldLook(text, readings=readings)
    except ValueError as error:
        return FieldLook(text, problem=str(error))
    # It can be read by now, since another answer or the day has changed; the next time the form is sent, it is.
    return FieldLook(text)


def _look_at_card(draft: AddDraft, card: Card, person: PastedPerson) -> CardLook:
    kind = looks_like(card.notes) if card.notes else ""
    faults, corrected = _faults_in(card.moment, _known(draft, person.name)) if card.moment else ((), "")
    return CardLook(
        card,
        person.name,
        bool(person.email),
        tuple(filter(None, draft.remarks.get(person.name, "").split("\n"))),
        doubt=kind,
        notes=say_notes(draft.notes.get(person.name, ""), About.THEM),
        convinced=say_note(card.convinced, About.CONVINCED) if card.convinced else None,
        faults=faults,
        corrected=corrected,
    )


def _known(draft: AddDraft, name: str) -> Known:
    told = (*draft.notes.values(), *draft.convinced.values(), *draft.answers.values())
    names = tuple(person.name for person in draft.people)
    return Known(name, names, told, draft.answers.get("company", ""), draft.answers.get("country", ""))


@lru_cache(maxsize=256)
def _faults_in(sentence: str, known: Known) -> tuple[tuple[str, ...], str]:
    from followup_mail.language.sentence_faults import find_faults

    faults = find_faults("moment", sentence, known)
    return faults.words, faults.corrected
