"""The checks on their own: drafts of an application, everything at once, or a mail from elsewhere."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from followup_mail.cadence.step import StepState
from followup_mail.checks import (
    CheckContext,
    Finding,
    check_mail,
    choose_rules,
    explain,
    has_errors,
    show_findings,
    summary,
    with_facts,
)
from followup_mail.checks.saved_draft import parse_eml
from followup_mail.cli.terminal import screen
from followup_mail.errors import FollowupError, NotFoundError, OutboxError, RefusedError
from followup_mail.incoming.saved_mail import read_saved
from followup_mail.services.application_context import open_case
from followup_mail.services.prepare import prepare
from followup_mail.services.request import Request
from followup_mail.workspace import Workspace


def explain_rule(code: str) -> None:
    """Print what one rule looks for, why, how to fix it, with a good and a bad example."""
    screen.out(explain(code).rstrip("\n"))


def check_and_show(
    workspace: Workspace,
    what: str,
    application: str,
    every: bool,
    chosen: tuple[tuple[str, ...], tuple[str, ...]],
    json: bool,
) -> bool:
    """Print what is found, with its place. Returns whether an error is among it."""
    rules = choose_rules(*chosen)
    letters, broken = _letters(workspace, what, application, every)
    found = {name: (letter, check_mail(letter, rules)) for name, letter in letters.items()}
    if json:
        screen.emit_json(
            {
                "checked": [{"mail": name, "findings": list(findings)} for name, (_, findings) in found.items()],
                "not_checked": broken,
            }
        )
    else:
        for name, (letter, findings) in found.items():
            _show(name, letter, findings)
        for sentence in broken:
            screen.note(screen.doubtful(f"Not checked: {sentence}"))
        if not found and not broken:
            screen.out("There is nothing to check.")
    return bool(broken) or any(has_errors(findings) for _, findings in found.values())


def _letters(
    workspace: Workspace, what: str, application: str, every: bool
) -> tuple[dict[str, CheckContext], list[str]]:
    if every:
        applications, broken = workspace.facts.load_all()
        sentences = [error.sentence for error in broken]
        letters: dict[str, CheckContext] = {}
        for one in applications:
            drafts, why_not = _drafts(workspace, one.slug)
            letters |= drafts
            sentences += why_not
        return letters, sentences
    if not what:
        raise RefusedError("Say what to check: an application, a file, or --all.", fix="e.g. check lumen-freight")
    # A file that somebody put here must not stand in for an application.
    if what.lower().endswith(".eml") or (Path(what).is_file() and what not in workspace.facts.slugs()):
        return {what: _from_file(workspace, Path(what), application)}, []
    workspace.facts.load(what)
    return _drafts(workspace, what)


def _drafts(workspace: Workspace, slug: str) -> tuple[dict[str, CheckContext], list[str]]:
    """Return every mail of the plan that is still to be written, and why some cannot be."""
    try:
        case = open_case(workspace, slug)
    except OutboxError:
        raise
    except FollowupError as error:
        return {}, [error.sentence]
    kinds = dict.fromkeys(
        step.kind
        for step in case.plan.steps
        if step.channel.traits.is_sent and step.state in {StepState.DUE, StepState.UPCOMING}
    )
    letters: dict[str, CheckContext] = {}
    broken: list[str] = []
    for kind in kinds:
        try:
            for one in prepare(workspace, Request(slug, kind)).prepared:
                letters[f"{slug}, {kind} to {one.written.draft.to.name}"] = one.letter
        except FollowupError as error:
            broken.append(f"{slug}, {kind}: {error.sentence}")
    return letters, broken


def _from_file(workspace: Workspace, path: Path, application: str) -> CheckContext:
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be searched
        raise NotFoundError(f"{path} cannot be read: there is no such file.", fix="Save the mail as an .eml file.")
    letter = parse_eml(read_saved(path), str(path))
    letter = replace(
        letter, own_addresses=workspace.own_addresses, employer_domains=workspace.settings.employer_domains
    )
    applications, _ = workspace.facts.load_all()
    if application:
        facts = workspace.facts.load(application)
        letter = with_facts(letter, facts)
    others = tuple(one.company for one in applications if application and one.slug != application)
    return replace(letter, other_companies=others)


def _show(name: str, letter: CheckContext, findings: tuple[Finding, ...]) -> None:
    verdict = screen.good("nothing found") if not findings else summary(findings)
    screen.out(f"{screen.strong(name)}: {verdict}")
    for line in show_findings(letter, findings).split("\n") if findings else ():
        screen.out(f"  {line}" if line else "", "    ")
