"""People from files put into the facts beside those whom they know already: nothing is said twice or written over."""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.facts.application import Role
from followup_mail.facts.debrief import MetPerson
from followup_mail.facts.names import slugify
from followup_mail.incoming.found import FoundPerson
from followup_mail.incoming.found_names import name_person
from followup_mail.services.changing.change_people import rename_entries
from followup_mail.services.changing.facts_draft import Table
from followup_mail.services.importing.import_case import Case, events_of, latest_interview, people_of
from followup_mail.services.importing.import_draft import ImportDraft
from followup_mail.services.importing.import_people import find_known, name_people
from followup_mail.workspace import Workspace


def add_cards(workspace: Workspace, case: Case, draft: ImportDraft) -> None:
    """Add whom cards describe: to the interview that they were met in, or as contacts; or complete who is there."""
    for card in people_of(case).cards:
        _correct_name(draft, card)
        for person in name_people(workspace, case, [card], Role.INTERVIEWER, draft.tell):
            if find_known(draft.application, card) or find_known(draft.application, person):
                add_contact(draft, person)
            elif _was_met(case, card, draft):
                draft.add_met(person, draft.application.interviews.index(latest_interview(draft.application)))
            else:
                draft.add_contact(person)


def _correct_name(draft: ImportDraft, card: FoundPerson) -> None:
    """Give somebody the name on their card where the facts have a guess from the address; else say both names."""
    known = find_known(draft.application, card)
    if known is None or not card.name or card.name == known.name:
        return
    guess = name_person("", known.email or "", []).guess
    if slugify(guess) == slugify(known.name) and guess:
        draft.change(lambda facts: rename_entries(facts, facts.entries_named(known.key), card.name))
        draft.tell(f"{known.name} was a guess from the address; the name is {card.name}, as the card has it.")
    else:
        draft.tell(f"{known.name}: the file has the name {card.name}; your facts keep {known.name}.")


def _was_met(case: Case, card: FoundPerson, draft: ImportDraft) -> bool:
    if not draft.application.interviews:
        return False
    answer = case.answers.get(f"met:{card.email or card.name}", "")
    return answer.casefold().startswith("y") or ("round" in case.answers and not answer) or bool(events_of(case))


def add_contact(draft: ImportDraft, person: MetPerson) -> None:
    """Add somebody as a contact; who is in the facts gets what they lack there, and nothing is written over."""
    known = find_known(draft.application, person)
    if known is None:
        draft.add_contact(person)
        return
    given = {"title": person.title, "email": person.email, "phone": person.phone}
    missing: Table = {key: value for key, value in given.items() if value and not getattr(known, key)}
    if missing:
        draft.complete(known, missing)
    for key, value in given.items():
        theirs = getattr(known, key)
        if value and theirs and str(theirs).casefold() != value.casefold():
            draft.tell(f"{known.name}: the file has the {key} {value}; your facts keep {theirs}.")


def beside_known(draft: ImportDraft, person: MetPerson) -> MetPerson:
    """Return somebody without what the facts say already: it holds for every entry of one person."""
    known = find_known(draft.application, person)
    if known is None:
        return person
    role = known.role if person.role is Role.INTERVIEWER else person.role
    title, phone = ("" if getattr(known, key) else getattr(person, key) for key in ("title", "phone"))
    return replace(person, name=known.name, title=title, phone=phone, role=role)
