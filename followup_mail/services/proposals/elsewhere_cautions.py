"""What other applications say against changed facts: the same people with another address, a company of that name.

A deceiver who can't change an address without being seen may open an application beside the true one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from followup_mail.checks.company_mentions import telling_words
from followup_mail.checks.known_names import company_words
from followup_mail.facts.application import Application
from followup_mail.facts.names import slugify
from followup_mail.services.context.people_compared import as_seen, list_people
from followup_mail.services.proposals.address_cautions import list_fresh
from followup_mail.services.proposals.caution import Caution, CautionKind, say_name
from followup_mail.services.proposals.plan_proposal import PlannedFacts
from followup_mail.workspace import Workspace

_ALIKE: Final = 0.8


def cautions_from_elsewhere(workspace: Workspace, planned: PlannedFacts) -> tuple[Caution, ...]:
    """Return what other applications have otherwise; files that can't be read say nothing."""
    others = [one for one in workspace.facts.load_all()[0] if one.slug != planned.application]
    return (*_addresses(planned, others), *_companies(planned.before, planned.after, others))


def _addresses(planned: PlannedFacts, others: Sequence[Application]) -> Iterator[Caution]:
    fresh, people = list_fresh(planned.before, planned.after), list_people(planned.after)
    for key, email in sorted(fresh):
        name = people[key].name
        for application, theirs in _known_as(name, others).items():
            if email not in {one.casefold() for one in theirs}:
                words = (
                    f"In {application} {say_name(name)} has the address {' and '.join(theirs)}, "
                    f"and not {email}: somebody of that name would get mails elsewhere."
                )
                yield Caution(CautionKind.ADDRESS, words)


def _known_as(name: str, others: Sequence[Application]) -> dict[str, list[str]]:
    """Return the addresses of somebody whose name looks the same, by the short name of the application."""
    found: dict[str, list[str]] = {}
    for application in others:
        for person in application.everyone():
            is_same = slugify(person.name) == slugify(name) or as_seen(person.name) == as_seen(name)
            if person.email and (is_same or _names_alike(person.name, name)):
                found.setdefault(application.slug, []).append(person.email)
    return {slug: list(dict.fromkeys(emails)) for slug, emails in found.items()}


def _names_alike(one: str, other: str) -> bool:
    """Return whether two names begin and end alike: "Dr. Mei Lin Zhao" and "Mei L. Zhao"."""
    words = [[word for word in as_seen(name).split() if len(word) > 2] for name in (one, other)]
    return all(len(each) > 1 for each in words) and (words[0][0], words[0][-1]) == (words[1][0], words[1][-1])


def _companies(before: Mapping[str, Any], after: Mapping[str, Any], others: Sequence[Application]) -> Iterator[Caution]:
    company = str(after.get("company", ""))
    if before.get("company") == company:
        return
    for other in others:
        if other.company == company:
            words = f"There is an application at {say_name(company)} already: {other.slug}."
        elif _are_companies_alike(company, other.company):
            words = (
                f"The company {say_name(company)} is named like {say_name(other.company)} in {other.slug}; "
                "it may be the same, or only look so."
            )
        else:
            continue
        yield Caution(CautionKind.COMPANY, words)


def _are_companies_alike(one: str, other: str) -> bool:
    telling = (set(telling_words(name, frozenset()) or company_words(name)) for name in (as_seen(one), as_seen(other)))
    seen = (as_seen(one), as_seen(other))
    return bool(set.intersection(*telling)) or SequenceMatcher(None, *seen, autojunk=False).ratio() >= _ALIKE
