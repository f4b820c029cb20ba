"""What has to be decided before found facts can be written: each open point with a proposal, in the order to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from followup_mail.cadence.wording import say_day, say_list
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_email, clean_name, clean_person
from followup_mail.facts.mail_address import is_public
from followup_mail.facts.moments import write_span
from followup_mail.facts.names import slugify
from followup_mail.facts.questions import read_flag_told, read_format
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_places import read_zone_said
from followup_mail.facts.said_readings import Side
from followup_mail.facts.said_spans import read_length_said
from followup_mail.facts.terms import Format
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.incoming.found import Found, FoundEvent, FoundPerson
from followup_mail.services.importing.import_case import (
    LEAVE_OUT,
    NEW,
    Case,
    events_of,
    find_target,
    is_all_cancelled,
    is_of_mail,
    known_interview,
    latest_interview,
    met_key,
    people_of,
    read_beginning,
    starts,
    told_format,
    unplaced_moments,
    version_called_off,
)
from followup_mail.services.importing.import_decision import KEY, days_to_ask_about
from followup_mail.services.importing.import_files import (
    everyone_in,
    find_belonging,
    guess_company,
    invited_addresses,
    own_addresses,
)
from followup_mail.services.importing.import_people import find_known, named_to_ask_about, writer_to_ask_about
from followup_mail.services.importing.read_from_words import find_position, find_round
from followup_mail.services.typed.home_country import home_country
from followup_mail.services.typed.interview_length import USUAL_LENGTH
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something to decide."""

    key: str
    ask: str
    proposal: str = ""
    """What Enter takes."""
    option: str = ""
    """How a script says it."""
    required: bool = True
    """False: without a terminal the proposal is not taken, and it is left out."""
    read: Callable[[str], object] = field(default=str, compare=False)
    """Checks an answer; raises ``ValueError`` with a sentence."""
    choices: tuple[str, ...] = ()
    """All that it can be, where that is a few."""


def open_points(workspace: Workspace, case: Case) -> list[OpenPoint]:
    """Return what is still to be decided, the first first; later points may depend on an answer to it."""
    points = list(_all_points(workspace, case))
    return [point for point in points if point.key not in case.answers]


def _all_points(workspace: Workspace, case: Case) -> Iterator[OpenPoint]:
    found = people_of(case)
    if not own_addresses(workspace) and (addresses := invited_addresses(case.found)):
        yield _own_point(addresses)
    target = find_target(workspace, case)
    if target is None:
        yield _application_point(workspace, case)
        return
    application = target.application
    if application is None and is_all_cancelled(case):
        return
    if application is None:
        yield OpenPoint("company", "Which company?", guess_company(found), "--company", read=clean_name)
        yield OpenPoint("role", "Which position?", find_position(found), "--role", read=clean_name)
    events = [event for event in events_of(case) if not is_of_mail(event) or _may_be_interview(case, application)]
    events = [event for event in events if version_called_off(application, event) is None]
    fresh = [event for event in events if known_interview(application, event) is None and not event.is_cancelled]
    yield from _zone_points(workspace, application, events, found)
    for event in events:
        if not event.is_cancelled:
            yield from _time_points(workspace, case, event, known_interview(application, event))
    yield from (_name_point(workspace, person) for person in everyone_in(found) if _needs_name(application, person))
    if any(starts(case, event) for event in fresh):
        today = workspace.now().date()
        yield from (_named_point(person, today) for person in named_to_ask_about(case, application))
    yield from _writer_points(workspace, [one for one in fresh if starts(case, one)], application)
    if any(starts(case, event) for event in fresh):
        yield from _round_points(application, *find_round(found))
    yield from _decision_points(case, application, workspace.now().date())
    if application and application.interviews and not fresh:
        yield from (_met_point(application, card) for card in found.cards if find_known(application, card) is None)


def _may_be_interview(case: Case, application: Application | None) -> bool:
    """Return whether a mail without an invitation names a moment that the facts do not have."""
    return bool(unplaced_moments(case, application) or case.answers.get("start:"))


def _own_point(addresses: Sequence[str]) -> OpenPoint:
    proposal = next((one for one in addresses if is_public(one)), "")

    def read(text: str) -> str:
        if text != LEAVE_OUT and text.casefold() not in {one.casefold() for one in addresses}:
            raise UnfitError(f"none of them is {clean_email(text)}", f"type one of {say_list(addresses, 'or')}, or -")
        return text

    shown = say_list(addresses, "or")
    ask = f"Which of these is your own address: {shown}? (- for none; set FOLLOWUP_EMAIL once, and nobody asks again)"
    # Who would be thanked as an interviewer is the user, if nobody says so.
    choices = (*addresses, LEAVE_OUT)
    return OpenPoint("own", ask, proposal or LEAVE_OUT, "FOLLOWUP_EMAIL", read=read, choices=choices)


def _application_point(workspace: Workspace, case: Case) -> OpenPoint:
    belonging = find_belonging(workspace, people_of(case))
    slugs = [one.slug for one in belonging.applications]

    def read(text: str) -> str:
        # Another one that exists is fine: the files do not say everything.
        if text not in {*slugs, *workspace.facts.slugs(), NEW}:
            raise UnfitError("is no application", f"type {say_list([*slugs, NEW], 'or')}, or the name of another one")
        return text

    ask = f"Which application is this for: {say_list([*slugs, NEW], 'or')}?"
    return OpenPoint("application", ask, slugs[0], "APP", read=read, choices=(*slugs, NEW))


def _zone_points(
    workspace: Workspace, application: Application | None, events: Sequence[FoundEvent], found: Found
) -> Iterator[OpenPoint]:
    """Ask for the zone where no clock is named, or none that is plain; for a new application also where only UTC is."""
    home = home_country(workspace)

    def read(text: str) -> str:
        return read_zone_said(text, home)

    known = next((event.zone for event in events if event.zone), found.zone)
    near = (application.time_zone if application else None) or known or found.place_zone or workspace.own_zone.key
    if any(event.start and not event.start.tzinfo for event in events):
        yield OpenPoint("zone", "The file names no time zone. By which clocks is it?", near, "--zone", read=read)
    elif found.clocks:
        ask = f"The mail gives hours by the clocks of {found.clocks}, which is not plain. In which time zone are they?"
        near = (application.time_zone if application else None) or ""
        yield OpenPoint("zone", ask, near, "--zone", required=application is None, read=read)
    elif application is None and not known:
        ask = f"The mail names {found.place}. " if found.place else ""
        yield OpenPoint("zone", f"{ask}In which time zone are they?", near, "--zone", required=False, read=read)


def _time_points(workspace: Workspace, case: Case, event: FoundEvent, at: int | None) -> Iterator[OpenPoint]:
    today = workspace.now().date()
    key = f"start:{event.uid}"
    if event.start is None:
        yield _start_point(case, event, key, today)
    if at is None and event.duration is None and starts(case, event):
        usual = write_span(USUAL_LENGTH)
        key = f"duration:{event.uid}"
        yield OpenPoint(key, "How long does it take?", usual, "--duration", required=False, read=read_length_said)
    if at is None and starts(case, event) and told_format(case, event) is None:
        yield _format_point(event)


def _format_point(event: FoundEvent) -> OpenPoint:
    place = f" The place is {quoted(event.place)}." if event.place else ""
    ask = f"How do you meet: {say_list(list(Format), 'or')}?{place}"
    key = f"format:{event.uid}"
    usual = Format.ONSITE if event.place else Format.VIDEO
    return OpenPoint(key, ask, usual, "--format", required=False, read=read_format, choices=tuple(Format))


def _start_point(case: Case, event: FoundEvent, key: str, today: date) -> OpenPoint:
    named = [f"{moment:%Y-%m-%d %H:%M}" for moment in case.found.moments]
    is_mail = is_of_mail(event)

    def read(text: str) -> object:
        if text == LEAVE_OUT and is_mail:
            return text
        return read_beginning(text, event, today)

    if is_mail:
        clocks = f" by the clocks of {event.zone}" if event.zone else ""
        ask = f"The mail names {say_list(named, 'and')}{clocks}. When does the interview begin? (- for no interview)"
        return OpenPoint(key, ask, named[0] if len(named) == 1 else "", "--start", required=False, read=read)
    day = f"The invitation is for {say_day(event.day, year=0)}, without an hour" if event.day else ""
    ask = f"{day or 'The day of the invitation cannot be read'}. When does it begin?"
    return OpenPoint(key, ask, "", "--start", read=read)


def _needs_name(application: Application | None, person: FoundPerson) -> bool:
    return not person.name and find_known(application, person) is None


def _name_point(workspace: Workspace, person: FoundPerson) -> OpenPoint:
    ask = f"Who is {person.email}? (- leaves them out)"
    option = f'--person "NAME <{person.email}>"'

    def read(text: str) -> str:
        return text if text == LEAVE_OUT else clean_person(text)

    # Somebody with the user's own name is the user, invited at an address that the settings do not know.
    guess = "" if slugify(person.guess) == slugify(workspace.settings.name or "") else person.guess
    return OpenPoint(f"name:{person.email}", ask, guess or LEAVE_OUT, option, required=False, read=read)


def _round_points(application: Application | None, named: int, words: str) -> Iterator[OpenPoint]:
    """Ask for the round of a further interview, and of the first one here that the invitation calls a further one."""
    latest = max((one.round for one in application.interviews), default=0) if application else 0
    if not latest and not words:
        return

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 20:
            raise UnfitError("is not the number of a round", "type 1, 2, 3, ...")
        return int(text)

    said = f"The invitation says {quoted(words)}. " if words else ""
    if not latest:
        ask = f"{said}Which round is it? (1 if you have met nobody before)"
        yield OpenPoint("round", ask, str(named or 2), f"--round {named or 2}", required=False, read=read)
        return
    ask = f"{said}Which round is it: {latest} (the same as before), or {latest + 1}?"
    proposal = named if words and named >= latest else latest + 1
    yield OpenPoint("round", ask, str(proposal), f"--round {latest} or --round {latest + 1}", read=read)


def _named_point(person: FoundPerson, today: date) -> OpenPoint:
    def read(text: str) -> bool:
        return read_flag_told(text, today)

    title = f", {person.title}" if person.title else ""
    ask = f"The mail names {person.name}{title}. Do you meet them? y or n"
    return OpenPoint(met_key(person), ask, "y", "--person", required=False, read=read, choices=("y", "n"))


def _writer_points(
    workspace: Workspace, events: Sequence[FoundEvent], application: Application | None
) -> Iterator[OpenPoint]:
    def read(text: str) -> bool:
        return read_flag_told(text, workspace.now().date())

    for event in events:
        if writer := writer_to_ask_about(event, application):
            ask = f"Is {writer.label}, who wrote, one of those whom you meet? y or n"
            key = met_key(writer)
            yield OpenPoint(key, ask, "y", "", required=False, read=read, choices=("y", "n"))


def _decision_points(case: Case, application: Application | None, today: date) -> Iterator[OpenPoint]:
    days = days_to_ask_about(case, application, today)
    if not days:
        return

    def read(text: str) -> object:
        return text if text == LEAVE_OUT else read_day_said(text, today, Side.COMING)

    ask = f'They write: "{people_of(case).decision}" By when do they decide? (- for no day)'
    yield OpenPoint(KEY, ask, max(days).isoformat(), "--decision-by", required=False, read=read)


def _met_point(application: Application, card: FoundPerson) -> OpenPoint:
    latest = latest_interview(application)
    day = say_day(latest.start.date(), year=0)
    ask = f"Did you meet {card.label} in the interview on {day}? y or n"

    def read(text: str) -> bool:
        return read_flag_told(text, latest.start.date())

    key = met_key(card)
    return OpenPoint(key, ask, "n", "", required=False, read=read, choices=("y", "n"))
