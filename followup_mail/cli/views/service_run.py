"""A run for the service: nobody reads along. Apart from ``run_view``, so that it starts with little to import."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, FollowupError
from followup_mail.services.sending.deliver import stop_on_signal
from followup_mail.services.sending.run_due import has_failed, run_for_service
from followup_mail.services.sending.run_log import record_failed_start
from followup_mail.workspace import Workspace


def run_unseen(open_workspace: Callable[[], Workspace], home: Path | None, limit: int | None) -> None:
    """Deliver what is due, once, for the service: nothing is printed but errors, and all of it is in the log."""
    try:
        workspace = open_workspace()
    except FollowupError as error:
        if home:
            record_failed_start(home, error)
        raise
    with stop_on_signal() as stop:
        exit_by(run_for_service(workspace, limit, stop))


def exit_by(results: Iterable[Result], stranded: FollowupError | None = None) -> None:
    """End with the exit code of a failed delivery when one of these failed, else with that of mails left ``stranded``.

    Raises ``typer.Exit``, or ``stranded`` itself.
    """
    if has_failed(results):
        import typer

        raise typer.Exit(ExitCode.DELIVERY)
    if stranded:
        raise stranded
