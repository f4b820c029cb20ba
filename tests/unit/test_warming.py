"""What is read and planned when the page starts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.services.overview.demo import FACTS, SLUG
from followup_mail.web.frame.desk import Desk
from followup_mail.web.warming import start_warming

NOW = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
SETTINGS = "FOLLOWUP_NAME=Jordan\nFOLLOWUP_EMAIL=jordan@example.com\nFOLLOWUP_TIME_ZONE=America/Chicago\n"


def _make(home: Path, settings: str = SETTINGS, facts: str = FACTS) -> Desk:
    (home / "applications").mkdir(parents=True)
    (home / ".env").write_text(settings, "utf-8")
    (home / "applications" / f"{SLUG}.toml").write_text(facts, "utf-8")
    return Desk(home, clock=lambda: NOW)


def test_plans_are_known_before_anybody_asks(tmp_path: Path, bare_surroundings: None) -> None:
    """After it, the plan of an application is kept; nothing was made in the home."""
    desk = _make(tmp_path / "home")
    before = sorted(tmp_path.rglob("*"))
    start_warming(desk).join()
    assert desk.kept.plans._kept.keys() == {(SLUG, "balanced")}
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("settings", "facts"), [("FOLLOWUP_TIME_ZONE=Nowhere/At_All\n", FACTS), (SETTINGS, "= [")])
def test_what_cannot_be_read_is_left_to_the_page(
    tmp_path: Path, bare_surroundings: None, settings: str, facts: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Broken settings or facts neither stop the start nor say anything in the terminal."""
    start_warming(_make(tmp_path / "home", settings, facts)).join()
    assert capfd.readouterr() == ("", "")
