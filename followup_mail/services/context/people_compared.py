"""The people of a facts file before and after a change: who has which address, who is who, whose name looks like whose.

A name is compared by what an eye sees of it: letters of other alphabets that look like Latin ones count as those.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.alignment import align
from followup_mail.facts.names import slugify

_PAIRS: Final = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw ӏl пn гr иu "
    "αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw 0o 1l |l ıi ɡg ɑa"
)  # fmt: skip
_LOOKS_LIKE: Final = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
"""The Latin letter for a letter that looks like it (a few of Unicode Technical Standard 39), small, decomposed."""
_SHORT: Final = 3
"""A word of fewer letters, such as "Dr", makes nobody look like somebody else."""
_ALIKE: Final = 0.8

Table = Mapping[str, Any]


class Known(Struct, frozen=True):
    """Somebody of a facts file."""

    name: str
    emails: tuple[str, ...]
    """Every address that they have in the file, as it is written."""


People = dict[str, Known]
"""Everybody by the handle of their name."""


def list_people(document: Table) -> People:
    """Return everybody of a facts file."""
    found: People = {}
    groups = [document.get("contacts", ()), *(each.get("people", ()) for each in document.get("interviews", ()))]
    for person in (person for group in groups for person in group):
        name, email = str(person.get("name", "")), str(person.get("email") or "")
        known = found.get(slugify(name), Known(name, ()))
        found[slugify(name)] = Known(known.name, tuple(dict.fromkeys([*known.emails, *filter(None, [email])])))
    return found


def find_renames(before: Table, after: Table) -> dict[str, str]:
    """Return whose entry somebody would have who is new: by the handle of the new name, the name before."""
    was, now = list_people(before), list_people(after)
    pairs = [*_by_address(was, now), *_by_place(before, after)]
    found: dict[str, str] = {}
    for old, new in pairs:
        if slugify(new) not in was and slugify(old) not in now:
            found.setdefault(slugify(new), old)
    return found


def _by_address(was: People, now: People) -> Iterator[tuple[str, str]]:
    owners = owners_of(was)
    for known in now.values():
        yield from ((owners[one.casefold()], known.name) for one in known.emails if one.casefold() in owners)


def _by_place(before: Table, after: Table) -> Iterator[tuple[str, str]]:
    yield from _aligned(before.get("contacts", ()), after.get("contacts", ()))
    meetings = (before.get("interviews", ()), after.get("interviews", ()))
    for old, new in align(*meetings):
        if old is not None and new is not None:
            yield from _aligned(meetings[0][old].get("people", ()), meetings[1][new].get("people", ()))


def _aligned(before: Any, after: Any) -> Iterator[tuple[str, str]]:
    for old, new in align(before, after):
        if old is not None and new is not None:
            yield str(before[old].get("name", "")), str(after[new].get("name", ""))


def owners_of(people: People) -> dict[str, str]:
    """Return whose each address is, in small letters."""
    return {email.casefold(): known.name for known in people.values() for email in known.emails}


def find_look_alike(name: str, people: People) -> Known | None:
    """Return somebody else whose name an eye could take for this one; None for nobody."""
    seen = as_seen(name)
    others = (known for key, known in people.items() if key != slugify(name))
    return next((known for known in others if _are_alike(seen, as_seen(known.name))), None)


def as_seen(text: str) -> str:
    """Return the words of a name as an eye reads them: small, without marks, in Latin letters where those look so."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LOOKS_LIKE)
    kept = (one for one in small if not unicodedata.category(one).startswith(("M", "C")))
    return " ".join("".join(one if one.isalnum() else " " for one in kept).split())


def _are_alike(one: str, other: str) -> bool:
    words = ({word for word in seen.split() if len(word) >= _SHORT} for seen in (one, other))
    return bool(set.intersection(*words)) or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def has_mixed_letters(name: str) -> bool:
    """Return whether a word of a name has letters of several alphabets: some may look like others."""
    return any(len(set(map(_alphabet, filter(str.isalpha, word)))) > 1 for word in name.split())


def _alphabet(letter: str) -> str:
    # The Unicode name of a letter begins with its alphabet; Japanese writes one word in several.
    alphabet = unicodedata.name(letter, "").partition(" ")[0]
    return "JAPANESE" if alphabet in {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"} else alphabet
