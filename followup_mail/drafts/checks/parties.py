"""Who and what a letter may rightly name: its recipient, the other people, the company, what was talked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from followup_mail.drafts.checks.letter import Letter
from followup_mail.drafts.checks.naming import Likeness, compare, name_words
from followup_mail.drafts.checks.prose import word_set, words_of
from followup_mail.facts.model import Application, Person

_LEGAL_FORMS: Final = word_set("""
    ltd limited inc incorporated gmbh ag llc llp plc co corp corporation company group holding holdings sa bv nv
    oy ab as kg se srl spa pty pte kk ug ev sas sarl a/s aps the & and und et of
""")


def recipient_names(letter: Letter) -> tuple[str, ...]:
    """Return the words of every form of the recipient's name, titles aside; empty when nobody knows it."""
    person, via = letter.person, letter.step.via if letter.step else None
    known = [letter.recipient.name]
    for one in (person, via):
        known += [one.name, one.address_as] if one else []
    return tuple(dict.fromkeys(word for name in known for word in name_words(name)))


def expected_greeting(letter: Letter) -> str:
    """Return what follows "Dear" as the facts have it, else the display name of the address."""
    via = letter.step.via if letter.step else None
    person = via or letter.person
    return person.greeting_name if person else letter.recipient.name


def other_people(letter: Letter) -> tuple[Person, ...]:
    """Return everybody the facts know except the recipient."""
    everyone = letter.facts.everyone() if letter.facts else ()
    own = letter.person.key if letter.person else ""
    names = set(name_words(letter.recipient.name))
    return tuple(one for one in everyone if one.key != own and set(name_words(one.name)) != names)


def likeness(word: str, names: Iterable[str]) -> Likeness:
    """Return how a word compares with the name that it is most like."""
    found = {compare(word, name) for name in names}
    return next((one for one in Likeness if one in found), Likeness.OTHER)


@lru_cache(maxsize=4096)
def company_words(name: str) -> tuple[str, ...]:
    """Return the words that tell a company from others: without "Ltd", "GmbH" and the like, unless nothing is left."""
    words = words_of(re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b)", r"\1", name))
    return tuple(word for word in words if word not in _LEGAL_FORMS) or words


def told_texts(letter: Letter) -> tuple[str, ...]:
    """Return the names, and everything that was talked about, as the facts have them."""
    facts = letter.facts
    return (facts.company, facts.role, *_told(facts)) if facts else ()


@lru_cache(maxsize=256)
def told_words(facts: Application) -> frozenset[str]:
    """Return the words of all that the facts tell beyond company and role: topics, reasons, promises, job titles."""
    return frozenset(word.removesuffix("'s") for text in _told(facts) for word in words_of(text))


@lru_cache(maxsize=256)
def _told(facts: Application) -> tuple[str, ...]:
    texts = [facts.said.quote, *facts.fit, *facts.not_mentioned, *(one.what for one in facts.promised)]
    met = (person for interview in facts.interviews for person in interview.people)
    for person in (*facts.contacts, *met):
        texts += [*person.discussed, person.convinced, person.title]
    return tuple(text for text in texts if text)


def known_words(letter: Letter) -> frozenset[str]:
    """Return every word that a letter may use as a name: people, company, role, topics, the sender."""
    known = {*recipient_names(letter), *name_words(letter.sender.name)}
    if letter.facts:
        known |= told_words(letter.facts) | {*words_of(letter.facts.company), *words_of(letter.facts.role)}
    known |= {word for person in other_people(letter) for word in name_words(person.name)}
    return frozenset(known)


def known_names(letter: Letter) -> frozenset[str]:
    """Return the words of names alone: people, company, role, sender."""
    names = {*recipient_names(letter), *words_of(letter.sender.name), *words_of(letter.recipient.name)}
    if letter.facts:
        names |= {*words_of(letter.facts.company), *words_of(letter.facts.role)}
    names |= {word for person in other_people(letter) for word in words_of(person.name)}
    return frozenset(names)
