"""When a further interview is, as `change` reads it: the demo's first one was yesterday, Wednesday 18 November 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.errors import OptionsError
from followup_mail.services.changing.change_application import plan_change
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.typed.interview_length import ASSUMED


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mon 14 dec half nine", "2026-12-14 09:30"),
        ("14 dec 9:30", "2026-12-14 09:30"),
        ("thursday 10th 10am", "2026-12-10 10:00"),
        ("the 10th 10am", "2026-12-10 10:00"),
        ("the 15th 10am", "2026-12-15 10:00"),
        ("tuesday 10am", "2026-11-24 10:00"),
        ("yesterday 4pm", "2026-11-18 16:00"),
        ("5 nov 10am", "2026-11-05 10:00"),
        ("last friday 10am", "2026-11-13 10:00"),
    ],
)
def test_a_further_interview_is_rather_to_come(tmp_path: Path, said: str, meant: str) -> None:
    """A day that would be before the interview so far is the next such day; one that can only be past stays past."""
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    planned = plan_change(workspace, SLUG, {"start": said, "duration": "30 min"}, lambda _: None)
    assert f"start = {meant}" in planned.changed or f'start = "{meant}' in planned.changed


@pytest.mark.parametrize(
    ("told", "length", "said"),
    [
        ({"start": "Mon, Dec 14 · 10:00 AM - 11:00 AM"}, "1 h", []),
        ({"start": "14 dec 10:00"}, "45 min", [ASSUMED]),
    ],
)
def test_the_length_of_a_new_interview(tmp_path: Path, told: dict[str, str], length: str, said: list[str]) -> None:
    """It is what the range tells, else the usual length, which is said."""
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    heard: list[str] = []
    planned = plan_change(workspace, SLUG, told, heard.append)
    assert any(f", {length}," in line for line in planned.differences)
    assert heard == said


def test_two_lengths_that_differ_are_refused(tmp_path: Path) -> None:
    """Which of them is right is not guessed."""
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    with pytest.raises(OptionsError, match="it is 1 h, and --duration says 45 min"):
        plan_change(workspace, SLUG, {"start": "14 dec 10:00 - 11:00", "duration": "45 min"}, lambda _: None)


def test_an_interview_named_by_its_moment_is_that_one(tmp_path: Path) -> None:
    """A start that is known changes that interview, and adds none."""
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    planned = plan_change(workspace, SLUG, {"start": "18 nov 2pm", "duration": "30 min"}, lambda _: None)
    assert planned.changed.count("[[interviews]]") == 1
