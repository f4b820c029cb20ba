"""Who reads the mails that are not for everybody, before there is a plan to say so."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.application import Application, is_same_person
from followup_mail.facts.people import Person
from followup_mail.facts.terms import Role

_ANSWERING: Final = (Role.RECRUITER, Role.HIRING_MANAGER, Role.COORDINATOR)


def follow_up_reader(application: Application) -> Person | None:
    """Return who the second note will go to, as the plan chooses of the last round: by role, else who told the next
    steps, else the first. None where nobody is known.
    """
    last = max((interview.round for interview in application.interviews), default=0)
    met = [person for interview in application.interviews if interview.round == last for person in interview.people]
    near = [*application.contacts, *met]
    by_role = (person for role in _ANSWERING for person in near if person.role is role)
    told = application.teller()
    tellers = (person for person in near if told and is_same_person(person, told))
    found = next(by_role, None) or next(tellers, None) or next(iter(met), None)
    everyone = application.everyone()
    return next((person for person in everyone if found and is_same_person(person, found)), found)


def answer_reader(application: Application) -> Person | None:
    """Return who gets the answer to a rejection: whoever wrote it, else who follow-ups go to."""
    by = (application.outcome.by or "").casefold()
    wrote = (person for person in application.everyone() if by and (person.email or "").casefold() == by)
    return next(wrote, None) or (None if by else follow_up_reader(application))
