"""Writing down an interview on the page: kept at each step, shown back as understood, and nothing lost."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from invitation_samples import CARD_40, CONFIRMATION, GOOGLE
from page_client import PageClient, Seen

FILE = "unfinished-add.json"
JOB = {"company": "Lumen Freight", "role": "Data Engineer"}
MET = {**JOB, "place": "Denver", "start": "yesterday 2pm", "duration": "an hour"}
PANEL = "Priya Raman <priya@lumen.example>, Tom Okafor <tom@lumen.example>, Mei Lin Zhao <mei@lumen.example>"


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody who has entered the page of a fresh home."""
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def _save(reader: PageClient, go: str = "", page: Seen | None = None, **typed: str) -> Seen:
    return reader.send(page or reader.get("/add"), "/add", go=go, **typed)


def _kept(reader: PageClient) -> dict[str, Any]:
    return dict(json.loads((reader.home / FILE).read_text("utf-8")))


def _facts(reader: PageClient, slug: str = "lumen-freight") -> dict[str, Any]:
    return tomllib.loads((reader.home / "applications" / f"{slug}.toml").read_text("utf-8"))


def _finish(reader: PageClient, page: Seen | None = None, **typed: str) -> Seen:
    fields = (page or reader.get("/add")).fields("/add")
    return reader.post("/add/finish", {**fields, **typed})


def test_a_panel_is_written_down_from_a_fresh_home(reader: PageClient) -> None:
    """Three people pasted as a To line become three cards; with a note on each they are an application."""
    seen = _save(reader, "to:people", **MET)
    assert "Tue 17 Nov 2026, 14:00 in Denver" in seen.words
    seen = reader.send(seen, "/add", go="to:people", **{"who-0": PANEL})
    assert seen.fields("/add")["card"] == ["0", "1", "2"]
    notes = {f"notes-{at}": note for at, note in enumerate(("the move to streaming", "late replays", "depots at 5 am"))}
    seen = reader.send(seen, "/add", go="to:next", **notes, **{"part-0": "hiring manager"})
    seen = reader.send(seen, "/add", go="to:you", decision_by="friday")
    assert "Fri 20 Nov 2026" in seen.words
    seen = _finish(reader, seen)
    assert seen.address.startswith("/applications/lumen-freight/questions")
    facts = _facts(reader)
    people = facts["interviews"][0]["people"]
    assert [one["name"] for one in people] == ["Priya Raman", "Tom Okafor", "Mei Lin Zhao"]
    assert people[0]["role"] == "hiring manager"
    assert [one["discussed"] for one in people] == [["the move to streaming"], ["late replays"], ["depots at 5 am"]]
    assert facts["time_zone"] == "America/Denver"
    assert not (reader.home / FILE).exists()


def test_a_note_shows_the_sentence_that_it_becomes(reader: PageClient) -> None:
    """It can be taken into the mail as it is shown; what cannot stand in a mail says so."""
    seen = _save(reader, **JOB)
    told = {"who-0": "Priya Raman", "notes-0": "wants someone who can talk to finance\nshe seemed tired"}
    seen = reader.send(seen, "/add", **told)
    assert "You want someone who can talk to finance." in seen.words
    assert "they would not like to read it" in seen.words
    seen = reader.send(seen, "/add", **{"take-0": "You want someone who can talk to finance."})
    assert _kept(reader)["moments"] == {"Priya Raman": "You want someone who can talk to finance."}
    _finish(reader, seen)
    assert _facts(reader)["contacts"][0]["moment"] == "You want someone who can talk to finance."


def test_a_sentence_that_does_not_read_is_shown_with_its_fault(reader: PageClient) -> None:
    """What would stop the mail later is said beside the sentence at once."""
    seen = _save(reader, **{**JOB, "who-0": "Priya Raman", "moment-0": "i liked that you explains everything"})
    assert "No mail is sent with it" in seen.words


def test_an_ambiguous_day_is_a_choice(reader: PageClient) -> None:
    """Both readings are offered; the one that is chosen is kept, and a new answer counts more than a choice."""
    seen = _save(reader, **JOB, start="3/4 2pm")
    assert "Which of these do you mean?" in seen.words
    assert _kept(reader)["typed"] == {"start": "3/4 2pm"}
    readings = _radios(seen, "reading-start")
    assert len(readings) == 2
    other = reader.send(seen, "/add", **{"reading-start": readings[0], "start": "yesterday 2pm"})
    assert _kept(reader)["answers"]["start"] == "2026-11-17 14:00"
    seen = reader.send(other, "/add", start="3/4 2pm")
    reader.send(seen, "/add", **{"reading-start": readings[1]})
    assert "typed" not in _kept(reader)
    assert _kept(reader)["answers"]["start"].endswith("14:00")


def _radios(seen: Seen, name: str) -> list[str]:
    return re.findall(rf'type="radio" name="{name}" value="([^"]*)"', seen.text)


def test_what_cannot_be_read_is_kept_as_it_was_typed(reader: PageClient) -> None:
    """The problem stands beside the field, the text in it, also when the browser was closed in between."""
    _save(reader, **JOB, start="when the moon was full", **{"notes-0": "a note on nobody"})
    with PageClient(reader.home) as later:
        seen = later.enter().get("/add")
        fields = seen.fields("/add")
        assert fields["start"] == ["when the moon was full"]
        assert fields["notes-0"] == ["a note on nobody"]
        assert "is not understood" in seen.words
        assert "Write who this is about." in seen.words
        assert "You started this: Data Engineer at Lumen Freight" in seen.words


def test_nothing_is_written_down_while_something_is_open(reader: PageClient) -> None:
    """Everything that is open is listed at once, and what was typed is kept."""
    seen = _finish(reader, company="", role="", start="when the moon was full", **{"who-0": "@@"})
    assert seen.status == 422
    for said in (
        "Company : required",
        "Position : required",
        "When it began : could not be understood",
        "Person 1 : could",
    ):
        assert said in seen.words
    assert not _files(reader)
    assert _kept(reader)["typed"]["start"] == "when the moon was full"


def _files(reader: PageClient) -> list[Path]:
    return list((reader.home / "applications").glob("*.toml"))


def test_a_doubtful_answer_needs_a_yes(reader: PageClient) -> None:
    """A job title as a company is asked about once, and taken after a yes."""
    typed = {"company": "Senior Data Engineer", "role": "Data Engineer"}
    seen = _finish(reader, **typed)
    assert "confirm that it is right" in seen.words
    assert _finish(reader, seen, sure="company:Senior Data Engineer").address.startswith("/applications/")
    assert len(_files(reader)) == 1


def test_a_twin_is_said_with_a_link(reader: PageClient) -> None:
    """A second application for one position is not made by mistake; with a name of its own it is."""
    _finish(reader, **JOB)
    seen = _save(reader, **JOB)
    assert 'href="/applications/lumen-freight"' in seen.text
    assert _finish(reader, seen).status == 422
    assert len(_files(reader)) == 1
    _finish(reader, seen, slug="lumen-freight-2")
    assert len(_files(reader)) == 2


def test_an_archived_twin_is_said_with_both_ways(reader: PageClient) -> None:
    """The page says that it is archived; with a short name of its own a new one stands beside it."""
    _finish(reader, **JOB)
    file = _files(reader)[0]
    file.write_text(f"archived = true\n{file.read_text()}")
    seen = _save(reader, **JOB)
    assert "There is an archived application for this position: lumen-freight" in seen.words
    assert "take it out of the archive" in seen.words
    refused = _finish(reader, seen)
    assert refused.status == 422
    box = refused.text.partition('id="open"')[2].partition('id="saved"')[0]
    assert 'name="slug" type="text" value="lumen-freight-data-engineer"' in box
    assert 'form="debrief"' in box
    assert refused.text.count('name="slug"') == 1
    assert _finish(reader, seen, slug="lumen-2026").address.startswith("/applications/lumen-2026")
    assert len(_files(reader)) == 2


def test_two_windows_do_not_undo_each_other(reader: PageClient) -> None:
    """A form that was made before another was kept is shown beside it, and kept only when that is said."""
    first, second = _save(reader, **JOB), reader.get("/add")
    reader.send(first, "/add", fit="8 years of SQL")
    seen = reader.send(second, "/add", role="Data Analyst")
    assert seen.status == 409
    assert "changed elsewhere" in seen.words
    assert _kept(reader)["answers"]["role"] == "Data Engineer"
    assert "saved: “8 years of SQL”" in seen.words
    over = seen.fields("/add")["shown"][0]
    stale = {**seen.fields("/add"), "shown": "old"}
    reader.post("/add", {**stale, "over": over})
    assert _kept(reader)["answers"]["role"] == "Data Analyst"


def test_the_same_kept_twice_is_no_conflict(reader: PageClient) -> None:
    """Going back in the browser and sending the same again does nothing, and says nothing."""
    page = reader.get("/add")
    assert _save(reader, page=page, **JOB).status == 200
    assert _save(reader, page=page, **JOB).status == 200


def test_a_form_sent_twice_writes_one_application(reader: PageClient) -> None:
    """The old form of an entry that was finished is not written down again."""
    page = _save(reader, **JOB)
    _finish(reader, page)
    assert _finish(reader, page).status == 409
    assert len(_files(reader)) == 1


def test_going_back_and_changing_an_answer_counts(reader: PageClient) -> None:
    """What is emptied is gone, and who is typed anew is another person."""
    seen = _save(reader, **{**MET, "who-0": "Priya Raman", "fit": "8 years of SQL"})
    reader.send(seen, "/add", **{"who-0": "Priya Sharma, Head of Data", "fit": "", "start": ""})
    kept = _kept(reader)
    assert [one["name"] for one in kept["people"]] == ["Priya Sharma"]
    assert "fit" not in kept["answers"]
    assert "start" not in kept["answers"]


def test_a_card_that_was_removed_can_be_brought_back(reader: PageClient) -> None:
    """Removing asks nothing, since what follows offers it again."""
    seen = _save(reader, **{**JOB, "who-0": "Priya Raman; Tom Okafor"})
    seen = reader.send(seen, "/add", go="remove:0")
    assert [one["name"] for one in _kept(reader)["people"]] == ["Tom Okafor"]
    reader.send(seen, "/add/back")
    assert {one["name"] for one in _kept(reader)["people"]} == {"Priya Raman", "Tom Okafor"}


def test_beginning_anew_can_be_taken_back(reader: PageClient) -> None:
    """The form is empty, and what was in it is offered once more."""
    seen = reader.send(_save(reader, **JOB), "/add/anew")
    assert not (reader.home / FILE).exists()
    assert seen.fields("/add")["company"] == [""]
    reader.send(seen, "/add/back")
    assert _kept(reader)["answers"]["company"] == "Lumen Freight"


def test_one_name_on_two_cards_is_asked_about(reader: PageClient) -> None:
    """Notes are kept by name, so nobody may stand there twice."""
    seen = _save(reader, "person", **{**JOB, "who-0": "Priya Raman"})
    seen = reader.send(seen, "/add", **{"who-1": "Priya Raman", "notes-1": "another note"})
    assert "is on another card already" in seen.words
    assert seen.fields("/add")["notes-1"] == ["another note"]


def test_while_somebody_types_cards_keep_their_place(reader: PageClient) -> None:
    """What a script sends in between splits no card and adds none, so that nothing typed goes astray."""
    seen = _save(reader, "person", **JOB)
    seen = reader.send(seen, "/add", go="quiet", **{"who-0": PANEL, "who-1": "Ana Silva"})
    assert seen.fields("/add")["who-0"] == [PANEL]
    assert seen.fields("/add")["who-1"] == ["Ana Silva"]
    reader.send(seen, "/add", go="to:people")
    assert [one["name"] for one in _kept(reader)["people"]][-1] == "Ana Silva"
    assert len(_kept(reader)["people"]) == 4


def test_what_is_typed_is_shown_as_text(reader: PageClient) -> None:
    """Nothing that was typed or pasted becomes part of the page."""
    evil = '"><script>alert(1)</script>'
    seen = _save(reader, **{**JOB, "role": evil, "fit": evil, "start": evil, "who-0": evil, "notes-0": evil})
    assert "<script>alert" not in seen.text


def test_a_full_disk_is_said(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept is not called kept, and the text is there to be copied."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("followup_mail.services.adding.hold_draft.write_over", fail)
    seen = _save(reader, **JOB, fit="one note\nanother note")
    assert seen.status == 422
    assert "no space left" in seen.words
    assert "another note" in seen.words


def _give(reader: PageClient, *files: tuple[str, bytes], page: Seen | None = None, **typed: str) -> Seen:
    sent = [("files", (name, content)) for name, content in files]
    return reader.send(page or reader.get("/add/from"), "/add/from", sent, **typed)


def test_an_invitation_and_a_card_are_shown_and_then_written(reader: PageClient) -> None:
    """What is open is asked with a proposal; nothing is written before a yes, and then what was shown."""
    seen = _give(reader, ("invite.ics", GOOGLE), ("priya.vcf", CARD_40))
    assert "Which company?" in seen.words
    assert seen.fields("/add/from")["a:company"] == ["Harbor Labs"]
    seen = reader.send(seen, "/add/from", **{"a:company": "Lumen Freight", "a:role": "Data Engineer"})
    while "What is still open" in seen.words:
        seen = reader.send(seen, "/add/from")
    assert not _files(reader)
    assert "company: Lumen Freight" in seen.words
    assert not re.search(r"\[\[|invitation_sequence|status|&#34;", seen.words)
    seen = reader.send(seen, "/add/from/write")
    assert seen.address.startswith("/applications/lumen-freight")
    assert "Tom Okafor" in {one["name"] for one in _facts(reader)["interviews"][0]["people"]}


def test_what_was_changed_meanwhile_is_shown_again(reader: PageClient) -> None:
    """A proposal that was made from other facts is not written; the new one is."""
    seen = _ready(reader)
    reader.send(seen, "/add/from/write")
    later = GOOGLE.replace(b"20261118T203000Z", b"20261119T203000Z").replace(b"20261118T211500Z", b"20261119T211500Z")
    seen = _settle(reader, _give(reader, ("invite.ics", later.replace(b"SEQUENCE:0", b"SEQUENCE:1"))))
    path = reader.home / "applications" / "lumen-freight.toml"
    path.write_text(path.read_text("utf-8") + "\n# a remark\n", "utf-8")
    seen = reader.send(seen, "/add/from/write")
    assert seen.status == 409
    assert "changed in the meantime" in seen.words
    reader.send(seen, "/add/from/write")
    assert "19" in str(_facts(reader)["interviews"][0]["start"])


def _ready(reader: PageClient) -> Seen:
    seen = _give(reader, ("invite.ics", GOOGLE))
    seen = reader.send(seen, "/add/from", **{"a:company": "Lumen Freight", "a:role": "Data Engineer"})
    return _settle(reader, seen)


def _settle(reader: PageClient, seen: Seen) -> Seen:
    """Take what is proposed for whatever is open."""
    while "What is still open" in seen.words:
        seen = reader.send(seen, "/add/from")
    return seen


def test_a_pasted_mail_is_read_like_a_file(reader: PageClient) -> None:
    """The text of a mail with its headers is enough."""
    seen = _give(reader, text=CONFIRMATION.decode())
    assert "What was found" in seen.words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("offer.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Outlook .msg"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\0\0\0", "binary file"),
        ("empty.ics", b"", "is empty"),
        ("half.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "damaged calendar"),
    ],
)
def test_a_bad_file_is_refused_by_its_name(reader: PageClient, name: str, content: bytes, said: str) -> None:
    """The others that were given are kept, so that they need not be chosen again."""
    seen = _give(reader, (name, content), ("priya.vcf", CARD_40))
    assert seen.status == 422
    assert said in seen.words
    assert "Taken already: priya.vcf" in seen.words
    assert "/tmp" not in seen.text


def test_nothing_given_is_said(reader: PageClient) -> None:
    """An empty form is no mistake of the program."""
    assert "Choose a file, or paste some text" in _give(reader).words


def test_a_hostile_invitation_does_nothing(reader: PageClient) -> None:
    """Markup in an invitation is text on the page and in the facts, and no file of another name is made."""
    evil = GOOGLE.replace(b"CN=Priya Raman", b'CN="<script>alert(1)</script>"').replace(
        b"SUMMARY:Interview", b"SUMMARY:<img src=x onerror=alert(1)>\\n../../evil"
    )
    seen = _give(reader, ('../../evil"><script>.ics', evil))
    assert "<script>alert" not in seen.text
    assert "<img src=x" not in seen.text
    seen = reader.send(seen, "/add/from", **{"a:company": "../../evil", "a:role": "<b>x</b>"})
    while "What is still open" in seen.words and seen.status == 200:
        before = seen.text
        seen = reader.send(seen, "/add/from")
        assert seen.text != before
    assert "<b>x</b>" not in seen.text
    reader.send(seen, "/add/from/write")
    assert {path.parent for path in reader.home.parent.rglob("*.toml")} <= {reader.home / "applications"}


def test_a_signature_goes_into_the_new_interview(reader: PageClient) -> None:
    """Pasted words that name people can become their cards."""
    seen = _give(reader, text="Priya Raman\nHead of Data\npriya@lumen.example")
    assert "Priya Raman · Head of Data · priya@lumen.example" in seen.words
    seen = reader.send(seen, "/add/from/people")
    assert seen.fields("/add")["who-0"] == ["Priya Raman, Head of Data, priya@lumen.example"]


def test_notes_are_kept_beside_an_application(reader: PageClient) -> None:
    """A text file is kept as notes for the application that is chosen."""
    _finish(reader, **JOB)
    seen = _give(reader, ("talk.txt", b"Priya: We move to streaming next year.\n"))
    reader.send(seen, "/add/from/notes", to="lumen-freight")
    kept = (reader.home / "applications" / "lumen-freight.notes.txt").read_text("utf-8")
    assert "We move to streaming" in kept


def test_a_card_can_be_sent_to_another_application(reader: PageClient) -> None:
    """Where it belongs can be said, against what was found."""
    _finish(reader, **{**MET, "who-0": "Priya Raman"})
    seen = _give(reader, ("priya.vcf", CARD_40), to="lumen-freight")
    while "What is still open" in seen.words:
        seen = reader.send(seen, "/add/from")
    assert "lumen-freight" in seen.words


def test_today_leads_back_to_what_was_begun(reader: PageClient) -> None:
    """Who closes the browser in the middle of it is led back from the first page that they see."""
    assert "You began to write down" not in reader.get("/").words
    reader.send(reader.get("/add"), "/add", company="St James's Hospital", role="Staff Nurse", go="to:meeting")
    seen = reader.get("/")
    assert "You began to write down: Staff Nurse at St James" in seen.words
    assert 'href="/add">Go on with it' in seen.text


GUESTS = """Interview
Yes   No   Maybe   More options
2 guests
Ada Ray
ada.ray@lumen.example
Yes No Maybe
x77@lumen.example
"""


def test_a_card_says_what_was_left_out(reader: PageClient) -> None:
    """A card says what was left out of the paste, as the terminal does, and still says so when it is saved again."""
    seen = _save(reader, "to:people", **MET)
    pasted = "*Chef Luis Ortega, CEPC, CCA*\nExecutive Chef | Hotel Emma\nluis@lumen.example"
    seen = reader.send(seen, "/add", go="quiet", **{"who-0": pasted})
    assert "Left out: CEPC; CCA; Hotel Emma" in reader.get("/add").words
    seen = reader.send(reader.get("/add"), "/add", go="to:people")
    assert seen.words.count("Left out: CEPC; CCA; Hotel Emma") == 1


def test_a_guest_without_a_readable_name_has_a_card(reader: PageClient) -> None:
    """Of an address beside which there is no name a card is made that asks for the name; buttons are nobody."""
    seen = _save(reader, "to:people", **MET)
    seen = reader.send(seen, "/add", go="to:people", **{"who-0": GUESTS})
    fields = seen.fields("/add")
    assert fields["card"] == ["0", "1"]
    assert "Ada Ray" in str(fields["who-0"])
    assert "x77@lumen.example" in str(fields["who-1"])
    assert "write the name" in seen.words


BAKERY = b"""BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
DTSTART:20261202T160000Z\r
DTEND:20261202T164500Z\r
ORGANIZER;CN=Patrice Vega:mailto:patrice@sugarpine.example\r
UID:abc123@google.com\r
ATTENDEE;PARTSTAT=ACCEPTED;CN=Patrice Vega:mailto:patrice@sugarpine.example\r
ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=jordan@example.com:mailto:jordan@example.com\r
ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Wu Xiaoling:mailto:xwu@sugarpine.example\r
SUMMARY:Interview: Head Baker at Sugar Pine Bakery\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_who_invites_and_attends_is_met_at_the_readers_hour(reader: PageClient) -> None:
    """The organiser of an interview who is among those invited is met; UTC is said by the reader's own clocks."""
    seen = _give(reader, ("invite.ics", BAKERY))
    assert "Wed 2 Dec 2026, 10:00 in Chicago, with Patrice Vega and Wu Xiaoling" in seen.words
    assert 'value="Sugar Pine Bakery"' in seen.text
    assert "UTC" not in seen.words
    seen = _settle(reader, seen)
    reader.send(seen, "/add/from/write")
    facts = _facts(reader, _files(reader)[0].stem)
    assert [one["name"] for one in facts["interviews"][0]["people"]] == ["Patrice Vega", "Wu Xiaoling"]
    assert "contacts" not in facts
    assert (facts["time_zone"], facts["country"]) == ("America/Chicago", "US")


FROM_A_MACHINE = """From: Talent Acquisition <no-reply@bluebonnet-resorts.example>
To: Ricky Trevino <ricky@trevino.example>
Cc: Lupe Ontiveros <l.ontiveros@bluebonnet-resorts.example>
Subject: Interview for Pastry Sous Chef at Bluebonnet Resort & Spa
Date: Mon, 16 Nov 2026 09:00:00 -0600

Dear Ricky,
we would like to see you on Thursday, December 3, from 9:00 a.m. to 1:00 p.m.
"""


def test_who_received_a_mail_is_neither_the_company_nor_met(reader: PageClient) -> None:
    """The company is that of the sender whose address others share; who got the mail did not write it."""
    seen = reader.send(reader.get("/add/from"), "/add/from", text=FROM_A_MACHINE)
    assert "who wrote" not in seen.words
    assert "Trevino" not in seen.fields("/add/from")["a:company"][0]
    assert seen.fields("/add/from")["a:company"][0].startswith("Bluebonnet")
