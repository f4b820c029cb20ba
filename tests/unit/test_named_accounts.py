"""Settings of accounts from every place at once: what belongs to one never reaches the server of another."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.named_accounts import load_named

_OUTER = ("environment", "named file", "home")
_PARTS = ("", "whole", "server", "password", "server without password")


def _lines(place: str, part: str) -> dict[str, str]:
    """Return what a place sets: each value says whose it is."""
    mark = place.replace(" ", "-")
    server = {"FOLLOWUP_SMTP_HOST": f"{mark}.example"}
    password = {"FOLLOWUP_SMTP_PASSWORD": f"secret-of-{mark}", "FOLLOWUP_IMAP_PASSWORD": f"secret-of-{mark}"}
    address = {"FOLLOWUP_EMAIL": f"{mark}@place.example"}
    return {
        "": {},
        "whole": {**address, **server, **password},
        "server": server,
        "password": password,
        "server without password": {**address, **server},
    }[part]


def _write(path: Path, lines: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))
    return path


def _secrets_and_servers(loaded: Loaded) -> tuple[set[str], str]:
    own = loaded.settings
    secrets = {one.reveal().removeprefix("secret-of-") for one in (own.smtp_password, own.imap_password) if one}
    return secrets, own.smtp_host.removesuffix(".example")


@pytest.mark.parametrize("work", _PARTS)
@pytest.mark.parametrize("home", _PARTS)
def test_a_password_stays_with_its_server(tmp_path: Path, home: str, work: str) -> None:
    """Whatever the places set, a password is only ever used with the server that the same place names."""
    folder = tmp_path / "home"
    _write(folder / ".env", _lines("home", home))
    _write(folder / "accounts" / "work.env", _lines("work", work))
    _write(folder / "accounts" / "other.env", _lines("other", "whole"))
    for environment, named in product(_PARTS, repeat=2):
        file = _write(tmp_path / "named.env", _lines("named file", named))
        try:
            main = load_settings(_lines("environment", environment), folder, file)
        except SettingsError:
            continue  # parts in two places are refused as a whole
        found = load_named(main)
        assert ("work" in found.usable) == (work in {"whole", "server without password"})
        assert "other" in found.usable
        for name, loaded in (("", main), *found.usable.items()):
            secrets, server = _secrets_and_servers(loaded)
            assert secrets <= {server} or not server
            assert not name or server == name


def test_nothing_else_of_the_main_account_is_taken_over(tmp_path: Path) -> None:
    """Port, user, certificate and the address for answers of the main account are not those of another."""
    _write(
        tmp_path / ".env",
        {**_lines("home", "whole"), "FOLLOWUP_SMTP_PORT": "2525", "FOLLOWUP_SMTP_USER": "me", "FOLLOWUP_NAME": "Jo"}
        | {"FOLLOWUP_REPLY_TO": "answers@home.example", "FOLLOWUP_SMTP_ALLOW_PLAIN": "yes"},
    )
    _write(tmp_path / "accounts" / "work.env", _lines("work", "whole"))
    own = load_named(load_settings({}, tmp_path)).usable["work"].settings
    assert (own.smtp_port, own.smtp_user, own.reply_to, own.smtp_allow_plain) == (0, "", "", False)
    assert own.name == "Jo"


@pytest.mark.parametrize("name", ["main", "Work", "a_b", "x" * 33])
def test_a_file_with_another_name_is_told(tmp_path: Path, name: str) -> None:
    """A file whose name no account can have is named and not used."""
    _write(tmp_path / "accounts" / f"{name}.env", _lines("work", "whole"))
    found = load_named(load_settings({}, tmp_path))
    assert not found.usable
    assert f"{name}.env" in found.broken[name].sentence


def test_an_account_given_outside_goes_before_a_default(tmp_path: Path) -> None:
    """A file named with --env-file that has an account is not overruled by a default chosen in the home."""
    _write(tmp_path / "home" / ".env", {"FOLLOWUP_ACCOUNT": "work"})
    file = _write(tmp_path / "named.env", _lines("named file", "whole"))
    loaded = load_settings({}, tmp_path / "home", file)
    assert loaded.settings.account == ""
    assert "FOLLOWUP_ACCOUNT" in loaded.remarks[0]
