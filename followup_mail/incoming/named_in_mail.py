"""Whom and what of the applications a mail names: companies, positions, people, the subjects of their threads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from followup_mail.facts.company_names import LEGAL_FORMS, company_core
from followup_mail.facts.names import full_name, slugify
from followup_mail.incoming.machine_words import FORWARDED, REPLIED
from followup_mail.incoming.names_in_text import folded, named_among
from followup_mail.incoming.watched import WatchedApplication, WatchedPerson

SHORTEST: Final = 4
"""Letters that the name of a company must have to be looked for."""
_INITIALS: Final = 2
"""So short a part of a name is an initial or a "Dr"."""
_MARKS_LIMIT: Final = 6
_READ_LIMIT: Final = 20_000


def companies_named(text: str, applications: Sequence[WatchedApplication]) -> tuple[WatchedApplication, ...]:
    """Return the applications whose company a text names, legal forms aside."""
    cores = {company_core(one.company): one.company for one in applications}
    named = named_among(_folded_core(text), [core for core in cores if len(core) >= SHORTEST])
    return tuple(one for one in applications if company_core(one.company) in named)


def names_company(text: str, applications: Sequence[WatchedApplication]) -> bool:
    """Return whether a text names the company of one of these applications."""
    return bool(companies_named(text, applications))


def _folded_core(text: str) -> str:
    """Return a text as ``company_core`` writes names, with hyphens at its ends."""
    return f"-{'-'.join(word for word in slugify(text[:_READ_LIMIT]).split('-') if word not in LEGAL_FORMS)}-"


def named_in_short(
    text: str, applications: Sequence[WatchedApplication], *, first_only: bool = False
) -> tuple[WatchedApplication, ...]:
    """Return the only application whose company has a word that the text has too: "the people at Quill"."""
    last = 1 if first_only else None
    words = {one.slug: company_core(one.company).split("-")[:last] for one in applications}
    telling = {
        slug: [word for word in its if len(word) >= SHORTEST and sum(word in other for other in words.values()) == 1]
        for slug, its in words.items()
    }
    found = tuple(
        one
        for one in applications
        if any(re.search(rf"\b{word[0].upper()}{re.escape(word[1:])}\b", text) for word in telling[one.slug])
    )
    return found if len(found) == 1 else ()


def is_same_person(shown: str, name: str) -> bool:
    """Return whether a display name is a person's, in full: a first name alone is many people's."""
    words = slugify(full_name(shown)).split("-") if shown.strip() and "@" not in shown else []
    its = slugify(full_name(name)).split("-")
    if len(words) < 2 or len(its) < 2:
        return False
    return set(words) <= set(its) or set(its) <= set(words)


def names_person(text: str, applications: Iterable[WatchedApplication]) -> bool:
    """Return whether a text has the full name of somebody of these applications."""
    written = folded(text)
    return any(is_named(person, written) for one in applications for person in one.people)


def mentions_person(text: str, applications: Iterable[WatchedApplication]) -> bool:
    """Return whether a text has a part of the name of somebody of these applications: among colleagues it is enough."""
    names = {word for one in applications for person in one.people for word in full_name(person.name).split()}
    return any(len(word) > 2 and re.search(rf"\b{re.escape(word)}\b", text) for word in names)


def names_role(text: str, applications: Iterable[WatchedApplication]) -> bool:
    """Return whether a text names the position of one of these applications."""
    return bool(named_among(folded(text), {one.role for one in applications if one.role}))


def is_named(person: WatchedPerson, written: str) -> bool:
    """Return whether a folded text has the full name of somebody."""
    name = slugify(full_name(person.name))
    return "-" in name and f"-{name}-" in written


def plain_subject(subject: str) -> str:
    """Return a subject without the marks of answers and forwards, in small letters."""
    for _ in range(_MARKS_LIMIT):
        mark = REPLIED.match(subject) or FORWARDED.match(subject)
        if not mark or not mark.end():
            break
        subject = subject[mark.end() :]
    return " ".join(subject.casefold().split())
