"""Titles of positions compared: the same one in other words, or another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.checks.prose import word_set
from followup_mail.checks.stock_words import GRAMMAR, is_stock, stem

# What a position can be called in the end. One line, one profession: its words stand for each other.
_PROFESSIONS: Final = tuple(
    word_set(line)
    for line in """
    engineer developer programmer coder swe sde dev
    scientist researcher
    analyst
    designer
    manager head lead leader director supervisor vp
    coordinator organiser organizer
    assistant secretary aide
    associate
    architect
    administrator admin sysadmin
    consultant adviser advisor
    nurse rn midwife
    physician doctor surgeon
    therapist counsellor counselor psychologist
    pharmacist
    teacher lecturer tutor instructor educator professor
    accountant bookkeeper controller auditor
    lawyer attorney solicitor paralegal counsel
    writer copywriter editor journalist author
    marketer
    salesperson seller
    recruiter
    librarian archivist
    chef cook baker
    waiter waitress server barista bartender
    driver
    electrician plumber carpenter mechanic technician welder fitter
    cashier
    receptionist
    officer
    specialist
    intern trainee apprentice
    planner
    strategist
    translator interpreter
    photographer
    curator
    gardener
    producer
    animator illustrator artist
    buyer
    broker
    underwriter
    caretaker janitor cleaner
    guard
    pilot
    conductor
    """.strip().splitlines()
)
_RANKS: Final = word_set("""
    senior junior sr jr mid middle staff principal lead associate assistant deputy head chief entry graduate
    experienced full time part permanent temporary freelance contract remote hybrid onsite i ii iii iv open
    available current vacant above exciting great advertised possible potential same new interesting and of the
    a an in for to at your our with or first second third final round phone video yesterday's today's
""")
_IN_TITLES: Final = word_set("of and for the a an in to at with your our new first second")
_SHORT: Final = {
    "ai": "artificial intelligence",
    "back-end": "back end server api",
    "backend": "back end server api",
    "devops": "operations",
    "front-end": "front end web",
    "frontend": "front end web",
    "full-stack": "software web",
    "hr": "human resources people",
    "it": "information technology",
    "lab": "laboratory",
    "ml": "machine learning",
    "ops": "operations",
    "pm": "product project program manager",
    "qa": "quality test",
    "sre": "site reliability engineer",
    "swe": "software engineer",
    "ui": "user interface",
    "ux": "user experience",
}


def is_other_role(words: tuple[str, ...], written: str, own: frozenset[str]) -> bool:
    """Tell whether a title names another position than the words of the own role and company do.

    It does by its profession ("analyst" for an engineer) or, when it is written as a title, by everything else in it.
    """
    named, own = _spelt_out(frozenset(words)), _spelt_out(own)
    professions = [profession for profession in map(_profession, words) if profession]
    if not professions or not _IN_TITLES.issuperset(named & GRAMMAR):
        return False
    if not any(profession & own or _stems(profession) & _stems(own) for profession in professions):
        return True
    special, own_special = _special(named), _special(own)
    parts = written.split()
    is_title = sum(part[:1].isupper() for part in parts) * 2 >= len(parts)
    return is_title and bool(special and own_special) and not _stems(special) & _stems(own_special)


def _special(words: frozenset[str]) -> set[str]:
    """Return the words that say what kind of engineer: neither the profession, nor its rank, nor filling."""
    kept = {"product", "project", "program", "account", "operations", "support", "quality", "people", "service"}
    return {
        word for word in words if not (word in _RANKS or _profession(word) or (is_stock(word) and word not in kept))
    }


def _profession(word: str) -> frozenset[str]:
    single = word.removesuffix("s")
    return next((line for line in _PROFESSIONS if word in line or single in line), frozenset())


def _spelt_out(words: frozenset[str]) -> frozenset[str]:
    return words | {part for word in words if word in _SHORT for part in _SHORT[word].split()}


def _stems(words: Iterable[str]) -> set[str]:
    return {stem(word) for word in words}
