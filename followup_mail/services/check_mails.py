"""The checks on their own: the drafts of one application or of all, or a mail that was written elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from followup_mail.cadence.step import StepState
from followup_mail.checks import CheckContext, Finding, Rule, check_mail, has_errors, with_facts
from followup_mail.checks.saved_draft import parse_eml
from followup_mail.errors import FollowupError, NotFoundError, OutboxError, RefusedError
from followup_mail.incoming.saved_mail import read_saved
from followup_mail.services.application_context import open_application
from followup_mail.services.prepare import prepare
from followup_mail.services.request import Request
from followup_mail.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CheckedMail:
    """One mail and what the rules found in it."""

    name: str
    """What to call it: application, kind and recipient; or the name of its file."""
    context: CheckContext
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Several mails, and why others could not be checked."""

    mails: tuple[CheckedMail, ...]
    not_checked: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """True when an error was found, or a mail could not be checked."""
        return bool(self.not_checked) or any(has_errors(mail.findings) for mail in self.mails)


def check_all(workspace: Workspace, rules: Sequence[Rule]) -> Checked:
    """Check every mail of every plan that is still to be written; an application that is broken hides no other."""
    applications, broken = workspace.facts.load_all()
    found = [_check_drafts(workspace, application.slug, rules) for application in applications]
    return Checked(
        tuple(mail for checked in found for mail in checked.mails),
        (*(error.sentence for error in broken), *(why for checked in found for why in checked.not_checked)),
    )


def check_named(workspace: Workspace, what: str, application: str, rules: Sequence[Rule]) -> Checked:
    """Check the drafts of the application called ``what``, or the mail in that file by the facts of ``application``.

    Raises ``RefusedError`` when nothing is named, ``NotFoundError`` when there is no such application or file.
    """
    if not what:
        raise RefusedError(
            "Name what to check: an application, a file, or --all.", fix="e.g. followup-mail check lumen-freight"
        )
    # A file that somebody put here must not stand in for an application.
    if what.lower().endswith(".eml") or (Path(what).is_file() and what not in workspace.facts.slugs()):
        return Checked((_check(what, read_draft(workspace, Path(what), application), rules),), ())
    workspace.facts.load(what)
    return _check_drafts(workspace, what, rules)


def read_draft(workspace: Workspace, path: Path, application: str = "") -> CheckContext:
    """Read a mail written elsewhere, with the facts of an application where one is named. Raises ``NotFoundError``."""
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be searched
        raise NotFoundError(f"{path} cannot be read: there is no such file.", fix="Save the mail as an .eml file.")
    context = replace(
        parse_eml(read_saved(path), str(path)),
        own_addresses=workspace.own_addresses,
        employer_domains=workspace.settings.employer_domains,
    )
    if not application:
        return context
    applications, _ = workspace.facts.load_all()
    facts = workspace.facts.load(application)
    others = tuple(other.company for other in applications if other.slug != application)
    return with_facts(replace(context, defaults=workspace.planning_defaults, other_companies=others), facts)


def _check(name: str, context: CheckContext, rules: Sequence[Rule]) -> CheckedMail:
    return CheckedMail(name, context, check_mail(context, rules))


def _check_drafts(workspace: Workspace, slug: str, rules: Sequence[Rule]) -> Checked:
    """Check every mail of a plan that is still to be written, and say why some cannot be."""
    try:
        context = open_application(workspace, slug)
    except OutboxError:
        raise
    except FollowupError as error:
        return Checked((), (error.sentence,))
    kinds = dict.fromkeys(
        step.kind
        for step in context.plan.steps
        if step.channel.traits.is_sent and step.state in {StepState.DUE, StepState.UPCOMING}
    )
    mails: list[CheckedMail] = []
    not_checked: list[str] = []
    for kind in kinds:
        try:
            prepared = prepare(workspace, Request(slug, kind)).prepared
            mails += [_check(f"{slug}, {kind} to {m.written.draft.to.name}", m.context, rules) for m in prepared]
        except FollowupError as error:
            not_checked.append(f"{slug}, {kind}: {error.sentence}")
    return Checked(tuple(mails), tuple(not_checked))
