"""What assistants proposed, on the page: shown as text, queued as it was shown, and only ever by a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from page_client import NOON, PageClient, Seen
from proposal_samples import BODY, HOSTILE, SUBJECT, changes
from proposal_samples import mail as mail_for

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.outbox.entry import Entry, State
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedMail, Standing, What, clean_by, clean_why

LUMEN: Final = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
fit = "I moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes."
[[interviews]]
start = 2026-11-17T10:00:00-06:00
duration = "45 min"
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
role = "hiring manager"
discussed = "the move to streaming"
[[interviews.people]]
name = "Tom Okafor"
email = "tom@lumen.example"
discussed = "late events and replays"
"""
TOM: Final = StepId("lumen", Kind.THANK_YOU, 1, "tom-okafor")


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody at the page of a home with one application, and no proposal yet."""
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "lumen.toml").write_text(LUMEN, "utf-8")
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def propose(reader: PageClient, what: What, by: str = "Helper", why: str = "", application: str = "lumen") -> int:
    """Keep a proposal; return its number."""
    kept = KeptProposals(reader.home)
    return kept.add(application, clean_by(by), what, clean_why(why), NOON).number


def mail(body: str = BODY, subject: str = SUBJECT) -> ProposedMail:
    """Return a mail to Tom."""
    return mail_for(body, subject, TOM)


def standing(reader: PageClient, number: int) -> Standing:
    return KeptProposals(reader.home).get(number).standing


def entries(reader: PageClient) -> list[Entry]:
    with reader.desk.open() as workspace:
        return list(workspace.store.entries()) if workspace.has_store else []


def write(reader: PageClient, number: int) -> Seen:
    return reader.get(f"/applications/lumen/write/thank_you?proposal={number}")


def test_without_proposals(reader: PageClient) -> None:
    """Where nothing waits the page says what would stand there, and no menu leads to it."""
    assert "No proposal waits" in reader.get("/proposals").words
    assert "/proposals" not in reader.get("/").text
    assert "/proposals" not in reader.get("/more").text


def test_what_waits_is_listed_everywhere(reader: PageClient) -> None:
    """The list, Today, the application and the menu of every page say that something waits, and by whom."""
    propose(reader, changes(("discussed", "Tom Okafor: late manifests", "")), why="From the transcript.")
    propose(reader, mail())
    listed = reader.get("/proposals").words
    assert "One change of facts: what you talked about" in listed
    assert "Thank-you to Tom Okafor" in listed
    assert SUBJECT in listed
    assert "written with an assistant, by Helper" in listed
    assert "It says: From the transcript." in listed
    today = reader.get("/").words
    assert "2 things wait for you to decide." in today
    assert "written with an assistant, by Helper" in today
    assert 'href="/proposals/2"' in reader.get("/applications/lumen").text
    for path in ("/more", "/outbox", "/undo"):
        assert "Proposals 2" in reader.get(path).words


def test_what_was_decided_stays_for_a_month(reader: PageClient) -> None:
    """What somebody decided about is listed below with its day, and no longer waits."""
    number = propose(reader, mail())
    KeptProposals(reader.home).decide(number, Standing.DECLINED, NOON)
    seen = reader.get("/proposals")
    assert "No proposal waits" in seen.words
    assert "Decided in the last month declined" in seen.words
    assert "/proposals" not in reader.get("/more").text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_assistant_writes_is_only_text(reader: PageClient, text: str) -> None:
    """HTML, script, style, templates and links of an assistant are shown as they were typed, wherever they stand."""
    propose(reader, changes(("discussed", f"Tom Okafor: {text}", text)), by=text, why=text)
    propose(reader, mail(f"{text} {BODY}", text), by=text, why=text)
    for path in ("/", "/proposals", "/applications/lumen", "/applications/lumen/write/thank_you?proposal=2"):
        seen = reader.get(path)
        assert seen.status == 200
        assert "1234321" not in seen.words
        for raw in ("<script>document", "<style>body", "<a href=\"https://evil", "href=\"https://evil"):
            assert raw not in seen.text


def test_the_words_are_changed_first(reader: PageClient) -> None:
    """A proposal opens on the page where mails are written, in its own words; what is queued is what was changed."""
    number = propose(reader, mail())
    page = write(reader, number)
    assert "I keep thinking about it." in page.words
    assert "Written by Helper; greeting and signature are ours." in page.words
    assert "Priya" not in page.fields("/applications/lumen/write/thank_you")["text-tom-okafor"][0]
    text = page.fields("/applications/lumen/write/thank_you")["text-tom-okafor"][0].replace("I keep", "I still keep")
    done = reader.send(page, "/applications/lumen/write/thank_you", do="queue", **{"text-tom-okafor": text})
    assert done.address.startswith("/applications/lumen/write/thank_you/done")
    (entry,) = entries(reader)
    assert entry.state is State.QUEUED
    assert "I still keep thinking about it." in entry.message.text
    assert standing(reader, number) is Standing.ACCEPTED


def test_one_changed_letter_lets_no_other_sentence_pass(reader: PageClient) -> None:
    """What an assistant says and no fact has stops the mail, also after another sentence was changed by hand."""
    number = propose(reader, mail(f"{BODY}\n\nAt Siemens I led 240 engineers."))
    page = write(reader, number)
    address = "/applications/lumen/write/thank_you"
    text = page.fields(address)["text-tom-okafor"][0]
    seen = reader.send(page, address, do="queue", **{"text-tom-okafor": text.replace("I keep", "I still keep")})
    assert "Nothing was queued: the checks stop it" in seen.words
    mine = text.replace("At Siemens I led 240 engineers.", "At Bosch I led 12 engineers.")
    seen = reader.send(seen, address, do="look", **{"text-tom-okafor": mine})
    assert "Bosch" in seen.words
    assert "things stop it" not in seen.words
    assert "thing stops it" not in seen.words
    assert entries(reader) == []


def test_a_proposal_of_another_application_is_not_taken_up(reader: PageClient) -> None:
    """An address that names a proposal about something else, or one that was decided, shows no mail."""
    number = propose(reader, changes(("note", "Tea", "")))
    assert write(reader, number).status == 404
    assert write(reader, 17).status == 404
    number = propose(reader, mail())
    KeptProposals(reader.home).decide(number, Standing.DECLINED, NOON)
    assert write(reader, number).status == 409
