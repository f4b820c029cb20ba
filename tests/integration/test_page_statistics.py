"""The page of statistics, at a real server."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from page_client import NOON, PageClient

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId, Touch
from followup_mail.facts.channels import Channel

FACTS = """\
company = "<b>Lumen & Söhne</b>"
role = "Engineer"
time_zone = "America/Chicago"
archived = {archived}
[outcome]
status = "{status}"
{on}
[[interviews]]
start = 2026-11-02T10:00:00-06:00
duration = "45 min"
[[interviews.people]]
name = "Tom Berg"
"""


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody who is inside."""
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def _write(reader: PageClient, slug: str, status: str, on: str = "", archived: str = "false") -> None:
    folder = reader.home / "applications"
    folder.mkdir(exist_ok=True)
    (folder / f"{slug}.toml").write_text(FACTS.format(status=status, on=on, archived=archived), "utf-8")


def _log(reader: PageClient, slug: str, kind: Kind, days: int, *, reached: bool = True) -> None:
    with reader.desk.open() as workspace:
        step = StepId(slug, kind, 1, "tom-berg")
        workspace.store.log_touch(Touch(step, Channel.PHONE, NOON - timedelta(days=days), reached=reached))


def test_an_empty_home_says_how_to_begin(reader: PageClient) -> None:
    """Nothing is drawn of nothing; the page leads to the first interview."""
    seen = reader.get("/statistics")
    assert seen.status == 200
    assert "There is nothing to count yet." in seen.words
    assert "<svg" not in seen.text


def test_numbers_stand_beside_each_picture(reader: PageClient) -> None:
    """Archived applications count; each picture has a name and its numbers as a table; names are escaped."""
    _write(reader, "lumen", "rejected", "on = 2026-11-11", "true")
    _write(reader, "other", "rejected")
    _write(reader, "third", "waiting")
    _log(reader, "lumen", Kind.THANK_YOU, 15)
    _log(reader, "third", Kind.THANK_YOU, 15)
    _log(reader, "third", Kind.STATUS_INQUIRY, 3, reached=False)
    seen = reader.get("/statistics")
    for said in (
        "3 applications (1 archived), 2 contacts made, 2 answers.",
        "1 call reached nobody",
        "1 answer has no day",
        "1 of 2",
    ):
        assert said in seen.words
    assert "&lt;b&gt;Lumen &amp; Söhne" in seen.text
    assert "<b>Lumen" not in seen.text
    pictures = re.findall(r"<svg [^>]*>", seen.text)
    assert all('role="img"' in one and 'aria-label="' in one for one in pictures)
    assert len(pictures) == 7
    assert seen.text.count("<table") == 6


def test_a_file_that_cannot_be_read_hides_no_other(reader: PageClient) -> None:
    """What is wrong with one is said, and the others are counted."""
    _write(reader, "lumen", "waiting")
    (reader.home / "applications" / "broken.toml").write_text("company = ", "utf-8")
    seen = reader.get("/statistics")
    assert "broken.toml" in seen.words
    assert "1 application, 0 contacts made, 0 answers." in seen.words


def test_all_of_it_comes_as_a_file(reader: PageClient) -> None:
    """The download has a row for each application, in UTF-8 that a spreadsheet recognises."""
    _write(reader, "lumen", "rejected", "on = 2026-11-11")
    answer = reader.client.get("/statistics.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["application"], row["company"], row["days_since_interview"]) for row in rows] == [
        ("lumen", "<b>Lumen & Söhne</b>", "9")
    ]
