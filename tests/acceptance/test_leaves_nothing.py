"""Nothing of anybody's mails is left among the system's temporary files, and nothing anywhere that is not told."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from desk import Desk


@pytest.fixture
def tidy(interviewed: Desk) -> Desk:
    """Somebody whose folder for temporary files is empty, with a browser and an editor that end at once."""
    temporary = interviewed.folder / "temporary"
    temporary.mkdir()
    interviewed.environment |= {"TMPDIR": str(temporary), "BROWSER": "true", "EDITOR": "true"}
    return interviewed


def _left(desk: Desk) -> list[Path]:
    return sorted((desk.folder / "temporary").rglob("*"))


def test_no_command_leaves_a_temporary_file(tidy: Desk) -> None:
    """Whatever is shown, checked, edited, sent or exported, the folder for temporary files is empty afterwards."""
    tidy.say("templates", "copy", "thank_you/short_note")  # rendered in a process of its own
    for command in (
        ("preview", "lumen", "thank_you", "--open"),
        ("preview", "lumen", "thank_you", "--wording", "short_note"),
        ("templates", "check"),
        ("check", "lumen"),
        ("edit", "lumen"),
        ("queue", "lumen", "thank_you", "--to", "tom", "--at", "now"),
        ("outbox", "edit", "1"),
        ("run",),
        ("outbox", "export", "exported"),
        ("calendar", "lumen", "plan.ics"),
        ("demo",),
    ):
        tidy.run(*command)
        assert _left(tidy) == [], command


def test_a_demonstration_is_kept_on_request(tidy: Desk) -> None:
    """With --keep the folder is named, and holds no more than was told: the mails, the facts, the outbox."""
    folder = Path(re.search(r"Everything lies in (\S+):", tidy.say("demo", "--keep"))[1])
    assert {one.name for one in folder.iterdir()} == {"applications", "delivered", "outbox.sqlite3", "their-answer.eml"}
    assert list((tidy.folder / "temporary").iterdir()) == [folder]


def test_the_page_of_a_preview_is_in_the_home_folder(tidy: Desk) -> None:
    """It is named, private, outlives the command, and goes with its application, not with another."""
    tidy.say(
        "add", "acme", "--company", "Acme", "--role", "Welder", "--zone", "America/Chicago", "--applied", "2026-11-02"
    )
    said = tidy.run("preview", "lumen", "thank_you", "--open").stderr
    page = Path(re.search(r"The page is (\S+)", said)[1])
    assert page == tidy.home / "previews" / "lumen.html"
    assert "Priya" in page.read_text("utf-8")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (page, page.parent)] == [0o600, 0o700]
    tidy.say("preview", "lumen", "thank_you", "--to", "tom", "--open")
    assert "Priya" not in page.read_text("utf-8")
    tidy.say("forget", "acme", "--yes")
    assert page.exists()
    tidy.say("forget", "lumen", "--yes")
    assert list(page.parent.iterdir()) == []


def test_a_page_without_its_application_goes(tidy: Desk) -> None:
    """The page of an application whose facts were removed by hand goes with the next page that is written."""
    tidy.say("preview", "lumen", "thank_you", "--open")
    (tidy.home / "applications" / "lumen.toml").rename(tidy.home / "applications" / "other.toml")
    tidy.say("preview", "other", "thank_you", "--open")
    assert [one.name for one in (tidy.home / "previews").iterdir()] == ["other.html"]
