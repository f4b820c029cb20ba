"""Two windows at one home: the later one overwrites nothing, and shows both what stands there and what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from filled_home import FACTS
from page_client import PageClient
from screens import Screen, open_screen

from followup_mail.web.views.outbox.open_edits import EDITS

pytestmark = pytest.mark.timeout(300)

ONE: Final = "/applications/st-oswins"


@dataclass(frozen=True)
class Pair:
    """Two windows of one browser, at the same page."""

    first: Screen
    second: Screen

    def go(self, address: str) -> None:
        """Open an address in both of them."""
        self.first.go(address)
        self.second.go(address)

    @property
    def facts(self) -> str:
        return (self.first.home / "applications" / "st-oswins.toml").read_text("utf-8")


@pytest.fixture
def pair(chromium: Any, tmp_path: Path, bare_surroundings: None) -> Iterator[Pair]:
    """Two windows at a home with one application, whose question about the decision is due."""
    with PageClient(tmp_path / "home") as reader:
        (reader.home / "applications").mkdir()
        (reader.home / "applications" / "st-oswins.toml").write_text(FACTS["st-oswins"], "utf-8")
        first = open_screen(chromium, reader)
        page = first.page.context.new_page()
        page.set_default_timeout(20_000)
        yield Pair(first, Screen(page, reader))
        first.page.context.close()
        EDITS.end_all()


def test_one_fact_that_is_changed_in_both(pair: Pair) -> None:
    """The second window is told what the field is now and keeps its own, which it saves only when told again."""
    pair.go(f"{ONE}/change")
    pair.first.page.fill("#f-role", "Ward Nurse")
    pair.second.page.fill("#f-role", "Night Nurse")
    pair.first.press("Save")
    pair.second.press("Save")
    assert "Meanwhile changed elsewhere to: Ward Nurse" in pair.second.words
    assert pair.second.page.input_value("#f-role") == "Night Nurse"
    assert 'role = "Ward Nurse"' in pair.facts
    pair.second.press("Save")
    assert 'role = "Night Nurse"' in pair.facts


def test_the_file_as_text_that_is_changed_in_both(pair: Pair) -> None:
    """The second window's text is not saved over the first's: it stays in its field, with what changed meanwhile."""
    pair.go(f"{ONE}/facts")
    for screen, role in ((pair.first, "Ward Nurse"), (pair.second, "Night Nurse")):
        field = screen.page.locator("textarea").first
        field.fill(field.input_value().replace("Staff Nurse", role))
        screen.press("Save")
    assert 'role = "Ward Nurse"' in pair.facts
    assert "Night Nurse" in pair.second.page.locator("textarea").first.input_value()
    assert "Ward Nurse" in pair.second.page.inner_text("main")


def test_a_mail_that_is_queued_in_one_and_changed_in_the_other(pair: Pair) -> None:
    """The second window queues nothing again, and shows the mail as it waits."""
    pair.go(f"{ONE}/write/status_inquiry")
    pair.first.press("Queue it for its moment")
    pair.second.page.get_by_text("Change the text").click()
    field = pair.second.page.get_by_label("Text", exact=True)
    field.fill(field.input_value().replace("\n\nBest", "\n\nThe night shift suits me.\n\nBest"))
    pair.second.press("Queue it for its moment")
    with pair.first.reader.desk.open() as workspace:
        (entry,) = workspace.store.entries()
    assert "night shift" not in entry.message.text
    assert "shown as it is there" in pair.second.words


def test_a_mail_that_is_edited_in_both(pair: Pair) -> None:
    """Of two windows that edit one mail of the outbox only one saves; the other is told, and keeps what was typed."""
    pair.first.go(f"{ONE}/write/status_inquiry")
    pair.first.press("Queue it for its moment")
    pair.go("/outbox/1")
    pair.first.press("Edit")
    pair.second.go("/outbox/1")
    words = pair.second.words
    assert "Edit it here instead" in words
    pair.second.press("Edit it here instead")
    pair.first.page.get_by_label("Subject").fill("The first window")
    pair.second.page.get_by_label("Subject").fill("The second window")
    pair.second.press("Save")
    pair.first.press("Save")
    with pair.first.reader.desk.open() as workspace:
        assert workspace.store.get(1).message.subject == "The second window"
    assert "The first window" in pair.first.page.content()
