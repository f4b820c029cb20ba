"""The checks on their own: the mails of one application or of all, or a mail that was written elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, Rule
from followup_mail.errors import RefusedError
from followup_mail.services.checking.check_application import check_application
from followup_mail.services.checking.check_saved_mail import judge_draft, read_draft
from followup_mail.services.writing.checked import Checked, check_one
from followup_mail.workspace import Workspace


def check_all(workspace: Workspace, rules: Sequence[Rule]) -> Checked:
    """Check every mail that waits or is still to be written; an application that is broken hides no other."""
    applications, broken = workspace.facts.load_all()
    found = [check_application(workspace, application.slug, rules) for application in applications]
    return Checked(
        tuple(mail for checked in found for mail in checked.mails),
        (*(error.sentence for error in broken), *(why for checked in found for why in checked.not_checked)),
    )


def check_named(
    workspace: Workspace, what: str, application: str, rules: Sequence[Rule], kind: Kind | None = None
) -> Checked:
    """Check the mails of the application called ``what``, or the mail in that file by the facts of ``application``.

    Raises ``RefusedError`` when nothing is named, ``NotFoundError`` when there is no such application or file.
    """
    if not what:
        raise RefusedError(
            "Name what to check: an application, a file, or --all.", fix="e.g. followup-mail check lumen-freight"
        )
    # A file that somebody put here must not stand in for an application.
    if what.lower().endswith(".eml") or (Path(what).is_file() and what not in workspace.facts.slugs()):
        context = read_draft(workspace, Path(what), application, kind)
        return Checked((check_one(_name(what, context), context, rules),))
    workspace.facts.load(what)
    if kind:
        raise RefusedError(
            f"--kind says what a file is; the mails of {what} say it themselves.", fix=f"followup-mail check {what}"
        )
    return check_application(workspace, what, rules)


def check_given(
    workspace: Workspace, mail: tuple[bytes, str], application: str, rules: Sequence[Rule], kind: Kind | None = None
) -> Checked:
    """Check a mail that came as bytes, with what to call it, by the facts of ``application`` if that is named."""
    context = judge_draft(workspace, mail, application, kind)
    return Checked((check_one(_name(mail[1], context), context, rules),))


def _name(path: str, context: CheckContext) -> str:
    """Return the file with what it was taken for, so that a wrong guess can be seen."""
    to = context.recipient.name or context.recipient.email
    return f"{path}, {context.kind} to {to or 'nobody'}" if context.kind else path
