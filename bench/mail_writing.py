"""Write the mails of a set with followup-mail itself: a home for each application, and the clock set back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from bench.mail_moments import Job, list_jobs
from bench.mail_sets import Mail, MailKey, Notes
from bench.notes_to_facts import Notebook, write_facts
from followup_mail.cadence.step import Kind
from followup_mail.errors import FollowupError
from followup_mail.facts.debrief import suggest_slug
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import Clock
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

_BELOW_A_COVER: Final = "\n----\n\n"
# The plan would send these later than the set says; the others leave when the plan says.
_AT_A_SET_TIME: Final = {Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY}
# The moment is the set's and no fault of the mail.
_IGNORED: Final = ("too-early",)
_AHEAD: Final = timedelta(minutes=15)
# Nothing is asked unless the environment names a writing model; whoever names one there agrees.
_ASKING: Final = Asking(Author.MODEL, agree=lambda _: True)


@dataclass(frozen=True)
class Home:
    """The folder of one candidate with one application."""

    workspace: Workspace
    slug: str
    clock: Clock


def write_mails(application: Notes, wanted: Iterable[MailKey], folder: Path, notebook: Notebook) -> Iterator[Mail]:
    """Yield each mail of an application, or why it could not be written, in the order of time.

    Each is recorded as sent before the next one is written, so that no later mail repeats it.
    """
    jobs = list_jobs(application, wanted)
    home = make_home(application, folder, jobs[0])
    try:
        for job in jobs:
            empty = Mail(str(application["id"]), str(job.kind), job.to, at=job.moment.isoformat())
            try:
                yield _write(home, application, job, notebook, empty)
            except FollowupError as error:
                yield replace(empty, missing=f"{error.sentence} {error.fix}".strip())
            except Exception as error:  # a fault of the program loses this mail, not the whole run
                yield replace(empty, missing=f"{type(error).__name__}: {error}")
    finally:
        home.workspace.close()


def make_home(application: Notes, folder: Path, first: Job) -> Home:
    """Make the folder with its settings and a stand-in for each promised file."""
    candidate = application["candidate"]
    settings = {name: candidate.get(name, "") for name in ("name", "email", "phone")}
    settings |= {"time_zone": application["time_zone"], "country": application["country"]}
    folder.mkdir()
    text = "".join(f'{variable(name)}="{value}"\n' for name, value in settings.items() if value)
    (folder / ".env").write_text(text, "utf-8")
    clock = Clock(first.moment)
    workspace = Workspace(load_settings(writing_model_settings(), folder), clock)
    slug = suggest_slug(application["company"], application["role"], ())
    workspace.facts.folder.mkdir()
    for promise in application.get("promised", ()):
        if promise.get("file"):
            (workspace.facts.folder / promise["file"]).write_bytes(b"A stand-in for the promised file.\n")
    return Home(workspace, slug, clock)


def writing_model_settings() -> dict[str, str]:
    """Return what the environment says about a writing model, and nothing else of it."""
    return {name: value for name, value in os.environ.items() if name.startswith(variable("writer_"))}


def _write(home: Home, application: Notes, job: Job, notebook: Notebook, empty: Mail) -> Mail:
    home.clock.shows = job.moment
    home.workspace.facts.path(home.slug).write_text(write_facts(application, job, notebook), "utf-8")
    at = f"{job.moment + _AHEAD:%Y-%m-%d %H:%M}" if job.kind in _AT_A_SET_TIME else ""
    request = Request(home.slug, job.kind, (job.to,), at=at, ignore=_IGNORED, even_taken=True)
    batch = prepare(home.workspace, request, asking=_ASKING)
    if not batch.prepared:
        return replace(empty, missing=" ".join(batch.left) or "Nothing was written.")
    prepared = batch.prepared[0]
    mail = _as_mail(prepared, empty)
    try:
        log_touch(home.workspace, Done(home.slug, "email", job.to, str(job.kind), said=mail.body))
    except FollowupError as error:  # the mail is written all the same, and later ones may repeat it
        notebook.note(f"{mail.key} was not recorded as sent: {error.sentence}")
    return mail


def _as_mail(prepared: Prepared, empty: Mail) -> Mail:
    """Return what the person meant reads; the cover for somebody who passes it on is cut."""
    written = prepared.written
    draft, step = written.draft, written.step
    text = draft.text.partition(_BELOW_A_COVER)[2] if step.via else draft.text
    due = written.timing.due_at
    return replace(
        empty,
        subject=draft.subject,
        body=text.strip(),
        wording=draft.model or draft.wording,
        why_not=written.model_use.why_not if written.model_use else "",
        findings=tuple(finding.code for finding in prepared.findings),
        attached=tuple(file.filename for file in draft.attachments),
        at=due.isoformat() if due else empty.at,
    )
