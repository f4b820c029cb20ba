"""A new facts file from what was found, with everything else that options say."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from followup_mail.errors import OptionsError
from followup_mail.facts.application import Role
from followup_mail.facts.debrief import MetPerson, write_facts
from followup_mail.facts.place_tables import country_of
from followup_mail.incoming.found import FoundEvent, FoundPerson
from followup_mail.services.adding.debrief_options import TOPICS, read_options
from followup_mail.services.importing.import_case import (
    Case,
    events_of,
    format_of_fresh,
    length_of_fresh,
    people_of,
    read_start,
)
from followup_mail.services.importing.import_draft import ImportDraft, write_length, write_moment
from followup_mail.services.importing.import_existing import (
    add_fresh_event,
    add_to_notes,
    compare_company,
    tell_moments,
    tell_round,
)
from followup_mail.services.importing.import_people import name_people, split_event, with_options
from followup_mail.services.typed.home_country import home_country
from followup_mail.workspace import Workspace


def write_new_facts(workspace: Workspace, case: Case, slug: str) -> ImportDraft:
    """Return the facts file of a new application. Raises ``OptionsError`` for options that cannot be read."""
    told: list[str] = []
    events = [event for event in events_of(case) if not event.is_cancelled and _start(workspace, case, event)]
    zone = _zone(workspace, case, events, told)
    met, contacts = _people(workspace, case, events, told)
    options = {**case.options, "company": case.answers["company"], "role": case.answers["role"], "zone": zone}
    options |= {"start": "", "duration": "", "person": (), **dict.fromkeys(TOPICS, ())}
    if events:
        options |= _when(workspace, case, events[0], zone, told)
    answers = read_options(workspace, options, lambda _: None)
    country = answers.country or _country(workspace, case, answers.time_zone)
    answers = replace(answers, people=tuple(met if events else contacts), country=country)
    draft = ImportDraft(workspace, slug, write_facts(answers))
    for sentence in told:
        draft.tell(sentence)
    if events and not met:
        draft.tell('The invitation names nobody whom you met: name them with --person "NAME <ADDRESS>; TITLE".')
    if events and events[0].uid:
        draft.change_interview(0, {"invitation": events[0].uid, "invitation_sequence": events[0].sequence})
    for person in contacts if events else ():
        draft.add_contact(person)
    number = int(case.answers.get("round", "1"))
    if events and number > 1:
        draft.change_interview(0, {"round": number})
    for event in events[1:]:
        add_fresh_event(workspace, replace(case, options={}), event, draft, number)
    for event in events[:1]:
        add_to_notes(draft, event, _start(workspace, case, event))
    tell_moments(case, draft)
    if events:
        tell_round(case, draft)
    compare_company(case, draft)
    return draft


def _start(workspace: Workspace, case: Case, event: FoundEvent) -> Any:
    return read_start(case, event, workspace.now().date())


def _zone(workspace: Workspace, case: Case, events: list[FoundEvent], told: list[str]) -> str:
    named = next((event.zone for event in events if event.zone), people_of(case).zone)
    if zone := case.answers.get("zone") or named:
        return zone
    found = people_of(case)
    if found.place_zone:
        told.append(f"The mail names {found.place}: {found.place_zone} is taken. --zone names another.")
        return found.place_zone
    own = workspace.own_zone.key
    told.append(f"The time zone is not in the file: {own}, which is yours, is taken. --zone names another.")
    return own


def _country(workspace: Workspace, case: Case, zone: str) -> str:
    """Return the country by whose holidays they work: that of the clocks, the user's own where those are theirs."""
    is_own = zone == workspace.own_zone.key and not case.answers.get("zone")
    return home_country(workspace) if is_own else country_of(zone)


def _when(workspace: Workspace, case: Case, event: FoundEvent, zone: str, told: list[str]) -> dict[str, str]:
    start, length = _start(workspace, case, event), length_of_fresh(case, event, told.append)
    found = {"start": write_moment(start, zone), "duration": write_length(length)}
    return {**found, "format_": str(format_of_fresh(case, event, told.append))}


def _people(
    workspace: Workspace, case: Case, events: list[FoundEvent], told: list[str]
) -> tuple[tuple[MetPerson, ...], list[MetPerson]]:
    """Return whom the user meets in the first interview, and everybody else."""
    found = people_of(case)
    first = list(split_event(case, events[0], None)) if events else [[], []]
    met = name_people(
        workspace, case, [*first[0], *_new(found.cards, first)] if events else [], Role.INTERVIEWER, told.append
    )
    arranged = name_people(workspace, case, first[1], Role.COORDINATOR, told.append)
    rest = [person for person in found.people if not _among(person, (*first[0], *first[1]))]
    others = name_people(workspace, case, [*rest, *(() if events else found.cards)], Role.COORDINATOR, told.append)
    known = {person.email for person in (*met, *arranged) if person.email}
    contacts = [*arranged, *(person for person in others if person.email not in known)]
    try:
        named = with_options(workspace, case.options, met if events else contacts, told.append)
    except ValueError as error:
        raise OptionsError(str(error), fix="Nothing was written. See `followup-mail add --help`.") from None
    return (named, contacts) if events else ((), list(named))


def _new(cards: tuple[FoundPerson, ...], first: list[list[FoundPerson]]) -> list[FoundPerson]:
    return [card for card in cards if not _among(card, (*first[0], *first[1]))]


def _among(person: FoundPerson, people: tuple[FoundPerson, ...]) -> bool:
    return any(
        (person.email and person.email.casefold() == one.email.casefold()) or (person.name and person.name == one.name)
        for one in people
    )
