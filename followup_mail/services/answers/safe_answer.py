"""Whom an answer to a rejection goes to where a letter could be forged: From and Reply-To prove nothing.

Whoever the facts have an address of keeps it, and a letter from a domain that nobody of the application has is answered
to whom the plan would write to. The address of the letter is the other choice, which only a person makes.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from followup_mail.cadence.planning_context import addressee
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application, Channel, Person
from followup_mail.facts.mail_address import is_same_address, share_domain
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.letter import Letter
from followup_mail.services.answers.answered_person import Answered, whom_to_answer
from followup_mail.services.context.application_context import open_loaded
from followup_mail.workspace import Workspace


def whom_to_draft_to(workspace: Workspace, letter: Letter, application: Application) -> tuple[Answered, ...]:
    """Return whom an answer may go to: first whom it goes to unasked, then whom the user may choose instead."""
    choices = whom_to_answer(letter, application)
    first = choices[0]
    if first.known and first.known.email:
        return (_at_known(first, first.known, first.known.email), _moved(first)) if first.moves else choices
    if not first.email or is_unread(first.email) or _belongs(first.email, application.everyone()):
        return choices
    reader = _reader(workspace, application)
    return choices if reader is None else (_instead(first, reader, application), first)


def _at_known(found: Answered, known: Person, email: str) -> Answered:
    asks = f"The letter gives {found.email} for {known.name}, whose address in the facts is {email}."
    return Answered(known.name, email, known, f"{asks[:-1]}: the answer goes to the one in the facts.", asks)


def _moved(found: Answered) -> Answered:
    before = found.known.email if found.known else ""
    return replace(found, told=f"The address of {found.name} in the facts is {found.email} now, instead of {before}.")


def _instead(found: Answered, reader: Person, application: Application) -> Answered:
    asks = f"An answer would go to {found.email}, and no address in the facts says that it is {application.company}'s."
    told = f"{asks[:-1]}: it goes to {reader.name} ({reader.email}) instead."
    return Answered(reader.name, reader.email or "", reader, told, asks, is_instead=True)


def _belongs(email: str, everyone: Iterable[Person]) -> bool:
    """Return whether somebody of the application has this address, or one at its domain."""
    known = [person.email for person in everyone if person.email]
    return any(is_same_address(email, one) or share_domain(email, one) for one in known)


def _reader(workspace: Workspace, application: Application) -> Person | None:
    """Return whom the plan would write to if nobody had written; None where nobody has an address."""
    try:
        planning = open_loaded(workspace, application).planning
        member = addressee(planning, planning.latest, Channel.EMAIL)
    except FollowupError:
        member = None
    if member and member.person.email:
        return member.person
    return next((person for person in application.everyone() if person.email), None)
