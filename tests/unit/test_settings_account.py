"""An account is one set: it comes from one place whole, and never from somebody else's."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import Loaded, load_settings

ANNA = {
    "FOLLOWUP_EMAIL": "anna@example.com",
    "FOLLOWUP_SMTP_HOST": "smtp.anna.example",
    "FOLLOWUP_SMTP_PASSWORD": "annas-secret",
}
BOB = {
    "FOLLOWUP_EMAIL": "bob@example.com",
    "FOLLOWUP_SMTP_HOST": "smtp.bob.example",
    "FOLLOWUP_SMTP_PORT": "2525",
    "FOLLOWUP_SMTP_PASSWORD": "bobs-secret",
}


def write(path: Path, settings: dict[str, str]) -> Path:
    path.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    return path


def refused(environment: dict[str, str], home: Path, env_file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment, home, env_file)
    assert "secret" not in caught.value.sentence + caught.value.fix
    return caught.value.sentence


def account_of(loaded: Loaded) -> tuple[str, str, int, str]:
    given = loaded.settings
    return given.email, given.smtp_host, given.smtp_port, given.smtp_password.reveal()


@pytest.mark.parametrize(
    "parts", [keys for size in (1, 2, 3) for keys in itertools.combinations(BOB, size) if "FOLLOWUP_EMAIL" not in keys]
)
def test_no_account_is_put_together_from_two_places(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """A part of an account in the environment and another in the home's .env are refused, both places named."""
    write(tmp_path / ".env", BOB)
    said = refused({key: ANNA.get(key, "465") for key in parts}, tmp_path)
    assert "environment" in said
    assert str(tmp_path / ".env") in said


def test_password_and_server_from_two_places_are_refused(tmp_path: Path) -> None:
    """A password outside never goes to a server that a file names."""
    write(tmp_path / ".env", {key: BOB[key] for key in BOB if "PASSWORD" not in key})
    assert "FOLLOWUP_SMTP_PASSWORD" in refused({"FOLLOWUP_SMTP_PASSWORD": "annas-secret"}, tmp_path)


def test_mailbox_belongs_to_the_account(tmp_path: Path) -> None:
    """A mailbox named outside does not get the password of the account in the home."""
    write(tmp_path / ".env", BOB)
    assert "FOLLOWUP_IMAP_HOST" in refused({"FOLLOWUP_IMAP_HOST": "imap.example"}, tmp_path)


def test_address_without_a_server_does_not_switch_sending_off(tmp_path: Path) -> None:
    """An address alone in the environment does not take the place of a whole account."""
    write(tmp_path / ".env", BOB)
    assert "FOLLOWUP_SMTP_HOST" in refused({"FOLLOWUP_EMAIL": "bob@example.com"}, tmp_path)


def test_somebody_elses_account_in_the_environment_is_refused(tmp_path: Path) -> None:
    """With Anna's whole account outside and Bob's in his home, no mail of Bob's leaves as Anna."""
    write(tmp_path / ".env", BOB)
    said = refused(ANNA, tmp_path)
    assert "anna@example.com" in said
    assert "bob@example.com" in said


def test_whole_account_of_the_same_address_goes_before_whole(tmp_path: Path) -> None:
    """The environment's account is used whole: nothing of the one in the file is left in it."""
    write(tmp_path / ".env", BOB)
    loaded = load_settings({**ANNA, "FOLLOWUP_EMAIL": "Bob@Example.com"}, tmp_path)
    assert account_of(loaded) == ("Bob@example.com", "smtp.anna.example", 0, "annas-secret")
    assert any(str(tmp_path / ".env") in remark for remark in loaded.remarks)


def test_named_file_goes_before_everything_and_whole(tmp_path: Path) -> None:
    """The file that the user names is meant: its account is used whole, whoever's it is."""
    write(tmp_path / ".env", BOB)
    named = write(tmp_path / "anna.env", ANNA)
    loaded = load_settings({**BOB, "FOLLOWUP_NAME": "Outside"}, tmp_path, named)
    assert account_of(loaded) == ("anna@example.com", "smtp.anna.example", 0, "annas-secret")
    assert loaded.settings.name == "Outside"


def test_named_file_with_part_of_an_account_is_refused(tmp_path: Path) -> None:
    """A server in the named file and a password elsewhere are not put together either."""
    write(tmp_path / ".env", BOB)
    named = write(tmp_path / "server.env", {"FOLLOWUP_SMTP_HOST": "smtp.mallory.example"})
    assert "FOLLOWUP_SMTP_HOST" in refused({}, tmp_path, named)


def test_named_file_without_an_account_leaves_it(tmp_path: Path) -> None:
    """A named file that says nothing about an account changes nothing about it."""
    write(tmp_path / ".env", BOB)
    named = write(tmp_path / "name.env", {"FOLLOWUP_NAME": "Jo"})
    assert account_of(load_settings({}, tmp_path, named))[0] == "bob@example.com"


def test_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A file that was named and cannot be read is never passed over."""
    assert "gone.env" in refused({}, tmp_path, tmp_path / "gone.env")
