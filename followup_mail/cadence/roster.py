"""Who is who in one application: everybody once, each with a handle of their own, and who met whom in which round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from followup_mail.facts.application import Application, Interview, Person, Role, is_same_person


class Member(Struct, frozen=True):
    """One human being on the other side."""

    handle: str
    """``Person.key``; with a number for the second of one name: ``chris-lee-2``. Steps are identified by it."""
    person: Person
    """What is known of them by now."""


class Meeting(Struct, frozen=True):
    """One person in one round: what was said then, and when their part of it was over."""

    member: Member
    person: Person
    """As of that round, with everything talked about in it."""
    interview: Interview
    """The last one of the round in which they were met."""


class Round(Struct, frozen=True):
    """All interviews of one number."""

    number: int
    last: Interview
    """The one that ends last."""
    meetings: tuple[Meeting, ...]

    @property
    def end(self) -> datetime:
        """When the whole round is over."""
        return self.last.end


class Roster(Struct, frozen=True):
    """Everybody once: contacts, then the people met, in the order of the file."""

    members: tuple[Member, ...]
    places: Mapping[tuple[str, str | None], int]
    """For the name and address of each entry in the file, whose it is."""

    def find(self, person: Person) -> Member:
        """Return the member that an entry means."""
        return self.members[self.places[person.name, person.email]]


def call_roll(application: Application) -> Roster:
    """Go through the entries of the file; those that mean one human being become one member."""
    members: list[Member] = []
    places: dict[tuple[str, str | None], int] = {}
    by_key: dict[str, list[int]] = {}
    by_email: dict[str, int] = {}
    for person in list_entries(application):
        entry = (person.name, person.email)
        if entry not in places:
            key = person.key
            near = [by_email.get((person.email or "").casefold(), -1), *by_key.get(key, ())]
            same = (n for n in near if n >= 0 and is_same_person(members[n].person, person))
            places[entry] = next(same, len(members))
            if places[entry] == len(members):
                members.append(Member(_free_handle(key, members), person))
            by_key.setdefault(key, []).append(places[entry])
        at = places[entry]
        if person.email:
            by_email.setdefault(person.email.casefold(), at)
        members[at] = Member(members[at].handle, _learn(members[at].person, person))
    return Roster(tuple(members), places)


def list_members(application: Application) -> tuple[Member, ...]:
    """Return everybody once: contacts, then the people met, in the order of the file."""
    return call_roll(application).members


def list_rounds(application: Application, roster: Roster) -> tuple[Round, ...]:
    """Return the rounds in the order in which they end."""
    numbers = dict.fromkeys(interview.round for interview in application.interviews)
    rounds = []
    for number in numbers:
        interviews = [interview for interview in application.interviews if interview.round == number]
        last = max(interviews, key=lambda interview: interview.end)
        rounds.append(Round(number, last, tuple(_meetings(interviews, roster))))
    return tuple(sorted(rounds, key=lambda round_: (round_.end, round_.number)))


def find_role(members: tuple[Member, ...], *roles: Role) -> Member | None:
    """Return the first member with the first of ``roles`` that anybody has."""
    return next((member for role in roles for member in members if member.person.role is role), None)


def list_entries(application: Application) -> Iterator[Person]:
    """Yield every entry of a person in the file, in order: contacts, then interview by interview."""
    yield from application.contacts
    for interview in application.interviews:
        yield from interview.people


def _meetings(interviews: list[Interview], roster: Roster) -> Iterator[Meeting]:
    """Yield each person met in these interviews once, in the order of the file."""
    met: dict[str, Meeting] = {}
    for interview in interviews:
        for person in interview.people:
            member = roster.find(person)
            before = met.get(member.handle)
            if before is None:
                met[member.handle] = Meeting(member, _introduce(member.person, person), interview)
                continue
            later = interview if interview.end > before.interview.end else before.interview
            met[member.handle] = Meeting(member, _add_talk(before.person, person), later)
    yield from met.values()


def _free_handle(key: str, members: list[Member]) -> str:
    taken = {member.handle for member in members}
    number = 2
    handle = key
    while handle in taken:
        handle, number = f"{key}-{number}", number + 1
    return handle


# What stays true of a person from one conversation to the next.
_LASTING = ("title", "address_as", "tone", "email", "phone", "linkedin", "postal_address", "time_zone")
_SAID = ("discussed", "convinced", "moment", "link", "offer")


def _learn(known: Person, newer: Person) -> Person:
    """Return the newer entry, with what only the older one says."""
    return _fill(newer, known, (*_LASTING, *_SAID))


def _introduce(known: Person, of_round: Person) -> Person:
    """Return the entry of a round with how to reach them, but only with what was said in that round."""
    return _fill(of_round, known, _LASTING)


def _fill(person: Person, other: Person, fields: tuple[str, ...]) -> Person:
    if person is other:
        return person
    gaps = {name: getattr(other, name) for name in fields if not getattr(person, name) and getattr(other, name)}
    if person.role is Role.INTERVIEWER and other.role is not Role.INTERVIEWER:
        gaps["role"] = other.role
    if not person.country and other.country:
        # A region belongs to its country: one of them alone would say another place.
        gaps |= {"country": other.country, "region": person.region or other.region}
    return person.model_copy(update=gaps) if gaps else person


def _add_talk(person: Person, more: Person) -> Person:
    """Return one person met twice in a round, with what was talked about both times."""
    return person.model_copy(
        update={
            "discussed": tuple(dict.fromkeys((*person.discussed, *more.discussed))),
            **{name: getattr(more, name) or getattr(person, name) for name in ("convinced", "moment", "link", "offer")},
        }
    )
