"""What they answered: recorded with its day and their letter, once what does not seem to fit was confirmed."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.services.answers.record_letter import Came
from followup_mail.services.answers.record_outcome import read_past_day, read_status
from followup_mail.services.answers.settle_letter import SettledLetter, settle_letter
from followup_mail.services.answers.take_letter import take_letter
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import ChangedError, facts_version
from followup_mail.web.views.deciding.acting import name_of
from followup_mail.web.views.deciding.letters import ask_about, chosen, is_open, record_and_go
from followup_mail.workspace import Workspace

STATUSES: Final = (Status.REPLIED, Status.REJECTED, Status.OFFER, Status.WITHDRAWN, Status.WAITING)


class FieldError(Exception):
    """What is wrong with one field."""

    def __init__(self, field: str, error: FollowupError) -> None:
        super().__init__(error.sentence)
        self.field, self.error = field, error


def show_answer(asked: Asked) -> Response:
    """Ask what they answered."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def record(asked: Asked) -> Response:
    """Record it; a letter that does not seem to fit, or that two people can be answered for, is asked about first."""
    slug, word = asked.path["slug"], asked.form.get("status")
    name = "rejected" if word == Status.REJECTED else "outcome"
    with asked.open(f"{name} {slug}{'' if name == 'rejected' else f' {word}'}") as workspace:
        application = workspace.facts.load(slug)
        try:
            asked.require_shown(facts_version(workspace.facts.text(slug)))
            status, on = _read_status(word), _read_day(asked, workspace)
            settled = _settle(workspace, application, status, read_letter_given(asked))
            if settled and is_open(asked, settled):
                return _ask(asked, workspace, status, settled)
            reason = asked.form.get("reason").strip() if status is Status.REJECTED else ""
            came = settled.came(chosen(asked), on, reason) if settled else Came(slug, on=on, reason=reason)
            return record_and_go(asked, workspace, came, status)
        except FieldError as found:
            return _page(asked, workspace, 422, wrong={found.field: found.error})
        except ChangedError as error:
            return _page(asked, workspace, 409, error=error)
        except FollowupError as error:
            return _page(asked, workspace, 422, error=error)


def read_letter_given(asked: Asked) -> bytes:
    """Return the letter: the file that came, the one kept from the page before, or what was pasted."""
    if files := asked.form.files.get("file"):
        return files[0].content
    try:
        kept = base64.b64decode(asked.form.get("kept"), validate=True)
    except (binascii.Error, ValueError):
        kept = b""
    pasted = asked.form.get("letter")
    return pasted.encode(errors="replace") if pasted.strip() else kept


def _read_status(word: str) -> Status:
    try:
        return read_status(word)
    except FollowupError as error:
        raise FieldError("status", error) from error


def _read_day(asked: Asked, workspace: Workspace) -> date | None:
    try:
        return read_past_day(workspace, name_of(asked, "the_day"), asked.form.get("on").strip(), asked.path["slug"])
    except FollowupError as error:
        raise FieldError("on", error) from error


def _settle(workspace: Workspace, application: Application, status: Status, content: bytes) -> SettledLetter | None:
    """Read the letter, and find what has to be asked about it; None where there is none."""
    if not content.strip():
        return None
    try:
        taken = take_letter(workspace, content, application)
    except FollowupError as error:
        raise FieldError("letter", error) from error
    return settle_letter(workspace, application, status, taken)


def _ask(asked: Asked, workspace: Workspace, status: Status, settled: SettledLetter) -> Response:
    known = frozenset(workspace.facts.slugs())
    return ask_about(
        asked,
        workspace,
        status,
        settled,
        version=_version(workspace, settled.slug),
        others={doubt.meant: _version(workspace, doubt.meant) for doubt in settled.doubts if doubt.meant in known},
        kept=base64.b64encode(read_letter_given(asked)).decode("ascii"),
    )


def _version(workspace: Workspace, slug: str) -> str:
    return facts_version(workspace.facts.text(slug))


def _page(asked: Asked, workspace: Workspace, status: int = 200, **more: object) -> Response:
    application = workspace.facts.load(asked.path["slug"])
    values = {"error": None, "wrong": {}, **more}
    content = b"" if asked.form.get("letter").strip() else read_letter_given(asked)
    return asked.page(
        "deciding/answer.html",
        status,
        application=application,
        version=_version(workspace, application.slug),
        statuses=STATUSES,
        given=asked.form if asked.form.fields else asked.query,
        kept=base64.b64encode(content).decode("ascii"),
        **values,
    )
