"""Settings: from where they come, what is said about wrong ones, and that secrets stay secret."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.example import env_example
from followup_mail.settings.load import load_settings
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings, variable

ROOT = Path(__file__).parents[2]


def test_example_file_is_fresh() -> None:
    """.env.example is what the settings table says, to the letter."""
    assert (ROOT / ".env.example").read_text("utf-8") == env_example()


def test_example_documents_every_setting() -> None:
    """Every setting stands in .env.example, commented out."""
    text = env_example()
    assert all(f"# {variable(field.name)}=" in text for field in fields(Settings))


def test_environment_wins_over_env_file(tmp_path: Path) -> None:
    """What stands in the environment goes before the .env beside the user."""
    (tmp_path / ".env").write_text("FOLLOWUP_NAME=File\nFOLLOWUP_PHONE=+1 312 555 0100\n")
    loaded = load_settings({"FOLLOWUP_NAME": "Outside"}, tmp_path)
    assert (loaded.settings.name, loaded.settings.phone) == ("Outside", "+1 312 555 0100")
    assert loaded.places["name"] == "environment"


def test_home_env_file_counts_when_none_of_ours_lies_beside(tmp_path: Path) -> None:
    """A foreign .env in the working folder is passed over, and the home folder's is read."""
    home, beside = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    beside.mkdir()
    (beside / ".env").write_text("DATABASE_URL=postgres://x\n")
    (home / ".env").write_text("FOLLOWUP_NAME=Home\n")
    assert load_settings({"FOLLOWUP_HOME": str(home)}, beside).settings.name == "Home"


def test_dollar_in_a_password_is_kept(tmp_path: Path) -> None:
    """A password such as a${HOME}b#c is taken as it stands."""
    (tmp_path / ".env").write_text("FOLLOWUP_SMTP_PASSWORD='a${HOME}b#c'\n")
    assert load_settings({}, tmp_path).settings.smtp_password.reveal() == "a${HOME}b#c"


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    """Wrong values and unknown keys are all named, each with file, line and key."""
    (tmp_path / ".env").write_text(
        "\ufeff# mine\nFOLLOWUP_EMAIL=not an address\n\nFOLLOWUP_SMTP_PORT=99999\nFOLLOWUP_SMTP_PASWORD=hunter2\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_settings({"FOLLOWUP_OFFICE_HOURS": "9-5"}, tmp_path)
    said = caught.value.sentence
    assert f"{tmp_path / '.env'}:2: FOLLOWUP_EMAIL" in said
    assert f"{tmp_path / '.env'}:4: FOLLOWUP_SMTP_PORT" in said
    assert "did you mean FOLLOWUP_SMTP_PASSWORD?" in said
    assert "environment: FOLLOWUP_OFFICE_HOURS" in said
    assert "hunter2" not in said


def test_broken_line_is_named(tmp_path: Path) -> None:
    """A line that is no KEY=value is an error with its number, once the file holds settings of ours."""
    (tmp_path / ".env").write_text("FOLLOWUP_NAME=Jo\nFOLLOWUP_PHONE '+1\n")
    with pytest.raises(SettingsError, match=r"\.env:2"):
        load_settings({}, tmp_path)


def test_file_that_is_not_text_is_one_sentence(tmp_path: Path) -> None:
    """A .env that is not UTF-8 is an error that names it."""
    (tmp_path / ".env").write_bytes(b"FOLLOWUP_NAME=J\xff\xfe\n")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({}, tmp_path)


def test_secret_never_shows() -> None:
    """A secret shows in no text form, cannot be pickled, and is not JSON."""
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("bcc_self", "maybe"),
        ("smtp_security", "ssl3"),
        ("smtp_host", "https://smtp.example.com"),
        ("smtp_host", "smtp.example.com:587"),
        ("time_zone", "Berlin"),
        ("country", "Germany"),
        ("employer_domains", "example"),
        ("office_hours", "16:30-08:30"),
        ("smtp_timeout", "٣"),
        ("name", "a\x00b"),
    ],
)
def test_wrong_value_is_refused(tmp_path: Path, key: str, text: str) -> None:
    """A value that cannot be meant is an error that names its key."""
    with pytest.raises(SettingsError, match=variable(key)):
        load_settings({variable(key): text}, tmp_path)
