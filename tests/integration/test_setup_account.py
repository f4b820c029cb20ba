"""``setup`` tries what it saves: a new password, or a command for one, takes the place of all that was there before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cli.terminal.short_prompts import ShortQuestion
from followup_mail.cli.views import setup_dialogue
from followup_mail.cli.views.setup_options import Given, set_up_by_options
from followup_mail.errors import SettingsError
from followup_mail.services.accounts.setup_account import Place, Wish, as_set, save
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.password import refuse_without_password
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
PUT_OFF = """FOLLOWUP_NAME=Grace Okon
FOLLOWUP_EMAIL=grace@gmail.com
FOLLOWUP_SMTP_HOST=smtp.gmail.com
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


class _Typist:
    """Types the same answers each time."""

    echoes = False

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def ask(self, question: ShortQuestion) -> str:
        return next((typed for words, typed in self.answers.items() if words in question.ask), "")


@pytest.mark.usefixtures("bare_surroundings")
@pytest.mark.parametrize("way", ["options", "dialogue"])
def test_a_password_can_come_another_day(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Name, address and server are kept without a password: mails can be written, and sending says what is missing."""
    workspace = Workspace(load_settings({}, tmp_path), lambda: NOW)
    if way == "options":
        set_up_by_options(workspace, Given(name="Grace Okon", address="grace@gmail.com", no_login=True), json=False)
    else:
        typed = iter(["", "later"])
        monkeypatch.setattr(setup_dialogue, "ask_secret", lambda _: next(typed))
        answers = {"Your name": "Grace Okon", "e-mail address": "grace@gmail.com"}
        setup_dialogue.ask_and_set_up(workspace, _Typist(answers))
    said = " ".join(capsys.readouterr().err.split())
    assert "Still to do: the app password of Gmail. Until then mails can be written and looked at" in said
    assert (tmp_path / ".env").read_text("utf-8") == PUT_OFF
    kept = workspace.read_anew()
    assert kept.sender.mailbox.email == "grace@gmail.com"
    with pytest.raises(SettingsError, match="no password for it"):
        refuse_without_password(kept.settings)


def _signing_in(settings: Settings) -> list[str]:
    values = (getattr(settings, name) for name in SIGNING_IN)
    return [value.reveal() if isinstance(value, Secret) else value for value in values]
