"""The file of proof points: read with each application; a line that cannot be used is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.errors import FactsFileError
from followup_mail.facts.facts_folder import FactsFolder

FACTS = 'company = "Acme"\nrole = "Warehouse lead"\n'


def folder(home: Path, points: str | bytes) -> FactsFolder:
    (home / "applications").mkdir()
    (home / "applications" / "acme.toml").write_text(FACTS, "utf-8")
    (home / "proof-points.txt").write_bytes(points.encode() if isinstance(points, str) else points)
    return FactsFolder(home)


def test_points_are_read_with_an_application(tmp_path: Path) -> None:
    """Comments and empty lines are none, whatever ends the lines."""
    points = "# mine\r\n\r\nmoved a warehouse in 3 days\r\n"
    assert folder(tmp_path, points).load("acme").fit == ("moved a warehouse in 3 days",)


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    """All that is wrong is said at once, each with its line; nothing is partly used."""
    with pytest.raises(FactsFileError) as raised:
        folder(tmp_path, "good\nbad\x07\nx" + "y" * 2_001 + "\n").load("acme")
    assert [problem.line for problem in raised.value.problems] == [2, 3]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A picture put there by mistake is one clear sentence."""
    with pytest.raises(FactsFileError, match="UTF-8"):
        folder(tmp_path, b"\xff\xd8\xff").load("acme")
