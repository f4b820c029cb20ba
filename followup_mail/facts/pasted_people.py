"""People as they are pasted: a "To" line, one signature or several, "Priya Raman, Head of Data; Tom Okafor, SRE".

The text is cut into parts, each part is told by what it looks like, and a name begins the next person. In a signature
there is one person, whatever else looks like a name. Nothing is dropped silently: what has no place is named.
"""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import zip_longest
from typing import Final

from msgspec import Struct

from followup_mail.facts.clean import clean_passage
from followup_mail.facts.closings import is_closing, is_sent_from, without_closing
from followup_mail.facts.looks_like import (
    is_company,
    is_job_title,
    is_way_to_meet,
    looks_like,
)
from followup_mail.facts.name_case import NAME_WORDS
from followup_mail.facts.name_parts import is_group
from followup_mail.facts.no_reply import is_unread
from followup_mail.facts.pasted_headings import without_headings
from followup_mail.facts.pasted_labels import without_labels
from followup_mail.facts.pasted_parts import split_parts
from followup_mail.facts.pasted_reader import PastedPerson, PeopleReader
from followup_mail.facts.said_person import (
    MAILBOX,
    part_nameless,
    title_behind_name,
    without_lead,
)
from followup_mail.facts.said_readings import plain_words
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex

__all__ = [
    "PastedPeople",
    "PastedPerson",
    "is_own",
    "read_details",
    "read_people",
    "refuse_mailbox",
    "refuse_misplaced",
]

_LENGTH_LIMIT: Final = 8_000
_PEOPLE_LIMIT: Final = 50
_SHORTEST_NICKNAME: Final = 3
_JOINS: Final = frozenset({"&", "and", "und"})
_BARS: Final = regex(r"\s+[|\u2022\u00b7]\s+")
_RULE: Final = regex(r"\A[-_=*\s]+\Z")


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
    reader, signed = PeopleReader(company), set[str]()
    bare, labelled = without_labels(text.replace("\r\n", "\n").replace("\r", "\n"))
    shown, headings = without_headings(bare)
    reader.left_out += map(clean_passage, (*labelled, *headings))
    for block in re.split(r"\n\s*\n", shown):
        rows = _rows(block)
        lines = [without_lead(without_closing(line.strip())) for line in rows if not _is_decoration(line)]
        if len(lines) == 1 and " " not in lines[0] and any(map(is_closing, rows)):
            signed.add(lines[0])
        if len(lines) > 1 and " " not in lines[0] and lines[1].startswith(f"{lines[0]} "):
            del lines[0]  # signed with the first name above the signature
        reader.read(lines, is_signature=_is_signature(lines))
    people = tuple(
        person
        for person, after in zip_longest(reader.people, reader.people[1:], fillvalue=PastedPerson())
        if person != PastedPerson() and not is_own(person, own) and not _signs_for(person, after, signed)
    )
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
    _refuse_nameless(people)
    for person in people:
        refuse_misplaced(person.name, person.title)
        refuse_mailbox(person)
    return PastedPeople(people, tuple(reader.left_out), tuple(reader.told))


def _refuse_nameless(people: tuple[PastedPerson, ...]) -> None:
    """Raise ``UnfitError`` for somebody without a name, which may be within what was taken for the title."""
    nameless = next((person for person in people if not person.name), None)
    if nameless is None:
        return
    name, title = part_nameless(nameless.title)
    if name:
        wrong = f"where the name ends in {quoted(nameless.title)} is not clear"
        raise UnfitError(wrong, f'write a comma behind the name: "{name}, {title}"')
    shown = nameless.email or nameless.phone or nameless.title or str(nameless.role)
    raise UnfitError(f"{quoted(shown)} has no name before it", f'write the name first: "Priya Raman, {shown}"')


def refuse_mailbox(person: PastedPerson) -> None:
    """Raise ``UnfitError`` for a team with its mailbox, and for an address that nobody reads."""
    words = " ".join(word for word in person.name.split() if word.casefold() not in _JOINS)
    is_office = all(plain_words(word) in NAME_WORDS["not_names"] for word in words.split())
    if person.email and (is_office or is_group(words)):
        wrong = f"{quoted(person.name)} is the name of a team, not of a person"
        raise UnfitError(wrong, f'write whom you met: "Priya Raman <{person.email}>"')
    if is_unread(person.email):
        wrong = f"nobody reads what is sent to {person.email}, the address of {person.name}"
        raise UnfitError(wrong, f'write their own address, or the name alone: "{person.name}"')


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
    reader = PeopleReader(company)
    reader.people.append(person)
    for line in text.split("\n"):
        reader.add(line)
    if reader.people[-1].title != person.title:
        refuse_misplaced("", reader.people[-1].title)
    return reader.people[-1], tuple(reader.left_out)


def _signs_for(person: PastedPerson, after: PastedPerson, signed: Set[str]) -> bool:
    """Return whether somebody is the first name above a signature that has the whole name.

    ``signed``: single names below a closing. "Mike" below "Cheers," is the Michael of the signature.
    """
    if person == PastedPerson(person.name) and person.name in signed and " " in after.name:
        return person.name[0].casefold() == after.name[0].casefold()
    is_short = len(person.name) >= _SHORTEST_NICKNAME and " " not in person.name
    first = after.name.partition(" ")[0] if is_short else ""
    is_theirs = after.name.startswith(f"{person.name} ") or (" " in after.name and first.startswith(person.name))
    return person == PastedPerson(person.name) and is_theirs


def is_own(person: PastedPerson, own: frozenset[str]) -> bool:
    """Return whether somebody is the user, whose name and addresses in small letters are ``own``."""
    return (person.email.casefold() in own) if person.email else person.name.casefold() in own


def _rows(block: str) -> list[str]:
    """Return the lines of a block; of a signature in one line, "Name | title | company | address", its parts."""
    parts = _BARS.split(block.strip())
    is_of_one = len(MAILBOX.findall(block)) == 1 and sum(map(is_job_title, parts)) < 2
    return parts if "\n" not in block.strip() and len(parts) > 2 and is_of_one else block.split("\n")


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
