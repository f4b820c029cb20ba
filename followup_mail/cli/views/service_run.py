"""A run for the service: nobody reads along. Apart from ``send_view``, so that it starts with little to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import typer

from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, FollowupError, SettingsError
from followup_mail.outbox.entry import State
from followup_mail.services.deliver import deliver_once, stop_on_signal
from followup_mail.services.run_log import SERVICE, record_failed_start, recorded
from followup_mail.services.stranded import explain_stranded
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace


def run_unseen(open_house: Callable[[], Workspace], home: Path | None, limit: int | None) -> None:
    """Deliver what is due, once, for a service: nothing is printed but errors, and all of it is in the log.

    Without a mail server nothing is delivered: nobody is there to read that it went into a folder.
    """
    try:
        workspace = open_house()
    except FollowupError as error:
        if home:
            record_failed_start(home, error)
        raise
    with stop_on_signal() as stop, recorded(workspace, SERVICE) as record:
        if not workspace.leaves_machine:
            raise SettingsError(
                f"No mail server is set ({variable('smtp_host')}), so nothing was delivered.",
                fix=f"Put it into {workspace.home / '.env'}.",
            )
        results = list(record.follow(deliver_once(workspace, limit, stop=stop)))
        if stranded := explain_stranded(workspace):
            raise stranded
    exit_by(results)


_BAD: Final = frozenset({State.FAILED, State.UNCLEAR, State.MISSED})


def _lacks_password(result: Result) -> bool:
    """Tell whether an attempt ended before the server was asked anything: that is for the user to settle."""
    outcome = result.attempt
    return outcome is not None and outcome.pauses_account and outcome.code is None


def exit_by(results: list[Result], stranded: FollowupError | None = None) -> None:
    """End with the exit code of a failed delivery when one of these failed, else with that of mails left ``stranded``.

    Raises ``typer.Exit``, or ``stranded`` itself.
    """
    if any(result.entry.state in _BAD or _lacks_password(result) for result in results):
        raise typer.Exit(ExitCode.DELIVERY)
    if stranded:
        raise stranded
