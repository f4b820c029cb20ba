"""A home folder that somebody else made: taken into an office, it runs nothing there and takes nothing from there."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from followup_mail.errors import FactsError, RefusedError, SettingsError
from followup_mail.office.files import LARGEST
from followup_mail.office.sealing import new_key
from followup_mail.services.office.office_import import import_home
from followup_mail.services.typed.allowed_files import NAME
from followup_mail.services.typed.attachable import allow_file, read_promised
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.mail_accounts import sending_account
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.settings.writing_endpoint import writing_endpoint
from followup_mail.workspace import open_for_candidate

ACCOUNT = "FOLLOWUP_NAME=Eve\nFOLLOWUP_EMAIL=eve@{}.example\nFOLLOWUP_SMTP_HOST=smtp.example\n"
MODEL = "FOLLOWUP_WRITER_URL=https://model.example/v1\nFOLLOWUP_WRITER_MODEL=m\n"


@pytest.fixture
def office(office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """The settings of an office, on a machine with nothing else."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Loaded(Settings(database_url=Secret(office_url), office_key=Secret(new_key())), tmp_path, {})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of a stranger."""
    folder = tmp_path / f"eve-{uuid4().hex}"
    (folder / "accounts").mkdir(mode=0o700, parents=True)
    return folder


def test_no_command_of_a_candidate_is_run(office: Loaded, home: Path, tmp_path: Path) -> None:
    """A command for a password is refused in a sentence, in .env and in an account's file, and so is one for a key."""
    trace = tmp_path / "it-ran"
    (tmp_path / "leave.py").write_text(f"open({str(trace)!r}, 'w')", "utf-8")
    command = shlex.join([sys.executable, str(tmp_path / "leave.py")])
    asks = f'FOLLOWUP_SMTP_PASSWORD_COMMAND="{command}"\n'
    (home / ".env").write_text(f'{ACCOUNT.format("x")}{asks}{MODEL}FOLLOWUP_WRITER_KEY_COMMAND="{command}"\n', "utf-8")
    (home / "accounts" / "work.env").write_text(ACCOUNT.format("work") + asks, "utf-8")
    name = import_home(office, home).name
    with open_for_candidate(office, name, "ada") as workspace:
        accounts = [workspace.settings, *(loaded.settings for loaded in workspace.named_accounts.usable.values())]
        assert len(accounts) == 2
        for settings in accounts:
            with pytest.raises(SettingsError, match="FOLLOWUP_SMTP_PASSWORD_COMMAND is not used in an office"):
                sending_account(settings).secret()
        endpoint = writing_endpoint(workspace.settings)
        assert endpoint
        with pytest.raises(SettingsError, match="FOLLOWUP_WRITER_KEY_COMMAND is not used in an office"):
            endpoint.find_key()
    assert not trace.exists()


def test_no_keyring_of_the_machine_is_asked(office: Loaded, home: Path) -> None:
    """The keyring of an office's machine holds no candidate's password, and is not asked for one."""
    (home / ".env").write_text(ACCOUNT.format("x") + "FOLLOWUP_SMTP_KEYRING=office\n", "utf-8")
    name = import_home(office, home).name
    with (
        open_for_candidate(office, name, "ada") as workspace,
        pytest.raises(SettingsError, match="FOLLOWUP_SMTP_KEYRING is not used in an office"),
    ):
        sending_account(workspace.settings).secret()


def test_no_file_from_outside_comes_in_by_a_link(office: Loaded, home: Path, tmp_path: Path) -> None:
    """A link to a file outside of the home folder is refused by name; one within it is taken as that file."""
    (tmp_path / "private.txt").write_text("sesame", "utf-8")
    (home / "cv.txt").write_text("my own", "utf-8")
    (home / "cv-again.txt").symlink_to(home / "cv.txt")
    (home / "note.txt").symlink_to(tmp_path / "private.txt")
    with pytest.raises(RefusedError, match=r"note\.txt is a link to a file outside"):
        import_home(office, home)
    (home / "note.txt").unlink()
    with open_for_candidate(office, import_home(office, home).name, "ada") as workspace:
        assert (workspace.home / "cv-again.txt").read_text("utf-8") == "my own"


def test_no_file_of_the_machine_is_attached(office: Loaded, home: Path, tmp_path: Path) -> None:
    """What came in as a list of confirmed files counts for nothing: files below the home folder alone are attached."""
    private = tmp_path / "private.txt"
    private.write_text("sesame", "utf-8")
    (home / NAME).write_text(f"{private}\n", "utf-8")
    (home / "applications").mkdir()
    (home / "applications" / "cv.pdf").write_bytes(b"%PDF-1.7")
    with open_for_candidate(office, import_home(office, home).name, "ada") as workspace:
        for attach in (read_promised, allow_file):
            with pytest.raises(FactsError, match=r"private\.txt is not attached: it is a file of this machine"):
                attach(workspace, private)
        assert read_promised(workspace, workspace.facts.folder / "cv.pdf").content == b"%PDF-1.7"


def test_a_file_too_large_to_be_laid_out_each_time_is_refused(office: Loaded, home: Path) -> None:
    """A file of more than the largest size is named, and nothing of the home is taken."""
    with (home / "film.bin").open("wb") as film:
        film.truncate(LARGEST + 1)
    with pytest.raises(RefusedError, match=r"film\.bin of .* has 16 MB"):
        import_home(office, home)
    (home / "film.bin").unlink()
    (home / ".env").write_text(ACCOUNT.format("x"), "utf-8")
    assert import_home(office, home).files == 1
