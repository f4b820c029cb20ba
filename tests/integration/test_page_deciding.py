"""What a reader of the page decides about an application, and takes back, by the forms alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from page_client import SETTINGS, PageClient, Seen

from followup_mail.cadence.kinds import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.writing.prepare import prepare

LUMEN = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
fit = "I moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes."

[said]
decision_by = 2026-12-04

[[interviews]]
start = 2026-11-17T14:00:00-06:00
duration = "45 min"
format = "video"

[[interviews.people]]
name = "Priya Raman"
email = "priya.raman@lumen.example"
phone = "+1 312 555 0134"
postal_address = ["1 Dock Street", "Chicago, IL 60601"]
title = "Head of Data"
role = "hiring manager"
discussed = "the move to streaming"

[[interviews.people]]
name = "Tom <b>Okafor</b>"
email = "tom@lumen.example"
title = "Staff Engineer"
role = "interviewer"
discussed = "late events and replays"
moment = "I liked that you showed me how you replay a whole night of late events, because it made the outage plain."
"""
OTHER = LUMEN.replace('"Data Engineer"', '"Senior Data Engineer"').replace("late events", "dead letters")
ONE = "/applications/lumen"
TO_TOM = "lumen/thank_you/r1/tom-b-okafor-b/1"


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody who has entered, with one application and a twin of it."""
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "lumen.toml").write_text(LUMEN, "utf-8")
    (folder / "lumen-2.toml").write_text(OTHER, "utf-8")
    with PageClient(tmp_path / "home", settings=f'{SETTINGS}FOLLOWUP_PHONE="+1 312 555 0100"\n') as reader:
        yield reader.enter()


def facts(reader: PageClient, slug: str = "lumen") -> str:
    return (reader.home / "applications" / f"{slug}.toml").read_text("utf-8")


def queue(reader: PageClient, to: str = "priya") -> Entry:
    """Queue the thank-you to somebody."""
    with reader.desk.open() as workspace:
        prepared = prepare(workspace, Request("lumen", Kind.THANK_YOU, (to,))).prepared
        return enqueue_prepared(workspace, prepared, QueueTerms())[0]


def entries(reader: PageClient) -> list[Entry]:
    with reader.desk.open() as workspace:
        return list(workspace.store.entries())


def said(reader: PageClient, seen: Seen) -> Seen:
    """Return a page of ours with what was said after a form; the page that it leads to may be another's."""
    word = re.search(r"said=([\w-]+)", seen.address)
    assert word, f"nothing was said: {seen.status} {seen.words}"
    return reader.get(f"/undo?said={word[1]}")


def act(reader: PageClient, name: str, **changed: str) -> Seen:
    """Send a form of the page of decisions, and return a page that says what came of it."""
    return said(reader, reader.send(reader.get(f"{ONE}/decide"), f"{ONE}/{name}", **changed))


def test_a_step_is_skipped_and_brought_back(reader: PageClient) -> None:
    """A step leaves the plan with one press, and comes back with another."""
    seen = act(reader, "skip", step=TO_TOM)
    assert "Skipped: thank-you" in seen.words.replace("Thank", "thank")
    assert "thank_you to tom-b-okafor-b in round 1" in facts(reader)
    assert "Back in the plan" in act(reader, "unskip").words
    assert "skipped" not in facts(reader)


def test_a_mail_is_cancelled_with_its_step_only_after_asking(reader: PageClient) -> None:
    """A step with a queued mail asks first; the mail is cancelled with the yes, and not before."""
    entry = queue(reader)
    page = reader.get(f"{ONE}/decide")
    asks = reader.send(page, f"{ONE}/skip", step=str(entry.step))
    assert "cancel its mail" in asks.words
    assert [one.state for one in entries(reader)] == [State.QUEUED]
    seen = said(reader, reader.send(asks, f"{ONE}/skip"))
    assert "Its mail is cancelled" in seen.words
    assert [one.state for one in entries(reader)] == [State.CANCELLED]


def test_it_is_hidden_until_a_day_and_shown_again(reader: PageClient) -> None:
    """A day as people say it hides the application; what is queued is named, since it leaves all the same."""
    queue(reader)
    seen = act(reader, "snooze", snooze_until="in 2 weeks")
    assert "2 Dec 2026" in seen.words
    assert "leave all the same: #1" in seen.words
    assert "snoozed_until = 2026-12-02" in facts(reader)
    act(reader, "unsnooze")
    assert "snoozed_until" not in facts(reader)


@pytest.mark.parametrize(("name", "field"), [("snooze", "snooze_until"), ("pause", "pause_until")])
@pytest.mark.parametrize("day", ["32 foo", "yesterday", "2026-11-18", "<script>alert(1)</script>"])
def test_a_bad_day_is_shown_again_with_what_is_wrong(reader: PageClient, name: str, field: str, day: str) -> None:
    """A day that cannot be meant changes nothing, stays typed, and is said to be wrong beside its field."""
    seen = reader.send(reader.get(f"{ONE}/decide"), f"{ONE}/{name}", **{field: day})
    assert seen.status == 422
    assert seen.fields(f"{ONE}/{name}")[field] == [day]
    assert 'aria-invalid="true"' in seen.text
    assert "--" not in re.sub(r"<[^>]*>", "", seen.text.partition('class="wrong"')[2].partition("</p>")[0])
    assert "<script>alert" not in seen.text
    assert facts(reader) == LUMEN


def test_it_is_paused_and_goes_on(reader: PageClient) -> None:
    """A pause holds the queue, says what is held, and ends with one press."""
    queue(reader)
    assert "held: #1" in act(reader, "pause").words
    assert [one.held for one in entries(reader)] == ["paused"]
    assert "goes on" in act(reader, "resume").words
    assert [one.held for one in entries(reader)] == [""]


def test_it_is_archived_after_asking_about_its_mails(reader: PageClient) -> None:
    """Mails that wait are cancelled with the archive only after a yes to just these."""
    queue(reader)
    asks = reader.send(reader.get(f"{ONE}/decide"), f"{ONE}/archive")
    queue(reader, "tom")
    again = reader.send(asks, f"{ONE}/archive")
    assert "#2" in again.words
    assert "archived" not in facts(reader)
    seen = said(reader, reader.send(again, f"{ONE}/archive"))
    assert "Archived. Cancelled with it: #1" in seen.words
    assert [one.state for one in entries(reader)] == [State.CANCELLED] * 2
    act(reader, "unarchive")
    assert "archived = true" not in facts(reader)


def test_a_note_is_kept_as_it_is_written(reader: PageClient) -> None:
    """A note gets its day, is shown, and nothing of it becomes markup."""
    act(reader, "note", note="on leave & <i>away</i>")
    assert "2026-11-18: on leave & <i>away</i>" in facts(reader)
    assert "&lt;i&gt;away" in reader.get(f"{ONE}/decide").text
    empty = reader.send(reader.get(f"{ONE}/decide"), f"{ONE}/note", note=" ")
    assert empty.status == 422


def test_an_old_tab_does_nothing(reader: PageClient) -> None:
    """A form made before the facts changed changes nothing, keeps what was typed, and can then be sent."""
    old = reader.get(f"{ONE}/decide")
    act(reader, "note", note="newer")
    for name, field in (("pause", "pause_until"), ("snooze", "snooze_until"), ("rename", "new_name"), ("note", "note")):
        seen = reader.send(old, f"{ONE}/{name}", **{field: "friday"})
        assert seen.status == 409
        assert seen.fields(f"{ONE}/{name}")[field] == ["friday"]
    assert "paused" not in facts(reader)
    said(reader, reader.send(seen, f"{ONE}/pause", pause_until="friday"))
    assert "paused_until" in facts(reader)


def test_another_method_is_chosen(reader: PageClient) -> None:
    """The methods are shown with what they are like; the chosen one stands in the facts."""
    page = reader.get(f"{ONE}/cadence")
    seen = said(reader, reader.send(page, f"{ONE}/cadence", cadence="rule-of-three"))
    assert "followed up by" in seen.words
    assert 'cadence = "rule-of-three"' in facts(reader)
    assert reader.send(reader.get(f"{ONE}/cadence"), f"{ONE}/cadence", cadence="../x").status == 422


def test_it_gets_another_name(reader: PageClient) -> None:
    """A new short name takes everything along; what cannot be a name is refused beside the field."""
    queue(reader)
    for bad in ("Lumen Freight!", "lumen-2", "../../etc", ""):
        seen = reader.send(reader.get(f"{ONE}/decide"), f"{ONE}/rename", new_name=bad)
        assert seen.status in {404, 422}, bad
        assert seen.fields(f"{ONE}/rename")["new_name"] == [bad]
    act(reader, "rename", new_name="lumen-freight")
    assert facts(reader, "lumen-freight") == LUMEN
    assert [one.step.application for one in entries(reader)] == ["lumen-freight"]


def test_two_are_put_together_once_it_is_said_which_fact_holds(reader: PageClient) -> None:
    """What differs is asked for fact by fact; only then is one of the two gone."""
    page = reader.get(f"{ONE}/merge?into=lumen-2")
    assert "Which holds?" in page.words
    assert "discussed: + late events and replays" in page.words
    assert "discussed: - " not in page.words
    assert reader.send(page, f"{ONE}/merge").status == 422
    names = re.findall(r'name="(holds-\w+)"', page.text)
    seen = said(reader, reader.send(page, f"{ONE}/merge", **dict.fromkeys(names, "theirs")))
    assert "lumen is part of lumen-2 now" in seen.words
    assert 'role = "Data Engineer"' in facts(reader, "lumen-2")
    assert not (reader.home / "applications" / "lumen.toml").exists()


def test_a_merge_shown_before_a_change_is_shown_again(reader: PageClient) -> None:
    """Two are put together only as they were shown."""
    page = reader.get(f"{ONE}/merge?into=lumen-2")
    act(reader, "note", note="newer")
    names = re.findall(r'name="(holds-\w+)"', page.text)
    again = reader.send(page, f"{ONE}/merge", **dict.fromkeys(names, "ours"))
    assert again.status == 409
    assert "changed in the meantime" in again.words
    assert (reader.home / "applications" / "lumen.toml").exists()


def test_all_of_it_is_deleted_and_comes_back_for_a_day(reader: PageClient) -> None:
    """A second page says what is deleted; one press afterwards brings all of it back."""
    queue(reader)
    page = reader.get(f"{ONE}/forget")
    assert "Mails in the outbox, with their history: 1." in page.words
    queue(reader, "tom")
    again = reader.send(page, f"{ONE}/forget")
    assert again.status == 409
    seen = said(reader, reader.send(again, f"{ONE}/forget"))
    assert entries(reader) == []
    assert not (reader.home / "applications" / "lumen.toml").exists()
    reader.send(seen, "/undo")
    assert facts(reader) == LUMEN
    assert len(entries(reader)) == 2


def test_all_of_it_is_erased_at_once(reader: PageClient) -> None:
    """With a tick it is gone for good: nothing is put aside, and nothing is offered to be taken back."""
    queue(reader)
    seen = said(reader, reader.send(reader.get(f"{ONE}/forget"), f"{ONE}/forget", for_good="yes"))
    assert "cannot be taken back" in seen.words
    assert entries(reader) == []
    assert "lumen.toml" not in seen.words
    assert "forget lumen" not in reader.get("/undo").words
    with reader.desk.open() as workspace:
        assert not any("lumen" in operation.applications for operation in workspace.journal.operations())


def test_what_was_just_done_is_taken_back_with_one_press(reader: PageClient) -> None:
    """The box that says what was done has the way back, while there is one."""
    seen = act(reader, "snooze", snooze_until="in 2 weeks")
    back = reader.send(seen, "/undo")
    assert "Taken back." in back.words
    assert "snoozed_until" not in facts(reader)
    word = re.search(r"said=([\w-]+)", seen.address)
    assert word
    box = reader.get(f"/undo?said={word[1]}").text.partition('role="status"')[2].partition("<h1>")[0]
    assert "Hidden from Today" in box
    assert "<button" not in box
    reader.send(back, "/undo", again="yes")
    assert "snoozed_until" in facts(reader)


def test_the_last_steps_are_listed_with_what_each_changed(reader: PageClient) -> None:
    """Each step is there with what taking it back means, and any of them can be taken back."""
    act(reader, "note", note="first")
    act(reader, "snooze", snooze_until="in 2 weeks")
    page = reader.get("/undo")
    assert "snoozed until" in page.words
    assert "A note" in page.words
    first = reader.get("/undo?step=1")
    assert "notes" in first.words
    reader.send(first, "/undo")
    assert "first" not in facts(reader)
    assert "snoozed_until" in facts(reader)


def test_what_was_typed_since_is_lost_only_after_asking(reader: PageClient) -> None:
    """A step that meets an edit shows what would be lost; taken back all the same, it keeps a copy."""
    seen = act(reader, "snooze", snooze_until="in 2 weeks")
    path = reader.home / "applications" / "lumen.toml"
    path.write_text(facts(reader).replace("2026-12-02", "2026-12-09"), "utf-8")
    asks = reader.post("/undo", {**reader.get("/more").fields("/stop"), "step": "1"})
    assert asks.status == 409
    assert "2026-12-09" in asks.text
    assert "2026-12-09" in facts(reader)
    done = reader.send(asks, "/undo")
    assert "is kept in" in done.words
    assert facts(reader) == LUMEN
    assert seen.status == 200


@pytest.mark.parametrize("step", ["99", "0", "x", "-1", "1" * 30, "<b>"])
def test_a_step_that_is_not_there_is_no_mistake_of_ours(reader: PageClient, step: str) -> None:
    """A number that means no step is answered with a page."""
    assert reader.client.get("/undo", params={"step": step}).status_code in {200, 404}


@pytest.mark.parametrize("slug", ["nobody", "..%2f..%2fetc", "%00", "<script>"])
@pytest.mark.parametrize("name", ["decide", "cadence", "merge", "forget"])
def test_an_application_that_is_not_there_is_said_so(reader: PageClient, slug: str, name: str) -> None:
    """A name that is none leads to a page that says so, whatever is in it."""
    seen = reader.get(f"/applications/{slug}/{name}")
    assert seen.status == 404
    assert "<script>" not in seen.text.partition("<main")[2]


def test_a_call_is_written_down_once(reader: PageClient) -> None:
    """What was done by hand is on record with what was said; the same form sent twice is shown again instead."""
    page = reader.get(f"{ONE}/log?channel=call&to=Priya+Raman")
    seen = said(reader, reader.send(page, f"{ONE}/log", at="today 9:30", said="<b>Tuesday</b>", nobody="yes"))
    assert "to Priya Raman" in seen.words
    assert "reached nobody" in seen.words
    again = reader.send(page, f"{ONE}/log", at="today 9:30")
    assert again.status == 409
    with reader.desk.open() as workspace:
        (touch,) = workspace.store.touches("lumen")
    assert (touch.text, touch.reached, touch.step.person) == ("<b>Tuesday</b>", False, "priya-raman")


@pytest.mark.parametrize("at", ["32 foo", "tomorrow 9:00", "<script>"])
def test_a_bad_moment_of_a_call_is_shown_again(reader: PageClient, at: str) -> None:
    """What cannot have happened then is refused, and everything typed is still there."""
    page = reader.get(f"{ONE}/log?channel=call&to=Priya+Raman")
    seen = reader.send(page, f"{ONE}/log", at=at, said="they were in a meeting")
    assert seen.status == 422
    fields = seen.fields(f"{ONE}/log")
    assert (fields["at"], fields["said"], fields["channel"]) == ([at], ["they were in a meeting"], ["call"])
    assert "<script>alert" not in seen.text


def test_what_is_wrong_beside_a_good_moment_is_not_said_of_the_moment(reader: PageClient) -> None:
    """A kind that is none is an error of the whole form: the moment that was understood stands there without one."""
    page = reader.get(f"{ONE}/log?channel=call&to=Priya+Raman")
    seen = reader.send(page, f"{ONE}/log", at="today 9:30", kind="nonsense")
    assert seen.status == 422
    assert "nonsense" in seen.words
    assert 'id="w-at"' not in seen.text
    assert 'id="w-at"' in reader.send(page, f"{ONE}/log", at="tomorrow 9:30").text


def test_it_is_asked_which_step_a_contact_was(reader: PageClient) -> None:
    """Where a mail from elsewhere could be several steps that are due, the page asks which and keeps all typed."""
    reader.now = datetime(2026, 12, 14, 18, 0, tzinfo=UTC)
    page = reader.get(f"{ONE}/log?channel=email&to=Priya+Raman")
    asks = reader.send(page, f"{ONE}/log", said="thanks, and a question")
    assert "Which of these was it?" in asks.words
    steps = re.findall(r'name="step" value="([^"]+)"', asks.text)
    assert asks.fields(f"{ONE}/log")["said"] == ["thanks, and a question"]
    said(reader, reader.send(asks, f"{ONE}/log", step=steps[1]))
    with reader.desk.open() as workspace:
        (touch,) = workspace.store.touches("lumen")
    assert str(touch.step) == steps[1]


def test_nobody_named_is_asked_for(reader: PageClient) -> None:
    """Where the plan does not tell whom a letter went to, nothing is written down and the page says so."""
    seen = reader.send(reader.get(f"{ONE}/log"), f"{ONE}/log", channel="letter")
    assert seen.status == 422
    assert "whom" in seen.words


def test_it_goes_on_with_a_new_date(reader: PageClient) -> None:
    """After a reply the page says what is held, takes the day they named, and says what leaves."""
    queue(reader)
    act(reader, "pause")
    page = reader.get(f"{ONE}/resume")
    assert "#1" in page.words
    bad = reader.send(page, f"{ONE}/resume", decision_by="32 foo", not_before="yesterday")
    assert bad.status == 422
    assert bad.text.count('aria-invalid="true"') == 2
    seen = said(reader, reader.send(bad, f"{ONE}/resume", decision_by="2026-12-18", not_before=""))
    assert "They decide by" in seen.words
    assert "it leaves" in seen.words
    assert "decision_by = 2026-12-18" in facts(reader)


@pytest.mark.parametrize(("channel", "words"), [("call", "+1 312 555 0134"), ("linkedin", "characters")])
def test_what_to_say_is_shown(reader: PageClient, channel: str, words: str) -> None:
    """Each way has its words: a number to call, a message to copy."""
    seen = reader.get(f"{ONE}/script?channel={channel}&to=Priya+Raman")
    assert seen.status == 200
    assert words in seen.words


def test_a_letter_is_kept_as_a_page(reader: PageClient) -> None:
    """A letter comes as a file of its own to print, with both addresses."""
    page = reader.get(f"{ONE}/script?channel=letter&to=Priya+Raman")
    link = re.search(r'href="([^"]*/letter[^"]*)"', page.text)
    assert link
    letter = reader.get(link[1].replace("&amp;", "&"))
    assert letter.headers["content-disposition"].startswith("attachment")
    assert "1 Dock Street" in letter.text


@pytest.mark.parametrize("query", ["to=nobody", "channel=smoke", "channel=letter&form=x", "to=%3Cscript%3E"])
def test_a_script_for_nobody_is_said_so(reader: PageClient, query: str) -> None:
    """What cannot be written is said on the page, where something else can be chosen."""
    seen = reader.get(f"{ONE}/script?{query}")
    assert seen.status == 200
    assert 'role="alert"' in seen.text
    assert "<script>" not in seen.text.partition("<main")[2]


NO = """\
From: Priya Raman <priya.raman@lumen.example>
Date: Tue, 17 Nov 2026 18:00:00 -0600
Subject: Your application
Message-ID: <no@lumen.example>

Dear Jordan,

thank you for your time. We have decided to move forward with another candidate.

Best regards,
Priya Raman
"""


def answer(reader: PageClient, status: str, **fields: str) -> Seen:
    return reader.send(reader.get(f"{ONE}/answer?status={status}"), f"{ONE}/answer", **fields)


def test_a_no_stops_the_queue_and_drafts_the_answer(reader: PageClient) -> None:
    """A pasted rejection cancels what is queued, and leads on to the draft of the answer."""
    queue(reader)
    seen = answer(reader, "rejected", letter=NO, reason="too many applicants")
    assert seen.address.startswith("/outbox/2?")
    told = said(reader, seen)
    assert "they said no" in told.words
    assert "Cancelled: #1" in told.words
    cancelled, draft = sorted(entries(reader), key=lambda one: one.id)
    assert (cancelled.state, draft.state, draft.message.to.email) == (
        State.CANCELLED,
        State.DRAFT,
        "priya.raman@lumen.example",
    )
    assert 'reason = "too many applicants"' in facts(reader)
    again = said(reader, answer(reader, "rejected", letter=NO))
    assert "waits as draft #2" in again.words
    assert len(entries(reader)) == 2


def test_their_letter_comes_as_a_file(reader: PageClient) -> None:
    """A saved mail is read like a pasted one, and its thread is kept for the answer."""
    page = reader.get(f"{ONE}/answer?status=rejected")
    reader.send(page, f"{ONE}/answer", [("file", ("no.eml", NO.encode()))])
    assert 'message_id = "<no@lumen.example>"' in facts(reader)


def test_a_letter_that_does_not_fit_is_recorded_only_when_confirmed(reader: PageClient) -> None:
    """A no recorded as an offer asks first, with the letter shown; the yes counts for this letter alone."""
    asks = answer(reader, "offer", letter=NO)
    assert "Nothing is recorded yet" in asks.words
    assert "another candidate" in asks.words
    assert "outcome" not in facts(reader)
    other = re.sub("another candidate", "somebody else", NO)
    fields = asks.fields(f"{ONE}/answer")
    assert "Nothing is recorded yet" in reader.post(f"{ONE}/answer", {**fields, "kept": "", "letter": other}).words
    assert "Recorded: an offer." in said(reader, reader.send(asks, f"{ONE}/answer")).words
    assert 'status = "offer"' in facts(reader)


def test_a_letter_is_recorded_for_what_it_is_instead(reader: PageClient) -> None:
    """The page that asks has a button for what the letter seems to be."""
    asks = answer(reader, "offer", letter=NO)
    assert "Record it as a no instead" in asks.words
    fields = asks.fields(f"{ONE}/answer")
    reader.post(f"{ONE}/answer", {**fields, "sure": "", "status": "rejected"})
    assert 'status = "rejected"' in facts(reader)


def test_whom_to_answer_is_chosen(reader: PageClient) -> None:
    """Where one wrote for another, the user says who gets the answer."""
    signed = NO.replace("From: Priya Raman <priya.raman@lumen.example>", "From: Ann Lee <ann.lee@lumen.example>")
    asks = answer(reader, "rejected", letter=signed)
    assert "Whom do you answer?" in asks.words
    reader.send(asks, f"{ONE}/answer", whom="1")
    assert [one.message.to.email for one in entries(reader)] == ["ann.lee@lumen.example"]


@pytest.mark.parametrize(("whom", "to"), [("0", "priya.raman@lumen.example"), ("1", "priya@evil.example")])
def test_another_address_of_theirs_is_shown_before_it_is_used(reader: PageClient, whom: str, to: str) -> None:
    """A forged Reply-To moves nobody's address: the page says both, and the known one is chosen."""
    forged = NO.replace("From: ", "Reply-To: Priya Raman <priya@evil.example>\nFrom: ", 1)
    asks = answer(reader, "rejected", letter=forged)
    assert "Nothing is recorded yet" in asks.words
    assert "priya@evil.example for Priya Raman, whose address in the facts is priya.raman@lumen.example" in asks.words
    assert "outcome" not in facts(reader)
    assert asks.fields(f"{ONE}/answer")["whom"] == ["0"]
    reader.send(asks, f"{ONE}/answer", whom=whom)
    assert [one.message.to.email for one in entries(reader)] == [to]


def test_a_reply_holds_and_a_withdrawal_cancels(reader: PageClient) -> None:
    """A reply without a letter holds the queue until the user goes on; a withdrawal cancels it."""
    queue(reader)
    assert "Held: #1" in said(reader, answer(reader, "replied", on="yesterday")).words
    assert "on = 2026-11-17" in facts(reader)
    assert "Cancelled: #1" in said(reader, answer(reader, "withdrawn")).words


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"on": "32 foo", "letter": NO, "reason": "<b>x</b>"}, "on"),
        ({"on": "tomorrow", "letter": NO, "reason": ""}, "on"),
        ({"letter": "From: Jordan <jordan@example.com>\nSubject: Hi\n\nMy own mail to them.", "reason": ""}, "letter"),
    ],
)
def test_what_is_wrong_with_an_answer_is_shown_with_all_that_was_typed(
    reader: PageClient, fields: dict[str, str], kept: str
) -> None:
    """A bad day, or a letter of the user's own, is said beside its field, and nothing is recorded."""
    seen = answer(reader, "rejected", **fields)
    assert seen.status == 422
    again = seen.fields(f"{ONE}/answer")
    assert {name: again[name][0].strip() for name in fields} == {name: text.strip() for name, text in fields.items()}
    assert f'id="w-{kept}"' in seen.text
    assert again["status"] == ["rejected"]
    assert facts(reader) == LUMEN


def test_a_file_is_kept_while_the_day_is_mended(reader: PageClient) -> None:
    """Nobody has to choose the file again because the day was wrong."""
    page = reader.get(f"{ONE}/answer?status=rejected")
    bad = reader.send(page, f"{ONE}/answer", [("file", ("no.eml", NO.encode()))], on="32 foo")
    reader.send(bad, f"{ONE}/answer", on="yesterday")
    assert 'message_id = "<no@lumen.example>"' in facts(reader)


def test_an_answer_in_an_old_tab_is_shown_again(reader: PageClient) -> None:
    """An answer typed before the facts changed is kept, and recorded once it is sent again."""
    page = reader.get(f"{ONE}/answer?status=replied")
    act(reader, "note", note="newer")
    seen = reader.send(page, f"{ONE}/answer", letter=NO)
    assert seen.status == 409
    assert seen.fields(f"{ONE}/answer")["letter"] == [NO]
    assert "outcome" not in facts(reader)


@pytest.mark.parametrize("word", ["", "hired", "<script>"])
def test_an_answer_needs_a_word_that_is_one(reader: PageClient, word: str) -> None:
    """Without one of the answers nothing is recorded."""
    fields = {**reader.get(f"{ONE}/answer").fields(f"{ONE}/answer"), "status": word}
    assert reader.post(f"{ONE}/answer", fields).status == 422
    assert facts(reader) == LUMEN
