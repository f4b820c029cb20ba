"""What assistants proposed, on the page: shown as text, queued as it was shown, and only ever by a person."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
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
not_mentioned = "I wrote the tool that replays late events, and lost events went from forty-one to none."
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
moment = "Thank you for showing me how you replay a whole night of late events."
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
    return kept.offer(application, clean_by(by), what, clean_why(why), NOON).number


def mail(body: str = BODY, subject: str = SUBJECT) -> ProposedMail:
    """Return a mail to Tom."""
    return mail_for(body, subject, TOM)


def standing(reader: PageClient, number: int) -> Standing:
    return KeptProposals(reader.home).get(number).standing


def facts(reader: PageClient) -> str:
    return (reader.home / "applications" / "lumen.toml").read_text("utf-8")


def write_facts(reader: PageClient, text: str) -> None:
    (reader.home / "applications" / "lumen.toml").write_text(text, "utf-8")


def confirmed(page: Seen) -> list[str]:
    """Return what has to be confirmed on a page, as its boxes say it when they are ticked."""
    return [unescape(value) for value in re.findall(r'name="sure" form="accept" value="([^"]*)"', page.text)]


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
    assert 'written with an assistant, by "Helper"' in listed
    assert 'It says: "From the transcript."' in listed
    today = reader.get("/").words
    assert "2 things wait for you to decide." in today
    assert 'written with an assistant, by "Helper"' in today
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


def test_what_was_replaced_is_no_decision(reader: PageClient) -> None:
    """A mail that an assistant replaced by another one waits no more, and does not fill the list of decisions."""
    for subject in ("First", "Second", "Third"):
        KeptProposals(reader.home).offer("lumen", "Helper", mail(subject=subject), "", NOON)
    words = reader.get("/proposals").words
    assert "Third" in words
    assert "First" not in words
    assert "Decided" not in words
    assert "replaced" in reader.get("/proposals/1").words


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_assistant_writes_is_only_text(reader: PageClient, text: str) -> None:
    """HTML, script, style, templates and links of an assistant are shown as they were typed, wherever they stand."""
    propose(reader, changes(("discussed", f"Tom Okafor: {text}", text)), by=text, why=text)
    propose(reader, mail(f"{text} {BODY}", text), by=text, why=text)
    written = "/applications/lumen/write/thank_you?proposal=2"
    for path in ("/", "/proposals", "/proposals/1", "/proposals/2", "/applications/lumen", written):
        seen = reader.get(path)
        assert seen.status == 200
        assert "1234321" not in seen.words
        for raw in ("<script>document", "<style>body", '<a href="https://evil', 'href="https://evil'):
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
    assert done.address.startswith("/outbox/1")
    assert "Queued in your words." in done.words
    (entry,) = entries(reader)
    assert entry.state is State.QUEUED
    assert "I still keep thinking about it." in entry.message.text
    assert standing(reader, number) is Standing.ACCEPTED
    reader.send(done, "/undo")
    assert standing(reader, number) is Standing.WAITS
    assert [entry.state for entry in entries(reader)] == [State.CANCELLED]


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


def test_facts_that_are_ticked_are_taken_over(reader: PageClient) -> None:
    """What is ticked is written down, what is not is left, and the button beside it takes everything back."""
    said = "They lose two days a week to late manifests."
    number = propose(
        reader,
        changes(
            ("discussed", "Tom Okafor: late manifests", said),
            ("address", "Tom Okafor: tom@elsewhere.example", ""),
        ),
    )
    page = reader.get(f"/proposals/{number}")
    assert "The address of Tom Okafor would change" in page.words
    assert said in page.words
    assert "You kept no transcript to compare it with." in page.words
    assert page.fields(f"/proposals/{number}/accept")["take"] == ["1", "2"]
    narrowed = reader.send(page, f"/proposals/{number}/accept", take=["1"])
    assert "Below is what the ticked ones come to." in narrowed.words
    assert "late manifests" not in facts(reader)
    done = reader.send(narrowed, f"/proposals/{number}/accept")
    assert "late manifests" in facts(reader)
    assert "elsewhere" not in facts(reader)
    assert standing(reader, number) is Standing.ACCEPTED
    reader.send(done, "/undo")
    assert "late manifests" not in facts(reader)
    assert standing(reader, number) is Standing.WAITS


def test_a_sentence_of_the_transcript_is_known(reader: PageClient) -> None:
    """A sentence that stands in the transcript that was kept is told from one that an assistant made up."""
    reader.send(
        reader.get("/applications/lumen/transcript"), "/applications/lumen/transcript", text="We ship at night."
    )
    number = propose(reader, changes(("discussed", "Tom Okafor: night shipments", "We ship at night.")))
    assert "From the transcript that you kept." in reader.get(f"/proposals/{number}").words
    number = propose(reader, changes(("discussed", "Tom Okafor: night shipments", "We ship by day.")))
    assert "This sentence is not in the transcript that you kept." in reader.get(f"/proposals/{number}").words


def test_facts_that_moved_on_are_shown_against_now(reader: PageClient) -> None:
    """A form that was made before the facts changed writes nothing; the proposal is shown against what is there now."""
    number = propose(reader, changes(("address", "Tom Okafor: tom@lumen-freight.example", "")))
    page = reader.get(f"/proposals/{number}")
    write_facts(reader, LUMEN.replace("tom@lumen.example", "okafor@lumen.example"))
    before = facts(reader)
    again = reader.send(page, f"/proposals/{number}/accept")
    assert again.status == 409
    assert "changed in the meantime" in again.words
    assert "okafor@lumen.example -&gt; tom@lumen-freight.example" in again.text
    assert facts(reader) == before
    unsure = reader.send(again, f"/proposals/{number}/accept")
    assert (unsure.status, facts(reader)) == (409, before)
    assert "was not confirmed" in unsure.words
    reader.send(unsure, f"/proposals/{number}/accept", sure=confirmed(unsure))
    assert "tom@lumen-freight.example" in facts(reader)


def test_nothing_ticked_is_nothing_taken(reader: PageClient) -> None:
    """Without a tick nothing is written, and the page says what to do."""
    number = propose(reader, changes(("note", "Tea", "")))
    seen = reader.send(reader.get(f"/proposals/{number}"), f"/proposals/{number}/accept", take=[])
    assert seen.status == 409
    assert "Nothing was ticked" in seen.words
    assert standing(reader, number) is Standing.WAITS


def test_what_does_not_go_together_is_said(reader: PageClient) -> None:
    """A change that needs another one that is not ticked is refused with its reason, and the ticks stay."""
    number = propose(
        reader, changes(("contact", "Dana Whitfield <dana@lumen.example>", ""), ("title", "Dana Whitfield: Buyer", ""))
    )
    seen = reader.send(reader.get(f"/proposals/{number}"), f"/proposals/{number}/accept", take=["2"])
    assert seen.status == 422
    assert "cannot be written down" in seen.words
    assert seen.fields(f"/proposals/{number}/accept")["take"] == ["2"]
    assert "Dana" not in facts(reader)


def test_a_new_application_is_added(reader: PageClient) -> None:
    """A proposal of a new application is shown as one, and adds it."""
    new = changes(("company", "Northwind Tools", ""), ("role", "Fitter", ""), is_new=True)
    number = propose(reader, new, application="northwind-tools")
    page = reader.get(f"/proposals/{number}")
    assert "A new application: Northwind Tools" in page.words
    reader.send(page, f"/proposals/{number}/accept")
    assert (reader.home / "applications" / "northwind-tools.toml").exists()


def test_a_mail_is_queued_as_it_was_shown(reader: PageClient) -> None:
    """The mail is shown as it would leave, against our own draft; exactly that is queued, and can be taken back."""
    number = propose(reader, mail())
    page = reader.get(f"/proposals/{number}")
    assert "greeting, closing and signature are ours" in page.words
    assert "Against our own draft" in page.words
    assert "Queue it for" in page.words
    done = reader.send(page, f"/proposals/{number}/accept")
    (entry,) = entries(reader)
    assert (entry.state, entry.message.subject) == (State.QUEUED, SUBJECT)
    assert BODY in entry.message.text
    assert done.address.startswith(f"/outbox/{entry.id}")
    assert standing(reader, number) is Standing.ACCEPTED
    reader.send(done, "/undo")
    (entry,) = entries(reader)
    assert entry.state is State.CANCELLED
    assert standing(reader, number) is Standing.WAITS


def test_an_older_window_queues_nothing(reader: PageClient) -> None:
    """A window from before the facts, the proposal or the outbox changed queues nothing and shows how it is now."""
    number = propose(reader, mail())
    page = reader.get(f"/proposals/{number}")
    write_facts(reader, LUMEN.replace("tom@lumen.example", "okafor@lumen.example"))
    again = reader.send(page, f"/proposals/{number}/accept")
    assert (again.status, entries(reader)) == (409, [])
    assert "okafor@lumen.example" in again.words
    path = next((reader.home / "proposals").glob("*.json"))
    path.write_text(path.read_text("utf-8").replace("I keep thinking", "I never stop thinking"), "utf-8")
    changed = reader.send(again, f"/proposals/{number}/accept")
    assert (changed.status, entries(reader)) == (409, [])
    assert "I never stop thinking" in changed.words
    reader.send(changed, f"/proposals/{number}/accept")
    assert len(entries(reader)) == 1
    twice = reader.send(changed, f"/proposals/{number}/accept")
    assert twice.status == 409
    assert len(entries(reader)) == 1
    other = propose(reader, mail(subject="Again"))
    late = reader.get(f"/proposals/{other}")
    assert "It cannot be taken over any more" in late.words
    assert f"/proposals/{other}/accept" not in late.text


def test_a_mail_of_another_moment_is_not_queued(reader: PageClient) -> None:
    """When it would leave at another time than the button said, nothing is queued."""
    number = propose(reader, mail())
    page = reader.get(f"/proposals/{number}")
    reader.now = NOON.replace(hour=23)
    again = reader.send(page, f"/proposals/{number}/accept")
    assert (again.status, entries(reader)) == (409, [])


def test_a_mail_with_an_error_is_not_queued(reader: PageClient) -> None:
    """What the checks stop has no button to queue it, and is not queued by a form either."""
    number = propose(reader, mail(f"{BODY}\n\nAt Siemens I led 240 engineers. See https://evil.example/cv for more."))
    page = reader.get(f"/proposals/{number}")
    assert f"/proposals/{number}/accept" not in page.text
    assert "Look twice" in page.words
    fields = page.fields(f"/proposals/{number}/decline")
    seen = reader.post(f"/proposals/{number}/accept", fields)
    assert (seen.status, entries(reader)) == (409, [])
    assert standing(reader, number) is Standing.WAITS


def test_declining_is_taken_back(reader: PageClient) -> None:
    """What was declined waits no more, and waits again when that is taken back."""
    number = propose(reader, mail())
    done = reader.send(reader.get(f"/proposals/{number}"), f"/proposals/{number}/decline", ours="")
    assert "Declined." in done.words
    assert standing(reader, number) is Standing.DECLINED
    reader.send(done, "/undo")
    assert standing(reader, number) is Standing.WAITS


def test_ours_instead(reader: PageClient) -> None:
    """Taking ours declines the proposal and shows our own draft to the same person; nothing is queued by that."""
    number = propose(reader, mail())
    done = reader.send(reader.get(f"/proposals/{number}"), f"/proposals/{number}/decline", ours="yes")
    assert done.address.startswith("/applications/lumen/write/thank_you?ours=yes&to=tom-okafor")
    assert "I keep thinking about it." not in done.words
    assert standing(reader, number) is Standing.DECLINED
    assert entries(reader) == []


def test_unknown_proposals(reader: PageClient) -> None:
    """A number that is none is answered with a page that says so."""
    assert reader.get("/proposals/7").status == 404
    assert "There is no proposal 7." in reader.get("/proposals/7").words


def test_facts_that_were_changed_since_are_told(reader: PageClient) -> None:
    """The page says so when the facts were written after the proposal was made, and only then."""
    number = propose(reader, changes(("note", "Tea", "")))
    path = reader.home / "applications" / "lumen.toml"
    for moment, is_told in ((NOON - timedelta(hours=1), False), (NOON + timedelta(hours=1), True)):
        os.utime(path, (moment.timestamp(), moment.timestamp()))
        words = reader.get(f"/proposals/{number}").words
        assert ("The facts were changed after this was written." in words) is is_told


def test_what_was_decided_can_be_looked_up(reader: PageClient) -> None:
    """A proposal that was accepted says where its mail is, and has no buttons any more."""
    number = propose(reader, mail())
    reader.send(reader.get(f"/proposals/{number}"), f"/proposals/{number}/accept")
    seen = reader.get(f"/proposals/{number}")
    assert 'href="/outbox/1"' in seen.text
    assert "I keep thinking about it." in seen.words
    assert '<form method="post" action="/proposals' not in seen.text


def test_no_command_of_an_assistant_becomes_a_link(reader: PageClient) -> None:
    """Our own commands lead to their pages; those that an assistant writes stay text."""
    trap = "Run `followup-mail forget lumen` and `followup-mail undo` at once"
    first = propose(reader, changes(("discussed", f"Tom Okafor: {trap}", trap)), by=trap, why=trap)
    second = propose(reader, mail(f"{BODY} {trap}.", trap), by=trap, why=trap)
    for path in ("/", "/proposals", f"/proposals/{first}", f"/proposals/{second}", "/applications/lumen"):
        text = reader.get(path).text
        assert 'href="/undo"' not in text
        assert 'href="/applications/lumen#decide"' not in text


def test_one_change_does_not_hide_another(reader: PageClient) -> None:
    """An address that a second change puts back is shown and asked about once that second change is not ticked."""
    number = propose(
        reader,
        changes(
            ("address", "Tom Okafor: tom@elsewhere.example", ""),
            ("address", "Tom Okafor: tom@lumen.example", ""),
            ("note", "They ship at night", ""),
        ),
    )
    page, action = reader.get(f"/proposals/{number}"), f"/proposals/{number}/accept"
    assert confirmed(page) == []
    before = facts(reader)
    narrowed = reader.send(page, action, take=["1", "3"])
    assert "would change" in narrowed.words
    assert len(confirmed(narrowed)) == 1
    assert reader.send(narrowed, action).status == 409
    assert reader.send(page, action, take=["1", "3"], compared="1 3").status == 409
    assert facts(reader) == before


def test_what_may_become_a_link_is_confirmed_by_itself(reader: PageClient) -> None:
    """Words that a mail program may make a link of, and the checks let pass, need a tick of their own."""
    number = propose(reader, mail(f"{BODY} I keep at it.In the end it pays."))
    page, action = reader.get(f"/proposals/{number}"), f"/proposals/{number}/accept"
    assert "The mail has a link in it: it.In" in page.words
    unsure = reader.send(page, action)
    assert (unsure.status, entries(reader)) == (409, [])
    reader.send(unsure, action, sure=confirmed(unsure))
    assert len(entries(reader)) == 1


def test_today_names_them_once(reader: PageClient) -> None:
    """Today has one card about proposals, and no line beside it that says the same."""
    propose(reader, mail())
    seen = reader.get("/")
    assert seen.words.count("written with an assistant") == 1
