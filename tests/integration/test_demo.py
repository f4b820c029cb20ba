"""The demonstration, broken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.cli.terminal.end_signals import Ended
from followup_mail.cli.views import show_demo


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("end", [KeyboardInterrupt(), Ended(15), BrokenPipeError()], ids=repr)
def test_a_demonstration_that_breaks_off_leaves_nothing(
    end: BaseException, keep: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Interrupted, or with nobody reading on, it removes its folder all the same, also when that was to stay."""

    def break_off(*_: object) -> None:
        raise end

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(show_demo, "_deliver", break_off)
    with pytest.raises(type(end)):
        show_demo.show_demo(keep)
    assert list(tmp_path.iterdir()) == []
