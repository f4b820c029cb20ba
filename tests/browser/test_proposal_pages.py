"""Proposals of assistants in a browser: decided with the keyboard alone, and none of their words does anything."""

from __future__ import annotations

from typing import Any

import pytest
from filled_home import fill_home
from proposal_samples import HOSTILE, SUBJECT, fill_proposals
from screens import Screen

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def filled(screen: Screen) -> Screen:
    """Somebody with applications and proposals."""
    fill_home(screen.reader, without=("broken",))
    fill_proposals(screen.reader)
    return screen


def focus_on(page: Any, what: str) -> None:
    """Press Tab until the focus is on what a selector names."""
    for _ in range(80):
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {what}")


def test_facts_with_the_keyboard(filled: Screen) -> None:
    """The menu leads there, a tick is taken away, what is left is read and written, all without a mouse."""
    page = filled.page
    filled.go("/more")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("p")
    assert page.url.endswith("/proposals")
    filled.go("/proposals/1")
    focus_on(page, "input[name=take][value='3']")
    page.keyboard.press("Space")
    focus_on(page, "form[id=accept] .buttons button:not(.quiet)")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Below is what the ticked ones come to." in filled.words
    assert "elsewhere.example" not in page.inner_text(".differing")
    filled.press("Take over what is ticked")
    assert "Saved." in filled.words
    text = (filled.home / "applications" / "lumen-freight.toml").read_text("utf-8")
    assert "late manifests" in text
    assert "elsewhere.example" not in text


def test_a_mail_as_it_was_shown(filled: Screen) -> None:
    """The button says when the mail leaves; pressing it shows the mail in the outbox, with the way back."""
    filled.go("/proposals/2")
    button = filled.page.locator("form[id=accept] button")
    assert button.inner_text().startswith("Queue it for")
    with filled.page.expect_navigation():
        button.click()
    assert "/outbox/" in filled.page.url
    assert SUBJECT in filled.words
    assert "Take back" in filled.words


@pytest.mark.parametrize("number", [3, 4])
def test_hostile_words_do_nothing(filled: Screen, number: int) -> None:
    """No script, style or link of an assistant works, and nothing is asked of any other server."""
    page = filled.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    filled.go(f"/proposals/{number}")
    for details in page.locator("details").all():
        details.evaluate("(element) => { element.open = true; }")
    page.wait_for_load_state("networkidle")
    assert HOSTILE[0] in page.inner_text("main")
    assert "owned" not in page.title()
    assert all(url.startswith(filled.reader.root) for url in asked)
    assert page.locator("a[href*=evil]").count() == 0
