"""The people on the other side, and when two entries in a file mean one human being."""

# Without `from __future__ import annotations`: a fact has its gates in its annotations.
from collections.abc import Iterable, Mapping
from typing import Final

from followup_mail.facts.fact import Fact
from followup_mail.facts.fields import (
    Country,
    Email,
    Line,
    Lines,
    Passage,
    Passages,
    PersonName,
    Phone,
    Title,
    WebLink,
    Zone,
)
from followup_mail.facts.names import slugify
from followup_mail.facts.terms import Role, Tone
from followup_mail.facts.tone import name_in_greeting, tone_of
from followup_mail.regex import regex


class Person(Fact):
    """Somebody on the other side: met in an interview, or a contact such as the recruiter."""

    name: PersonName
    """The full name as they write it."""
    title: Title = ""
    """The job title, e.g. "Head of Data"."""
    role: Role = Role.INTERVIEWER
    """interviewer, hiring manager, recruiter or coordinator."""
    address_as: Line = ""
    """What to write after "Dear" or "Hi" when it is not the first name, e.g. "Dr. Raman"."""
    email: Email | None = None
    """The bare address, like priya@example.com."""
    phone: Phone | None = None
    """The number with its country code, like "+1 312 555 0142"."""
    linkedin: WebLink = ""
    """The address of the LinkedIn profile."""
    postal_address: Lines = ()
    """Lines of the address for a letter, without the name."""
    time_zone: Zone | None = None
    """Where this person sits, when it is not where the application is."""
    country: Country | None = None
    """Two letters, for the public holidays there."""
    region: Line = ""
    """A part of the country with holidays of its own, e.g. "BY" or "IL"."""
    tone: Tone | None = None
    """formal, neutral or friendly; left out: from how they are addressed, their title and their country."""
    discussed: Passages = ()
    """Notes on what was talked about with this person, as you jot them."""
    convinced: Passage = ""
    """A note on what from this person convinced you, as you jot it."""
    moment: Passage = ""
    """What you want to thank them for, as it will stand in the mail: "I liked that you ..., because ..."."""
    link: Passage = ""
    """Their problem and what you have done about one like it, as it will stand: "You want .... I ..."."""
    offer: Passage = ""
    """What you would like to do or to ask, as it will stand: "I would like to ..." or "Could you ...?"."""

    @property
    def key(self) -> str:
        """A stable handle for commands and states: ``dr-priya-raman``."""
        return slugify(self.name) or "person"

    @property
    def greeting_name(self) -> str:
        """What follows "Hi" or "Dear", e.g. "Dr. Raman" or "Priya"."""
        return self.called_in(None)

    def called_in(self, country: str | None) -> str:
        """Return what a mail calls them; ``country`` is the application's, which settles how formal it is."""
        return name_in_greeting(self, tone_of(self, country), country)


_RECRUITING: Final = regex(r"\b(?:recruiter|recruitment|talent (?:acquisition|partner))\b")


def is_go_between(person: Person) -> bool:
    """Return whether somebody arranges for those who hire, by their part or, where that is the usual one, by title."""
    is_by_title = person.role is Role.INTERVIEWER and _RECRUITING.search(person.title.lower())
    return bool(is_by_title) or person.role in {Role.RECRUITER, Role.COORDINATOR}


# What stays true of a person from one conversation to the next; what was said belongs to one of them.
_LASTING: Final = Person.fields.keys() - {"name", "discussed", "convinced", "moment", "link", "offer"}


def is_same_person(one: Person, other: Person) -> bool:
    """Return whether two entries mean one human being: the same address, or the same name."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.key == other.key


def place_among(people: Iterable[Person], person: Person) -> int:
    """Return the place of a person among others, counted from 0; 0 where they are not among them."""
    return next((at for at, other in enumerate(people) if is_same_person(person, other)), 0)


def is_of_agency(person: Person, everyone: Iterable[Person], company: str = "") -> bool:
    """Return whether a recruiter writes from another domain than everybody else: an agency fills posts of others.

    Where all mail goes through the agency, its name in the title tells: "Consultant, Kitework Search" at kitework.
    """
    if person.role is not Role.RECRUITER or not person.email:
        return False
    own = person.email.rpartition("@")[2]
    if company and _names_firm(person.title, own) and not _names_firm(company, own):
        return True
    domains = {other.email.rpartition("@")[2] for other in everyone if other.email and other.role is not Role.RECRUITER}
    return bool(domains) and own not in domains


def _names_firm(text: str, domain: str) -> bool:
    return domain.partition(".")[0] in slugify(text).split("-")


def name_together(people: Iterable[Person], country: str | None = None) -> list[str]:
    """Return what to call people in one sentence, each once; nothing when they cannot be called alike.

    "Sanne, Mrs ten Hoope and Floor Abbink" reads as a list of slots: one by the first name, one by the whole name.
    """
    met = list({person.key: person for person in people}.values())
    called = [person.called_in(country) for person in met]
    whole = [name == person.name and " " in name for name, person in zip(called, met, strict=True)]
    if any(whole) and not all(whole):
        return []
    return called if len(set(called)) == len(called) else [person.name for person in met]


def recall(person: Person, known: Mapping[str, Person], handle: str = "") -> Person:
    """Return ``person`` with what only the known entry of the same person says about how to reach them."""
    other = known.get(handle or person.key)
    if other is None or other is person or not is_same_person(person, other):
        return person
    missing = (other.given - person.given) & _LASTING
    return person.copy_with(**{field: getattr(other, field) for field in missing}) if missing else person


def each_once(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return each person once, in order; see ``Application.everyone``."""
    found: dict[str, Person] = {}
    by_email: dict[str, str] = {}
    for person in people:
        handle = person.key if person.key in found else by_email.get((person.email or "").casefold(), person.key)
        if handle in found and not is_same_person(found[handle], person):
            handle = f"{handle} {person.email}"
        found[handle] = recall(person, found, handle)
        by_email.setdefault((person.email or handle).casefold(), handle)
    return tuple(found.values())
