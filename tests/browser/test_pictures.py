"""The pictures in the documentation show the page as it is."""

from __future__ import annotations

import difflib
import runpy
from pathlib import Path
from typing import Any

import pytest

import followup_mail

pytestmark = pytest.mark.timeout(300)


def test_no_picture_is_older_than_the_page(chromium: Any, bare_surroundings: None) -> None:
    """Each picture has its file, and the words that were on it when it was taken are those of the page now."""
    root = Path(followup_mail.__file__).parents[1]
    pictures = runpy.run_path(str(root / "docs" / "pictures.py"))
    aged = []
    with pictures["open_window"](chromium) as screen:
        for name, picture in pictures["PICTURES"].items():
            assert (pictures["FOLDER"] / f"{name}.png").is_file()
            then = (pictures["FOLDER"] / f"{name}.txt").read_text("utf-8").splitlines()
            now = pictures["show"](screen, picture).splitlines()
            aged += [f"{name}: {line}" for line in difflib.unified_diff(then, now, lineterm="", n=0)]
    assert "\n".join(aged) == "", "Look at the pages, then run: python docs/refresh.py --pictures"
