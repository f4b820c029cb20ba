"""One person, one name, one address: what a facts file must keep apart or together.

Mails are counted per person. Were two people taken for one, one of them would get no thanks; were one taken for two,
they would get it twice. So the file has to be plain about it, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followup_mail.facts.line_numbers import Fault, LinePlace, Scan
from followup_mail.facts.names import slugify
from followup_mail.facts.unfit_values import quoted


def check_people(found: Scan) -> list[Fault]:
    """Return what is unclear about who is who. Works on the raw document, so that it is said beside other problems."""
    faults: list[Fault] = []
    places: dict[tuple[LinePlace, str], LinePlace] = {}
    address_of: dict[str, tuple[str, LinePlace]] = {}
    name_of: dict[str, tuple[str, LinePlace]] = {}
    for where, name, email in entries(found.document):
        key, address = slugify(name), email.strip().casefold()
        twice = places.setdefault((where[:-1], key), where)
        if twice != where:
            wrong = f"{quoted(name)} is in this list twice, first in line {found.line_of((*twice, 'name'))}"
            right = 'keep one; if they are two people, tell them apart, e.g. "Anna Li (Design)"'
            faults.append(Fault(found.line_of((*where, "name")), (*where, "name"), wrong, right))
        if not address:
            continue
        known, first = address_of.setdefault(key, (address, where))
        if known != address and twice == where:
            wrong = f"{quoted(name)} has another address in line {found.line_of((*first, 'email'))}"
            right = "give one person one address; if they are two people, tell their names apart"
            faults.append(Fault(found.line_of((*where, "email")), (*where, "email"), wrong, right))
        other, first = name_of.setdefault(address, (name, where))
        if slugify(other) != key:
            wrong = f"is also the address of {quoted(other)} in line {found.line_of((*first, 'email'))}"
            right = "write the name the same way if it is one person; if they are two, leave the address out of one"
            faults.append(Fault(found.line_of((*where, "email")), (*where, "email"), wrong, right))
    return faults


def entries(document: dict[str, Any]) -> Iterator[tuple[LinePlace, str, str]]:
    """Yield place, name and address of each person that has a name."""
    groups: list[tuple[LinePlace, Any]] = [(("contacts",), document.get("contacts"))]
    interviews = document.get("interviews")
    for place, interview in enumerate(interviews if isinstance(interviews, list) else []):
        if isinstance(interview, dict):
            groups.append((("interviews", place, "people"), interview.get("people")))
    for where, people in groups:
        for place, person in enumerate(people if isinstance(people, list) else []):
            name, email = (person.get("name"), person.get("email")) if isinstance(person, dict) else (None, None)
            if isinstance(name, str) and slugify(name):
                yield (*where, place), name, email if isinstance(email, str) else ""
