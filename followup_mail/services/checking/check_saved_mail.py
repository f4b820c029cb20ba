"""The check of a mail that was written elsewhere: judged as strictly as one of ours, by the facts it is about."""

from __future__ import annotations

import os
from email.message import EmailMessage
from pathlib import Path

from msgspec.structs import replace

from followup_mail.cadence.requested_step import Wish, find_step, make_step
from followup_mail.cadence.roster import call_roll
from followup_mail.cadence.step import Kind, Step
from followup_mail.checks import CheckContext, guess_kind, parse_eml, with_facts
from followup_mail.errors import NotFoundError
from followup_mail.incoming.saved_mail import read_saved
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.writing.check_inputs import read_background, surround
from followup_mail.workspace import Workspace


def read_draft(workspace: Workspace, path: Path, application: str = "", kind: Kind | None = None) -> CheckContext:
    """Read a mail written elsewhere, with all that is known around it where its application is named.

    Its kind is found out, unless ``kind`` says it. A mail without a date is taken to leave now. Raises
    ``NotFoundError`` when there is no such file or application.
    """
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be searched
        raise NotFoundError(f"{path} cannot be read: there is no such file.", fix="Save the mail as an .eml file.")
    return judge_draft(workspace, (read_saved(path), str(path)), application, kind)


def make_eml(workspace: Workspace, to: str, subject: str, text: str) -> bytes:
    """Return a mail of the user's that was typed field by field as bytes, to be judged like a saved one."""
    message = EmailMessage()
    for name, value in (("From", workspace.settings.email), ("To", to), ("Subject", subject)):
        message.add_header(name, " ".join(value.split()))
    message.set_content(text)
    return message.as_bytes()


def judge_draft(
    workspace: Workspace, mail: tuple[bytes, str], application: str = "", kind: Kind | None = None
) -> CheckContext:
    """Return what ``read_draft`` does, for a mail that is no file here: its bytes, and what to call it."""
    bare = replace(
        parse_eml(*mail),
        own_addresses=workspace.own_addresses,
        employer_domains=workspace.settings.employer_domains,
        is_saved=True,
    )
    if not application:
        return replace(bare, kind=kind or guess_kind(bare))
    context = open_application(workspace, application)
    bare = replace(bare, sends_at=bare.sends_at or context.now, defaults=workspace.planning_defaults)
    return _with_plan(context, bare, kind, workspace)


def _with_plan(
    context: ApplicationContext, bare: CheckContext, kind: Kind | None, workspace: Workspace
) -> CheckContext:
    """Add the step that the mail would be, and what goes with it, as far as the recipient is known."""
    known = with_facts(bare, context.application)
    handle = _handle_of(known)
    before = (touch.text for touch in context.history.told if handle and touch.step.person == handle)
    said = replace(known, said_before=tuple(text for text in before if text))
    kind = kind or guess_kind(said)
    step = _step(context, kind, handle) if kind and handle else None
    background = read_background(workspace, context)
    return surround(replace(known, kind=kind, step=step), context, background, step.id if step else None)


def _handle_of(known: CheckContext) -> str:
    """Return the handle of the recipient; empty for somebody whom the facts do not know."""
    return call_roll(known.facts).find(known.person).handle if known.facts and known.person else ""


def _step(context: ApplicationContext, kind: Kind, handle: str) -> Step:
    return find_step(context.plan, kind, handle) or make_step(context.planning, Wish(kind, handle))
