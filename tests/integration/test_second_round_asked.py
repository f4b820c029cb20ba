"""Somebody met again in one round: `today` asks, as no thank-you is planned for a meeting that it does not know."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from random_home import RandomHome

from followup_mail.services.overview.today import Today, look_at_today
from followup_mail.services.overview.urgent_first import list_headlines

MET = """
company = "Acme"
role = "Engineer"
time_zone = "America/Chicago"
country = "US"

[said]
decision_by = 2027-01-15

[[interviews]]
start = "2026-11-04 14:00"
duration = "1 h"
[[interviews.people]]
name = "Dana Lee"
email = "dana@acme.example"

[[interviews]]
start = "2026-11-18 14:00"
duration = "1 h"
[[interviews.people]]
name = "Dana Lee"
email = "dana@acme.example"
"""
AGAIN = datetime(2026, 11, 18, 15, tzinfo=ZoneInfo("America/Chicago"))


@pytest.fixture
def home(tmp_path: Path) -> RandomHome:
    return RandomHome(tmp_path / "home", tmp_path / "cache", Random(1))


def _look(home: RandomHome, at: datetime, *, text: str = "") -> tuple[Today, list[str]]:
    home.now = at
    with closing(home.open(keeps=True)) as workspace:
        if text:
            workspace.facts.create("acme", text)
        today = look_at_today(workspace)
        return today, [f"{found.text} {found.command}" for found in list_headlines(workspace, today)]


def test_today_asks_about_a_second_round(home: RandomHome) -> None:
    """It asks until a week after the second meeting, in full and in short, also when nothing else is due."""
    asked = "Dana Lee, Acme: met again in round 1. Was that a second round? edit acme"
    today, headlines = _look(home, AGAIN + timedelta(hours=1), text=MET)
    assert any(one.startswith("acme: You met Dana Lee on Wed 4 Nov and again two weeks later") for one in today.to_ask)
    assert asked in headlines
    for _ in range(2):
        today, headlines = _look(home, AGAIN + timedelta(days=6))
        assert any("was that a second round?" in one for one in today.to_ask)
        assert asked in headlines
    today, headlines = _look(home, AGAIN + timedelta(days=8))
    assert not today.second_rounds
    assert asked not in headlines


def test_a_second_round_in_the_facts_is_no_question(home: RandomHome) -> None:
    """With `round = 2` there is nothing to ask."""
    text = MET.replace('start = "2026-11-18 14:00"', 'start = "2026-11-18 14:00"\nround = 2')
    today, _ = _look(home, AGAIN + timedelta(hours=1), text=text)
    assert not today.second_rounds
