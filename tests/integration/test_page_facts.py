"""The pages about facts: questions, changes, the file as text, mails written again. Nothing typed is ever lost."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_client import PageClient, Seen

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.application import Application, Person
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import enqueue

OF = "/applications/lumen-freight"
ASKED = f"{OF}/questions"
FACTS = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
fit = "moved nightly jobs to streaming"

# A remark of mine.
[said]
decision_by = 2026-12-04

[[interviews]]
start = "2026-11-17 14:00"
duration = "45 min"

[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
role = "hiring manager"
discussed = "want the nightly jobs as streams"

[[interviews.people]]
name = "Tom Okafor"
email = "tom@lumen.example"
discussed = ["late events", "two replays a night"]

[[interviews.people]]
name = "Mei Lin Zhao"
email = "mei@lumen.example"
discussed = ["dispatch at five in the morning"]
"""
HOSTILE = "<script>alert(1)</script> \"\"\" ''' [x] = 1 {{ 7 * 7 }} \\u0041"


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody who has met three people of one company."""
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "lumen-freight.toml").write_text(FACTS, "utf-8")
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def facts_text(reader: PageClient) -> str:
    return (reader.home / "applications" / "lumen-freight.toml").read_text("utf-8")


def facts(reader: PageClient) -> Application:
    with reader.desk.open() as workspace:
        return workspace.facts.load("lumen-freight")


def person(reader: PageClient, name: str) -> Person:
    return next(one for one in facts(reader).everyone() if one.name == name)


def press(reader: PageClient, seen: Seen, do: str, **typed: str | list[str]) -> Seen:
    """Press a button of the questions with fields typed in."""
    return reader.send(seen, ASKED, **{"do": do, **typed})


def queue_thanks(reader: PageClient) -> None:
    """Queue three thank-yous, each with a sentence of its own."""
    sentences = {
        "priya": "I liked that you showed me the board. It told me that nobody there works in the dark.",
        "tom": "You let me ask about the replays, so I know where the nights go.",
        "mei": "Thank you for walking me through the dispatch at five. It told me that every minute counts.",
    }
    text = FACTS
    for name, sentence in sentences.items():
        address = f'email = "{name}@lumen.example"\n'
        text = text.replace(address, f'{address}moment = "{sentence}"\n')
    (reader.home / "applications" / "lumen-freight.toml").write_text(text, "utf-8")
    with reader.desk.open() as workspace:
        enqueue(workspace, Request("lumen-freight", Kind.THANK_YOU))


def test_a_panel_gets_a_card_each_and_every_answer_is_kept(reader: PageClient) -> None:
    """Three people have three cards; beginnings are filled gap by gap, and all answers are saved at once."""
    seen = reader.get(ASKED)
    assert all(
        f'<h2 id="card-{at}">{name}' in seen.text for at, name in enumerate(("Priya Raman", "Tom Okafor", "Mei"), 1)
    )
    seen = press(reader, seen, "start:priya-raman.moment:0")
    assert "I liked that you" in seen.words
    seen = press(
        reader, seen, "start:tom-okafor.moment:own", **{"word-priya-raman.moment": ["showed me the board", ""]}
    )
    assert "showed me the board" in seen.text
    seen = press(
        reader, seen, "save", **{"word-tom-okafor.moment": "You let me ask about the replays, and I learned a lot."}
    )
    assert "2 answers are kept" in seen.words
    assert person(reader, "Priya Raman").moment == "I liked that you showed me the board."
    assert person(reader, "Tom Okafor").moment == "You let me ask about the replays, and I learned a lot."
    assert person(reader, "Mei Lin Zhao").moment == ""
    assert "# A remark of mine." in facts_text(reader)


def test_one_answer_is_saved_and_the_others_stay_typed(reader: PageClient) -> None:
    """A button of one question keeps only its answer; what is half typed elsewhere is still there."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.moment:0")
    seen = press(reader, seen, "start:tom-okafor.moment:0", **{"word-priya-raman.moment": ["showed me the board", ""]})
    typed = {"word-tom-okafor.moment": ["half a", ""]}
    seen = press(reader, seen, "save:priya-raman.moment", **typed)
    assert "One answer is kept" in seen.words
    assert seen.fields(ASKED)["word-tom-okafor.moment"] == ["half a", ""]
    assert person(reader, "Tom Okafor").moment == ""


def test_a_bad_answer_is_shown_again_corrected_or_kept(reader: PageClient) -> None:
    """What does not fit is not kept at once; its remedy is one button, and keeping it as it is another."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.moment:0")
    bad = {"word-priya-raman.moment": ["you showed me the board", ""]}
    seen = press(reader, seen, "save:priya-raman.moment", **bad)
    assert seen.status == 422
    assert "no mail can be sent with it" in seen.words
    assert person(reader, "Priya Raman").moment == ""
    corrected = press(reader, seen, "correct:priya-raman.moment")
    assert corrected.fields(ASKED)["word-priya-raman.moment"][0] == "showed me the board"
    press(reader, seen, "keep:priya-raman.moment")
    assert person(reader, "Priya Raman").moment == "I liked that you you showed me the board."


def test_a_doubted_answer_can_be_called_right(reader: PageClient) -> None:
    """Beside keeping it for now, a button says that it is right: then no mail waits for it."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.moment:0")
    seen = press(reader, seen, "save:priya-raman.moment", **{"word-priya-raman.moment": ["listens", ""]})
    assert "It is right as it is" in seen.words
    press(reader, seen, "right:priya-raman.moment")
    assert facts(reader).as_they_are == (person(reader, "Priya Raman").moment,) == ("I liked that you listens.",)


def test_a_gap_that_is_needed_is_asked_for(reader: PageClient) -> None:
    """A sentence with a hole in it is not kept, and nothing of it is lost."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.link:0")
    seen = press(reader, seen, "save", **{"word-priya-raman.link": ["fewer replays", "", "you sleep at night"]})
    assert seen.status == 422
    assert seen.fields(ASKED)["word-priya-raman.link"] == ["fewer replays", "", "you sleep at night"]


def test_a_number_without_end_chooses_nothing(reader: PageClient) -> None:
    """A beginning or a sentence whose number has 5000 digits is none of those offered."""
    page, far = reader.get(ASKED), "9" * 5000
    typed = {"start-priya-raman.moment": far, "word-priya-raman.moment": "showed me the board"}
    assert press(reader, page, "save", **typed).status < 500
    for do in ("take", "line"):
        assert press(reader, page, f"{do}:priya-raman.moment:{far}").status < 500


def test_of_two_transcripts_none_is_kept_when_one_cannot_be_read(reader: PageClient) -> None:
    """What is refused leaves nothing behind, so that it can be sent again."""
    page = reader.get(f"{OF}/transcript")
    files = [("file", ("a.txt", b"Tom: the late events")), ("file", ("b.docx", b"PK\x03\x04"))]
    assert reader.send(page, f"{OF}/transcript", files).status == 422
    assert "late events" not in reader.get(f"{OF}/transcript").words


def test_words_of_the_notes_and_the_transcript_are_one_button_away(reader: PageClient) -> None:
    """A sentence that fits is shown, goes into the field, and is a fact only when it is saved."""
    reader.send(reader.get(f"{OF}/transcript"), f"{OF}/transcript", text="Tom Okafor: Nobody likes the late events.")
    seen = reader.get(ASKED)
    assert "Nobody likes the late events." in seen.words
    seen = press(reader, seen, "line:tom-okafor.moment:0")
    assert "Nobody likes the late events." in seen.fields(ASKED)["word-tom-okafor.moment"][0]
    assert person(reader, "Tom Okafor").moment == ""
    assert "Nobody likes" in reader.get(f"{OF}/transcript").words
    reader.send(reader.get(f"{OF}/transcript"), f"{OF}/transcript/remove")
    assert "Nobody likes" not in reader.get(f"{OF}/transcript").words


def test_a_script_sees_the_sentence_grow(reader: PageClient) -> None:
    """While somebody types, the sentence and what does not fit come as a piece of a page; nothing is written."""
    fields = press(reader, reader.get(ASKED), "start:priya-raman.moment:0").fields(ASKED)
    fields |= {"only": ["priya-raman.moment"], "do": ["look"], "word-priya-raman.moment": ["you showed me", ""]}
    seen = reader.post(f"{ASKED}/look", fields)
    assert "In the mail:" in seen.words
    assert "<html" not in seen.text
    assert facts_text(reader) == FACTS


def test_an_answer_given_elsewhere_is_not_overwritten_unseen(reader: PageClient) -> None:
    """Of two windows with the same question the second one is shown what the first has saved, and then decides."""
    first = press(reader, reader.get(ASKED), "start:priya-raman.moment:own")
    press(reader, first, "save", **{"word-priya-raman.moment": "You were patient with my questions."})
    seen = press(reader, first, "save", **{"word-priya-raman.moment": "You showed me the board."})
    assert "answered in the meantime" in seen.words
    assert person(reader, "Priya Raman").moment == "You were patient with my questions."
    press(reader, seen, "save")
    assert person(reader, "Priya Raman").moment == "You showed me the board."


def test_what_was_typed_about_somebody_gone_is_shown(reader: PageClient) -> None:
    """When a person was taken out meanwhile, the words for them stand on the page to be copied."""
    seen = press(reader, reader.get(ASKED), "start:mei-lin-zhao.moment:own")
    path = reader.home / "applications" / "lumen-freight.toml"
    path.write_text(FACTS[: FACTS.rindex("[[interviews.people]]")], "utf-8")
    typed = {"word-mei-lin-zhao.moment": "You told me about the early dispatch.", "word-priya-raman.moment": ""}
    assert "the early dispatch" in press(reader, seen, "start:priya-raman.moment:own", **typed).words


def test_answers_can_be_changed_again(reader: PageClient) -> None:
    """``again=1`` shows what is answered, and another sentence takes its place."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.offer:own")
    press(reader, seen, "save", **{"word-priya-raman.offer": "I would be glad to show you how we did it."})
    assert "priya-raman.offer" not in reader.get(ASKED).text
    seen = reader.get(f"{ASKED}?again=1")
    press(reader, seen, "save", **{"word-priya-raman.offer": "Could you tell me who looks after that today?"})
    assert person(reader, "Priya Raman").offer == "Could you tell me who looks after that today?"


def test_hostile_text_stays_text(reader: PageClient) -> None:
    """Markup and quotes are kept letter for letter, and never become part of a page or of the file's grammar."""
    seen = press(reader, reader.get(ASKED), "start:priya-raman.moment:own")
    seen = press(reader, seen, "keep:priya-raman.moment", **{"word-priya-raman.moment": HOSTILE})
    seen = reader.send(reader.get(f"{OF}/change"), f"{OF}/change", company=HOSTILE, fit=HOSTILE)
    assert facts(reader).fit == (HOSTILE,)
    assert facts(reader).company == HOSTILE
    assert person(reader, "Priya Raman").moment == f"{HOSTILE}."
    for page in (seen, reader.get(f"{ASKED}?again=1"), reader.get(f"{OF}/change"), reader.get(f"{OF}/facts")):
        assert "<script>alert" not in page.text
        assert html.escape("<script>alert", quote=False) in page.text
    assert reader.get(f"{OF}/facts").fields(f"{OF}/facts")["text"][0] == facts_text(reader)


def test_what_is_too_long_is_refused_with_all_of_it(reader: PageClient) -> None:
    """A passage beyond the limit is not kept, and stands in its field as it was typed."""
    long = "very " * 5_000 + "long"
    seen = reader.send(reader.get(f"{OF}/change"), f"{OF}/change", fit=long)
    assert seen.status == 422
    assert seen.fields(f"{OF}/change")["fit"] == [long]
    assert facts_text(reader) == FACTS


def test_facts_are_changed_in_forms(reader: PageClient) -> None:
    """Dates as people say them, an address, one more note, one more person; the difference is shown, remarks stay."""
    changed = {
        "decision_by": "11 dec",
        "person/priya-raman/address": "priya@new.example",
        "person/tom-okafor/discussed": "late events\nquiet hours",
        "person/priya-raman/discussed": "want the nightly jobs as streams\nthe outage",
        "new/person/name": "Ola Nordmann",
        "new/person/where": "interview/2026-11-17T14:00",
        "new/person/address": "ola@lumen.example",
        "new/promise/what": "the case study",
        "interview/2026-11-17T14:00/duration": "an hour",
    }
    seen = reader.send(reader.get(f"{OF}/change"), f"{OF}/change", **changed)
    assert seen.status == 200
    now = facts(reader)
    assert (now.said.decision_by and now.said.decision_by.isoformat()) == "2026-12-11"
    assert person(reader, "Priya Raman").email == "priya@new.example"
    assert person(reader, "Tom Okafor").discussed == ("late events", "quiet hours")
    assert person(reader, "Priya Raman").discussed == ("want the nightly jobs as streams", "the outage")
    assert person(reader, "Ola Nordmann").email == "ola@lumen.example"
    assert [promise.what for promise in now.promised] == ["the case study"]
    assert now.interviews[0].duration is not None
    assert "# A remark of mine." in facts_text(reader)
    assert "priya@new.example" in seen.words
    assert "/undo" in seen.text


def test_removing_and_renaming_in_forms(reader: PageClient) -> None:
    """Somebody is taken out, somebody gets another name, a day is emptied, all in one step."""
    changed = {"person/mei-lin-zhao/remove": "1", "person/tom-okafor/name": "Tom Okafor-Reyes", "decision_by": ""}
    reader.send(reader.get(f"{OF}/change"), f"{OF}/change", **changed)
    assert [one.name for one in facts(reader).everyone()] == ["Priya Raman", "Tom Okafor-Reyes"]
    assert facts(reader).said.decision_by is None


def test_each_field_says_what_is_wrong_and_nothing_is_written(reader: PageClient) -> None:
    """Two mistakes are two remarks at their fields; what was right beside them is not written either."""
    changed = {"decision_by": "5/6", "person/tom-okafor/address": "tom at lumen", "role": "Engineer"}
    seen = reader.send(reader.get(f"{OF}/change"), f"{OF}/change", **changed)
    assert seen.status == 422
    assert "2 fields need another look" in seen.words
    assert "Saturday 5 June 2027" in seen.words
    assert facts_text(reader) == FACTS
    right = {"person/tom-okafor/address": "tom@new.example", "reading": "decision_by=2027-06-05"}
    reader.send(seen, f"{OF}/change", **right)
    assert str(facts(reader).said.decision_by) == "2027-06-05"
    assert facts(reader).role == "Engineer"


def test_two_windows_with_forms_undo_nothing(reader: PageClient) -> None:
    """What another window changed in other fields stays; in the same field both are shown before one wins."""
    old = reader.get(f"{OF}/change")
    reader.send(old, f"{OF}/change", role="Engineer", decision_by="9 dec")
    seen = reader.send(old, f"{OF}/change", company="Lumen", decision_by="10 dec")
    assert seen.status == 409
    assert "9 Dec 2026" in seen.words
    assert facts(reader).company == "Lumen Freight"
    reader.send(seen, f"{OF}/change")
    now = facts(reader)
    assert (now.company, now.role, str(now.said.decision_by)) == ("Lumen", "Engineer", "2026-12-10")


def test_the_text_is_saved_with_its_remarks(reader: PageClient) -> None:
    """The file is changed exactly as it was typed."""
    text = FACTS.replace("Data Engineer", "Data Lead")
    assert "Saved" in reader.send(reader.get(f"{OF}/facts"), f"{OF}/facts", text=text).words
    assert facts_text(reader) == text


def test_problems_of_the_text_are_listed_by_line(reader: PageClient) -> None:
    """What cannot be understood is not saved; each problem has its line, and the text is still there."""
    text = FACTS.replace("2026-12-04", "2026-02-31").replace('"45 min"', '"soon"')
    seen = reader.send(reader.get(f"{OF}/facts"), f"{OF}/facts", text=text)
    assert seen.status == 422
    assert "Line 9" in seen.words
    assert seen.fields(f"{OF}/facts")["text"] == [text]
    assert facts_text(reader) == FACTS


def test_a_text_that_was_changed_meanwhile_is_never_overwritten_unseen(reader: PageClient) -> None:
    """An editor saved the file while it was open here: both are shown, and saving again is a decision."""
    old = reader.get(f"{OF}/facts")
    (reader.home / "applications" / "lumen-freight.toml").write_text(FACTS.replace("Engineer", "Lead"), "utf-8")
    mine = FACTS.replace("2026-12-04", "2026-12-07")
    seen = reader.send(old, f"{OF}/facts", text=mine)
    assert seen.status == 409
    assert 'role = "Data Lead"' in html.unescape(seen.words)
    assert "2026-12-07" not in facts_text(reader)
    assert seen.fields(f"{OF}/facts")["text"] == [mine]
    reader.send(seen, f"{OF}/facts")
    assert facts_text(reader) == mine


def test_a_broken_file_can_be_mended_here(reader: PageClient) -> None:
    """Facts that nothing else can read are shown as text, with what is wrong."""
    (reader.home / "applications" / "lumen-freight.toml").write_text("company = 'x\n", "utf-8")
    seen = reader.get(f"{OF}/facts")
    assert "Line 1" in seen.words
    reader.send(seen, f"{OF}/facts", text=FACTS)
    assert facts_text(reader) == FACTS


def test_a_change_is_carried_through_to_a_queued_mail(reader: PageClient) -> None:
    """After an answer the page says that a queued mail would read differently, shows how, and writes it again."""
    queue_thanks(reader)
    seen = press(reader, reader.get(ASKED), "start:priya-raman.link:own")
    seen = press(
        reader,
        seen,
        "save",
        **{"word-priya-raman.link": "You want the nightly jobs as streams. I moved ours in a year."},
    )
    assert "would read differently now" in seen.words
    outdated = reader.get(f"{OF}/outdated")
    assert "I moved ours in a year." in outdated.words
    seen = reader.send(outdated, f"{OF}/outdated")
    assert "is written again" in seen.words
    with reader.desk.open() as workspace:
        texts = [" ".join(entry.message.text.split()) for entry in workspace.store.entries()]
        assert any("want the nightly jobs as streams." in text and "I moved ours in a year." in text for text in texts)
    assert "Every waiting mail is up to date" in reader.get(f"{OF}/outdated").words


def test_a_name_that_is_put_right_is_carried_through(reader: PageClient) -> None:
    """After a person or the company was renamed the page offers to write the waiting mails again, and does so."""
    queue_thanks(reader)
    text = facts_text(reader)
    seen = reader.send(reader.get(f"{OF}/facts"), f"{OF}/facts", text=text.replace("Tom Okafor", "Thomas Okafor"))
    assert "See what differs, and write them again" in seen.words
    seen = reader.send(reader.get(f"{OF}/outdated"), f"{OF}/outdated")
    assert "is written again" in seen.words
    with reader.desk.open() as workspace:
        assert "Thomas Okafor" in {entry.message.to.name for entry in workspace.store.entries()}


def test_taking_a_change_back_offers_to_write_again(reader: PageClient) -> None:
    """What is taken back can differ from a mail that waits, too: the page leads on to writing it again."""
    queue_thanks(reader)
    text = facts_text(reader)
    reader.send(reader.get(f"{OF}/facts"), f"{OF}/facts", text=text.replace("Tom Okafor", "Thomas Okafor"))
    reader.send(reader.get(f"{OF}/outdated"), f"{OF}/outdated")
    with reader.desk.open() as workspace:
        step = max(one.number for one in workspace.journal.operations() if one.files)
    page = reader.get(f"/undo?step={step}")
    seen = reader.send(page, "/undo")
    assert "See what differs, and write them again" in seen.words


def test_mails_are_only_written_again_as_they_were_shown(reader: PageClient) -> None:
    """When facts changed since the differences were shown, nothing is rewritten unseen."""
    queue_thanks(reader)
    reader.send(reader.get(f"{OF}/change"), f"{OF}/change", **{"person/tom-okafor/address": "tom@new.example"})
    old = reader.get(f"{OF}/outdated")
    assert "tom@new.example" in old.words
    reader.send(reader.get(f"{OF}/change"), f"{OF}/change", **{"person/tom-okafor/address": "tom@other.example"})
    assert reader.send(old, f"{OF}/outdated").status == 409


def test_what_we_say_in_their_name_can_be_left_out(reader: PageClient) -> None:
    """The finished mails are shown whole; a sentence of ours that speaks for the user is taken out by a button."""
    queue_thanks(reader)
    seen = reader.get(f"{ASKED}/mails")
    assert "You let me ask about the replays" in seen.words
    reader.send(seen, f"{OF}/leave-out")
    assert len(facts(reader).leave_out) == 1
