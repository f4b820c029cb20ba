"""A browser as people use it: Chromium, driven by Playwright, at a real server whose clock stands still.

They are in the extra ``browser``. Where one of them is missing, these tests are left out, and say so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_client import PageClient
from screens import Screen, open_screen

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep them in one process: a browser is started once, and two cores have enough with one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install '.[browser]'"
    )
    if CHROMIUM is None:
        pytest.skip("no Chromium on PATH; on Debian: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Any, tmp_path: Path, bare_surroundings: None) -> Iterator[Screen]:
    """Somebody with a name and an address and nothing else, on Wednesday 18 November 2026 at noon in Chicago."""
    with PageClient(tmp_path / "home") as reader:
        window = open_screen(chromium, reader)
        yield window
        window.page.context.close()
