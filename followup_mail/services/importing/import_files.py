"""Read the files that somebody was sent, and find the application they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks.known_names import company_words
from followup_mail.errors import FactsFileError, NotFoundError
from followup_mail.facts.application import Application
from followup_mail.facts.mail_address import domain, is_public, is_same_address, owner_labels, share_domain
from followup_mail.facts.names import slugify
from followup_mail.incoming.found import Found, FoundEvent, FoundPerson
from followup_mail.incoming.found_names import is_machine
from followup_mail.incoming.read_file import Reader, read_card_file, read_content, read_invitation_file
from followup_mail.services.importing.read_from_words import find_company_name
from followup_mail.workspace import Workspace

HAS_INVITATION: Final = "has this invitation"


class Belonging(Struct, frozen=True):
    """The applications that a file may belong to."""

    applications: tuple[Application, ...]
    why: str = ""
    """What they share with the file, as the end of a sentence."""
    unread: tuple[str, ...] = ()
    """Facts files with mistakes: whether the file belongs there cannot be told."""


def read_files(workspace: Workspace, source: Path | None, cards: Sequence[Path], named: str = "") -> Found:
    """Return what the files tell. ``named``: the application they are for, if the user said so.

    Raises ``FactsError`` for a file that cannot be used.
    """
    found = Found()
    if source:
        today = workspace.now().date()
        found = read_invitation_file(source, own_addresses(workspace), today, _likely_zones(workspace, named))
    for card in cards:
        found = found.with_more(read_card_file(card, own_addresses(workspace)))
    return replace(found, notes=tuple(dict.fromkeys(found.notes)))


def read_contents(workspace: Workspace, given: Sequence[tuple[str, bytes]], named: str = "") -> Found:
    """Return what files tell whose names and bytes are at hand, each of any kind. Raises ``FactsError`` as above."""
    reader = Reader(own_addresses(workspace), workspace.now().date(), _likely_zones(workspace, named))
    found = Found()
    for name, content in given:
        found = found.with_more(read_content(content, name, reader))
    return replace(found, notes=tuple(dict.fromkeys(found.notes)))


def own_addresses(workspace: Workspace) -> frozenset[str]:
    """Return the user's addresses in small letters."""
    return frozenset(address.casefold() for address in workspace.own_addresses)


def everyone_in(found: Found) -> tuple[FoundPerson, ...]:
    """Return everybody whom the files name, each address once, with what any of them says."""
    people: dict[str, FoundPerson] = {}
    for person in (*_of_events(found.events), *found.people, *found.cards):
        key = person.email.casefold() or slugify(person.name)
        # A card often has another address of somebody who is in the invitation: then the name is what they share.
        same = next((known for known, one in people.items() if one.name and one.name == person.name), key)
        people[same] = _together(people[same], person) if same in people else person
    return tuple(people.values())


def invited_addresses(found: Found) -> tuple[str, ...]:
    """Return the addresses that were invited or written to: the user's own is among them."""
    invited = [person for event in found.events for person in event.attendees]
    return tuple(dict.fromkeys(person.email for person in (*invited, *found.people[1:]) if person.email))


def without_address(found: Found, address: str) -> Found:
    """Return what was found without the one who has an address."""

    def others(people: Sequence[FoundPerson]) -> tuple[FoundPerson, ...]:
        return tuple(person for person in people if not is_same_address(person.email, address))

    events = tuple(
        replace(
            event,
            attendees=others(event.attendees),
            organiser=next(iter(others([event.organiser] if event.organiser else [])), None),
        )
        for event in found.events
    )
    return replace(found, events=events, people=others(found.people), cards=others(found.cards))


def find_belonging(workspace: Workspace, found: Found) -> Belonging:
    """Return the applications that know the invitation; else those that know the people; else those of the company.

    One that has ended or is archived is found by its invitation alone: a second application there is another one.
    """
    applications, errors = workspace.facts.load_all()
    unread = tuple(dict.fromkeys(problem.file.name for error in errors for problem in error.problems))
    people = everyone_in(found)
    kept = [one for one in applications if _has_invitation(one, found.events)]
    if kept:
        return Belonging(tuple(kept), HAS_INVITATION, unread)
    going = [one for one in applications if not (one.archived or one.outcome.status.is_end)]
    if kept := [one for one in going if _knows(one, people)]:
        return Belonging(tuple(kept), "has the same people", unread)
    if kept := [one for one in going if _is_of_company(one, people)]:
        return Belonging(tuple(kept), "is at the same company", unread)
    return Belonging((), "", unread)


def _has_invitation(application: Application, events: Sequence[FoundEvent]) -> bool:
    """Return whether an application has one of these invitations, or one of its series, or had it once."""
    kept = [one.invitation for one in application.interviews if one.invitation]
    kept += [line.partition(" ")[2] for line in application.called_off]
    uids = [event.uid for event in events if event.uid]
    return any(one == uid or one.startswith(f"{uid} ") or uid.startswith(f"{one} ") for one in kept for uid in uids)


def guess_company(found: Found) -> str:
    """Return the company that a card names, or that most addresses suggest, as the text spells it; a proposal."""
    people = everyone_in(found)
    named = next((person.company for person in people if person.company), "")
    if named:
        return named
    hosts = [
        domain(one.email) for one in people if one.email and not is_public(one.email) and not is_machine(one.email)
    ]
    if not hosts:
        return ""
    # Where it came from counts where somebody else has the same: a service that sends for others is no company.
    hosts += [domain(found.sender)] if domain(found.sender) in hosts else []
    usual = max(dict.fromkeys(hosts), key=hosts.count)
    label = company_label(usual)
    return find_company_name(found, label) or " ".join(word.capitalize() for word in label.split("-"))


def company_label(host: str) -> str:
    """Return the part of a host that names its owner: ``lumen-freight`` of ``mail.lumen-freight.co.uk``."""
    return next(iter(owner_labels(host)), "")


def is_same_company(one: str, other: str) -> bool:
    """Return whether two names mean one company: "Lumen Freight" and "LumenFreight, Inc.", but not "Lumenix"."""
    first, second = _beginnings(one), _beginnings(other)
    return bool(first and second) and (first[-1] in second or second[-1] in first)


def _beginnings(company: str) -> list[str]:
    """Return what the first word of a name comes to, the first two, and so on to the whole name, without gaps."""
    words = slugify(" ".join(company_words(company))).split("-")
    return [beginning for beginning in accumulate(words) if beginning]


def _of_events(events: Sequence[FoundEvent]) -> Iterator[FoundPerson]:
    for event in events:
        yield from event.attendees
        if event.organiser:
            yield event.organiser


def _together(one: FoundPerson, other: FoundPerson) -> FoundPerson:
    """Return one person with what only the other entry says; of two titles the fuller: "(HR)" stands beside a name."""
    return FoundPerson(
        name=one.name or other.name,
        guess=one.guess or other.guess,
        email=one.email or other.email,
        title=max(one.title, other.title, key=len),
        phone=one.phone or other.phone,
        company=one.company or other.company,
    )


def _knows(application: Application, people: Sequence[FoundPerson]) -> bool:
    addresses = [person.email for person in application.everyone() if person.email]
    names = {person.key for person in application.everyone()}
    return any(
        any(is_same_address(one.email, address) for address in addresses) or (one.name and slugify(one.name) in names)
        for one in people
    )


def _is_of_company(application: Application, people: Sequence[FoundPerson]) -> bool:
    addresses = [person.email for person in application.everyone() if person.email]
    for person in people:
        if person.company and is_same_company(person.company, application.company):
            return True
        if not person.email or is_public(person.email):
            continue
        if any(share_domain(person.email, address) for address in addresses):
            return True
        if company_label(domain(person.email)).replace("-", "") == slugify(application.company).replace("-", ""):
            return True
    return False


def _likely_zones(workspace: Workspace, named: str) -> tuple[str, ...]:
    zones = [workspace.own_zone.key]
    try:
        zone = workspace.facts.load(named).time_zone if named else None
    except (NotFoundError, FactsFileError):
        zone = None
    return tuple([zone, *zones] if zone else zones)
