"""The page by keyboard alone: keys that lead everywhere, focus that is seen, an order that follows the reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from filled_home import FACTS
from page_client import PageClient
from screens import Screen, open_screen

from followup_mail.outbox.entry import State

pytestmark = pytest.mark.timeout(300)

FOCUSED: Final = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const named = one.labels?.[0]?.innerText ?? one.getAttribute("aria-label") ?? one.innerText ?? "";
  return {name: named.trim().split("\\n")[0], outline: style.outlineStyle, width: parseFloat(style.outlineWidth)};
}"""
MOVING: Final = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  const isAnimated = style.animationName !== "none" && lasts(style.animationDuration);
  return lasts(style.transitionDuration) || isAnimated || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 120))"""
LUMEN: Final = "/applications/lumen-freight"


@pytest.fixture
def panel(chromium: Any, tmp_path: Any, bare_surroundings: None) -> Iterator[Screen]:
    """A window at a home whose panel of three was met yesterday, with another application beside it."""
    with PageClient(tmp_path / "home") as reader:
        folder = reader.home / "applications"
        folder.mkdir()
        for slug in ("lumen-freight", "st-oswins"):
            (folder / f"{slug}.toml").write_text(FACTS[slug], "utf-8")
        window = open_screen(chromium, reader)
        yield window
        window.page.context.close()


def focused(screen: Screen) -> str:
    """Return the name of what has the focus, which has to be seen."""
    found = screen.page.evaluate(FOCUSED)
    assert found["outline"] != "none", f"no outline at {found['name']}"
    assert found["width"] >= 2, f"hardly an outline at {found['name']}"
    return str(found["name"])


def tab_to(screen: Screen, name: str, most: int = 60) -> list[str]:
    """Press Tab until what is called so has the focus; return all that had it on the way, each one seen."""
    passed = []
    for _ in range(most):
        screen.page.keyboard.press("Tab")
        passed.append(focused(screen))
        if passed[-1] == name:
            return passed
    pytest.fail(f"{name} is not reached by Tab, only {passed}")


def press(screen: Screen, *keys: str) -> None:
    """Press keys, the last of which leads to another page."""
    for key in keys[:-1]:
        screen.page.keyboard.press(key)
    with screen.page.expect_navigation():
        screen.page.keyboard.press(keys[-1])


def test_keys_are_listed_and_lead_everywhere(screen: Screen) -> None:
    """``?`` lists the keys, Escape closes the list, and ``g`` with a letter of it leads to each page."""
    page = screen.page
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    focused(screen)
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    for letter, title in zip("anoismt", ("Appl", "New", "Outbox", "Inbox", "Stat", "More", "Today"), strict=True):
        press(screen, "g", letter)
        assert page.title().startswith(title)


def test_keys_do_nothing_while_somebody_types(screen: Screen) -> None:
    """In a field the letters of a shortcut are letters."""
    screen.go("/add")
    screen.page.focus("#f-company")
    screen.page.keyboard.type("go? jk/")
    assert screen.page.input_value("#f-company") == "go? jk/"
    assert not screen.page.get_by_role("dialog").is_visible()


def test_the_first_stop_leads_past_the_pages(screen: Screen) -> None:
    """Tab stops first at the link to the content, then at the pages from left to right."""
    stops = tab_to(screen, "More")
    assert stops == [
        "Skip to the content",
        *("Today", "Applications", "New interview", "Outbox", "Inbox", "Statistics", "More"),
    ]
    screen.go("/")
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Enter")
    tab_to(screen, "Write down an interview", 1)


def test_a_list_is_walked_and_searched(panel: Screen) -> None:
    """``j`` and ``k`` walk the items of a list, ``/`` leads into the search, and Enter searches."""
    panel.go("/applications")
    panel.page.keyboard.press("j")
    first = focused(panel)
    panel.page.keyboard.press("j")
    assert focused(panel) != first
    panel.page.keyboard.press("k")
    assert focused(panel) == first
    panel.page.keyboard.press("/")
    panel.page.keyboard.type("grace")
    press(panel, "Enter")
    assert "St Oswin's" in panel.page.inner_text("main")
    assert "Lumen" not in panel.page.inner_text("main")


def test_the_marks_of_a_timeline_are_reached_and_say_why(panel: Screen) -> None:
    """Each mark is a stop with a name; while it has the focus, its reason can be read in the picture."""
    panel.go(LUMEN)
    marks = panel.page.locator(".timeline a.one")
    assert marks.count() >= 4
    panel.page.locator(".timeline").focus()
    for number in range(marks.count()):
        panel.page.keyboard.press("Tab")
        mark = marks.nth(number)
        assert mark.evaluate("one => one === document.activeElement")
        assert len(mark.get_attribute("aria-label") or "") > 10
        assert mark.locator(".words").evaluate("one => getComputedStyle(one).visibility") == "visible"
        assert mark.locator(".words").evaluate("one => getComputedStyle(one).display") != "none"


def test_thanks_are_read_and_queued_by_keyboard(panel: Screen) -> None:
    """From Today to the queue without a mouse: a mail is left out with Space, the others are queued with Enter."""
    tab_to(panel, "Read and send")
    press(panel, "Enter")
    tab_to(panel, "Queue this one")
    panel.page.keyboard.press("Space")
    tab_to(panel, "Queue them for their moments", 90)
    press(panel, "Enter")
    with panel.reader.desk.open() as workspace:
        entries = workspace.store.entries()
    assert [entry.state for entry in entries] == [State.QUEUED] * 2
    assert "priya" not in str(entries[0].step) + str(entries[1].step)


def test_control_and_enter_send_the_form_that_is_typed_in(screen: Screen) -> None:
    """Ctrl+Enter in a field does what the form's first button does."""
    screen.go("/add")
    screen.page.focus("#f-company")
    screen.page.keyboard.type("Lumen Freight")
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.type("Data Engineer")
    press(screen, "Control+Enter")
    assert screen.page.input_value("#f-company") == "Lumen Freight"
    assert "Lumen Freight" in (screen.home / "unfinished-add.json").read_text("utf-8")


def test_nothing_moves_for_whoever_wants_no_motion(panel: Screen) -> None:
    """With reduced motion no element of the busiest pages has an animation, a transition or a smooth scroll."""
    panel.page.emulate_media(reduced_motion="reduce")
    for address in ("/", LUMEN, f"{LUMEN}/write/thank_you", "/add", "/statistics"):
        panel.go(address)
        assert panel.page.evaluate(MOVING) == []
