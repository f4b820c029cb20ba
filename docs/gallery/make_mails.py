"""The mails of docs/gallery.md, each with the answers that it came from, written from the facts files here.

``docs/refresh.py`` runs this; it reads nothing but the facts files beside it and the templates that ship.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import History, Kind, Step, StepId, StepState, Touch
from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.template_engine import render
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.drafts.write_draft import write_draft
from followup_mail.facts.application import Application, Channel, Outcome, Person, is_same_person
from followup_mail.facts.application_file import parse_application
from followup_mail.language.promises import promises_to
from followup_mail.message.draft import Attachment, Draft, Mailbox, Sender

_HERE: Final = Path(__file__).parent
_NO_OWN_TEMPLATES: Final = TemplateFolders(Path("/nowhere/at/all"))
_CANDIDATES: Final = {
    "clinical-pharmacist": Sender(Mailbox("Ilse Brandauer", "ilse@brandauer.example"), phone="+43 660 5550142"),
    "corrib-workshop": Sender(Mailbox("Cathal Moran", "cathal.moran@mail.example"), phone="+353 85 555 0142"),
    "orchard-tech": Sender(Mailbox("Rosa Quint", "rosa.quint@mail.example"), phone="+1 208 555 0142"),
    "head-of-collections": Sender(Mailbox("Ngozi Albright", "ngozi@albright.example"), phone="+44 7700 900142"),
}


class Job(NamedTuple):
    """One mail of the gallery: for which application, to whom, and when it leaves on the clock of the application."""

    slug: str
    kind: Kind
    to: str
    at: str
    what: str


JOBS: Final = (
    Job("clinical-pharmacist", Kind.THANK_YOU, "Dr. Annelie Voss", "2026-11-18 09:00", "panel of three, formal"),
    Job("clinical-pharmacist", Kind.THANK_YOU, "Prof. Georg Haidinger", "2026-11-18 09:06", "panel of three, formal"),
    Job("clinical-pharmacist", Kind.THANK_YOU, "Mirjam Kofler", "2026-11-18 09:12", "panel of three, friendly"),
    Job("corrib-workshop", Kind.THANK_YOU, "Declan Tierney", "2026-11-25 09:00", "friendly"),
    Job("orchard-tech", Kind.THANK_YOU, "Marisol Etcheverry", "2026-11-20 09:00", "friendly"),
    Job("head-of-collections", Kind.THANK_YOU, "Helena Sturt", "2026-11-13 09:30", "formal"),
    Job("clinical-pharmacist", Kind.ADDITIONAL_DETAIL, "Dr. Annelie Voss", "2026-11-24 10:00", "formal"),
    Job("head-of-collections", Kind.ADDITIONAL_DETAIL, "Helena Sturt", "2026-11-19 10:00", "formal"),
    Job("corrib-workshop", Kind.STATUS_INQUIRY, "Declan Tierney", "2026-12-08 09:00", "friendly"),
    Job("orchard-tech", Kind.STATUS_INQUIRY, "Wade Pruitt", "2026-12-07 09:00", "friendly"),
    Job("orchard-tech", Kind.REJECTION_THANKS, "Marisol Etcheverry", "2026-12-10 09:00", "friendly"),
    Job("head-of-collections", Kind.REJECTION_THANKS, "Helena Sturt", "2026-12-03 09:30", "formal"),
)
_SENTENCES: Final = frozenset(
    {"moment", "link", "offer", "says", "problem", "point", "use", "also", "why_them", "understood", "onward"}
)
"""The keys whose sentences stand in a mail as they were typed."""


class Written(NamedTuple):
    """A mail of the gallery, and what it was written from."""

    job: Job
    draft: Draft
    application: Application
    person: Person
    answers: tuple[tuple[str, str], ...]
    """The facts that the mail can use, as key and text."""

    @property
    def is_from_notes(self) -> bool:
        """Whether somebody jotted notes for it, and typed no sentence."""
        keys = {key for key, _ in self.answers}
        return not keys & _SENTENCES and bool(keys & {"discussed", "convinced", "fit", "reason"})


def write_mails() -> list[Written]:
    """Write every mail, in the order of the page; a later mail to somebody knows the earlier mails."""
    sent: dict[str, list[Touch]] = {}
    written = []
    for job in JOBS:
        mail = _write(job, History(tuple(sent.get(job.slug, ()))))
        sent.setdefault(job.slug, []).append(_as_touch(mail))
        written.append(mail)
    return written


def mails_page() -> str:
    """Return the part of the page with the mails."""
    return "\n".join(_show(number, mail) for number, mail in enumerate(write_mails(), start=1))


def read_application(slug: str) -> Application:
    """Return one of the invented applications."""
    path = _HERE / f"{slug}.toml"
    return parse_application(path.read_text("utf-8"), path, slug)


def _write(job: Job, history: History) -> Written:
    application = read_application(job.slug)
    if job.kind is not Kind.REJECTION_THANKS:
        application = application.copy_with(outcome=Outcome())
    member = next(member for member in list_members(application) if member.person.name == job.to)
    met = (met for interview in application.interviews for met in interview.people)
    person = next((other for other in met if is_same_person(other, member.person)), member.person)
    at = datetime.fromisoformat(job.at).replace(tzinfo=application.interviews[0].zone)
    step_id = StepId(application.slug, job.kind, 1, member.handle)
    step = Step(step_id, job.kind, Channel.EMAIL, person, None, StepState.DUE, None, None, "the gallery")
    files = _attach(application, person) if job.kind.traits.carries_promised_files else ()
    writer = Writer(_CANDIDATES[job.slug], _NO_OWN_TEMPLATES, render)
    draft = write_draft(writer, Assignment(application, step, history, at, attachments=files))
    return Written(job, draft, application, person, tuple(_answers(application, person, job.kind)))


def _attach(application: Application, person: Person) -> tuple[Attachment, ...]:
    """Return what stands for the promised files."""
    names = [kept.promise.file for kept in promises_to(application, person) if kept.promise.file]
    return tuple(Attachment(Path(name), name, "application/pdf", sha256(b"").hexdigest(), b"") for name in names)


def _as_touch(mail: Written) -> Touch:
    at = datetime.fromisoformat(mail.job.at).replace(tzinfo=mail.application.interviews[0].zone)
    message_id = f"<{mail.job.kind}@{mail.job.slug}.example>"
    draft = mail.draft
    return Touch(draft.step, Channel.EMAIL, at, text=draft.text, subject=draft.subject, message_id=message_id)


def _answers(application: Application, person: Person, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield what a mail of a kind to a person can be made of, as key and text."""
    given = {
        Kind.THANK_YOU: _for_thanks,
        Kind.ADDITIONAL_DETAIL: _for_second_note,
        Kind.STATUS_INQUIRY: _for_inquiry,
        Kind.REJECTION_THANKS: _after_rejection,
    }[kind]
    yield from ((key, str(text)) for key, text in given(application, person) if text)


def _for_thanks(application: Application, person: Person) -> Iterator[tuple[str, object]]:
    yield from (("discussed", note) for note in person.discussed)
    yield "convinced", person.convinced
    if not person.link:
        yield from (("fit", note) for note in application.fit)
    yield from (("moment", person.moment), ("link", person.link), ("offer", person.offer))
    for kept in promises_to(application, person):
        yield from (("what", kept.promise.what), ("file", kept.promise.file), ("says", kept.promise.says))


def _for_second_note(application: Application, _: Person) -> Iterator[tuple[str, object]]:
    unsaid = application.unsaid
    yield from (("not_mentioned", note) for note in application.not_mentioned)
    yield from (("problem", unsaid.problem), ("point", unsaid.point), ("use", unsaid.use), ("also", unsaid.also))
    yield "why_them", application.why_them


def _for_inquiry(application: Application, _: Person) -> Iterator[tuple[str, object]]:
    said = application.said
    yield from (("decision_by", said.decision_by), ("by", said.by), ("ask", said.ask), ("quote", said.quote))


def _after_rejection(application: Application, _: Person) -> Iterator[tuple[str, object]]:
    outcome = application.outcome
    yield from (("told", outcome.told), ("reason", outcome.reason))
    yield from (("understood", outcome.understood), ("onward", outcome.onward))


def _show(number: int, mail: Written) -> str:
    """Return a mail and its answers as Markdown."""
    job, company, person = mail.job, mail.application.company, mail.person
    reader = f"{person.name}, {person.title}" if person.title else person.name
    notes = ", **from notes alone**" if mail.is_from_notes else ""
    wording = f"; wording `{mail.draft.wording}`"
    heading = f"## {number}. {job.kind.traits.in_heading}: {mail.application.role} at {company}"
    answers = "".join(f"- `{key}`: {text}\n" for key, text in mail.answers)
    reads = f"To {reader} ({job.what}{notes}{wording})"
    return f"{heading}\n\n{reads}\n\n{_quote(mail.draft)}\n\nFrom these answers:\n\n{answers}"


def _quote(draft: Draft) -> str:
    """Return a mail as a quotation, with the words of the person in bold type."""
    text, shown, end = draft.text.rstrip("\n"), "", 0
    for start, stop in draft.own_words:
        shown += f"{text[end:start]}**{text[start:stop]}**"
        end = stop
    paragraphs = (shown + text[end:]).replace("** **", " ").split("\n\n")
    body = "\n>\n".join("> " + "\\\n> ".join(paragraph.split("\n")) for paragraph in paragraphs)
    return f"> Subject: {draft.subject}\n>\n{body}"
