"""Send now: show each mail, ask, queue it, deliver just these."""

from __future__ import annotations

import typer

from followup_mail.cli.terminal import screen
from followup_mail.cli.views import show_mail
from followup_mail.cli.views.allowed_files_view import ask_to_attach
from followup_mail.cli.views.run_view import gather, report_results, stoppable
from followup_mail.cli.views.service_run import exit_by
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.services.attachable import nobody_to_ask
from followup_mail.services.deliver import deliver_once, wait_for_others
from followup_mail.services.enqueue import enqueue_prepared, refuse_unfit
from followup_mail.services.paused_accounts import try_again
from followup_mail.services.prepare import prepare
from followup_mail.services.request import Request
from followup_mail.services.run_log import recorded
from followup_mail.workspace import Workspace


def send_and_show(workspace: Workspace, request: Request, yes: bool, json: bool) -> None:
    """Show, ask, queue for now, deliver just these."""
    batch = prepare(workspace, request, nobody_to_ask if yes else ask_to_attach)
    prepared = batch.prepared
    if not json:
        show_mail.show_all(prepared, workspace.own_zone)
    for sentence in batch.left:
        screen.note(screen.doubtful(f"Left out: {sentence}"))
    refuse_unfit(prepared)
    if not workspace.leaves_machine:
        screen.note(workspace.say_folder())
    if not yes and not _agreed(len(prepared)):
        screen.note("Nothing was sent.")
        raise typer.Exit(ExitCode.REFUSED)
    try_again(workspace)
    entries = enqueue_prepared(workspace, prepared, request.ignore)
    ids = frozenset(entry.id for entry in entries)
    with recorded(workspace, "send", may_tell=False) as record, stoppable() as stop:
        results = gather(workspace, record.follow(deliver_once(workspace, only=ids, stop=stop)), json)
    left = ids - {result.entry.id for result in results}
    if not stop.is_set():
        # A run in the background may have been quicker.
        results += gather(workspace, map(Result, wait_for_others(workspace, left)), json)
    report_results(workspace, results, json)
    if stop.is_set() and left:
        labels = ", ".join(f"#{one}" for one in sorted(left))
        screen.note(f"Stopped. Still queued: {labels}. `followup-mail run` sends them, `outbox cancel ID` stops them.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    exit_by(results)


def _agreed(count: int) -> bool:
    if not screen.is_interactive():
        raise RefusedError(
            "Nothing was sent: there is no terminal to ask on.", fix="Say --yes to send without being asked."
        )
    return screen.confirm(f"Send {'this mail' if count == 1 else f'these {count} mails'} now?")
