"""Tell that whoever wrote a letter is known in another application only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.checks.known_names import company_words
from followup_mail.facts.application import Application, Person, Status
from followup_mail.facts.mail_address import is_same_address
from followup_mail.facts.names import full_name
from followup_mail.incoming.letter import Letter
from followup_mail.incoming.signed_name import find_signature, name_of_sender
from followup_mail.services.answers.answered_person import is_alike
from followup_mail.services.answers.fitting_applications import Fit
from followup_mail.services.answers.letter_doubt import Doubt

_WAITING: Final = frozenset({Status.WAITING, Status.REPLIED})


def of_writer(letter: Letter, own: Fit, others: Sequence[Fit]) -> Iterator[Doubt]:
    """Yield that the writer, by address or by whole name, belongs to another application, unless more speaks for this.

    Many people share a name, so a name counts only where the address is not that of this company.
    """
    application = own.application
    if own.answers or own.names_role or _knows(application, letter):
        return
    for fit in others:
        is_same = company_words(fit.application.company) == company_words(application.company)
        if own.names_company and not is_same:
            continue
        writer = _writer(fit.application, letter, by_name=is_same or not own.writes)
        if writer:
            other = fit.application
            where = f"{other.slug} ({other.role} at {other.company})"
            yield Doubt(
                f"{writer.name} wrote the letter, and is known in {where}, not in {application.slug}.", other.slug
            )
            return
    if own.score <= 0:
        yield from _of_first_name(letter, application, others)


def _of_first_name(letter: Letter, application: Application, others: Sequence[Fit]) -> Iterator[Doubt]:
    """Yield that only another application that waits has somebody of the first name in the signature.

    Many people share one, so this is asked only where nothing at all speaks for the application.
    """
    signed = find_signature(letter.text)
    if len(full_name(signed).split()) != 1:
        return
    for other in (fit.application for fit in others if fit.application.outcome.status in _WAITING):
        person = next((one for one in other.everyone() if is_alike(signed, one.name)), None)
        if person:
            where = f"{other.slug} ({other.role} at {other.company})"
            sentence = f"The letter is signed {signed}: {person.name} is known in {where}, nobody of that name in "
            yield Doubt(f"{sentence}{application.slug}.", other.slug)
            return


def _names(letter: Letter) -> list[str]:
    return [find_signature(letter.text), name_of_sender(letter.name, letter.received.sender)]


def _knows(application: Application, letter: Letter) -> bool:
    return any(
        _is_from(person, letter) or any(name and is_alike(name, person.name) for name in _names(letter))
        for person in application.everyone()
    )


def _writer(application: Application, letter: Letter, *, by_name: bool) -> Person | None:
    whole = [name for name in _names(letter) if by_name and len(full_name(name).split()) > 1]
    for person in application.everyone():
        if _is_from(person, letter) or any(is_alike(name, person.name) for name in whole):
            return person
    return None


def _is_from(person: Person, letter: Letter) -> bool:
    return bool(person.email) and is_same_address(person.email or "", letter.received.sender)
