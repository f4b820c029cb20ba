"""Let the writing model write the mails of a batch, where it may; ours stay where it may not, is away or fails.

What it answered is remembered, so that what was shown is what is queued. How a mail is judged is in
``mail_conversation``.
"""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.drafts.assignment import Assignment
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.model_job import ModelJob
from followup_mail.services.writing.prepared import Surround, Written
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.workspace import Workspace


def let_model_write(
    workspace: Workspace, asking: Asking, own: Sequence[tuple[Assignment, Written]], surround: Surround
) -> list[Written]:
    """Return the mails of a batch as the model that is set wrote them; ours where it may not, is away or fails."""
    written, endpoint = [ours for _, ours in own], workspace.writing_model
    assert endpoint is not None
    for_model = {at: pair for at, pair in enumerate(own) if _is_for_model(workspace, *pair)}
    jobs = {at: ModelJob(MailFrame.make(workspace, *pair), endpoint) for at, pair in for_model.items()}
    for at, job in jobs.items():
        written[at] = job.recall(again=asking.author in {Author.MODEL_AGAIN, Author.NOBODY})
    for at, job in jobs.items():
        if written[at].model_use is None:
            # A draft of ours that the model is still to replace is nobody's mail yet.
            others = [other for place, other in enumerate(written) if place not in jobs or other.model_use]
            written[at] = job.ask(asking, others, surround)
    return written


def _is_for_model(workspace: Workspace, assignment: Assignment, ours: Written) -> bool:
    """Return whether a model may write a mail: not one in a wording that was named, or that somebody passes on."""
    step = ours.step
    is_plain = not (assignment.wording or step.via or step.thanks_all)
    return is_plain and bool(workspace.template_folders.guides(step.kind))
