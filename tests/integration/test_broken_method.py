"""One broken file in ``cadences/`` hides no other method."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cli.views.show_methods import list_methods
from followup_mail.cli.views.show_plan import show_comparison
from followup_mail.services.context.usable_methods import find_methods
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with a method of its own that has two mistakes, and one that is no TOML."""
    folder = tmp_path / "cadences"
    folder.mkdir()
    (folder / "mine.toml").write_text('title = "Mine"\ninterval = "soon"\ncolour = 1\n', "utf-8")
    (folder / "scrap.toml").write_text("title =\n", "utf-8")
    return make_demo_workspace(tmp_path, Clock(NOW))


def test_the_others_are_listed(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """The list has every method that can be used, and one sentence about each that cannot, with file and line."""
    list_methods(workspace, json=False)
    said = capsys.readouterr()
    assert "balanced" in said.out
    assert "weekly-calls" in said.out
    told = " ".join(said.err.split())
    assert "The method mine cannot be used: " in told
    assert "mine.toml:2: interval: 'soon' is not a span" in told
    assert "scrap.toml:1" in told


def test_scripts_are_told_too(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--json`` those that cannot be used are in the list, with what is wrong."""
    list_methods(workspace, json=True)
    listed = {method["name"]: method for method in json.loads(capsys.readouterr().out)}
    assert listed["balanced"]["title"] == "Balanced"
    assert listed["mine"]["error"].startswith("The method mine cannot be used: ")


def test_comparing_goes_on(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Comparing the methods of a plan leaves the broken ones out, and says so."""
    show_comparison(workspace, SLUG, "", json=False)
    said = capsys.readouterr()
    assert "timeline" in said.out
    assert "The method scrap cannot be used" in said.err


def test_nothing_is_said_of_what_is_sound(tmp_path: Path) -> None:
    """Without a broken file there is nothing to say."""
    assert find_methods(make_demo_workspace(tmp_path, Clock(NOW)))[1] == ()
