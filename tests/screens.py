"""Windows of a browser at the page, and what to look for in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from page_client import PageClient

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 800}


@dataclass(frozen=True)
class Screen:
    """A window of a browser that has entered the page of a home."""

    page: Any
    reader: PageClient

    @property
    def home(self) -> Path:
        return self.reader.home

    def go(self, path: str) -> Any:
        """Open an address of ours; return what the server answered."""
        return self.page.goto(self.reader.root + path)

    def press(self, name: str) -> None:
        """Press the button or the link of that name, and wait for the page behind it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).or_(
                self.page.get_by_role("link", name=name, exact=True)
            ).first.click()

    @property
    def words(self) -> str:
        """What can be read in it."""
        return str(self.page.inner_text("body"))


def open_screen(chromium: Any, reader: PageClient, **options: Any) -> Screen:
    """Open a window that has entered; what goes wrong in its scripts fails the test."""
    context = chromium.new_context(viewport=DESK, locale="en-GB", timezone_id="America/Chicago", **options)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto(f"{reader.root}/enter?ticket={reader.site.visits.make_ticket()}")
    page.wait_for_url(f"{reader.root}/")
    return Screen(page, reader)


def find_violations(screen: Screen, *rules: str) -> list[str]:
    """Return what axe finds wrong with the page that is shown (WCAG 2.2 A and AA, and good practice).

    With ``rules``, only those are looked at.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = axe.Axe().run(screen.page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def find_sideways(screen: Screen) -> list[str]:
    """Return what is wider than the window: the page scrolls sideways then."""
    return list(
        screen.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll("main *, header *")]
                .filter((element) => element.getBoundingClientRect().right > width + 1)
                .map((element) => element.outerHTML.slice(0, 160));
            }"""
        )
    )
