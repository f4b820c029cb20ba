"""Applications, steps and writers for the tests of drafting: Wednesday 18 November 2026, 14:00 in Chicago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from changing import replace

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import History, Kind, Step, StepId, StepState, Touch
from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.template_engine import render
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.drafts.write_draft import write_draft
from followup_mail.facts.application import Application, Channel, Person
from followup_mail.message.draft import Attachment, Draft, Mailbox, Sender

CHICAGO = ZoneInfo("America/Chicago")
SENDER = Sender(Mailbox("Jordan Example", "jordan@example.com"), phone="+1 312 555 0142")
# No folder of the user's: only what ships is rendered, in this process.
FOLDERS = TemplateFolders(Path("/nowhere/at/all"))
WRITER = Writer(SENDER, FOLDERS, render)

PRIYA: dict[str, Any] = {
    "name": "Dr. Priya Raman",
    "role": "hiring manager",
    "email": "priya.raman@lumen.example",
    "discussed": ["the move from nightly batches to streaming"],
    "convinced": "how openly you spoke about the outage in March",
}
TOM: dict[str, Any] = {
    "name": "Tom Okafor",
    "email": "tom.okafor@lumen.example",
    "discussed": ["the on-call rota and its quiet hours"],
}
# What people jot, and what they type when they are asked.
JOTTED: dict[str, Any] = {
    "name": "Dr. Priya Raman",
    "role": "hiring manager",
    "email": "priya.raman@lumen.example",
    "discussed": ["wants nightly batches gone by summer", "outage in march, 6 h, told me all of it"],
    "convinced": "pairs w/ every new engineer herself",
}
TYPED: dict[str, Any] = {
    **JOTTED,
    "moment": "I liked that you told me what went wrong in March, because few teams speak of it so openly.",
    "link": (
        "You want the nightly batches gone by summer. I moved such a system to streaming at Harbor Logistics without a "
        "day of downtime, so I would be glad to help with yours."
    ),
    "offer": "Would it help if I sent you the plan that we worked from?",
}
UNSAID = {
    "problem": "You said that new engineers take weeks to learn the alerts.",
    "point": "I maintain the handbook that my present team of twelve works by.",
    "use": "I could send you an outline of it.",
    "also": "I also drew up our list of alerts, which might save your people some work.",
}
ROBIN: dict[str, Any] = {"name": "Robin Recruit", "role": "recruiter", "email": "robin@lumen.example"}
MET = {"start": "2026-11-18 14:00", "duration": "45 min"}
FITS = [
    "at Harbor Logistics I moved a nightly batch system to streaming without a day of downtime",
    "I have been on call for five years and like alerts that mean something",
]


def apply(**changes: Any) -> Application:
    """An application to Lumen Freight with a panel of two, and a recruiter whom nobody met."""
    facts: dict[str, Any] = {
        "slug": "lumen-freight",
        "company": "Lumen Freight",
        "role": "Data Engineer",
        "country": "US",
        "time_zone": "America/Chicago",
        "applied": "2026-11-02",
        "contacts": [ROBIN],
        "fit": FITS,
        "not_mentioned": ["I maintain the on-call handbook that my present team works by"],
        "interviews": [{**MET, "people": [PRIYA, TOM]}],
    }
    return Application.read({**facts, **changes})


def meet(*people: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """One interview with these people, ready for ``apply(interviews=...)``."""
    return [{**MET, "people": list(people), **more}]


def at(moment: str) -> datetime:
    """A moment on the clock of Chicago."""
    return datetime.fromisoformat(moment).replace(tzinfo=CHICAGO)


NEXT_DAY = at("2026-11-19 09:00")
LATER = at("2026-12-08 09:00")
NO_HISTORY = History()


@dataclass(frozen=True)
class Job:
    """What is to be written, in few words."""

    kind: Kind = Kind.THANK_YOU
    to: str = "Dr. Priya Raman"
    wording: str = ""
    at: datetime = NEXT_DAY
    round: int = 1
    nth: int = 1
    via: Person | None = None
    channel: Channel = Channel.EMAIL
    history: History = NO_HISTORY
    attachments: tuple[Attachment, ...] = ()


def assign(application: Application, job: Job) -> Assignment:
    """The assignment of a job, with the person as they were met in the latest interview."""
    member = next(one for one in list_members(application) if one.person.name == job.to)
    met = [one for interview in application.interviews for one in interview.people if one.name == job.to]
    step = Step(
        id=StepId(application.slug, job.kind, job.round, member.handle, job.nth),
        kind=job.kind,
        channel=job.channel,
        person=met[-1] if met else member.person,
        via=job.via,
        state=StepState.DUE,
        due_at=None,
        last_at=None,
        reason="a test",
    )
    return Assignment(application, step, job.history, job.at, job.wording, job.attachments)


def write(application: Application, job: Job, writer: Writer = WRITER) -> Draft:
    """Write a mail."""
    return write_draft(writer, assign(application, job))


def sent(draft: Draft, moment: str, **more: Any) -> Touch:
    """The touch that a mail leaves behind."""
    touch = Touch(
        draft.step, Channel.EMAIL, at(moment), text=draft.text, subject=draft.subject, message_id="<1@x.example>"
    )
    return replace(touch, **more)


def person_named(application: Application, name: str) -> Person:
    """Somebody of an application."""
    return next(one for one in application.everyone() if one.name == name)


def own_folder(tmp_path: Path, files: dict[str, str]) -> TemplateFolders:
    """A user's folder with these templates in it."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return TemplateFolders(tmp_path)
