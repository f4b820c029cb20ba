"""A facts file that names its own method, added as it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_mail.errors import FactsError
from followup_mail.services.adding.add_application import add_file
from followup_mail.services.overview.demo import Clock
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
FACTS = 'company = "Tern"\nrole = "Data Analyst"\ntime_zone = "America/Chicago"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A home without applications."""
    settings = Settings(home=tmp_path, name="Jordan Example", email="jordan@example.com", time_zone="America/Chicago")
    return Workspace(Loaded(settings, tmp_path, {}), Clock(NOW))


@pytest.mark.parametrize("name", ["../x", "balancd"])
def test_a_file_with_an_unknown_method_is_not_added(workspace: Workspace, name: str) -> None:
    """It would stop what is done for all applications; the file, and what methods there are, are named."""
    with pytest.raises(FactsError, match="There is no cadence") as caught:
        add_file(workspace, f'cadence = "{name}"\n{FACTS}', Path("tern.toml"), "tern")
    assert "balanced" in caught.value.fix
    assert not workspace.facts.slugs()


def test_a_file_with_a_known_method_is_added(workspace: Workspace) -> None:
    """As is one without any."""
    add_file(workspace, f'cadence = "weekly-calls"\n{FACTS}', Path("tern.toml"), "tern")
    add_file(workspace, FACTS, Path("tern.toml"), "tern-2")
    assert sorted(workspace.facts.slugs()) == ["tern", "tern-2"]


def test_a_method_that_is_gone_comes_with_what_to_type(workspace: Workspace) -> None:
    """A file that was changed by hand, or whose method was removed: one command names another."""
    workspace.facts.create("tern", f'cadence = "gone"\n{FACTS}')
    with pytest.raises(FactsError) as caught:
        workspace.cadence_of(workspace.facts.load("tern"))
    assert "followup-mail change tern --cadence NAME" in caught.value.fix
