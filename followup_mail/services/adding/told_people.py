"""The people of a new application as they are typed into ``add``: read, and corrected when somebody goes back."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.wording import say_list
from followup_mail.facts.pasted_people import PastedPerson, read_details, read_people
from followup_mail.facts.said_person import MAILBOX
from followup_mail.services.adding.add_draft import AddDraft
from followup_mail.workspace import Workspace

_LIKE: Final = 0.7
_PARTS: Final = ("title", "role", "email", "phone")


class Understood(Struct, frozen=True):
    """What became of an answer: the draft with it, how it is shown, and what is odd about it."""

    draft: AddDraft
    shown: str = ""
    doubt: str = ""
    """A question to be answered with yes before the answer is kept; empty when it is plain."""
    notes: tuple[str, ...] = ()
    """What was guessed or left out, in sentences."""


def own_marks(workspace: Workspace) -> frozenset[str]:
    """Return by what the user is known in a paste, in small letters: name and addresses. Nobody meets themselves."""
    marks = (workspace.settings.name, *workspace.own_addresses)
    return frozenset(mark.casefold() for mark in marks if mark)


def read_people_told(draft: AddDraft, text: str, own: frozenset[str]) -> Understood:
    """Return the people of a pasted text; of whoever is known already, what is known. A plus adds to those so far."""
    adds = text.lstrip().startswith("+")
    read = read_people(text.lstrip("+ "), draft.answers.get("company", ""), own)
    draft = draft if adds else _renamed(draft, read.people)
    known = {person.name.casefold(): person for person in draft.people}
    people = {name: person for name, person in known.items() if adds}
    for person in read.people:
        key = person.name.casefold()
        told = {part: value for part in _PARTS if (value := getattr(person, part))}
        people[key] = replace(known[key], **told) if key in known else person
    shown = "\n".join(" · ".join(say_person(person)) for person in people.values())
    nameless = [part for part in read.left_out if MAILBOX.fullmatch(part)]
    notes = (*left_out(tuple(part for part in read.left_out if part not in nameless)), *read.told)
    doubt = f"Nobody is named beside {say_list(nameless)}. Is it right to leave that out?" if nameless else ""
    return Understood(replace(draft, people=list(people.values())), shown, doubt, notes)


def _renamed(draft: AddDraft, read: tuple[PastedPerson, ...]) -> AddDraft:
    """Return the draft in which the one name that was corrected is the new one, with all that was told of them.

    A name that is not like the one before is somebody else's.
    """
    others = [at for at, (old, new) in enumerate(zip(draft.people, read, strict=False)) if old.name != new.name]
    if len(draft.people) != len(read) or len(others) != 1 or not draft.people[others[0]].name.strip():
        return draft
    former, name = draft.people[others[0]].name, read[others[0]].name
    if SequenceMatcher(None, former.casefold(), name.casefold()).ratio() < _LIKE:
        return draft
    if any(name.casefold() == person.name.casefold() for person in draft.people if person.name != former):
        return draft
    people = [replace(person, name=name) if person.name == former else person for person in draft.people]
    told = {
        part: {name if who == former else who: said for who, said in getattr(draft, part).items()}
        for part in ("notes", "convinced", "moments")
    }
    return replace(draft, people=people, **told)


def read_details_told(draft: AddDraft, number: int, text: str) -> Understood:
    """Return somebody with what was typed of them.

    When it was asked before, the line held all that was known: what was taken out of it is gone.
    """
    known = draft.people[number]
    person, rest = read_details(text, PastedPerson(known.name), draft.answers.get("company", ""))
    key = f"details:{number}"
    kept = ("role",) if key in draft.answers else _PARTS
    person = replace(person, **{part: getattr(person, part) or getattr(known, part) for part in kept})
    people = [person if at == number else other for at, other in enumerate(draft.people)]
    shown = " · ".join(say_person(person))
    answers = draft.answers | {key: "told"}
    return Understood(replace(draft, people=people, answers=answers), shown, notes=left_out(rest))


def say_person(person: PastedPerson) -> tuple[str, ...]:
    """Return the name of a person and whatever else is known."""
    known = (person.title, str(person.role or ""), person.email, person.phone)
    return (person.name, *filter(None, known))


def left_out(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Say which parts of a pasted text were left out; nothing where there are none."""
    return (f"Left out: {'; '.join(parts)}",) if parts else ()
