"""What people come for, end to end and by what they see alone: thanks to a panel, a second note, an answer to a no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from filled_home import FACTS
from page_client import NOON, PageClient
from screens import PHONE, Screen, open_screen

from followup_mail.cadence.kinds import Kind
from followup_mail.outbox.entry import Entry, State

pytestmark = pytest.mark.timeout(300)

PANEL: Final = (
    "Priya Raman, Head of Data <priya@lumen.example>; Tom Okafor <tom@lumen.example>; Mei Lin Zhao <mei@lumen.example>"
)
NOTES: Final = (
    ("the move to streaming", "I liked how openly you spoke about the outage in March."),
    ("late events and replays", "Thank you for showing me how you replay a whole night of events."),
    ("what dispatchers see at 5 am", "I keep thinking about the dispatchers who open your screen at five."),
)
WITHOUT_NUMBERS: Final = """(letters) => letters.map((letter) => {
  const copy = letter.cloneNode(true);
  for (const number of copy.querySelectorAll(".number")) number.remove();
  return copy.textContent;
})"""
"""The texts of mails, without the small numbers of what the checks found in them."""
LETTER: Final = """\
From: Grace Adeyemi <grace@oswins.example>
To: Jordan Example <jordan@example.com>
Date: Wed, 18 Nov 2026 09:12:00 +0000
Subject: Your application
Message-ID: <no-17@oswins.example>

Dear Jordan,

Thank you for coming to see us. We have decided to move forward with another candidate.

Kind regards,
Grace Adeyemi
"""


@pytest.fixture(params=["with scripts", "without scripts"])
def fresh(
    request: pytest.FixtureRequest, chromium: Any, tmp_path: Path, bare_surroundings: None, monkeypatch: Any
) -> Iterator[Screen]:
    """A window at a home in which nothing is set or written, with scripts and without."""
    monkeypatch.setenv("TZ", "America/Chicago")
    home = tmp_path / "home"
    home.mkdir()
    with PageClient(home, settings="") as reader:
        window = open_screen(chromium, reader, java_script_enabled=request.param == "with scripts")
        yield window
        window.page.context.close()


@pytest.fixture
def waiting(chromium: Any, tmp_path: Path, bare_surroundings: None) -> Iterator[Screen]:
    """A window at a home with the hospital that has let the day pass that it named for its answer."""
    with PageClient(tmp_path / "home") as reader:
        (reader.home / "applications").mkdir()
        (reader.home / "applications" / "st-oswins.toml").write_text(FACTS["st-oswins"], "utf-8")
        window = open_screen(chromium, reader)
        yield window
        window.page.context.close()


def entries(screen: Screen) -> tuple[Entry, ...]:
    """Return what is in the outbox."""
    with screen.reader.desk.open() as workspace:
        return workspace.store.entries() if workspace.has_store else ()


def save(screen: Screen, section: str) -> None:
    """Press the button that ends a section of the debrief."""
    with screen.page.expect_navigation():
        screen.page.locator(f"#{section}").get_by_role("button", name="Save and go on").click()


def fill(screen: Screen, **typed: str) -> None:
    """Type into fields that are found by their labels."""
    for label, text in typed.items():
        screen.page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def test_a_panel_is_thanked_from_a_fresh_home(fresh: Screen) -> None:
    """Name, debrief of three people on a phone, a question, reading, queueing: three notes wait, as they were read."""
    page = fresh.page
    fresh.go("/setup/you")
    fill(fresh, Your_name="Jordan Example", **{"Your e-mail address": "jordan@example.com"})
    fill(fresh, Your_time_zone="America/Chicago")
    fresh.press("Save and go on")
    debrief(fresh)
    assert page.url.split("?")[0].endswith("/applications/lumen-freight/questions")
    answer_one(fresh)
    fresh.go("/")
    fresh.press("Read and send")
    shown = page.locator(".letter").evaluate_all(WITHOUT_NUMBERS)
    assert len(shown) == 3
    assert "outage in March" in shown[0]
    fresh.press("Queue them for their moments")
    queued = entries(fresh)
    assert [entry.state for entry in queued] == [State.QUEUED] * 3
    assert {entry.message.to.email for entry in queued} == {f"{name}@lumen.example" for name in ("priya", "tom", "mei")}
    assert sorted(entry.message.text.strip() for entry in queued) == sorted(text.strip() for text in shown)
    assert all(entry.timing.due_at >= NOON for entry in queued)


def debrief(screen: Screen) -> None:
    """Write the interview down on a phone."""
    page = screen.page
    page.set_viewport_size(PHONE)
    screen.go("/add")
    fill(screen, Company="Lumen Freight", Position="Data Engineer", Where_they_are="Chicago")
    save(screen, "job")
    fill(screen, When_it_began="yesterday 2pm", How_long_it_took="45 min")
    save(screen, "interview")
    page.locator("#f-who-0").fill(PANEL)
    with page.expect_navigation():
        page.locator("#person-0").get_by_role("button", name="Save", exact=True).click()
    assert page.locator(".person legend").all_inner_texts()[:3] == ["Priya Raman", "Tom Okafor", "Mei Lin Zhao"]
    for number, (notes, moment) in enumerate(NOTES):
        page.locator(f"#f-notes-{number}").fill(notes)
        page.locator(f"#f-moment-{number}").fill(moment)
    save(screen, "people")
    screen.press("Write it down")


def answer_one(screen: Screen) -> None:
    """Answer the first question that is open, if there is one, and save."""
    field = screen.page.locator("details[open] textarea").first
    if field.count():
        field.fill("I moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes.")
        screen.press("Save all")


def test_a_second_note_is_queued(waiting: Screen) -> None:
    """The day that they named has passed: the question about it is read, given a sentence, and queued for London."""
    waiting.press("Read and send")
    waiting.page.get_by_text("Change the text").click()
    field = waiting.page.get_by_label("Text", exact=True)
    field.fill(field.input_value().replace("\n\nBest", "\n\nThe night shift suits me well.\n\nBest"))
    waiting.press("Queue it for its moment")
    (entry,) = entries(waiting)
    assert entry.step.kind is Kind.STATUS_INQUIRY
    assert "The night shift suits me well." in entry.message.text
    assert entry.timing.place.zone == "Europe/London"


def test_a_no_is_recorded_and_answered(waiting: Screen) -> None:
    """Their letter is pasted; the thanks that it draws goes into their thread, and waits for its morning."""
    waiting.go("/applications/st-oswins/answer")
    waiting.page.get_by_label("They said no: what is queued").check()
    waiting.page.get_by_label("Their letter").fill(LETTER)
    waiting.press("Record it")
    assert 'status = "rejected"' in (waiting.home / "applications" / "st-oswins.toml").read_text("utf-8")
    (draft,) = entries(waiting)
    assert draft.state is State.DRAFT
    waiting.go("/")
    waiting.page.locator(f'a[href="/outbox/{draft.id}"]').first.click()
    waiting.page.wait_for_url("**/outbox/*")
    assert "Grace" in waiting.page.get_by_label("Text of the mail").inner_text()
    waiting.press("Approve: let it leave")
    (entry,) = entries(waiting)
    assert entry.state is State.QUEUED
    assert entry.step.kind is Kind.REJECTION_THANKS
    assert entry.message.references == ("<no-17@oswins.example>",)
    assert entry.message.subject == "Re: Your application"
