"""Without a kind, a command names those that there are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import ExitCode, LeftOutError
from followup_mail.services.context.name_kinds import refuse_without_kind
from followup_mail.settings.load_settings import load_settings
from followup_mail.workspace import Workspace

FACTS = """company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
[[interviews]]
start = 2026-11-17T14:00:00
duration = "45 min"
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
"""


@pytest.mark.usefixtures("bare_surroundings")
@pytest.mark.parametrize(
    ("slug", "said"),
    [("lumen", ("for lumen. The plan has: thank_you", "queue lumen thank_you")), ("", ("lumen", *Kind))],
    ids=["an application", "none"],
)
def test_a_kind_that_was_left_out_is_named(tmp_path: Path, slug: str, said: tuple[str, ...]) -> None:
    """Those of the plan are named first; without an application all kinds are, and the applications."""
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "lumen.toml").write_text(FACTS)
    (tmp_path / ".env").write_text("FOLLOWUP_TIME_ZONE=America/Chicago\n")
    workspace = Workspace(load_settings({}, tmp_path), lambda: datetime(2026, 11, 18, 15, 0, tzinfo=UTC))
    with pytest.raises(LeftOutError) as caught:
        refuse_without_kind(workspace, slug, "queue")
    assert [words for words in said if words not in caught.value.in_full] == []
    assert caught.value.exit_code is ExitCode.USAGE


def test_who_wants_all_that_is_planned_is_asked_for_no_kind(tmp_path: Path) -> None:
    """With --planned only the application is missing."""
    workspace = Workspace(load_settings({}, tmp_path), lambda: datetime(2026, 11, 18, 15, 0, tzinfo=UTC))
    with pytest.raises(LeftOutError) as caught:
        refuse_without_kind(workspace, "", "queue", planned=True)
    assert caught.value.sentence == "Say for which application: followup-mail queue APP --planned"
    assert "Kinds" not in caught.value.fix
