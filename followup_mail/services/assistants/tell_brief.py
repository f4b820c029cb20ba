"""How one mail is to be written, for whoever writes it instead of us: the facts that it may use, and our guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.drafts.template_folders import Wording
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.services.assistants.kept_from_brief import say_kept_from_brief
from followup_mail.services.assistants.telling import Told
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.mail_accounts import of_application
from followup_mail.services.context.request import Request
from followup_mail.services.writing.mail_frame import MailFrame
from followup_mail.services.writing.prepare import write_ours
from followup_mail.services.writing.wordings import read_guide
from followup_mail.workspace import Workspace


def tell_brief(workspace: Workspace, step: StepId) -> Told:
    """Return the facts for the mail of a step, as our guide speaks of them, and the guide.

    Raises ``NotFoundError`` for a step that is not there, ``RefusedError`` for a mail that has no guide, and whatever
    else stands in the way of writing it.
    """
    require_guides(workspace, step.kind)
    context = open_application(workspace, step.application)
    workspace = of_application(workspace, context.application)
    request = Request(step.application, step.kind, even_taken=True, steps=(step,))
    mails = write_ours(workspace, context, request).mails
    pair = next((pair for pair in mails if pair[1].draft.step == step), None)
    if pair is None:
        raise NotFoundError(f"There is no step {step} to write.", fix="read_plan shows the steps.")
    assignment, written = pair
    if written.step.person is None:
        raise RefusedError("There is nobody to write to in this step yet.", fix="Propose the person first.")
    frame = MailFrame.make(workspace, assignment, written)
    brief = frame.brief(dict.fromkeys(assignment.mails_beside()))
    facts = {**brief.given, "already_written_to_colleagues": list(brief.given_of_others)}
    shown = _mapped(facts, frame.stand_ins.show)
    kept_back = say_kept_from_brief(context.application, written.step.person, step.kind)
    return Told({"step": str(step), "facts": shown}, (*kept_back, frame.guide))


def tell_guide(workspace: Workspace, kind: Kind | None) -> str:
    """Return our guide for a kind of mail, or that for every mail. Raises ``RefusedError`` and ``TemplateError``."""
    if kind is None:
        whole = workspace.template_folders.guide("")
        return read_guide(whole) if whole else ""
    return "\n\n".join(map(read_guide, require_guides(workspace, kind)))


def require_guides(workspace: Workspace, kind: Kind) -> tuple[Wording, ...]:
    """Return the guides for a kind of mail. Raises ``RefusedError`` where there are none."""
    guides = workspace.template_folders.guides(kind)
    if not guides:
        raise RefusedError(f"There is no guide for mails of the kind {kind}.", fix="They come in our own wordings.")
    return guides


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value
