"""The pictures of the page in the documentation: ``python docs/refresh.py --pictures`` (needs the extra ``browser``).

Each is taken in Chromium, of the real page over made-up facts, with a clock that stands still. Beside each picture is a
text with the words that it shows; tests/browser/test_pictures.py compares it with the page as it is now, so that no
picture ages unseen.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "pictures"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

_WIDE: Final = {"width": 960, "height": 640}
_TALL: Final = {"width": 960, "height": 780}
_PHONE: Final = {"width": 360, "height": 740}
_LEFT_OUT: Final = ("acme", "broken", "over")
_LUMEN: Final = "/applications/lumen-freight"


@dataclass(frozen=True)
class Picture:
    """What is in one: where it is taken, how large, and what is done first."""

    address: str
    size: Mapping[str, int]
    first: Callable[[Any], None] = lambda _: None
    """Gets the page of Playwright."""


def _write_down(page: Any) -> None:
    page.locator("#f-company").fill("Kestrel Rail")
    page.locator("#f-role").fill("Timetable Planner")
    page.locator("#f-who-0").fill("Ines Marlow, Head of Planning <ines@kestrel.example>")
    page.locator("#f-notes-0").fill("wants somebody who can talk to drivers\nthe winter timetable")
    with page.expect_navigation():
        page.locator("#person-0").get_by_role("button", name="Save", exact=True).click()
    # Whether it says "Kept." yet depends on the moment.
    page.evaluate("document.getElementById('saved').remove()")
    page.evaluate("document.querySelector('[data-field=notes-0]').scrollIntoView()")


def _show_timeline(page: Any) -> None:
    page.locator('.timeline a.one[aria-label^="Second note"]').first.focus()


def _show_letters(page: Any) -> None:
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _show_answers(page: Any) -> None:
    page.evaluate("document.querySelectorAll('h2')[3].scrollIntoView()")


PICTURES: Final[Mapping[str, Picture]] = {
    "today": Picture("/", _WIDE),
    "application": Picture("/applications/harbor", _TALL, _show_timeline),
    "write": Picture(f"{_LUMEN}/write/thank_you", _TALL, _show_letters),
    "outbox": Picture("/outbox/6", _WIDE),
    "statistics": Picture("/statistics", _TALL, _show_answers),
    "debrief": Picture("/add", _PHONE, _write_down),
}
"""By the name of its file."""


@contextmanager
def open_window(chromium: Any) -> Iterator[Any]:
    """Open a window of a browser at the home that the pictures show."""
    from filled_home import fill_home
    from page_client import PageClient
    from screens import open_screen

    with tempfile.TemporaryDirectory() as folder, PageClient(Path(folder) / "home", delivers=True) as reader:
        fill_home(reader, without=_LEFT_OUT)
        _remember_autumn(reader)
        screen = open_screen(chromium, reader, reduced_motion="reduce")
        yield screen
        screen.page.context.close()


_AUTUMN: Final = (
    ("Brightwater Foods", "rejected", "2026-10-15", "2026-09-22", ("2026-09-23", "2026-10-06")),
    ("Pike & Daughters", "replied", "2026-10-12", "2026-10-01", ("2026-10-02", "2026-10-08")),
    ("Tallow Street Books", "offer", "2026-10-29", "2026-10-20", ("2026-10-21",)),
    ("Union Glass", "rejected", "2026-11-10", "2026-10-13", ("2026-10-14", "2026-10-27", "2026-11-04")),
)
"""What came before: company, what came of it and when, the interview, and the days of the calls."""


def _remember_autumn(reader: Any) -> None:
    """Add what statistics are made of: applications that were answered, and calls before that."""
    from filled_home import Met, write_facts

    from followup_mail.services.by_hand.log_contact import Done, log_touch

    for number, (company, status, on, met, calls) in enumerate(_AUTUMN):
        slug, person = f"autumn-{number}", Met("Robin Hale", "robin@autumn.example", "Manager", "the autumn")
        waiting = write_facts(company, "Planner", f"{met}T10:00:00-05:00", person)
        path = reader.home / "applications" / f"{slug}.toml"
        path.write_text(waiting, "utf-8")
        with reader.desk.open(f"log {slug}") as workspace:
            for call in calls:
                log_touch(workspace, Done(slug, "phone", "robin", at=f"{call} 11:00"))
        outcome = f'[outcome]\nstatus = "{status}"\non = {on}'
        path.write_text(waiting.replace("\n[[int", f"archived = true\n{outcome}\n\n[[int", 1), "utf-8")


def show(screen: Any, picture: Picture) -> str:
    """Bring a picture onto the screen; return the words of its page."""
    screen.page.set_viewport_size(dict(picture.size))
    screen.go(picture.address)
    picture.first(screen.page)
    lines = (line.strip() for line in screen.page.inner_text("main").splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def draw() -> list[Path]:
    """Take each picture again, write its words beside it, and return the files of the pictures."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--hide-scrollbars"])
        with open_window(browser) as screen:
            for name, picture in PICTURES.items():
                words = show(screen, picture)
                screen.page.screenshot(path=FOLDER / f"{name}.png")
                (FOLDER / f"{name}.txt").write_text(words, "utf-8", newline="\n")
        browser.close()
    return [FOLDER / f"{name}.png" for name in PICTURES]
