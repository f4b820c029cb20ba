"""Houses to test whole roads with."""

from __future__ import annotations

from changing import replace
from outbox_samples import Script

from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace


def give_account(workspace: Workspace, email: str = "") -> Workspace:
    """Return the workspace with a mail server set, perhaps for another address, and a stand-in for the server."""
    account = {"smtp_host": "mail.example", "smtp_password": Secret("of a test")}
    settings = replace(workspace.settings, **account, email=email or workspace.settings.email)
    return with_script(workspace, settings)


def with_script(workspace: Workspace, settings: Settings) -> Workspace:
    """Return the workspace with other settings, and a stand-in for the mail server."""
    sending = Workspace(replace(workspace.loaded, settings=settings), workspace.clock)
    sending.__dict__["transport"] = Script()
    return sending
