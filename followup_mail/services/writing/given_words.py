"""Mails in words that were given with the request, an assistant's: they pass the same checks as a writing model's."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from followup_mail.drafts.assignment import Assignment
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.prepared import Written
from followup_mail.services.writing.who_writes import Asking
from followup_mail.workspace import Workspace
from followup_mail.writing_model.model_mail import tidy_mail


def take_given(workspace: Workspace, asking: Asking, own: Sequence[tuple[Assignment, Written]]) -> list[Written]:
    """Return the mails of a batch, each in the words that are given for its step; ours where there are none."""
    return [_take(workspace, asking, *pair) for pair in own]


def _take(workspace: Workspace, asking: Asking, assignment: Assignment, ours: Written) -> Written:
    words = asking.given.get(ours.draft.step)
    if words is None or ours.step.person is None:
        return ours
    frame = MailFrame.make(workspace, assignment, ours)
    brief = frame.brief(dict.fromkeys(assignment.mails_beside()))
    written = frame.fill(words.by, brief, tidy_mail(words.subject, words.body))
    assert written.model_use is not None
    return replace(written, model_use=replace(written.model_use, is_read=True))
