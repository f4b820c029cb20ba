"""What the checks find: in the drafts of an application, in all of them, or in a mail written elsewhere."""

from __future__ import annotations

from followup_mail.checks import choose_rules, explain, show_findings, summary
from followup_mail.cli.terminal import screen
from followup_mail.services.as_json.json_views import checked_json
from followup_mail.services.checking.check_mails import check_all, check_named
from followup_mail.services.context.request import read_kind
from followup_mail.services.writing.checked import CheckedMail
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
    kind: str = "",
) -> bool:
    """Print what is found, with its place. Returns whether an error is among it."""
    rules = choose_rules(*chosen)
    wanted = read_kind(kind) if kind else None
    checked = check_all(workspace, rules) if every else check_named(workspace, what, application, rules, wanted)
    if json:
        screen.emit_json(checked_json(checked))
        return checked.has_errors
    for mail in checked.mails:
        _show(mail)
    for sentence in checked.not_checked:
        screen.note(screen.doubtful(f"Not checked: {sentence}"))
    if not checked.mails and not checked.not_checked:
        screen.out("There is nothing to check.")
    return checked.has_errors


def _show(mail: CheckedMail) -> None:
    verdict = screen.good("nothing found") if not mail.findings else summary(mail.findings)
    screen.out(f"{screen.strong(mail.name)}: {verdict}")
    for line in show_findings(mail.context, mail.findings).split("\n") if mail.findings else ():
        screen.out(f"  {line}" if line else "", "    ")
