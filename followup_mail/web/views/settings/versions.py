"""The version of the settings that a form was made from; no secret is part of it."""

from __future__ import annotations

from followup_mail.services.accounts.edit_settings import list_editable
from followup_mail.services.accounts.list_settings import list_settings
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace


def settings_version(workspace: Workspace) -> str:
    """Return it, also where the settings cannot be read."""
    rows = [(row.key, row.value) for row in list_settings(workspace).rows]
    texts = [(setting.name, setting.text) for setting in list_editable(workspace)]
    return facts_version(repr((rows, texts)))
