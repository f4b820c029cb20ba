"""``change --zone``: the holidays go where the place goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.services.change_application import apply_change, plan_change
from followup_mail.services.demo import SLUG, Clock, make_demo_workspace


@pytest.mark.parametrize(
    ("given", "country", "told"),
    [
        ({"zone": "Tokyo"}, "JP", "The holidays are those of Japan now. Another country: --country CODE"),
        ({"zone": "Denver"}, "US", ""),
        ({"zone": "Tokyo", "country": "Canada"}, "CA", ""),
        ({"zone": "UTC"}, "US", ""),
    ],
)
def test_the_holidays_go_with_the_place(
    tmp_path: Path, clock: Clock, given: dict[str, str], country: str, told: str
) -> None:
    """A place in another country brings its holidays and says so; one that was named with it stays."""
    workspace = make_demo_workspace(tmp_path, clock)
    said: list[str] = []
    apply_change(workspace, plan_change(workspace, SLUG, given, said.append))
    assert workspace.facts.load(SLUG).country == country
    assert "".join(said) == told
