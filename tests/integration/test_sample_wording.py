"""The wording that the page about templates shows can be used as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import followup_mail
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.services.writing.template_check import try_wordings

PAGE = Path(followup_mail.__file__).parents[1] / "docs" / "templates.md"


def test_the_sample_wording_works(tmp_path: Path) -> None:
    """The wording on the page about templates renders on sample facts, rich and bare."""
    found = re.search(r"```jinja\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    folder = tmp_path / "thank_you"
    folder.mkdir()
    (folder / "mine.txt").write_text(found[1], "utf-8")
    tried = {wording.full_name: problems for wording, problems in try_wordings(TemplateFolders(tmp_path))}
    assert tried["thank_you/mine"] == []
