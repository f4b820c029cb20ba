"""Rules and methods in words, and what the checks find in the mails of an application."""

from __future__ import annotations

from followup_mail.cadence.method import Cadence
from followup_mail.checks import Finding, choose_rules
from followup_mail.services.assistants.telling import Told
from followup_mail.services.checking.check_application import check_application
from followup_mail.services.context.usable_methods import find_methods
from followup_mail.workspace import Workspace


def tell_findings(workspace: Workspace, slug: str) -> Told:
    """Return what the checks find in the mails of an application that wait or come next, in our own wordings."""
    checked = check_application(workspace, slug, choose_rules())
    quoted = {
        "mails": [
            {
                "mail": mail.name,
                "kind": mail.context.kind,
                "findings": list(map(_finding, mail.findings)),
            }
            for mail in checked.mails
        ],
        "not_checked": checked.not_checked,
    }
    return Told(quoted, ("explain_rule explains a rule by its code.",) if checked.mails else ("No mail is due.",))


def _finding(one: Finding) -> dict[str, object]:
    return {"rule": f"{one.code} {one.name}", "severity": one.severity, "words": one.words, "says": one.message}


def tell_methods(workspace: Workspace) -> str:
    """Return a line for each method of following up."""
    methods, broken = find_methods(workspace)
    lines = [f"{method.name}: {method.about} (From: {method.source})" for method in methods]
    return "\n".join([*lines, *(one.sentence for one in broken)])


def tell_method(workspace: Workspace, name: str) -> str:
    """Return a method in words. Raises ``NotFoundError`` and ``CadenceError``."""
    method = workspace.cadence(name)
    steps = [
        f"- {one.kind.traits.in_heading}, by {one.channel.traits.label}, to {one.audience}: {one.timing}. {one.say}"
        for one in method.steps
    ]
    return "\n".join([f"{method.name}: {method.title}", method.about, "", *steps, "", *_limits(method)])


def _limits(method: Cadence) -> list[str]:
    contacts = f"{method.limit.contacts} contacts" if method.limit.contacts else f"{method.limit.calls_reached} calls"
    head = f"Between two follow-ups: {method.interval}. Limit: {contacts} per person. Calls: {method.calls}."
    return [head, *(f"Ask at the interview: {one}" for one in method.ask), *(f"Never: {one}" for one in method.never)]
