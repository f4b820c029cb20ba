"""A sentence that no mail leaves with is warned about when it is told, not at ``send``."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.cli.views.change_view import change_facts
from followup_mail.services.changing.sentence_warnings import warn_of_sentences
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace


def test_change_warns_at_once(tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check will find is said after the option, once; what was there before is not told again."""
    workspace = make_demo_workspace(tmp_path, clock)
    told = {"moment": ["tom: I liked that you checks the rota."]}
    change_facts(workspace, SLUG, told, as_json=False)
    said = " ".join(capsys.readouterr().err.split())
    assert "write *check*, not *checks*, after *you*" in said
    assert f"followup-mail ask {SLUG} --again" in said
    application = workspace.facts.load(SLUG)
    assert len(warn_of_sentences(application)) == 1
    assert warn_of_sentences(application, application) == ()
