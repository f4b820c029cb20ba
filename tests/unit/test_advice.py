"""What to do about an error, on a terminal."""

from __future__ import annotations

import pytest

from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError


def test_an_error_without_advice_leaves_no_empty_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Advice is a line below the error; where there is none, there is no line."""
    for error in (RefusedError("No."), RefusedError("No.", fix="Add --yes.")):
        screen.note(error.sentence)
        screen.advise(error.fix)
    assert capsys.readouterr().err == "No.\nNo.\nAdd --yes.\n"
