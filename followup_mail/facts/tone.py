"""How formal a mail to somebody is, and the first line that follows from it.

The facts say so, or how they asked to be addressed does; a title in the name is used. Where nothing tells, the country
does: "Hi Tom" is usual in Chicago and too close in Munich.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Protocol

from followup_mail.facts.name_case import is_listed
from followup_mail.facts.name_parts import is_title, split_name
from followup_mail.facts.names import formal_name, full_name, has_title, short_name
from followup_mail.facts.terms import Role, Tone
from followup_mail.facts.word_lists import WordLists

_WORDS: Final = WordLists(Path(__file__).with_name("tone.toml"))


class Addressed(Protocol):
    """Somebody to be greeted, as far as a greeting needs to know them."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def address_as(self) -> str: ...
    @property
    def tone(self) -> Tone | None: ...
    @property
    def country(self) -> str | None: ...


def tone_of(person: Addressed, country: str | None) -> Tone:
    """Return how formal a mail to somebody is. ``country`` is the application's; the person's own comes first."""
    if person.tone:
        return person.tone
    here = person.country or country
    if person.address_as:
        return _by_address(person, here)
    return Tone.FORMAL if has_title(person.name, here) else _by_country(person, here)


def greeting(person: Addressed, tone: Tone, country: str | None = None) -> str:
    """Return the first line without its comma: "Hi Dale", "Dear Dr. Raman", "Dear Jochen Brandis".

    A full name follows "Dear" in every tone: "Hi J. R. Smith" is what a machine writes.
    """
    name = name_in_greeting(person, tone, country)
    here = person.country or country
    is_close = person.address_as or name != full_name(person.name, here) or " " not in name
    return f"{'Hi' if tone is Tone.FRIENDLY and is_close else 'Dear'} {name}"


def name_in_greeting(person: Addressed, tone: Tone, country: str | None = None) -> str:
    """Return what follows "Dear" or "Hi". What the facts give as form of address always wins."""
    if person.address_as:
        return person.address_as
    here = person.country or country
    return (formal_name if tone is Tone.FORMAL else short_name)(person.name, here)


def _by_address(person: Addressed, country: str | None) -> Tone:
    """Return the tone of a form of address: "Ms Ellery" and "Iwasawa-san" are formal, "Precious" is not."""
    words = person.address_as.split()
    if len(words) == 1 and is_listed(words[0], "trade_titles"):
        return Tone.FRIENDLY
    family = {word.casefold() for word in split_name(person.name, country).family}
    is_family_name = all(word.casefold() in family for word in words)
    if is_title(words[0], country) or _is_honorific(words[-1]) or is_family_name:
        return Tone.FORMAL
    is_full = person.address_as.casefold() in {person.name.casefold(), full_name(person.name, country).casefold()}
    return Tone.FORMAL if is_full and len(words) > 1 else Tone.FRIENDLY


def _is_honorific(word: str) -> bool:
    name, mark, last = word.rpartition("-")
    return is_listed(last, "honorifics") and bool(mark or not name)


def _by_country(person: Addressed, country: str | None) -> Tone:
    title_words = set(re.findall(r"[\w-]+", person.title.casefold()))
    is_senior = not _WORDS["senior_words"].isdisjoint(title_words)
    if country in _WORDS["formal_countries"]:
        return Tone.FORMAL
    if country in _WORDS["formal_to_seniors"] and (is_senior or person.role is Role.HIRING_MANAGER):
        return Tone.FORMAL
    return Tone.FRIENDLY if country in _WORDS["friendly_countries"] and not is_senior else Tone.NEUTRAL
