"""People as they are pasted: a "To" line, one signature or several, "Priya Raman, Head of Data; Tom Okafor, SRE".

The text is cut into parts, each part is told by what it looks like, and a name begins the next person. In a signature
there is one person, whatever else looks like a name. Nothing is dropped silently: what has no place is named.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.clean import clean_email, clean_passage, clean_phone, clean_title
from followup_mail.facts.closings import is_closing, is_sent_from
from followup_mail.facts.credentials import are_credentials, split_credentials
from followup_mail.facts.looks_like import (
    WORDS,
    is_company,
    is_job_title,
    is_part_played,
    is_phone,
    is_unit,
    is_way_to_meet,
    looks_like,
    may_be_name,
    strip_label,
)
from followup_mail.facts.pasted import read_pasted
from followup_mail.facts.pasted_headings import without_headings
from followup_mail.facts.pasted_parts import split_parts
from followup_mail.facts.said_person import (
    MAILBOX,
    is_titled,
    place_of_work,
    refuse_unclear,
    title_before_name,
    title_behind_name,
    without_article,
)
from followup_mail.facts.said_readings import plain_words
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

_LENGTH_LIMIT: Final = 8_000
_PEOPLE_LIMIT: Final = 50
_GRADE: Final = regex(r"([A-Z]{2,6}\d{1,2}[a-z]?)\s+(\S+\s+\S.*)", re.DOTALL)
_RULE: Final = regex(r"\A[-_=*\s]+\Z")


class PastedPerson(Struct, frozen=True):
    """What was understood of one person."""

    name: str = ""
    title: str = ""
    role: Role | None = None
    email: str = ""
    phone: str = ""


class PastedPeople(Struct, frozen=True):
    """Everybody who was understood, and what was not."""

    people: tuple[PastedPerson, ...]
    left_out: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What was guessed, each in a sentence."""


def read_people(text: str, company: str = "", own: frozenset[str] = frozenset()) -> PastedPeople:
    """Return the people in a pasted text. ``company`` is where they work, which stands in signatures.

    ``own`` are the user's name and addresses in small letters: nobody has met themselves.

    Raises ``UnfitError`` when there is nobody, or a person has no name.
    """
    if len(text) > _LENGTH_LIMIT:
        raise UnfitError("is too long for names", "paste the people alone")
    reader = _Reader(company)
    shown, headings = without_headings(text.replace("\r\n", "\n").replace("\r", "\n"))
    reader.left_out += map(clean_passage, headings)
    for block in re.split(r"\n\s*\n", shown):
        lines = [line.strip() for line in block.split("\n") if not _is_decoration(line)]
        reader.read(lines, is_signature=_is_signature(lines))
    people = tuple(person for person in reader.people if person != PastedPerson() and not is_own(person, own))
    if not people and reader.people and any(is_own(person, own) for person in reader.people):
        raise UnfitError(f"{quoted(text.strip())} names nobody but you", "write whom you met")
    if not people:
        kind = looks_like(text)
        raise UnfitError(
            f"{quoted(text.strip())} {f'looks like {kind}' if kind else 'names nobody'}",
            'write a name, like "Priya Raman"',
        )
    if len(people) > _PEOPLE_LIMIT:
        raise UnfitError(f"names {len(people)} people", f"{_PEOPLE_LIMIT} is the limit")
    nameless = next((person for person in people if not person.name), None)
    if nameless:
        shown = nameless.email or nameless.phone or nameless.title or str(nameless.role)
        raise UnfitError(f"{quoted(shown)} has no name before it", f'write the name first: "Priya Raman, {shown}"')
    for person in people:
        refuse_misplaced(person.name, person.title)
    return PastedPeople(people, tuple(reader.left_out), tuple(reader.told))


def refuse_misplaced(name: str, title: str) -> None:
    """Raise ``UnfitError`` where a name or a title says how or when somebody was met."""
    if name and is_way_to_meet(name):
        raise UnfitError(f"{quoted(name)} says how you met, not whom", 'write a name, like "Priya Raman"')
    if title and is_way_to_meet(title):
        raise UnfitError(f"{quoted(title)} says how you met, not what they do", 'write a title, like "Head of Data"')
    if title and (kind := looks_like(title)) in {"a day", "a link"}:
        raise UnfitError(f"{quoted(title)} looks like {kind}", 'write a title, like "Head of Data"')


def read_details(text: str, person: PastedPerson, company: str = "") -> tuple[PastedPerson, tuple[str, ...]]:
    """Return a known person with title, address, telephone and part added in any order, and what was left out.

    Raises ``UnfitError`` for half an address, and for a second one.
    """
    reader = _Reader(company)
    reader.people.append(person)
    for line in text.split("\n"):
        reader.add(line)
    if reader.people[-1].title != person.title:
        refuse_misplaced("", reader.people[-1].title)
    return reader.people[-1], tuple(reader.left_out)


class _Reader:
    """Puts parts to the person they belong to."""

    def __init__(self, company: str) -> None:
        self.people: list[PastedPerson] = []
        self.left_out: list[str] = []
        self.told: list[str] = []
        self._company = plain_words(company)
        self._title = ""
        """The title that the part before is, or ends with: what house or ward it is for may follow."""

    def read(self, lines: list[str], *, is_signature: bool) -> None:
        if is_signature:
            self.people.append(PastedPerson())
        for line in lines:
            self.add(line, is_signature=is_signature)

    def add(self, line: str, *, is_signature: bool = True) -> None:
        """Add the parts of a line; of credentials alone nothing is taken."""
        self._title = ""
        for part in split_parts(line):
            before, self._title = self._title, ""
            if before and is_unit(part):
                self._change(title=clean_title(f"{before}, {part}"))
            else:
                self.take(part, is_signature=is_signature)

    def take(self, part: str, *, is_signature: bool) -> None:
        """Add one part to the last person, or begin the next with it."""
        is_said = without_article(part) != part  # "the boss" is what somebody is, whatever it looks like
        part = self._leave_credentials(self._leave_grade(without_article(part)))
        last = self.people[-1] if self.people else PastedPerson()
        bare = strip_label(part, "emails")
        if MAILBOX.search(part):
            self._take_address(bare, last, is_signature=is_signature)
        elif re.search(r"\S@|@\S", part):
            clean_email(part)
        elif is_part_played(part):
            self._change(role=Role(part.strip().lower()))
        elif is_phone(part):
            self._take_once(part, "phone", clean_phone(strip_label(part, "phones")))
        elif work := place_of_work(part):
            self._take_work(work, part)
        elif not part or looks_like(part) == "a link" or plain_words(part) == self._company or is_company(part):
            self._leave(part)
        elif not is_said and self._is_next_name(part, last, is_signature=is_signature):
            self._begin(part, is_signature=is_signature)
        elif _may_be_title(part, last) and not is_titled(part):
            self._change(title=clean_title(part))
        else:
            refuse_unclear(part)
            self._leave(part)

    def _take_work(self, work: str, part: str) -> None:
        """Take "HR" of "from HR" as a title; where else somebody is from is left out."""
        last = self.people[-1] if self.people else PastedPerson()
        if last.name and not last.title and is_job_title(work):
            self._change(title=clean_title(work))
        else:
            self._leave(part)

    def _is_next_name(self, part: str, last: PastedPerson, *, is_signature: bool) -> bool:
        if is_signature and last.name:
            return False
        # Beside a name without a title it is taken for the title: "Priya Raman, Sales Manager Europe".
        is_before = bool(title_before_name(part)[1]) and (not last.name or bool(last.title))
        return may_be_name(part) or bool(title_behind_name(part)[1]) or is_before

    def _begin(self, part: str, *, is_signature: bool) -> None:
        name, title = _name_and_title(part)
        read = read_pasted(self._leave_credentials(name))
        self._tell(read.told)
        person = PastedPerson(read.name, title)
        if is_signature and self.people and not self.people[-1].name:
            last = self.people[-1]
            self.people[-1] = replace(last, name=read.name, title=title or last.title)
        else:
            self.people.append(person)

    def _take_address(self, part: str, last: PastedPerson, *, is_signature: bool) -> None:
        """Add an address: to the last person when it stands alone, else with the name beside it."""
        email = clean_email(MAILBOX.search(part)[0].strip("'.:<>").removeprefix("mailto:"))  # type: ignore[index]
        rest = without_article(MAILBOX.sub("", part).strip(" \t<>()[]\"',;:|-\u2013\u2014"))
        is_alone = not rest or rest.lower() in {*WORDS["emails"], "mailto"}
        if is_alone and last.name and last.email in {"", email}:
            self._change(email=email)
        elif last.name and not (last.email or last.title) and is_job_title(rest):
            self._change(email=email, title=clean_title(rest))
        elif is_alone and last.name and is_signature:
            raise UnfitError(f"{last.name} has two addresses, {last.email} and {email}", "keep one of them")
        elif last.name and not last.email and is_job_title(rest) and _may_be_title(rest, last):
            # "Priya Raman, Head of Data <priya@example.com>": nobody is called Head of Data.
            self._change(title=clean_title(rest), email=email)
        elif is_signature and last.name:
            self._change(email=email)
            self._leave(rest)
        else:
            name, title = _name_and_title(rest)
            name = self._leave_credentials(name)
            refuse_unclear(name)
            read = read_pasted(f"{name} <{email}>" if title else part)
            self._tell(read.told)
            merged = PastedPerson(read.name, title, email=read.email)
            if is_signature and self.people and not last.name:
                self.people[-1] = replace(last, name=read.name, title=title or last.title, email=read.email)
            else:
                self.people.append(merged)

    def _leave_grade(self, part: str) -> str:
        """Return a part without the grade before a name: "Grace Adeyemi" of "CNM2 Grace Adeyemi"."""
        found = _GRADE.match(part)
        if not found or not may_be_name(MAILBOX.sub("", found[2]).strip(" <>()\"'")):
            return part
        self._leave(found[1])
        return found[2]

    def _leave_credentials(self, part: str) -> str:
        """Return a part without "RN" and "PhD" behind the name, perhaps before an address; these are left out."""
        if title_behind_name(part)[1]:
            return part
        bare, bracket, address = part.partition("<")
        name, left = split_credentials(bare)
        if bare.strip() and are_credentials(bare):
            name, left = "", (bare.strip(),)
        elif not may_be_name(name.replace(",", " ")):
            return part
        self.left_out += [word for word in left if word not in self.left_out]
        return f"{name} {bracket}{address}".strip() if left else part

    def _take_once(self, part: str, field: str, value: str) -> None:
        if self.people and getattr(self.people[-1], field):
            self._leave(part)
        else:
            self._change(**{field: value})

    def _change(self, **values: object) -> None:
        if not self.people:
            self.people.append(PastedPerson())
        self._title = str(values.get("title", ""))
        self.people[-1] = replace(self.people[-1], **values)

    def _leave(self, part: str) -> None:
        self.left_out += [clean_passage(part)] if part else []

    def _tell(self, told: str) -> None:
        self.told += [told] if told else []


def is_own(person: PastedPerson, own: frozenset[str]) -> bool:
    """Return whether somebody is the user, whose name and addresses in small letters are ``own``."""
    return (person.email.casefold() in own) if person.email else person.name.casefold() in own


def _name_and_title(part: str) -> tuple[str, str]:
    """Return a name, and the title behind or before it."""
    name, title = title_behind_name(part)
    return (name, title) if title else title_before_name(part)


def _is_signature(lines: list[str]) -> bool:
    """Return whether lines are the signature of one person: not a list of people with a line for each."""
    if len(lines) < 2 or sum(bool(MAILBOX.search(line)) for line in lines) > 1:
        return False
    firsts = [next(split_parts(line), "") for line in lines[1:]]
    return any(
        (is_job_title(first) and not title_behind_name(first)[1]) or looks_like(first) or is_company(first)
        for first in firsts
    )


def _is_decoration(line: str) -> bool:
    """Return whether a line is empty, a rule, or what stands above a signature."""
    return not line.strip() or bool(_RULE.match(line)) or is_closing(line) or is_sent_from(line)


def _may_be_title(part: str, last: PastedPerson) -> bool:
    if last.title or not (last.name or is_job_title(part)) or re.search(r"\d{3}", part):
        return False
    words = set(plain_words(part).split())
    return is_job_title(part) or (not re.search(r"\d", part) and words.isdisjoint(WORDS["places"]))
