"""Where modules and programs are looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from followup_mail.working_folder import keep_out

COLON = os.pathsep


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, with the surroundings put back afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["/lib", str(tmp_path), "/other"])
    for name in ("PATH", "PYTHONPATH", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"{COLON}/bin", "/bin"),
        (f"/bin{COLON}", "/bin"),
        (f"/a{COLON}{COLON}/b", f"/a{COLON}/b"),
        (f".{COLON}/b", f".{COLON}/b"),
        ("/bin", "/bin"),
        ("", None),
        (COLON, None),
        (None, None),
    ],
)
def test_an_empty_element_of_path_goes(given: str | None, kept: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be the working folder; one that is named stays, and the order too."""
    if given is not None:
        monkeypatch.setenv("PATH", given)
    keep_out()
    assert os.environ.get("PATH") == kept


@pytest.mark.parametrize("first", ["", "."])
def test_a_module_run_by_name_does_not_search_here(first: str, elsewhere: Path) -> None:
    """What ``-c`` and ``-m`` put first goes; the same folder further on was put there by somebody."""
    sys.path.insert(0, first and str(elsewhere))
    keep_out()
    assert sys.path == ["/lib", str(elsewhere), "/other"]


def test_an_empty_element_of_pythonpath_goes(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be the working folder, wherever it stands."""
    monkeypatch.setenv("PYTHONPATH", f"/lib{COLON}{COLON}/other")
    keep_out()
    assert sys.path == ["/lib", "/other"]


def test_relative_folders_of_settings_are_ignored(monkeypatch: pytest.MonkeyPatch, elsewhere: Path) -> None:
    """By the XDG specification they are invalid; absolute ones stay."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "config")
    monkeypatch.setenv("XDG_DATA_HOME", str(elsewhere))
    keep_out()
    assert "XDG_CONFIG_HOME" not in os.environ
    assert os.environ["XDG_DATA_HOME"] == str(elsewhere)


def test_a_folder_that_is_gone(elsewhere: Path) -> None:
    """A working folder that was removed holds nothing, and is no error."""
    elsewhere.rmdir()
    keep_out()
