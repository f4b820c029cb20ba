"""``setup`` tries what it saves: a new password, or a command for one, takes the place of all that was there before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.services.setup_account import Place, Wish, as_set, save
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
BEFORE = """FOLLOWUP_NAME=Jo
FOLLOWUP_EMAIL=jo@example.com
FOLLOWUP_TIME_ZONE=America/Chicago
FOLLOWUP_SMTP_HOST=smtp.example.com
FOLLOWUP_IMAP_HOST=imap.example.com
FOLLOWUP_SMTP_PASSWORD=old
FOLLOWUP_IMAP_PASSWORD=old-imap
"""
SIGNING_IN = ("smtp_password", "smtp_password_command", "smtp_keyring", "imap_password")


@pytest.mark.usefixtures("bare_surroundings")
@pytest.mark.parametrize(
    "wish",
    [
        Wish({}, Secret("new")),
        Wish({"smtp_password_command": "pass show mail"}),
        Wish({"smtp_user": "jordan"}),
        Wish({"smtp_host": "other.example.com", "imap_password": "given"}, Secret("new")),
    ],
    ids=["a password", "a command", "nothing of the kind", "two passwords"],
)
def test_what_is_tried_is_what_is_saved(tmp_path: Path, wish: Wish) -> None:
    """The settings of the trial are those that the home has afterwards, whatever was set before."""
    (tmp_path / ".env").write_text(BEFORE)
    workspace = Workspace(load_settings({}, tmp_path), lambda: NOW)
    tried = as_set(workspace, wish).settings
    save(workspace, wish, Place.ENV)
    saved = load_settings({}, tmp_path).settings
    assert _signing_in(tried) == _signing_in(saved)


def _signing_in(settings: Settings) -> list[str]:
    values = (getattr(settings, name) for name in SIGNING_IN)
    return [value.reveal() if isinstance(value, Secret) else value for value in values]
