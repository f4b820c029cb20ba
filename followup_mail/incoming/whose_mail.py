"""Which applications a mail belongs to: by the thread, the address, another address of the same person, then the
domain, the subject, and the company that a system or an assistant names.

What speaks for it stands in the headers as a rule, so that others' mail is never read. Where a person or a domain has
several applications, the thread decides, else what subject and text name; else all of them that are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from msgspec import Struct

from followup_mail.facts.company_names import company_core
from followup_mail.facts.mail_address import domain, is_in_domain, is_public, is_same_address
from followup_mail.facts.names import full_name, slugify
from followup_mail.incoming.machine_words import REPLIED
from followup_mail.incoming.named_in_mail import (
    SHORTEST,
    companies_named,
    is_named,
    is_same_person,
    named_in_short,
    plain_subject,
)
from followup_mail.incoming.names_in_text import folded, named_among
from followup_mail.incoming.opened_mail import Mailbox, OpenedMail
from followup_mail.incoming.system_mail import is_job_board, is_system
from followup_mail.incoming.watched import Watched, WatchedApplication, WatchedPerson

_SLACK: Final = timedelta(days=1)
"""Their clock may be a day behind."""
_SUBJECT_WORDS: Final = 3


class By(IntEnum):
    """What tells that a mail belongs somewhere, the surest first."""

    THREAD = 1
    ADDRESS = 2
    ALIAS = 3
    SUBJECT = 4
    DOMAIN = 5
    COMPANY = 6


class Match(Struct, frozen=True):
    """What a mail belongs to."""

    by: By
    applications: tuple[WatchedApplication, ...]
    """The likeliest first."""
    why: str
    person: WatchedPerson | None = None
    """Who wrote it, where that is known."""

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(one.slug for one in self.applications)


def find_match(mail: OpenedMail, watched: Watched, today: date) -> Match | None:
    """Return what a mail that somebody else sent belongs to; None for others' mail.

    With its parts, a mail also tells by its text which of several applications it means.
    """
    applications = looked_at(watched, mail.day(today))
    for find in (_by_thread, _by_address, _by_alias, _by_subject, _by_domain):
        if found := find(mail, applications):
            return found
    is_at_home = domain(mail.sender.address) in {domain(one) for one in watched.own}
    return None if is_at_home else _by_company(mail, applications)


def looked_at(watched: Watched, day: date) -> tuple[WatchedApplication, ...]:
    """Return the applications that mail of a day is looked for."""
    return tuple(one for one in watched.applications if one.since - _SLACK <= day)


def _by_thread(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    return in_thread(mail.references, applications)


def in_thread(ids: Sequence[str], applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the application whose thread a mail goes on, by what it answers; the latest decides."""
    threads = {thread.message_id: (one, thread) for one in applications for thread in one.threads}
    found = next((threads[id_] for id_ in reversed(ids) if id_ in threads), None)
    if found is None:
        return None
    application, thread = found
    whose = "your mail" if thread.to else "their mail"
    return Match(By.THREAD, (application,), f'it goes on {whose} "{thread.subject}"'[:200], None)


def _by_address(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    for address in _writers(mail):
        if match := whose_address(address, applications):
            return narrowed(match, mail)
    return None


def _writers(mail: OpenedMail) -> tuple[str, ...]:
    """Return the addresses that tell who wrote: of a system's mail, also where an answer to it goes."""
    sender = mail.sender.address
    replies = tuple(one.address for one in mail.mailboxes("Reply-To")) if is_system(sender) else ()
    return tuple(filter(None, (sender, *replies)))


def whose_address(address: str, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the applications that have a person of an address, or to which a mail went out to it."""
    people = _people(applications)
    found = [(one, person) for one, person in people if person.email and is_same_address(address, person.email)]
    if found:
        return Match(By.ADDRESS, tuple(one for one, _ in found), f"{full_name(found[0][1].name)} wrote it", found[0][1])
    written = tuple(one for one in applications if any(is_same_address(address, thread.to) for thread in one.threads))
    return Match(By.ADDRESS, written, f"you wrote to {address}") if written else None


def _by_alias(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return whose other address it comes from: the same name, at whatever domain; what it says must fit."""
    name, address = mail.sender
    if not address or is_system(address):
        return None
    known = _domain_of(address, applications)
    found = [
        (one, person)
        for one, person in _people(applications)
        if is_same_person(name, person.name) and (one in known or is_public(address) or not known)
    ]
    if not found:
        return None
    why = f"{full_name(found[0][1].name)} wrote it from another address"
    return narrowed(Match(By.ALIAS, tuple(one for one, _ in found), why, found[0][1]), mail)


def _by_subject(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the application that a mail with the subject of one of its threads answers.

    Some programs lose the References. A mark of an answer is needed, and a subject that is not everybody's.
    """
    if not REPLIED.match(mail.subject):
        return None
    subject = plain_subject(mail.subject)
    if len(subject.split()) < _SUBJECT_WORDS:
        return None
    found = tuple(one for one in applications if any(plain_subject(its.subject) == subject for its in one.threads))
    return Match(By.SUBJECT, found, f'it answers "{mail.subject}"'[:200]) if found else None


def _by_domain(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    for address in _writers(mail):
        if match := whose_domain(address, applications):
            return narrowed(match, mail)
    return None


def _by_company(mail: OpenedMail, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the applications whose company the sender's name or the subject has."""
    name, address = mail.sender
    if not address or is_public(address):
        return None
    found = companies_named(f"{name}\n{mail.subject}", applications)
    if found:
        return narrowed(Match(By.COMPANY, found, f"it names {found[0].company}"), mail)
    if not is_job_board(address):
        return None
    # LinkedIn and others pass on what somebody wrote there.
    written = folded(f"{name}\n{mail.subject}")
    named = [(one, person) for one, person in _people(applications) if is_named(person, written)]
    why = f"it names {full_name(named[0][1].name)}" if named else ""
    return Match(By.COMPANY, tuple(one for one, _ in named), why, named[0][1]) if named else None


def narrowed(match: Match, mail: OpenedMail) -> Match:
    """Return a match with the applications that subject or text name; where they name none, with all that are open."""
    if len(match.applications) < 2:
        return match
    meant = _meant(match.applications, mail.subject) or _meant(match.applications, mail.own_words)
    meant = meant or _meant(match.applications, mail.text)
    chosen = meant or tuple(one for one in match.applications if one.is_open) or match.applications
    return Match(match.by, chosen, match.why, match.person)


def _meant(applications: Sequence[WatchedApplication], text: str) -> tuple[WatchedApplication, ...]:
    """Return the applications whose thread, company or position a text names."""
    subject = plain_subject(text) if "\n" not in text else ""
    by_subject = [one for one in applications if any(plain_subject(its.subject) == subject for its in one.threads)]
    if subject and len(by_subject) == 1:
        return tuple(by_subject)
    companies = companies_named(text, applications)
    roles = named_among(folded(text), {one.role for one in applications})
    by_role = tuple(one for one in companies or applications if one.role in roles)
    if by_role or not companies:
        return by_role or named_in_short(text, applications)
    # "Harbor Data: ... Quill: ...": one in full, another in short.
    others = tuple(one for one in applications if one not in companies)
    in_short = tuple(one for one in others if "\n" in text and named_in_short(text, (one,), first_only=True))
    return (*companies, *in_short)


def _people(applications: Sequence[WatchedApplication]) -> list[tuple[WatchedApplication, WatchedPerson]]:
    return [(one, person) for one in applications for person in one.people]


def _domain_of(address: str, applications: Sequence[WatchedApplication]) -> tuple[WatchedApplication, ...]:
    return tuple(one for one in applications if _is_of_domain(address, one))


def _is_of_domain(address: str, application: WatchedApplication) -> bool:
    """Return whether an address belongs to the domain of an application's people, or to one called like the company."""
    if is_public(address):
        return False
    return any(is_in_domain(address, its) for its in application.domains) or _is_called_like(address, application)


def _is_called_like(address: str, application: WatchedApplication) -> bool:
    """Return whether a domain is called like the company."""
    labels = {label.replace("-", "") for label in domain(address).split(".")[:-1]}
    company = application.company
    said = (company_core(company), slugify(company), slugify(company.replace("&", " and ")))
    names = {one.replace("-", "") for one in said}
    return any(len(label) > SHORTEST and label in labels for label in names)


def whose_domain(address: str, applications: Sequence[WatchedApplication]) -> Match | None:
    """Return the applications to whose domain an address belongs."""
    found = _domain_of(address, applications) if address else ()
    return Match(By.DOMAIN, found, f"it comes from {domain(address)}") if found else None


def shown_as(sender: Mailbox) -> str:
    """Return how a sentence calls a sender."""
    return sender.name or sender.address
