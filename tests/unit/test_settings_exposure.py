"""A ``.env`` with a password that others on the machine could read is found; one that nobody can reach is not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_mail.settings.exposure import Rights, find_exposed, is_open
from followup_mail.settings.load_settings import load_settings

OWN, SHARED = 1000, 50


@pytest.mark.parametrize(
    ("file", "folders", "expected"),
    [
        (Rights(0o600, OWN), [Rights(0o755, OWN)], False),
        (Rights(0o644, OWN), [Rights(0o755, OWN), Rights(0o755, 0)], True),
        (Rights(0o604, OWN), [Rights(0o701, OWN)], True),
        (Rights(0o644, OWN), [Rights(0o700, OWN), Rights(0o755, 0)], False),
        (Rights(0o644, OWN), [Rights(0o755, OWN), Rights(0o700, 0)], False),
        (Rights(0o640, SHARED), [Rights(0o750, SHARED), Rights(0o755, 0)], True),
        (Rights(0o640, SHARED), [Rights(0o750, OWN), Rights(0o755, 0)], False),
        (Rights(0o620, OWN), [Rights(0o755, OWN)], False),
        (Rights(0o602, OWN), [Rights(0o755, OWN)], False),
    ],
)
def test_open_is_what_others_can_reach_and_read(file: Rights, folders: list[Rights], expected: bool) -> None:
    """A file is open when others, or its group, may read it and may enter each folder on the way to it."""
    assert is_open(file, folders) is expected


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody on the machine may enter."""
    if os.name == "nt":
        pytest.skip("permissions as on POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        if any(not parent.stat().st_mode & 0o001 for parent in folder.parents):
            pytest.skip("temporary files are in nobody's reach here")
        yield folder


def _write(folder: Path, text: str, mode: int) -> Path:
    path = folder / ".env"
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", ["home", "named"])
def test_a_readable_password_is_found_in_either_place(public: Path, name: str) -> None:
    """Whichever file is used, its path is returned while others can read the password in it."""
    for one in ("home", "named"):
        (public / one).mkdir(mode=0o755)
    path = _write(public / name, "FOLLOWUP_EMAIL=jo@example.com\nFOLLOWUP_SMTP_PASSWORD=hunter2\n", 0o644)
    loaded = load_settings({}, public / "home", path if name == "named" else None)
    assert find_exposed(loaded) == path
    path.chmod(0o600)
    assert find_exposed(loaded) is None


def test_a_password_that_the_environment_overrides_still_counts(public: Path) -> None:
    """What lies in the file can be read, whatever is used in its place."""
    account = {"FOLLOWUP_EMAIL": "jo@example.com", "FOLLOWUP_SMTP_PASSWORD": "other"}
    path = _write(public, "FOLLOWUP_SMTP_PASSWORD=hunter2\n", 0o644)
    assert find_exposed(load_settings(account, public)) == path


@pytest.mark.parametrize("text", ["FOLLOWUP_NAME=Jo\n", "FOLLOWUP_SMTP_PASSWORD=\n", "FOLLOWUP_SMTP_KEYRING=mail\n"])
def test_without_a_password_anybody_may_read_it(public: Path, text: str) -> None:
    """A file that holds no password is nobody's worry."""
    _write(public, text, 0o644)
    assert find_exposed(load_settings({}, public)) is None


def test_a_link_is_followed(public: Path) -> None:
    """A ``.env`` that is a link counts by the file it leads to."""
    (public / "hidden").mkdir(mode=0o700)
    _write(public / "hidden", "FOLLOWUP_SMTP_PASSWORD=hunter2\n", 0o644)
    (public / ".env").symlink_to(public / "hidden" / ".env")
    assert find_exposed(load_settings({}, public)) is None
