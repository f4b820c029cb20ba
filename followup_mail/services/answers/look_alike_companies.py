"""Another company that a letter names, whose name shares a word with that of an application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from followup_mail.checks.company_mentions import telling_words
from followup_mail.checks.known_names import company_words
from followup_mail.checks.prose import words_of
from followup_mail.checks.role_match import DEPARTMENTS, PROFESSIONS
from followup_mail.facts.application import Application
from followup_mail.facts.word_lists import WordLists
from followup_mail.incoming.letter import Letter
from followup_mail.services.answers.letter_names import (
    companies_named,
    is_domain_of,
    is_system_of_many,
    other_companies,
)

_SAME: Final = WordLists(Path(__file__).with_suffix(".toml"))["same_company"]
_SHORT_WORD: Final = 2
"""Letters of an abbreviation, which may stand for a word of the name: "Kessler MB"."""


def look_alike(letter: Letter, application: Application) -> str:
    """Return the other company that a letter is about: "Northwind Traders" for Northwind Analytics; empty for none.

    A name that is only longer says nothing where the domain of its sender says nothing either: people note "Lumen" for
    Lumen Freight.
    """
    sender = letter.received.sender
    if is_domain_of(sender, application.company):
        return ""
    has_domain = bool(sender) and not is_system_of_many(sender)
    names = [name for name in _names(letter) if _is_other(name, application, may_be_longer=has_domain)]
    if not names or application.company in companies_named(_without(letter, names), [application.company]):
        return ""
    return names[0]


def _names(letter: Letter) -> Iterator[str]:
    yield from (name for name, _ in other_companies(letter))
    if letter.name:
        yield letter.name


def _is_other(name: str, application: Application, *, may_be_longer: bool) -> bool:
    own, its = company_words(application.company), company_words(name)
    telling = telling_words(application.company, frozenset()) or own
    if not set(telling) & set(its):
        return False
    more = [word for word in its if not _is_ours(word, own, application)]
    return bool(more) and (may_be_longer or not set(own) <= set(its))


def _is_ours(word: str, own: tuple[str, ...], application: Application) -> bool:
    """Return whether a word is one of the company's name, perhaps shortened, or one that makes no other company."""
    if len(word) <= _SHORT_WORD or word in _SAME | DEPARTMENTS | PROFESSIONS:
        return True
    known = {
        *own,
        *words_of(application.role),
        *(part for one in application.everyone() for part in words_of(one.name)),
    }
    return any(word.startswith(its) or its.startswith(word) for its in known)


def _without(letter: Letter, names: list[str]) -> Letter:
    subject, text, shown = letter.received.subject, letter.text, letter.name
    for name in sorted(names, key=len, reverse=True):
        subject, text, shown = (part.replace(name, " ") for part in (subject, text, shown))
    return replace(letter, received=replace(letter.received, subject=subject), text=text, name=shown)
