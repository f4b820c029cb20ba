"""Changing a ``.env``: what is meant to change does, everything else stays, and what is written is read back."""

from __future__ import annotations

import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.env_writing import rewrite, write_settings

OWN = """\
# my settings

export FOLLOWUP_NAME='Jordan Example'   # as in my CV
OTHER_PROGRAM="it's mine"
FOLLOWUP_SMTP_HOST=smtp.old.example

# the end
"""


def test_only_the_lines_that_change_are_touched() -> None:
    """Comments, order, blank lines and other programs' lines stay as they are; a new setting comes last."""
    changed = rewrite(OWN, {"FOLLOWUP_SMTP_HOST": "smtp.new.example", "FOLLOWUP_EMAIL": "jo@x.example"})
    assert changed == OWN.replace("old", "new") + "FOLLOWUP_EMAIL=jo@x.example\n"


def test_a_changed_line_keeps_its_comment() -> None:
    """What stands behind a value, and the word export before it, stay."""
    changed = rewrite(OWN, {"FOLLOWUP_NAME": "Jo Example"})
    assert changed == OWN.replace("'Jordan Example'", "Jo Example")


def test_an_empty_text_takes_a_line_away() -> None:
    """A setting that is taken away leaves nothing behind, and its neighbours stay."""
    assert rewrite(OWN, {"FOLLOWUP_SMTP_HOST": ""}) == OWN.replace("FOLLOWUP_SMTP_HOST=smtp.old.example\n", "")
    assert rewrite(OWN, {"FOLLOWUP_EMAIL": ""}) == OWN


def test_line_ends_and_a_missing_last_one() -> None:
    """A file from Windows keeps its line ends; a last line without one gets it before something is added."""
    assert rewrite("A=1\r\nFOLLOWUP_NAME=x\r\n", {"FOLLOWUP_NAME": "y"}) == "A=1\r\nFOLLOWUP_NAME=y\r\n"
    assert rewrite("A=1", {"FOLLOWUP_NAME": "y"}) == "A=1\nFOLLOWUP_NAME=y\n"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=30))
def test_every_password_is_read_back_as_it_was(secret: str) -> None:
    """Whatever a password consists of, it is read back as it was typed."""
    text = secret.strip()
    if not text:
        return
    changed = rewrite(OWN, {"FOLLOWUP_SMTP_PASSWORD": text})
    assert changed.startswith(OWN)
    assert dotenv_values(stream=StringIO(changed), interpolate=False)["FOLLOWUP_SMTP_PASSWORD"] == text


@pytest.mark.parametrize(
    "secret", ["pässword-7 (real)", "it's", 'a"b', "a\\b", "a#b", "a #b", "$HOME", "ab\\", "'\"\\'"]
)
def test_a_password_survives_the_file(tmp_path: Path, secret: str) -> None:
    """Quotes, spaces, backslashes, signs of a comment and of a variable come back as they were."""
    write_settings(tmp_path / ".env", {"FOLLOWUP_SMTP_PASSWORD": secret})
    assert read_env_file(tmp_path / ".env").text("smtp_password") == secret


@pytest.mark.skipif(os.name == "nt", reason="permissions as on POSIX")
def test_the_file_is_for_the_user_alone(tmp_path: Path) -> None:
    """A new file, and one that others could read, are readable by the user only afterwards."""
    path = tmp_path / "home" / ".env"
    assert write_settings(path, {"FOLLOWUP_NAME": "Jo"}) == ("FOLLOWUP_NAME",)
    path.chmod(0o644)
    write_settings(path, {"FOLLOWUP_SMTP_PASSWORD": "x1"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    """To set what is set already leaves the very file."""
    path = tmp_path / ".env"
    path.write_text(OWN, "utf-8")
    before = path.stat()
    assert write_settings(path, {"FOLLOWUP_NAME": "Jordan Example", "FOLLOWUP_EMAIL": ""}) == ()
    assert (path.stat().st_ino, path.read_text("utf-8")) == (before.st_ino, OWN)


def test_other_encodings_stay(tmp_path: Path) -> None:
    """A file that PowerShell wrote in UTF-16 stays in UTF-16."""
    path = tmp_path / ".env"
    path.write_bytes("FOLLOWUP_NAME=Zoë\r\n".encode("utf-16"))
    write_settings(path, {"FOLLOWUP_EMAIL": "zoe@x.example"})
    assert path.read_bytes().decode("utf-16") == "FOLLOWUP_NAME=Zoë\r\nFOLLOWUP_EMAIL=zoe@x.example\r\n"
