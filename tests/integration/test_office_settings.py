"""Whose settings are whose: an office's come from its environment, a candidate's from their own file, never mixed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from followup_mail.errors import RefusedError, SettingsError
from followup_mail.office.candidates import add_candidate
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.settings.candidates import Candidate
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.office_settings import find_office, load_own, name_actor, refuse_without_candidate
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings

URL = "postgresql://app:sesame@db.example/office"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_surroundings: None) -> Path:
    """The copy of a candidate's home, in an environment that sets much else."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("FOLLOWUP_NAME", "The Office")
    monkeypatch.setenv("FOLLOWUP_SMTP_HOST", "smtp.office.example")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


def write_env(home: Path, text: str) -> None:
    (home / ".env").write_text(text, "utf-8")
    (home / ".env").chmod(0o600)


def office(home: Path) -> Loaded:
    own = Settings(database_url=Secret(URL), office_key=Secret("sesame"), office_per_domain=3, smtp_host="x.example")
    return Loaded(own, home, {})


def test_nothing_of_the_office_reaches_a_candidate(home: Path) -> None:
    """Neither the environment nor the office's account or secrets count for a candidate; its limits do."""
    write_env(home, 'FOLLOWUP_EMAIL="ann@example.com"\n')
    own = load_own(office(home), home, "Ann")
    assert (own.settings.name, own.settings.smtp_host, own.settings.email) == ("", "", "ann@example.com")
    assert not own.settings.database_url
    assert not own.settings.office_key
    assert own.settings.office_per_domain == 3
    assert own.cache is None


def test_a_candidate_cannot_set_what_is_the_offices(home: Path) -> None:
    """Settings of the office in a candidate's own file are not used, and a sentence says so without their values."""
    write_env(home, f"FOLLOWUP_DATABASE_URL={URL}\nFOLLOWUP_OFFICE_PER_DOMAIN=1000\n")
    own = load_own(office(home), home, "Ann")
    assert own.settings.office_per_domain == 3
    assert not own.settings.database_url
    assert "FOLLOWUP_DATABASE_URL, FOLLOWUP_OFFICE_PER_DOMAIN in the .env of Ann" in own.remarks[0]
    assert "sesame" not in " ".join(own.remarks)


def test_nor_can_one_with_a_home_folder_of_this_machine(home: Path) -> None:
    """The same holds for a candidate whose home folder lies on this machine."""
    write_env(home, f"FOLLOWUP_DATABASE_URL={URL}\n")
    own = load_settings({}, home, None, (Candidate("Ann", home),))
    assert not own.settings.database_url
    assert any("is not used for Ann: it is a setting of the office" in remark for remark in own.remarks)


def test_the_office_is_found_where_its_settings_may_stand(home: Path, tmp_path: Path) -> None:
    """In the environment, in a file that is named, and in the default home folder; an empty text is none."""
    given = {"FOLLOWUP_HOME": str(home)}
    named = tmp_path / "office.env"
    named.write_text(f"FOLLOWUP_DATABASE_URL={URL}\n")
    named.chmod(0o600)
    assert find_office(given, None) is None
    assert find_office({**given, "FOLLOWUP_DATABASE_URL": " "}, None) is None
    assert find_office({**given, "FOLLOWUP_DATABASE_URL": URL}, None)
    assert find_office(given, named)
    write_env(home, f"FOLLOWUP_DATABASE_URL={URL}\n")
    assert find_office(given, None)


def test_without_a_candidate_it_says_what_to_give(home: Path) -> None:
    """A home folder of this machine is not meant where the office's database is set."""
    with pytest.raises(SettingsError, match="say whose") as refused:
        refuse_without_candidate(office(home))
    assert "--candidate NAME" in refused.value.fix


def test_a_certificate_of_the_home_is_found_where_the_home_is_now(home: Path, tmp_path: Path) -> None:
    """A certificate that setup put into the home folder is trusted from the copy of it, on whatever machine."""
    (home / "certificate-1.pem").write_text("x")
    write_env(home, f"FOLLOWUP_SMTP_CA_FILE={tmp_path / 'elsewhere' / 'certificate-1.pem'}\n")
    assert load_own(office(home), home, "Ann").settings.smtp_ca_file == home / "certificate-1.pem"


def test_the_records_name_who_is_at_work() -> None:
    """Who is at work is named as set, else by login and machine, and never at any length."""
    assert name_actor(Settings(actor="bo@desk")) == "bo@desk"
    assert "@" in name_actor(Settings())
    assert len(name_actor(Settings(actor="x" * 500))) == 100


@pytest.mark.parametrize("name", ["", "..", "- -", "-x", "a/b", "a\\b", "a\x07b", "x" * 61])
def test_what_cannot_name_a_candidate(name: str, office_url: str) -> None:
    """A name is readable, can be typed as an option's value, and has at least one letter or digit."""
    with closing(OwnLink(office_url)) as links, pytest.raises(RefusedError, match="can't be the name of a candidate"):
        add_candidate(OfficeDatabase(links), name, "ada")
