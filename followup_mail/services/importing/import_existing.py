"""What was found, put into the facts of an application: a new interview, a changed one, one less, or more contacts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.errors import NotFoundError, OptionsError, RefusedError
from followup_mail.facts.application import Interview, Person, Role
from followup_mail.facts.moments import place_in_zone
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.found import FoundEvent, FoundPerson
from followup_mail.outbox.entry import WAITS, Entry
from followup_mail.services.changing.facts_draft import Table
from followup_mail.services.importing.import_case import (
    Case,
    events_of,
    format_of_fresh,
    known_interview,
    length_of_fresh,
    people_of,
    read_duration,
    read_start,
    told_format,
    unplaced_moments,
    version_called_off,
)
from followup_mail.services.importing.import_contacts import add_cards, add_contact, beside_known
from followup_mail.services.importing.import_draft import ImportDraft, facts_of, write_length, write_moment
from followup_mail.services.importing.import_files import is_same_company
from followup_mail.services.importing.import_people import find_known, name_people, split_event, with_options
from followup_mail.services.importing.read_from_words import find_round
from followup_mail.workspace import Workspace

_CALLED_OFF_LIMIT: Final = 20


def apply_to_existing(workspace: Workspace, case: Case, draft: ImportDraft) -> None:
    """Put everything that was found into the facts. Raises ``RefusedError`` where queued mails stand against it."""
    found = people_of(case)
    for event in events_of(case):
        at = known_interview(draft.application, event)
        version = version_called_off(draft.application, event)
        if version is not None:
            _tell_called_off(event, version, draft)
        elif at is not None:
            _apply_version(workspace, case, event, draft, at)
            # A series that is cancelled may have several interviews.
            while event.is_cancelled and (at := known_interview(draft.application, event)) is not None:
                before = len(draft.application.interviews)
                _apply_version(workspace, case, event, draft, at)
                if len(draft.application.interviews) == before:
                    break
        elif event.is_cancelled:
            raise NotFoundError(
                f"The invitation is cancelled, but no interview of {draft.slug} has it; nothing was changed.",
                fix=f"If you typed that interview yourself, take it out with: followup-mail edit {draft.slug}",
            )
        elif read_start(case, event, workspace.now().date()):
            add_fresh_event(workspace, case, event, draft, int(case.answers.get("round", "1")))
            tell_round(case, draft)
            case = replace(case, options={})  # whom options name is met once
    tell_moments(case, draft)
    add_cards(workspace, case, draft)
    for person in name_people(workspace, case, found.people, Role.COORDINATOR, draft.tell):
        add_contact(draft, person)
    compare_company(case, draft)


def add_fresh_event(workspace: Workspace, case: Case, event: FoundEvent, draft: ImportDraft, number: int) -> None:
    """Add an interview that the facts do not have yet, with its people."""
    start = read_start(case, event, workspace.now().date())
    assert start is not None
    zone = _zone(workspace, case, event, draft)
    length = length_of_fresh(case, event, draft.tell)
    facts: Table = {"round": number, "start": write_moment(start, zone)}
    if zone != draft.application.time_zone:
        facts["time_zone"] = zone
    facts["duration"] = write_length(length)
    facts["format"] = str(format_of_fresh(case, event, draft.tell))
    if event.uid:
        facts |= {"invitation": event.uid, "invitation_sequence": event.sequence}
    meet, arrange = split_event(case, event, draft.application)
    met = name_people(workspace, case, meet, Role.INTERVIEWER, draft.tell)
    try:
        people = with_options(workspace, case.options, met, draft.tell)
    except ValueError as error:
        raise OptionsError(str(error), fix="Nothing was written. See `followup-mail add --help`.") from None
    if not people:
        draft.tell('The invitation names nobody whom you met: name them with --person "NAME <ADDRESS>; TITLE".')
    facts["people"] = [facts_of(beside_known(draft, person)) for person in people]
    draft.change(lambda changed: changed.add_interview(facts))
    for person in name_people(workspace, case, arrange, Role.COORDINATOR, draft.tell):
        add_contact(draft, person)
    add_to_notes(draft, event, start)


def add_to_notes(draft: ImportDraft, event: FoundEvent, start: datetime | None) -> None:
    """Keep what the organiser wrote in the user's own notes, which are never part of a mail."""
    said = "\n".join(filter(None, (f"Where: {event.place}" if event.place else "", event.text)))
    if not said:
        return
    day = f" for {say_day(start.date(), year=0)}" if start else ""
    notes = draft.application.notes
    if said not in notes:
        kept = "\n\n".join(filter(None, (notes, f"Invitation{day}:\n{said}")))
        draft.change(lambda changed: changed.document.update(notes=kept))


def _put_into_notes(draft: ImportDraft, old: datetime, heading: str) -> None:
    """Put another heading above what the organiser wrote, where an interview moved or was cancelled."""
    notes, was = draft.application.notes, f"Invitation for {say_day(old.date(), year=0)}:"
    if was in notes and was != heading:
        draft.change(lambda changed: changed.document.update(notes=notes.replace(was, heading, 1)))


def tell_moments(case: Case, draft: ImportDraft) -> None:
    """Tell which moments a mail names, where nobody said whether one is that of an interview."""
    if "start:" not in case.answers and (moments := unplaced_moments(case, draft.application)):
        named = say_list([f'"{moment:%Y-%m-%d %H:%M}"' for moment in moments], "or")
        draft.tell(f"The mail names a moment. If it is that of an interview, add --start {named}.")


def tell_round(case: Case, draft: ImportDraft) -> None:
    """Tell that an invitation speaks of a further round, where nobody said which one it is."""
    number, words = find_round(people_of(case))
    if words and "round" not in case.answers:
        draft.tell(
            f"The invitation says {quoted(words)}, and 1 is taken: --round {number or 2} says which round it is."
        )


def compare_company(case: Case, draft: ImportDraft) -> None:
    """Tell whose card names another company."""
    company = draft.application.company
    for card in people_of(case).cards:
        if card.company and not is_same_company(card.company, company):
            draft.tell(f"The card of {card.label} names {card.company}, not {company}.")


def _apply_version(workspace: Workspace, case: Case, event: FoundEvent, draft: ImportDraft, at: int) -> None:
    """Apply another version of an invitation to its interview; an older one is ignored."""
    interview = draft.application.interviews[at]
    day = say_day(interview.start.date(), year=0)
    if interview.invitation and event.sequence < interview.invitation_sequence:
        draft.tell(
            f"Ignored: this is version {event.sequence} of the invitation for {day}, and the facts have version "
            f"{interview.invitation_sequence} already."
        )
        return
    waiting = _waiting_about(workspace, draft.slug, interview)
    labels = say_list([entry.label for entry in waiting])
    if event.is_cancelled:
        if waiting:
            raise RefusedError(
                f"The interview on {day} is cancelled, but mails about it wait in the outbox: {labels}.",
                fix=f"Cancel them first: {say_list([f'followup-mail outbox cancel {entry.id}' for entry in waiting])}",
            )
        draft.change(lambda changed: changed.interviews.pop(at))
        _remember_called_off(event, draft)
        draft.tell(f"The interview on {day} was cancelled.")
        _put_into_notes(draft, interview.start, f"Invitation for {day}, which was cancelled:")
        if gone := [one.name for one in interview.people if find_known(draft.application, _as_found(one)) is None]:
            verb = "is" if len(gone) == 1 else "are"
            draft.tell(f"{say_list(gone)} {verb} no longer in the facts, having been met only there.")
        return
    changes = _changes(workspace, case, event, interview)
    draft.change_interview(at, {key: value for key, value in changes.items() if not _is_there(interview, key, value)})
    if "start" in changes:
        moved = draft.application.interviews[at].start
        _put_into_notes(draft, interview.start, f"Invitation for {say_day(moved.date(), year=0)}:")
        draft.tell(f"The interview moves from {_say(interview.start)} to {_say(moved)}.")
        if waiting:
            draft.tell(f"Mails about it wait in the outbox: {labels}. Look at them: followup-mail outbox list")
    if not interview.invitation:
        add_to_notes(draft, event, draft.application.interviews[at].start)
    _compare_people(workspace, case, event, draft, at)


def _remember_called_off(event: FoundEvent, draft: ImportDraft) -> None:
    if event.uid:
        kept = [line for line in draft.application.called_off if line.partition(" ")[2] != event.uid]
        lines = [*kept, f"{event.sequence} {event.uid}"][-_CALLED_OFF_LIMIT:]
        draft.change(lambda changed: changed.document.update(called_off=lines))


def _tell_called_off(event: FoundEvent, version: int, draft: ImportDraft) -> None:
    if event.is_cancelled:
        draft.tell("Ignored: that this invitation is cancelled was written down already.")
        return
    day = event.start or event.day
    about = f" for {say_day(day.date() if isinstance(day, datetime) else day, year=0)}" if day else ""
    draft.tell(
        f"Ignored: this is version {event.sequence} of the invitation{about}, and version {version} cancelled it. "
        "If it takes place all the same, type it: `followup-mail change "
        f"{draft.slug} --start WHEN`."
    )


def _changes(workspace: Workspace, case: Case, event: FoundEvent, interview: Interview) -> Table:
    """Return the keys of an interview that another version of its invitation changes."""
    changes: Table = {"invitation": event.uid or None, "invitation_sequence": event.sequence}
    start = read_start(case, event, workspace.now().date())
    zone = interview.time_zone
    if start and not start.tzinfo:
        start = place_in_zone(start, ZoneInfo(case.answers.get("zone", zone)))
    if start and start != interview.start:
        changes["start"] = write_moment(start, zone)
    length = read_duration(case, event)
    # In UTC: between two times of one zone Python counts what the wall clock shows, not the hour that it skips.
    length_now = interview.end.astimezone(UTC) - interview.start.astimezone(UTC)
    if length and length != length_now:
        changes |= {"duration": write_length(length), "end": None}
    elif "start" in changes and "end" in interview.given and "duration" not in interview.given:
        changes |= {"duration": write_length(length_now), "end": None}
    how = told_format(case, event)
    if how and how is not interview.format:
        changes["format"] = str(how)
    return changes


def _is_there(interview: Interview, key: str, value: Any) -> bool:
    return bool(getattr(interview, key) == value and (value is None or key in interview.given))


def _compare_people(workspace: Workspace, case: Case, event: FoundEvent, draft: ImportDraft, at: int) -> None:
    """Add who is invited now, and tell who is not any more."""
    interview = draft.application.interviews[at]
    meet, arrange = split_event(case, event, draft.application)
    people = name_people(workspace, case, meet, Role.INTERVIEWER, draft.tell)
    there = {(one.email or one.name).casefold() for one in interview.people} | {one.key for one in interview.people}
    for person in people:
        known = find_known(draft.application, person)
        if (person.email or person.name).casefold() not in there and (known is None or known.key not in there):
            draft.add_met(beside_known(draft, person), at)
    invited = {one.email.casefold() for one in (*meet, *arrange) if one.email}
    for one in interview.people:
        if invited and one.email and one.email.casefold() not in invited:
            draft.tell(f"{one.name} is not in this version of the invitation; your facts keep them.")
    for person in name_people(workspace, case, arrange, Role.COORDINATOR, draft.tell):
        add_contact(draft, person)


def _as_found(person: Person) -> FoundPerson:
    return FoundPerson(name=person.name, email=person.email or "")


def _zone(workspace: Workspace, case: Case, event: FoundEvent, draft: ImportDraft) -> str:
    """Return by which clocks an interview is written: the application's, unless the user named others."""
    return case.answers.get("zone") or draft.application.time_zone or event.zone or workspace.own_zone.key


def _waiting_about(workspace: Workspace, slug: str, interview: Interview) -> list[Entry]:
    """Return the mails of this round to people of an interview that have not left."""
    if not workspace.has_store:
        return []
    people = {person.key for person in interview.people}
    entries = workspace.store.entries(application=slug, states=WAITS)
    return [one for one in entries if one.step.round == interview.round and (not people or one.step.person in people)]


def _say(at: datetime) -> str:
    zone = at.tzinfo
    assert isinstance(zone, ZoneInfo)
    return describe_moment(at, zone, zone)
