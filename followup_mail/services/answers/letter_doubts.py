"""What makes one doubt that a letter belongs to an application, or that it says what the user records.

Found before anything is recorded. A letter that names no company, or names it in short, raises none; nor does one from
an agency or from a system that sends for many employers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from followup_mail.cadence.wording import say_day
from followup_mail.checks.prose import words_of
from followup_mail.checks.role_match import is_other_work
from followup_mail.facts.application import Application, Status
from followup_mail.facts.mail_address import domain, is_public, is_same_address, share_domain
from followup_mail.facts.people import is_of_agency
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.letter import Letter
from followup_mail.incoming.no_rejection import find_sign
from followup_mail.incoming.tenor import Reading, is_about_reader, read_tenor
from followup_mail.incoming.tenors import Tenor
from followup_mail.services.answers.fitting_applications import Fit
from followup_mail.services.answers.letter_doubt import Doubt
from followup_mail.services.answers.letter_names import (
    clients_named,
    companies_named,
    company_of_domain,
    is_domain_of,
    other_companies,
    positions_named,
)
from followup_mail.services.answers.letter_writers import of_writer
from followup_mail.services.answers.look_alike_companies import look_alike

_OTHERWISE: Final = {
    Status.REJECTED: frozenset(Tenor) - {Tenor.NO, Tenor.UNKNOWN},
    Status.OFFER: frozenset({Tenor.NO, Tenor.AUTOMATIC, Tenor.DELAY, Tenor.RECEIPT, Tenor.NEWSLETTER}),
    Status.REPLIED: frozenset({Tenor.AUTOMATIC, Tenor.NEWSLETTER}),
    Status.WITHDRAWN: frozenset({Tenor.NO, Tenor.NEWSLETTER}),
    Status.WAITING: frozenset({Tenor.NO, Tenor.OFFER, Tenor.NEWSLETTER}),
}
"""What a letter must not read like, by what is recorded."""
_LONG_BEFORE: Final = timedelta(days=365)
"""So much older than the first day in the facts no letter about an application is."""
_BETTER: Final = {
    Tenor.NO: Status.REJECTED,
    Tenor.OFFER: Status.OFFER,
    Tenor.INVITATION: Status.REPLIED,
    Tenor.DELAY: Status.REPLIED,
}
"""What to record instead."""


def find_doubts(
    letter: Letter, status: Status, slug: str, fits: Sequence[Fit], *, is_named: bool = True
) -> tuple[Doubt, ...]:
    """Return what does not fit: first the application, then what the letter says.

    Whoever named the application has read the letter, and a no can be said in any words: only what plainly reads like
    something else is doubted. ``is_named`` is False where the letter alone tells which it is; then it must say a no.
    """
    own = next((fit for fit in fits if fit.application.slug == slug), None)
    others = [fit for fit in fits if fit.application.slug != slug]
    found = list(_of_company(letter, own, others) if own else ())
    if own and not found:
        found += [*of_writer(letter, own, others), *_of_role(letter, own, others)]
    is_near = own is not None and (own.answers or own.names_role)
    return (
        *found[:1],
        *(_of_day(letter, own.application) if own else ()),
        *_of_tenor(letter, status, is_named, is_near),
    )


def _of_day(letter: Letter, application: Application) -> Iterator[Doubt]:
    """Yield that it was sent long before anything that is known of the application: a wrong clock, or an old letter."""
    known = [one.start.date() for one in application.interviews] + (
        [application.applied] if application.applied else []
    )
    sent = letter.received.on
    if sent and known and min(known) - sent > _LONG_BEFORE:
        first = min(known)
        sentence = f"The letter is of {say_day(sent, 0)}, long before the first day of {application.slug}, "
        yield Doubt(f"{sentence}{say_day(first, 0)}.")


def _of_tenor(letter: Letter, status: Status, is_named: bool, is_near: bool) -> Iterator[Doubt]:
    reading = read_tenor(letter.received.subject, letter.text)
    may_be_no = reading.tenor in {Tenor.NO, Tenor.UNKNOWN}
    if letter.is_bulk and may_be_no and not is_about_reader(letter.received.subject, letter.text):
        reading = Reading(Tenor.NEWSLETTER, letter.received.subject or reading.sentence)
    if reading.tenor in _OTHERWISE.get(status, frozenset()):
        sentence = f"This reads like {reading.tenor}, not like {_RECORDED[status]}{_quote(reading.sentence)}"
        is_delay = reading.tenor is Tenor.DELAY
        yield Doubt(sentence, better=_BETTER.get(reading.tenor), names_day=is_delay)
    elif status is Status.REJECTED and reading.tenor is Tenor.UNKNOWN:
        if sign := find_sign(letter.received.subject, letter.text, is_near=is_near):
            yield Doubt(f"{sign.why}{_quote(sign.sentence)}", better=Status.REPLIED if sign.is_answer else None)
        elif not is_named:
            yield Doubt("No sentence of the letter is plainly a no.")


def _quote(sentence: str) -> str:
    """Return a sentence of theirs as the end of one of ours; a full stop where there is none."""
    if not sentence:
        return "."
    short = sentence if len(sentence) <= 200 else f"{sentence[:199]}\u2026"
    return f': "{short}"'


_RECORDED: Final = {
    Status.REJECTED: "a rejection",
    Status.OFFER: "an offer",
    Status.REPLIED: "an answer",
    Status.WITHDRAWN: "an answer to your withdrawal",
    Status.WAITING: "news that leaves you waiting",
}


def _of_company(letter: Letter, own: Fit, others: Sequence[Fit]) -> Iterator[Doubt]:
    """Yield that it comes from or names another company. What speaks for this one by itself lets that pass."""
    application = own.application
    if own.answers:
        return
    if not own.writes and (name := look_alike(letter, application)):
        known = next((fit.application.slug for fit in others if fit.application.company == name), "")
        yield Doubt(_say_names(letter, name, application), known)
    if own.names_company:
        return
    # "Lumen" names Lumen Freight, unless the letter may be from Lumen Labs.
    strange = (fit for fit in others if not own.short or _has_word(fit.application.company, own.short))
    rival = next((fit for fit in strange if _is_rival(letter, fit, own)), None)
    if rival:
        yield Doubt(_say_rival(letter, rival, application), rival.application.slug)
    elif own.writes and not own.short and _is_recruiters(letter, application):
        yield from (Doubt(_say_names(letter, name, application)) for name in _clients(letter, application))
    elif not own.is_theirs and (name := _stranger(letter, application)):
        yield Doubt(_say_names(letter, name, application))


def _say_names(letter: Letter, name: str, application: Application) -> str:
    where = _say_origin(letter.received.sender) if is_domain_of(letter.received.sender, name) else ""
    return f"The letter {where}names {name}; {application.slug} is {application.company}."


def _clients(letter: Letter, application: Application) -> Iterator[str]:
    """Yield the clients that an agency's letter is about, but for what can be this company, a person or the agency."""
    people = [*application.everyone()]
    own = set(words_of(application.company)).union(*(words_of(person.name) for person in people))
    own |= {company_of_domain(letter.received.sender)}
    for name in clients_named(letter):
        words = words_of(name)
        if not own.intersection(words) and "".join(words) not in own:
            yield name


def _has_word(company: str, short: str) -> bool:
    return short.casefold() in words_of(company)


def _is_rival(letter: Letter, fit: Fit, own: Fit) -> bool:
    """Return whether a letter belongs to another company, by its name or, where it is no agency's, by its domain."""
    if set(words_of(fit.application.company)) == set(words_of(own.application.company)):
        return False
    if _is_named(letter, fit, own):
        return True
    return not own.writes and (fit.writes or _comes_from(letter, fit)) and not _is_agencys(letter, fit.application)


def _is_named(letter: Letter, fit: Fit, own: Fit) -> bool:
    """Return whether the other company is named; where something speaks for this one, not only in passing."""
    company = fit.application.company
    if company not in companies_named(letter, (company, own.application.company)):
        return False
    return not own.clues or company in letter.received.subject or any(map(_starts_like(company), _companies(letter)))


def _companies(letter: Letter) -> list[str]:
    return [name for name, _ in other_companies(letter)]


def _starts_like(company: str) -> Callable[[str], bool]:
    wanted = company.casefold()
    return lambda name: wanted.startswith(name.casefold()) or name.casefold().startswith(wanted)


def _comes_from(letter: Letter, fit: Fit) -> bool:
    sender = letter.received.sender
    return bool(sender) and not is_public(sender) and is_domain_of(sender, fit.application.company)


def _is_agencys(letter: Letter, application: Application) -> bool:
    """Return whether whoever wrote is a recruiter of an agency, who fills posts of several employers."""
    everyone = application.everyone()
    sender = letter.received.sender
    near = [
        one for one in everyone if one.email and (is_same_address(one.email, sender) or share_domain(one.email, sender))
    ]
    return bool(near) and all(is_of_agency(one, everyone, application.company) for one in near)


def _is_recruiters(letter: Letter, application: Application) -> bool:
    """Return whether a recruiter wrote from a domain that is not the company's; its people may have no address."""
    sender = letter.received.sender
    wrote = (one for one in application.everyone() if one.email and is_same_address(one.email, sender))
    is_outside = any(one.role is Role.RECRUITER for one in wrote) and not is_domain_of(sender, application.company)
    return is_outside or _is_agencys(letter, application)


def _say_rival(letter: Letter, rival: Fit, application: Application) -> str:
    company, sender = rival.application.company, letter.received.sender
    comes = bool(sender) and (rival.writes or _comes_from(letter, rival))
    names = rival.names_company or company in companies_named(letter, [company])
    said = " and ".join(
        part for part in (f"comes from {domain(sender)}" if comes else "", f"names {company}" if names else "") if part
    )
    other = "" if names else f", which belongs to {rival.application.slug} ({company})"
    return f"The letter {said or f'names {company}'}{other}; {application.slug} is {application.company}."


def _say_origin(sender: str) -> str:
    return f"comes from {domain(sender)} and " if sender else ""


def _stranger(letter: Letter, application: Application) -> str:
    """Return the company that a letter names although no application is known there; empty where that is not sure."""
    sender = letter.received.sender
    own = set(words_of(application.company)).union(*(words_of(person.name) for person in application.everyone()))
    for name, is_loose in other_companies(letter):
        if own.intersection(words_of(name)):
            return ""
        if not is_loose or is_domain_of(sender, name) or company_of_domain(sender) == name.lower():
            return name
    return ""


def _of_role(letter: Letter, own: Fit, others: Sequence[Fit]) -> Iterator[Doubt]:
    """Yield that it is about another position: that of another application there, or other work altogether."""
    if own.names_role:
        return
    application = own.application
    for fit in others:
        if fit.names_role_in_full and fit.score > own.score and _is_there(fit.application, application):
            is_own = f"{application.slug} is {application.role} at {application.company}"
            yield Doubt(f"The letter is about {fit.application.role}; {is_own}.", fit.application.slug)
            return
    words = frozenset(words_of(application.role)) | frozenset(words_of(application.company))
    titles = positions_named(letter)
    if titles and all(is_other_work(words_of(title), title, words) for title in titles):
        yield Doubt(f"The letter is about {quoted(titles[0])}; {application.slug} is {application.role}.")


def _is_there(one: Application, other: Application) -> bool:
    """Return whether two applications are at one company, or may be written about by the same people."""
    if set(words_of(one.company)) & set(words_of(other.company)):
        return True
    mails = [person.email for person in one.everyone() if person.email]
    return any(share_domain(mail, person.email) for mail in mails for person in other.everyone() if person.email)
