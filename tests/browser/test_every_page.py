"""Every page: nothing that axe finds, no sideways scrolling on a phone, no word in code, all of it by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from screens import DESK, PHONE, Screen, find_sideways, find_violations

pytestmark = pytest.mark.timeout(180)


def test_a_first_page_has_no_fault(screen: Screen) -> None:
    """Today of somebody who has nothing yet is readable by everybody, in light and in dark."""
    for scheme in ("light", "dark"):
        screen.page.emulate_media(color_scheme=scheme)
        assert find_violations(screen) == []


def test_keys_lead_everywhere(screen: Screen) -> None:
    """``?`` lists the keys, and two of them lead to each page."""
    page: Any = screen.page
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("m")
    assert page.title().startswith("More")


def test_focus_can_be_seen(screen: Screen) -> None:
    """Whatever is reached by Tab shows that it has the focus."""
    screen.page.set_viewport_size(DESK)
    for _ in range(4):
        screen.page.keyboard.press("Tab")
        outline = screen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


def test_nothing_scrolls_sideways_on_a_phone(screen: Screen) -> None:
    """At 360 px a page is as wide as the screen."""
    screen.page.set_viewport_size(PHONE)
    assert find_sideways(screen) == []
