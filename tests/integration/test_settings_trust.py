"""Which files settings are read from: not those that others can write, own, or that cannot be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from followup_mail.errors import SettingsError
from followup_mail.settings.load_settings import load_settings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions as on POSIX")
SETTINGS = "FOLLOWUP_NAME=Jo\nFOLLOWUP_SMTP_PASSWORD=hunter2\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    (folder / ".env").write_text(SETTINGS)
    (folder / ".env").chmod(0o600)
    return folder


def refused(home: Path, env_file: Path | None = None) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, home, env_file)
    assert "hunter2" not in caught.value.sentence + caught.value.fix
    return caught.value


def test_private_home_is_read(home: Path) -> None:
    """A file and a folder that only their owner can write are used."""
    assert load_settings({}, home).settings.name == "Jo"


@pytest.mark.parametrize("mode", [0o602, 0o666, 0o646])
def test_file_that_others_can_write_is_refused(home: Path, mode: int) -> None:
    """Whoever can write the settings could have any command run; it says what to type."""
    (home / ".env").chmod(mode)
    error = refused(home)
    assert str(home / ".env") in error.sentence
    assert "chmod go-w" in error.fix


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o703, 0o722])
def test_home_that_others_can_write_is_refused(home: Path, mode: int) -> None:
    """A home folder that others can write into is refused, sticky or not."""
    home.chmod(mode)
    error = refused(home)
    assert str(home) in error.sentence
    assert "chmod go-w" in error.fix


@pytest.mark.parametrize("name", ["applications", "templates", "cadences"])
def test_folder_in_the_home_that_others_can_write_is_refused(home: Path, name: str) -> None:
    """What is read from the home is not for others to write either."""
    (home / name).mkdir()
    (home / name).chmod(0o777)
    assert name in refused(home).sentence


def test_home_below_a_folder_that_others_can_write_is_refused(home: Path) -> None:
    """Who can rename the home can put another in its place; below a sticky folder nobody can."""
    home.parent.chmod(0o777)
    assert str(home.parent) in refused(home).sentence
    home.parent.chmod(0o1777)
    assert load_settings({}, home).settings.name == "Jo"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("what", [".env", ""])
def test_what_belongs_to_somebody_else_is_refused(home: Path, what: str) -> None:
    """A file or a home of another user is refused, for root as well."""
    os.chown(home / what, 65534, 65534)
    assert "belongs to" in refused(home).sentence


def test_link_counts_by_the_file_it_leads_to(home: Path, tmp_path: Path) -> None:
    """A link in a private home to a file that others can write is refused."""
    (home / ".env").unlink()
    (tmp_path / "shared.env").write_text(SETTINGS)
    (tmp_path / "shared.env").chmod(0o666)
    (home / ".env").symlink_to(tmp_path / "shared.env")
    assert "shared.env" in refused(home).sentence + refused(home).fix


def test_named_file_is_held_to_the_same(home: Path, tmp_path: Path) -> None:
    """The file given with --env-file is refused as well when others can write it."""
    named = tmp_path / "named.env"
    named.write_text(SETTINGS)
    named.chmod(0o666)
    assert "named.env" in refused(home, named).sentence


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("mode", [0o755, 0o1777])
def test_home_below_somebody_elses_folder_is_refused(tmp_path: Path, mode: int) -> None:
    """Whose folder it is can rename what lies in it, sticky or not."""
    home = tmp_path / "theirs" / "home"
    home.mkdir(parents=True, mode=0o700)
    home.parent.chmod(mode)
    os.chown(home.parent, 65534, 65534)
    assert str(home.parent) in refused(home).sentence


def test_home_behind_a_link_that_others_can_change_is_refused(home: Path, tmp_path: Path) -> None:
    """The link decides which home it is."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "link").symlink_to(home)
    (tmp_path / "shared").chmod(0o777)
    assert str(tmp_path / "shared") in refused(tmp_path / "shared" / "link").sentence


def test_file_behind_a_link_into_a_shared_folder_is_refused(home: Path, tmp_path: Path) -> None:
    """Others could put another file where the link leads."""
    (tmp_path / "shared").mkdir()
    (home / ".env").rename(tmp_path / "shared" / "mine.env")
    (home / ".env").symlink_to(tmp_path / "shared" / "mine.env")
    assert load_settings({}, home).settings.name == "Jo"
    (tmp_path / "shared").chmod(0o777)
    assert str(tmp_path / "shared") in refused(home).sentence


def test_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    """Nobody is told to move a file away that only was named by mistake."""
    (tmp_path / "file").write_text("")
    assert "is not a folder" in refused(tmp_path / "file").sentence


def test_the_home_of_somebody_whom_nobody_knows_is_refused() -> None:
    """A ``~name`` that this computer does not know is a mistake of who typed it, and is said so."""
    assert "cannot be found" in refused(Path("~nobody-of-that-name/jobs")).sentence


def test_home_named_twice_is_one(home: Path) -> None:
    """The home's own .env given with --env-file is not a second account."""
    loaded = load_settings({}, home, home / ".env")
    assert loaded.settings.name == "Jo"
    assert loaded.remarks == ()


@pytest.mark.parametrize("kind", ["folder", "dangling link", "pipe", "closed"])
def test_file_that_cannot_be_read_is_an_error(home: Path, kind: str) -> None:
    """A .env that is there and cannot be read is never passed over: sending would be off without a word."""
    path = home / ".env"
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "dangling link":
        path.symlink_to(home / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path.write_text(SETTINGS)
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("root reads everything")
    error = refused(home)
    assert f"{path}: cannot be read" in error.sentence


def test_group_of_one_is_nobody_else(home: Path) -> None:
    """A file that only the user's own group can write is private where the group holds nobody else (umask 002)."""
    (home / ".env").chmod(0o660)
    group = (home / ".env").stat().st_gid
    import grp
    import pwd

    own = pwd.getpwuid(os.geteuid())
    if grp.getgrgid(group).gr_name != own.pw_name or grp.getgrgid(group).gr_mem:
        pytest.skip("this user has no group of their own")
    assert load_settings({}, home).settings.name == "Jo"
    assert (home / ".env").stat().st_mode & stat.S_IWGRP
