"""The questions of ``add`` answered all at once, as a form sends them. What cannot be read is kept as it was typed.

``read_form`` makes a draft of what stands in the fields; ``services.adding.add_form_look`` says what is understood of
each. The readers are those of ``services.adding.add_steps``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import fields, replace

from followup_mail.facts.clean import clean_passage
from followup_mail.facts.pasted_people import PastedPerson, read_people
from followup_mail.facts.said_person import MAILBOX
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.services.adding.add_draft import AddDraft
from followup_mail.services.adding.add_steps import LISTS, ON_FOLLOWING_UP, USUAL, AddStep, read_step
from followup_mail.services.adding.told_people import left_out, own_marks
from followup_mail.services.typed.typed_notes import split_notes
from followup_mail.workspace import Workspace

FIELDS: Final = (
    *("company", "role", "place", "start", "duration", "format", "applied"),
    *LISTS,
    *("decision_by", *ON_FOLLOWING_UP),
)
"""Every field but those of people, in an order in which each can be read."""
_LABELS: Final = {"company": "Company", "role": "Position"}


class Card(Struct, frozen=True):
    """What stands in the fields about one person."""

    who: str = ""
    """Name, title, address, telephone, as pasted; of several people, several cards are made."""
    part: str = ""
    """A ``Role``; empty: as it was pasted, or not said."""
    notes: str = ""
    convinced: str = ""
    moment: str = ""
    """The sentence that is to stand in their mail."""

    @property
    def is_empty(self) -> bool:
        return not "".join((self.who, self.notes, self.convinced, self.moment)).strip()


def step_of(workspace: Workspace, key: str) -> AddStep:
    """Return the question of a field, with what is usual as its default."""
    default = workspace.own_zone.key if key == "place" else USUAL.get(key, "")
    return AddStep(key, "", label=_LABELS.get(key, ""), default=default)


def read_form(
    workspace: Workspace, before: AddDraft, typed: Mapping[str, str], cards: Sequence[Card], *, splits: bool = True
) -> tuple[AddDraft, tuple[str, ...]]:
    """Return the draft of what stands in the fields, and what was guessed or left out, in sentences.

    ``before`` is the draft that the form was made from. Without ``splits`` a card that names several people stays one,
    to be read later: whoever is typing into the cards must find each in its place.
    """
    draft, told = AddDraft(), list[str]()
    for key in FIELDS:
        if text := typed.get(key, "").strip():
            draft = _with_answer(workspace, before, draft, (key, text))
    if any(draft.answers.get(key) for key in ON_FOLLOWING_UP):
        draft.answers["more"] = "yes"
    for card in cards:
        draft = _with_card(before, draft, card, told if splits else None, own_marks(workspace))
    return (AddDraft() if _says_nothing(workspace, draft) else draft), tuple(told)


def add_card(draft: AddDraft, card: Card, own: frozenset[str] = frozenset()) -> AddDraft:
    """Return the draft with one more card."""
    return _with_card(AddDraft(), draft, card, [], own)


def _with_answer(workspace: Workspace, before: AddDraft, draft: AddDraft, told: tuple[str, str]) -> AddDraft:
    key, text = told
    if key == "place" and text == before.answers.get(key):
        # It is read from what was typed, which may be more than a name that is kept: "Paris, Texas".
        kept = {name: before.answers[name] for name in (key, "time_zone", "country") if name in before.answers}
        return replace(draft, answers=draft.answers | kept)
    try:
        if key in draft.answers and text == USUAL.get(key):
            return draft  # the beginning came with an end, and the form has what is usual
        return read_step(workspace, draft, step_of(workspace, key), text).draft
    except ValueError:
        return replace(draft, typed=draft.typed | {key: text})


def _with_card(
    before: AddDraft, draft: AddDraft, card: Card, told: list[str] | None, own: frozenset[str] = frozenset()
) -> AddDraft:
    """Return the draft with the person, or people, of a card; a card that cannot be read is kept as it is.

    ``told`` takes what was guessed; None keeps a card of several people as it is, too.
    """
    if card.is_empty:
        return draft
    try:
        people, remarks, nameless = _people_on(before, draft, card, own)
        name = people[0].name
        texts = {"notes": split_notes(card.notes), "convinced": _one(card.convinced), "moments": _one(card.moment)}
        if told is None and len(people) + len(nameless) > 1:
            raise UnfitError("names several people")
    except ValueError:
        return replace(draft, typed=draft.typed | _as_typed(len(draft.people) + len(_loose(draft)), card))
    if told is not None:
        known = before.remarks.get(name, "").split("\n")
        told += [remark for remark in remarks if remark not in known]
    texts["remarks"] = "\n".join(remarks)
    kept = {part: {**getattr(draft, part), name: text} for part, text in texts.items() if text}
    draft = replace(draft, people=[*draft.people, *people], **kept)
    for address in nameless:
        draft = replace(draft, typed=draft.typed | _as_typed(len(draft.people) + len(_loose(draft)), Card(address)))
    return draft


def _people_on(
    before: AddDraft, draft: AddDraft, card: Card, own: frozenset[str]
) -> tuple[list[PastedPerson], tuple[str, ...], tuple[str, ...]]:
    """Return who a card is about, what was guessed or left out, and the addresses beside which there is no name.

    Raises ``UnfitError`` for nobody, or who is on another.
    """
    same = next((person for person in before.people if say_who(person) == card.who.strip()), None)
    nameless: tuple[str, ...] = ()
    if same:
        people = [replace(same, role=None)]
        remarks = tuple(filter(None, before.remarks.get(same.name, "").split("\n")))
    else:
        read = read_people(card.who, draft.answers.get("company", ""), own)
        nameless = tuple(part for part in read.left_out if MAILBOX.fullmatch(part))
        left = tuple(part for part in read.left_out if part not in nameless)
        people, remarks = list(read.people), (*left_out(left), *read.told)
    if card.part:
        people[0] = replace(people[0], role=Role(card.part))
    known = {person.name.casefold() for person in draft.people}
    for person in people:
        if person.name.casefold() in known:
            raise UnfitError(f"{quoted(person.name)} is on another card already", "write the names so that they differ")
        known.add(person.name.casefold())
    return people, remarks, nameless


def find_fault(workspace: Workspace, draft: AddDraft, card: Card) -> str:
    """Return what keeps a card from being read, as a sentence; empty when nothing does."""
    try:
        _people_on(AddDraft(), draft, card, own_marks(workspace))
        split_notes(card.notes)
        _one(card.convinced)
        _one(card.moment)
    except ValueError as error:
        return str(error)
    return ""


def say_who(person: PastedPerson) -> str:
    """Return a person as a card shows them: all but their part."""
    return ", ".join(filter(None, (person.name, person.title, person.email, person.phone)))


def cards_of(draft: AddDraft) -> list[tuple[Card, PastedPerson | None]]:
    """Return every card in its place, with its person; None for a card of which nobody could be made."""
    loose, people = _loose(draft), [(_card_of(draft, person), person) for person in draft.people]
    found: list[tuple[Card, PastedPerson | None]] = []
    while people or loose:
        at = min(loose, default=-1)
        if loose and (at <= len(found) or not people):
            found.append((loose.pop(at), None))
        else:
            found.append(people.pop(0))
    return found


def _card_of(draft: AddDraft, person: PastedPerson) -> Card:
    notes = draft.notes.get(person.name, "").replace("; ", "\n")
    of_them = (draft.convinced.get(person.name, ""), draft.moments.get(person.name, ""))
    return Card(say_who(person), str(person.role or ""), notes, *of_them)


def _loose(draft: AddDraft) -> dict[int, Card]:
    """Return the cards of which no person could be made, by their place among all cards."""
    places = {int(at) for key in draft.typed if (at := key.partition("+")[2]).isdecimal()}
    return {at: Card(**{one.name: draft.typed.get(f"{one.name}+{at}", "") for one in fields(Card)}) for at in places}


def _as_typed(number: int, card: Card) -> dict[str, str]:
    told = ((part.name, str(getattr(card, part.name))) for part in fields(Card))
    return {f"{name}+{number}": text for name, text in told if text.strip()}


def _says_nothing(workspace: Workspace, draft: AddDraft) -> bool:
    """Return whether there is nothing but what stood in the empty form."""
    usual = {"place", "time_zone", "country"} if _is_usual_place(workspace, draft) else set[str]()
    usual |= {key for key, text in USUAL.items() if draft.answers.get(key) == text}
    return not (draft.people or draft.typed or set(draft.answers) - usual)


def _is_usual_place(workspace: Workspace, draft: AddDraft) -> bool:
    return draft.answers.get("place") == workspace.own_zone.key


def _one(text: str) -> str:
    return clean_passage(" ".join(text.split())) if text.strip() else ""
