"""Which mails the answers to the questions of an application go into."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.application import Application, Person
from followup_mail.services.asking.ask_questions import FOR_PEOPLE_MET, FOR_UNSAID, next_mail, people_to_thank


class StandingMail(Struct, frozen=True):
    """A mail as it stands now."""

    kind: Kind
    person: Person | None = None
    """None: whomever the plan has it for."""

    @property
    def to(self) -> str:
        """How the reader is named where a name is asked for; empty for whomever the plan has it for."""
        return (self.person.email or self.person.name) if self.person else ""


def mails_of_answers(
    application: Application, now: datetime, kind: Kind | None = None, to: str = ""
) -> tuple[StandingMail, ...]:
    """Return them: for one kind of mail, else what comes next, and the second note where something is there for it."""
    mail = kind or next_mail(application)
    if mail is FOR_PEOPLE_MET:
        people = [person for _, person in people_to_thank(application, now, kind, to)]
        mails = [StandingMail(mail, person) for person in people]
    else:
        mails = [StandingMail(mail)]
    if kind is None and mail is FOR_PEOPLE_MET and application.unsaid.point:
        mails.append(StandingMail(FOR_UNSAID))
    return tuple(mails)
