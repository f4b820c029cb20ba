"""Settings: what is said about wrong ones, which place counts, and that secrets stay secret."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from msgspec.structs import fields

from followup_mail.errors import SettingsError
from followup_mail.settings.env_example import env_example
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings, variable

ROOT = Path(__file__).parents[2]


def load(home: Path, text: str | bytes | None = None, **environment: str) -> Loaded:
    """Load the settings of ``home``, whose ``.env`` holds ``text``; without ``text`` it has none."""
    if text is not None:
        (home / ".env").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(environment, home)


def refused(home: Path, text: str | bytes | None = None, **environment: str) -> str:
    """Return what is said about settings that cannot be used."""
    with pytest.raises(SettingsError) as caught:
        load(home, text, **environment)
    return caught.value.sentence


def test_example_file_is_fresh() -> None:
    """.env.example is what the settings table says, to the letter."""
    assert (ROOT / ".env.example").read_text("utf-8") == env_example()


def test_example_documents_every_setting() -> None:
    """Every setting stands in .env.example, commented out; what nobody sets does not."""
    text = env_example()
    assert all(f"# {variable(field.name)}=" in text for field in fields(Settings) if field.name != "may_ask_machine")


def test_environment_wins_over_env_file(tmp_path: Path) -> None:
    """What stands in the environment goes before the home's .env."""
    loaded = load(tmp_path, "FOLLOWUP_NAME=File\nFOLLOWUP_PHONE=+1 312 555 0100\n", FOLLOWUP_NAME="Outside")
    assert (loaded.settings.name, loaded.settings.phone) == ("Outside", "+1 312 555 0100")
    assert loaded.places["name"] == "environment"


def test_working_folder_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .env in the folder where the command is started sets nothing."""
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    (here / ".env").write_text("FOLLOWUP_NAME=Mallory\nFOLLOWUP_SMTP_PASSWORD_COMMAND=touch mark\n")
    monkeypatch.chdir(here)
    assert load(home).settings == Settings(home=home)


def test_dollar_in_a_password_is_kept(tmp_path: Path) -> None:
    """A password such as a${HOME}b#c is taken as it stands."""
    loaded = load(tmp_path, "FOLLOWUP_SMTP_PASSWORD='a${HOME}b#c'\n")
    assert loaded.settings.smtp_password.reveal() == "a${HOME}b#c"


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    """Wrong values and unknown keys are all named, each with file, line and key."""
    said = refused(
        tmp_path,
        "\ufeff# mine\nFOLLOWUP_EMAIL=not an address\n\nFOLLOWUP_SMTP_PORT=99999\nFOLLOWUP_SMTP_PASWORD=hunter2\n",
        FOLLOWUP_OFFICE_HOURS="9-5",
    )
    assert f"{tmp_path / '.env'}:2: FOLLOWUP_EMAIL" in said
    assert f"{tmp_path / '.env'}:4: FOLLOWUP_SMTP_PORT" in said
    assert "did you mean FOLLOWUP_SMTP_PASSWORD?" in said
    assert "environment: FOLLOWUP_OFFICE_HOURS" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('$env:FOLLOWUP_SMTP_PASSWORD = "hunter2"', "FOLLOWUP_SMTP_PASSWORD=value"),
        ("$Env:FOLLOWUP_SMTP_PASSWORD='hunter2'", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("set FOLLOWUP_SMTP_PASSWORD=hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ('setx FOLLOWUP_SMTP_PASSWORD "hunter2"', "FOLLOWUP_SMTP_PASSWORD=value"),
        ('SET "FOLLOWUP_SMTP_PASSWORD=hunter2"', "FOLLOWUP_SMTP_PASSWORD=value"),
        ("setenv FOLLOWUP_SMTP_PASSWORD hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLLOWUP_SMTP_PASSWORD: hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLLOWUP_SMTP_PASSWORD hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("- FOLLOWUP_SMTP_PASSWORD=hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("followup_smtp_password=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("Followup_Smtp_Password=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("FOLLOWUP-SMTP-PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("FOLLOW_UP_SMTP_PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("\u200bFOLLOWUP_SMTP_PASSWORD=hunter2", "FOLLOWUP_SMTP_PASSWORD"),
        ("FOLLOWUP_SMTP_PASSWORD='hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLLOWUP_SMTP_PASSWORD", "FOLLOWUP_SMTP_PASSWORD has no value"),
        ("SMTP_PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("hunter2 is my password", "not of the form KEY=value"),
        ("FOLLOWUP_SMTP_PASSWORD=“hunter2”", "typographic quotation marks"),
        ("FOLLOWUP_SMTP_PASSWORD=\u2018hunter2\u2019", "typographic quotation marks"),
        ("FOLLOWUP_SMTP_PASSWORD=„hunter2“", "typographic quotation marks"),
        ('FOLLOWUP_SMTP_PASSWORD="hunter2\nFOLLOWUP_NAME="x', "FOLLOWUP_SMTP_PASSWORD"),
        ("FOLLOWUP_SMTP_HOST=smtp://jo:hunter2@mail.example", "FOLLOWUP_SMTP_HOST"),
        ("FOLLOWUP_SMTP_HOST=jo:hunter2@mail.example", "FOLLOWUP_SMTP_HOST"),
        ("FOLLOWUP_IMAP_HOST=hunter2@mail.example", "FOLLOWUP_IMAP_HOST"),
        ("FOLLOWUP_EMAIL=mailto://jo:hunter2@mail.example", "FOLLOWUP_EMAIL"),
        ("FOLLOWUP_SMTP_PASSWORD=hunter2\nFOLLOWUP_SMTP_PORT=hunter2", "FOLLOWUP_SMTP_PORT"),
        ("hunter2", "not of the form KEY=value"),
        ("FOLLOWUP_SMTP_PASSWORDhunter2=x", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("hunter2FOLLOWUP_SMTP_PASSWORD=x", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("FOLLOWUP_SMTP_PASSWORD.hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLLOWUP_NAME=Jo FOLLOWUP_SMTP_PASSWORD=hunter2", "second setting"),
        ("FOLLOWUP_\u0405MTP_PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("FOLLOWUP\uff3fSMTP_PASSWORD=hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLOWUP_SMTP_PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ('Environment="FOLLOWUP_SMTP_PASSWORD=hunter2"', "FOLLOWUP_SMTP_PASSWORD=value"),
        ("PASSWORD=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("SMTP_PASS=hunter2", "did you mean FOLLOWUP_SMTP_PASSWORD?"),
        ("FOLLOWUP_SMTP_PASSWORD=hunter2 #3", "single quotes"),
        ("FOLLOWUP_SMTP_PASSWORD => hunter2", "FOLLOWUP_SMTP_PASSWORD=value"),
        ("FOLLOWUP_NAME=\u201chunter2", "typographic quotation marks"),
        ('FOLLOWUP_NAME=\u201chunter2"', "typographic quotation marks"),
        ("FOLLOWUP_NAME=\uff02hunter2\uff02", "typographic quotation marks"),
        ("FOLLOWUP_NAME=${hunter2}", "is filled in"),
        ("FOLLOWUP_SMTP_SECURITY=hunter2", "FOLLOWUP_SMTP_SECURITY"),
        ("FOLLOWUP_EMAIL=jo@x.example:hunter2", "FOLLOWUP_EMAIL"),
        ("FOLLOWUP_OWN_ADDRESSES=a@b.example,hunter2", "FOLLOWUP_OWN_ADDRESSES"),
        ("FOLLOWUP_TIME_ZONE=hunter2", "FOLLOWUP_TIME_ZONE"),
        ("FOLLOWUP_COUNTRY=hunter2", "FOLLOWUP_COUNTRY"),
        ("FOLLOWUP_SMTP_CA_FILE=hunter2", "FOLLOWUP_SMTP_CA_FILE"),
    ],
)
@pytest.mark.parametrize("before", ["", "# mine\n\n", "FOLLOWUP_PHONE=+1 312 555 0100\n"])
def test_line_that_is_not_understood_is_told(tmp_path: Path, line: str, hint: str, before: str) -> None:
    """Whatever somebody wrote for a setting is used or told with its line, and a secret in it is not shown."""
    said = refused(tmp_path, f"{before}{line}\n")
    assert (
        f"{tmp_path / '.env'}:{before.count(chr(10)) + 1 + line.count(chr(10)) * (hint == 'FOLLOWUP_SMTP_PORT')}:"
        in said
    )
    assert hint in said
    assert "hunter2" not in said


def test_typographic_quotes_do_not_end_up_in_a_name(tmp_path: Path) -> None:
    """A name in “ ” is refused; an apostrophe within it is not."""
    assert "FOLLOWUP_NAME" in refused(tmp_path, "FOLLOWUP_NAME=“Jordan Example”\n")
    assert load(tmp_path, "FOLLOWUP_NAME=Pat O\u2019Neil\n").settings.name == "Pat O\u2019Neil"


def test_setting_given_twice_is_told(tmp_path: Path) -> None:
    """Of two lines for one setting neither is chosen in silence."""
    said = refused(tmp_path, "FOLLOWUP_NAME=Jo\nFOLLOWUP_NAME=Anna\n")
    assert ".env:2" in said
    assert "line 1" in said


def test_lower_case_in_the_environment_is_told(tmp_path: Path) -> None:
    """A variable that only looks like ours is named with the one that is meant."""
    assert "did you mean FOLLOWUP_NAME?" in refused(tmp_path, followup_name="Jo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_file_is_read_as_windows_programs_write_it(tmp_path: Path, encoding: str, end: str) -> None:
    """A byte-order mark, UTF-16 (PowerShell's ``>``) and any line end are understood."""
    text = end.join(["# mine", "FOLLOWUP_NAME=Zoë", "export FOLLOWUP_PHONE='+1 312 555 0100'", ""])
    settings = load(tmp_path, text.encode(encoding)).settings
    assert (settings.name, settings.phone) == ("Zoë", "+1 312 555 0100")


@pytest.mark.parametrize("content", [b"FOLLOWUP_NAME=J\xff\xfe\n", b"FOLLOWUP_NAME=J\0o\n"])
def test_file_that_is_not_text_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    """A .env that is not text is an error that names it."""
    assert f"{tmp_path / '.env'}: cannot be read" in refused(tmp_path, content)


def test_file_that_sets_nothing_says_so(tmp_path: Path) -> None:
    """The example with every line still commented out is not passed over in silence."""
    assert any("sets nothing" in remark for remark in load(tmp_path, env_example()).remarks)
    assert not load(tmp_path, "FOLLOWUP_NAME=Jo\n").remarks


@pytest.mark.parametrize("key", ["FOLLOWUP_HOME", "FOLLOWUP_SMTP_CA_FILE"])
def test_path_is_written_in_full(tmp_path: Path, key: str) -> None:
    """A relative path would lead to another file in each working folder, so it is refused."""
    assert "written in full" in refused(tmp_path, f"{key}=data\n")


def test_home_cannot_name_another_home(tmp_path: Path) -> None:
    """FOLLOWUP_HOME in the home's own .env would contradict where it was read."""
    assert "FOLLOWUP_HOME" in refused(tmp_path, f"FOLLOWUP_HOME={tmp_path / 'other'}\n")


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
        ("time_zone", "Atlantis"),
        ("country", "Narnia"),
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


@pytest.mark.parametrize(
    ("key", "text", "value"), [("time_zone", "Denver", "America/Denver"), ("country", "Germany", "DE")]
)
def test_a_place_is_set_as_people_say_it(tmp_path: Path, key: str, text: str, value: str) -> None:
    """Settings take the names of places that every question takes."""
    loaded = load_settings({variable(key): text}, tmp_path)
    assert getattr(loaded.settings, key) == value
