"""Who of the found people was met, who only arranged it, and what to call them: as the values of a debrief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from followup_mail.facts.application import Application, Person, Role
from followup_mail.facts.debrief import MetPerson
from followup_mail.facts.name_parts import is_group
from followup_mail.facts.names import slugify
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.found import FoundEvent, FoundPerson
from followup_mail.incoming.named_in_mail import is_same_person
from followup_mail.regex import regex
from followup_mail.services.adding.debrief_options import read_people, with_topics
from followup_mail.services.importing.import_case import LEAVE_OUT, Case, find_target, is_of_mail, met_key, people_of
from followup_mail.services.importing.import_files import everyone_in
from followup_mail.workspace import Workspace

_ARRANGING: Final = regex(
    r"recruit|recrut|reclut|talent|coordinat|koordinat|scheduling|assistan|assistenz|sekret|secr[eé]t|office manage"
    r"|\b(?:hr|rh|rrhh)\b|human resources|ressources humaines|recursos humanos|\bpeople\b|\bpersonal|\bbewerb"
)
"""Titles of those who arrange interviews."""
_MET: frozenset[Role] = frozenset({Role.INTERVIEWER, Role.HIRING_MANAGER})


def find_known(application: Application | None, person: FoundPerson | MetPerson) -> Person | None:
    """Return the entry of somebody who is in the facts, by address or by name, perhaps without its title."""
    everyone = application.everyone() if application else ()
    by_email = (one for one in everyone if person.email and (one.email or "").casefold() == person.email.casefold())
    by_name = (one for one in everyone if person.name and one.key == slugify(person.name))
    if known := next(by_email, None) or next(by_name, None):
        return known
    near = {one.key: one for one in everyone if is_same_person(person.name, one.name)}
    return next(iter(near.values())) if len(near) == 1 else None


def split_event(
    case: Case, event: FoundEvent, application: Application | None
) -> tuple[list[FoundPerson], list[FoundPerson]]:
    """Return whom the user meets and who only arranged it.

    The organiser who does not attend is the coordinator, unless there is nobody else to meet, or the facts know them as
    an interviewer. Who attends or wrote a mail is met, unless their title, the facts or the user say that they only
    arrange it.
    """
    organiser, others = event.organiser, _besides_organiser(event)
    if is_of_mail(event) or _attends(event):
        return _split_those_there(case, [*([organiser] if organiser else []), *others], application)
    if organiser is None:
        return others, []
    known = find_known(application, organiser)
    if not others or (known is not None and known.role in _MET):
        return [organiser, *others], []
    return others, [organiser]


def writer_to_ask_about(event: FoundEvent, application: Application | None) -> FoundPerson | None:
    """Return who wrote a mail where nothing tells whether they are met or only arrange that others are."""
    writer = event.organiser if is_of_mail(event) else None
    is_open = writer and event.attendees and not writer.title and find_known(application, writer) is None
    return writer if is_open else None


def named_to_ask_about(case: Case, application: Application | None) -> tuple[FoundPerson, ...]:
    """Return whom the words of a mail name as one to meet, where neither the facts nor an option have them."""
    told = str(case.options.get("person") or "")
    return tuple(one for one in people_of(case).named if find_known(application, one) is None and one.name not in told)


def say_named(case: Case, application: Application | None) -> Iterator[str]:
    """Yield a sentence on each of them about whom nobody was asked."""
    for one in named_to_ask_about(case, application):
        if met_key(one) not in case.answers:
            option = f"{one.name}; {one.title}" if one.title else one.name
            yield f'The mail names {one.name}. If you meet them, add --person "{option}".'


def _besides_organiser(event: FoundEvent) -> list[FoundPerson]:
    return [one for one in event.attendees if event.organiser is None or not _is_same(one, event.organiser)]


def _attends(event: FoundEvent) -> bool:
    """Return whether the organiser of an invitation is among those who are to be there."""
    return len(_besides_organiser(event)) < len(event.attendees)


def _split_those_there(
    case: Case, everyone: list[FoundPerson], application: Application | None
) -> tuple[list[FoundPerson], list[FoundPerson]]:
    arrange = [one for one in everyone if _arranges(case, one, application)]
    meet = [one for one in everyone if one not in arrange]
    return (meet, arrange) if meet else (everyone, [])


def _arranges(case: Case, person: FoundPerson, application: Application | None) -> bool:
    if known := find_known(application, person):
        return known.role not in _MET
    if answer := case.answers.get(met_key(person)):
        return not answer.casefold().startswith("y")
    return bool(_ARRANGING.search(person.title.casefold()))


def name_people(
    workspace: Workspace, case: Case, people: Sequence[FoundPerson], role: Role, tell: Callable[[str], object]
) -> list[MetPerson]:
    """Return people by the names that the files, the facts or the user give; ``tell`` gets what was guessed.

    Somebody without any name is left out, since no mail could greet them. So is a team's mailbox among those whom the
    user meets: nobody talks with a mailbox.
    """
    application = _application(workspace, case)
    everyone = {one.email.casefold(): one for one in everyone_in(people_of(case)) if one.email}
    named = []
    for found in people:
        person = everyone.get(found.email.casefold(), found)
        known = find_known(application, person)
        name = known.name if known else _name(case, person, tell)
        if name and role is Role.INTERVIEWER and is_group(name):
            tell(f"Left out {quoted(name)}: the mailbox of a team, not a person whom you meet.")
        elif name:
            email = (known.email if known else None) or person.email
            named.append(MetPerson(name=name, title=person.title, role=role, email=email, phone=person.phone))
    return named


def with_options(
    workspace: Workspace, given: Mapping[str, Any], people: Sequence[MetPerson], tell: Callable[[str], object]
) -> tuple[MetPerson, ...]:
    """Return people with what ``--person`` and the options for notes say; who is named only there comes last.

    Raises ``ValueError``.
    """
    texts = list(given.get("person") or ())
    told = read_people(workspace, {"person": texts}, tell)
    merged = [_merged(one, next((other for other in told if _is_same(one, other)), None)) for one in people]
    added = [one for one in told if not any(_is_same(one, other) for other in people)]
    return with_topics([*merged, *added], given)


def _application(workspace: Workspace, case: Case) -> Application | None:
    target = find_target(workspace, case)
    return target.application if target else None


def _name(case: Case, person: FoundPerson, tell: Callable[[str], object]) -> str:
    answer = case.answers.get(f"name:{person.email}")
    if person.name or answer:
        return person.name or ("" if answer == LEAVE_OUT else str(answer))
    if person.guess:
        tell(f"Took the name {person.guess} from {person.email}: if it is another, correct it.")
        return person.guess
    tell(f'Left out {person.email}, who has no name. Add --person "NAME <{person.email}>".')
    return ""


def _merged(person: MetPerson, told: MetPerson | None) -> MetPerson:
    if told is None:
        return person
    role = told.role if told.role is not Role.INTERVIEWER else person.role
    return replace(
        told,
        title=told.title or person.title,
        role=role,
        email=told.email or person.email,
        phone=told.phone or person.phone,
    )


def _is_same(one: FoundPerson | MetPerson, other: FoundPerson | MetPerson) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return bool(one.name and other.name) and slugify(one.name) == slugify(other.name)
