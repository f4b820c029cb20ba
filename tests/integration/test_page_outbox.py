"""The pages of the outbox: what they show, what their buttons do, and that no two windows undo each other."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from page_client import SETTINGS, PageClient, Seen
from servers import FaultyServer, Sink, hang_up, serve

from followup_mail.cadence.kinds import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import AFTER_THE_INTERVIEW, FACTS, NEXT_MORNING, SLUG
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue, enqueue_prepared
from followup_mail.services.undo.undo_step import look_back, take_step_back
from followup_mail.services.writing.prepare import prepare
from followup_mail.web.views.outbox.open_edits import EDITS

SERVER = "FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT={}\nFOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody whose thank-you to Tom (#1) is queued for half past eight of the next morning."""
    with PageClient(tmp_path / "home", AFTER_THE_INTERVIEW, SETTINGS + SERVER.format(9)) as reader:
        with reader.desk.open("add") as workspace:
            workspace.facts.create(SLUG, FACTS)
            enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
        yield reader.enter()
        EDITS.end_all()


def entry(reader: PageClient, number: int = 1) -> Entry:
    with reader.desk.open() as workspace:
        return workspace.store.get(number)


def use_server(reader: PageClient, port: int) -> None:
    (reader.home / ".env").write_text(SETTINGS + SERVER.format(port), "utf-8")


def press(reader: PageClient, button: str, page: Seen | None = None, /, **fields: str) -> Seen:
    """Press a button of the entry, on a page that was opened before or is opened now."""
    return reader.send(page or reader.get("/outbox/1"), f"/outbox/1/{button}", **fields)


def draft(reader: PageClient) -> None:
    """Keep a thank-you to Elena as a draft: it becomes #2."""
    with reader.desk.open("queue") as workspace:
        mails = prepare(workspace, Request(SLUG, Kind.THANK_YOU, to=("elena",))).prepared
        enqueue_prepared(workspace, mails, QueueTerms(state=State.DRAFT))


def test_an_empty_outbox(tmp_path: Path, bare_surroundings: None) -> None:
    """Without any mail the pages say so, and make no outbox."""
    with PageClient(tmp_path / "home") as reader:
        assert "Nothing waits in the outbox." in reader.enter().get("/outbox").words
        assert reader.get("/outbox/1").status == 404
        assert not (reader.home / "outbox.sqlite3").exists()


def test_what_needs_the_user_comes_first(reader: PageClient) -> None:
    """A draft to approve stands before what leaves by itself; each names person and company, and when it leaves."""
    draft(reader)
    words = reader.get("/outbox").words
    assert words.index("to approve") < words.index("Elena Petrova") < words.index("queued") < words.index("Tom Okafor")
    assert "Lumen Freight" in words
    assert "19 Nov 2026, 08:3" in words


def test_one_application_and_what_has_left(reader: PageClient) -> None:
    """The list can be kept to an application, and shows what has left when asked."""
    press(reader, "cancel")
    assert "Tom Okafor" not in reader.get("/outbox").words
    assert "cancelled" in reader.get(f"/outbox?all=1&app={SLUG}").words
    assert reader.get("/outbox?app=nobody").status == 404


def test_an_entry_shows_all_of_it(reader: PageClient) -> None:
    """Text, moment, state and every move can be read, and the mail be downloaded byte for byte."""
    seen = reader.get("/outbox/1")
    assert "on-call rota" in seen.words
    assert "(Chicago)" in seen.words
    assert "History" in seen.words
    with reader.desk.open() as workspace:
        content = workspace.store.content(1)
    saved = reader.client.get("/outbox/1/message.eml")
    assert saved.content == content
    assert "attachment" in saved.headers["content-disposition"]


def test_the_html_is_shown_in_a_box_of_its_own(reader: PageClient) -> None:
    """The layout of a mail may do nothing: no script, no address, no form, and only this page may frame it."""
    assert '<iframe class="mail" src="/outbox/1/html" sandbox=""' in reader.get("/outbox/1").text
    seen = reader.get("/outbox/1/html")
    assert seen.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert seen.headers["x-frame-options"] == "SAMEORIGIN"
    assert "on-call rota" in seen.text


def test_hostile_words_stay_words(reader: PageClient) -> None:
    """What a mail says is shown, never run."""
    page = press(reader, "edit")
    text = page.fields("/outbox/1/edit/save")["text"][0] + "\n<script>alert(1)</script>\n"
    codes = ["FM101", "FM104", "FM301", "FM815", "FM816", "FM901"]
    saved = reader.send(page, "/outbox/1/edit/save", subject='<img src=x onerror="a()">', text=text, ignore=codes)
    assert "Saved." in saved.words
    for seen in (reader.get("/outbox/1"), reader.get("/outbox")):
        assert "<script>alert" not in seen.text
        assert "<img src=x" not in seen.text
    assert "&lt;script&gt;alert" in reader.get("/outbox/1").text
    assert "<script>alert" not in reader.get("/outbox/1/html").text


def test_approve(reader: PageClient) -> None:
    """A draft leaves once it is approved."""
    draft(reader)
    seen = reader.send(reader.get("/outbox/2"), "/outbox/2/approve")
    assert "Approved." in seen.words
    assert entry(reader, 2).state is State.QUEUED


def test_cancel_can_be_taken_back(reader: PageClient) -> None:
    """A cancelled mail does not leave, and the cancelling is a step like any other."""
    assert "It will not be sent." in press(reader, "cancel").words
    assert entry(reader).state is State.CANCELLED
    with reader.desk.open() as workspace:
        step = look_back(workspace)
        assert step.operation.command == "outbox cancel 1"
        take_step_back(workspace, step)
    assert entry(reader).state is State.QUEUED


@pytest.mark.parametrize("what", ["cancel", "reschedule"])
def test_an_old_window_changes_nothing(reader: PageClient, what: str) -> None:
    """A form that was made before somebody else changed the mail is refused, and shows the mail as it is now."""
    old = reader.get("/outbox/1")
    press(reader, "reschedule", at="fri 10:00")
    at = entry(reader).timing.due_at
    seen = press(reader, what, old, **({"at": "fri 11:00"} if what == "reschedule" else {}))
    assert seen.status == 409
    assert "was changed in the meantime" in seen.words
    assert "10:00" in seen.words
    assert (entry(reader).state, entry(reader).timing.due_at) == (State.QUEUED, at)


@pytest.mark.parametrize("fields", [{"at": "fri 10:00"}, {"picked": "2026-11-20T10:00"}])
def test_reschedule(reader: PageClient, fields: dict[str, str]) -> None:
    """Another moment is given in words or picked, by the clock of the one who gets the mail."""
    assert "another moment" in press(reader, "reschedule", **fields).words
    seen = reader.get("/outbox/1").words
    assert "to Fri 20 Nov 2026, 10:00 in Chicago" in seen
    assert "000000Z" not in seen
    assert f"{entry(reader).timing.due_at:%a %H:%M}" == "Fri 10:00"


@pytest.mark.parametrize("at", ["", "yesterday", "frobnicate <b>"])
def test_a_moment_that_cannot_be_read(reader: PageClient, at: str) -> None:
    """It is refused beside what was typed, and the mail keeps its moment."""
    was = entry(reader).timing
    seen = press(reader, "reschedule", at=at)
    assert seen.status in {409, 422}
    assert seen.fields("/outbox/1/reschedule")["at"] == [at]
    assert entry(reader).timing == was


def test_too_early_asks_why(reader: PageClient) -> None:
    """Before the plan's day a mail leaves only with a reason, which stays in its history."""
    with reader.desk.open("queue") as workspace:
        enqueue(workspace, Request(SLUG, Kind.STATUS_INQUIRY))
    seen = reader.send(reader.get("/outbox/2"), "/outbox/2/reschedule", at="mon 9:00")
    assert seen.status == 409
    assert "Why it may leave earlier" in seen.words
    asked = reader.send(seen, "/outbox/2/reschedule", early="they asked for it")
    if "all the same" in asked.words:  # other rules have a word as well, each with its box
        codes = [code for code in ("FM501", "FM506", "FM820") if code in asked.text]
        asked = reader.send(asked, "/outbox/2/reschedule", ignore=codes)
    assert asked.status == 200
    assert "they asked for it" in asked.words


def test_due_mails_are_delivered_and_told(reader: PageClient) -> None:
    """What is due leaves, and each is told; without anything due the next moment is."""
    assert "The next mail leaves:" in reader.send(reader.get("/outbox"), "/outbox/run").words
    reader.now = NEXT_MORNING
    with serve(sink := Sink()) as port:
        use_server(reader, port)
        seen = reader.send(reader.get("/outbox"), "/outbox/run")
    assert "#1 to Tom Okafor: sent." in seen.words
    assert len(sink.received) == 1
    assert entry(reader).state is State.SENT


def test_a_failed_mail_is_tried_again(reader: PageClient) -> None:
    """What the server said is shown first, and the mail can be queued again."""
    reader.now = NEXT_MORNING
    with serve(Sink({"tom.okafor@lumenfreight.example": "550 5.1.1 no such user"})) as port:
        use_server(reader, port)
        reader.send(reader.get("/outbox"), "/outbox/run")
    assert "no such user" in reader.get("/outbox").words
    assert "Queued again." in press(reader, "retry").words
    assert entry(reader).state is State.QUEUED


@pytest.fixture
def doubtful(reader: PageClient) -> PageClient:
    """The same, when the server hung up after the mail was handed over."""
    reader.now = NEXT_MORNING
    with FaultyServer({"dot": hang_up}).running() as port:
        use_server(reader, port)
        reader.send(reader.get("/outbox"), "/outbox/run")
    assert entry(reader).state is State.UNCLEAR
    return reader


def test_an_unclear_mail_tells_all_that_is_known(doubtful: PageClient) -> None:
    """What to look for is shown, and without a mailbox how to set one; nothing is sent again by itself."""
    words = doubtful.get("/outbox/1").words
    assert "Did it arrive?" in words
    assert entry(doubtful).message.message_id.strip("<>") in words
    assert "No mailbox is set" in words
    doubtful.send(doubtful.get("/outbox"), "/outbox/run")
    assert entry(doubtful).state is State.UNCLEAR


@pytest.mark.parametrize(("what", "state"), [("sent", State.SENT), ("resend", State.QUEUED)])
def test_an_unclear_mail_is_resolved(doubtful: PageClient, what: str, state: State) -> None:
    """The user says whether it arrived, once: an older window cannot say the opposite."""
    page = doubtful.get("/outbox/1")
    press(doubtful, "resolve", page, what=what)
    assert entry(doubtful).state is state
    assert press(doubtful, "resolve", page, what="resend").status == 409
    assert entry(doubtful).state is state


def test_rewriting_what_is_outdated(reader: PageClient) -> None:
    """After facts have changed the difference is shown, and the mail is written again when it is ticked."""
    path = reader.home / "applications" / f"{SLUG}.toml"
    path.write_text(path.read_text("utf-8").replace("meant seriously", "kept by everybody"), "utf-8")
    with reader.desk.open() as workspace:
        workspace.facts.load(SLUG)
    seen = reader.get(f"/outbox/rewrite?app={SLUG}")
    assert "kept by everybody" in seen.words
    done = reader.send(seen, "/outbox/rewrite", entry="1")
    assert "written again" in done.words
    assert "kept by everybody" in entry(reader).message.text


def test_rewriting_only_what_was_shown(reader: PageClient) -> None:
    """A difference that nobody has seen yet is shown before it is used."""
    path = reader.home / "applications" / f"{SLUG}.toml"
    facts = path.read_text("utf-8")
    path.write_text(facts.replace("meant seriously", "kept by everybody"), "utf-8")
    old = reader.get(f"/outbox/rewrite?app={SLUG}")
    path.write_text(facts.replace("meant seriously", "taken to heart"), "utf-8")
    seen = reader.send(old, "/outbox/rewrite", entry="1")
    assert seen.status == 409
    assert "taken to heart" in seen.words
    assert "meant seriously" in entry(reader).message.text


def test_soundness_and_a_copy_of_everything(reader: PageClient) -> None:
    """The outbox can be looked through for damage, and be taken along as files."""
    assert "The outbox is sound" in reader.get("/outbox/sound").words
    with zipfile.ZipFile(io.BytesIO(reader.client.get("/outbox/outbox.zip").content)) as packed:
        assert sorted(packed.namelist()) == ["outbox/000001.eml", "outbox/entries.json"]
        assert json.loads(packed.read("outbox/entries.json"))[0]["id"] == 1


def test_a_damaged_mail_is_told_and_can_be_taken_out(reader: PageClient) -> None:
    """A row that cannot be read hides no other, and its page takes it out of the outbox."""
    draft(reader)
    with closing(sqlite3.connect(reader.home / "outbox.sqlite3")) as outbox:
        outbox.execute("PRAGMA ignore_check_constraints = ON")
        outbox.execute("UPDATE entries SET due_at = 'nonsense' WHERE id = 1")
        outbox.commit()
    words = reader.get("/outbox").words
    assert "#1 for lumen-freight is damaged" in words
    assert "Elena Petrova" in words
    assert "#1" in reader.get("/outbox/sound").words or "damaged" in reader.get("/outbox/sound").words
    assert "Cancelled." in press(reader, "cancel").words


def run(reader: PageClient, now: datetime = NEXT_MORNING) -> Sink:
    """Deliver what is due at a moment; return what the server took."""
    reader.now = now
    with serve(sink := Sink()) as port:
        use_server(reader, port)
        reader.send(reader.get("/outbox"), "/outbox/run")
    return sink


def test_a_mail_does_not_leave_while_it_is_edited(reader: PageClient) -> None:
    """From the button to the end of the editing it is held, and leaves with the words that were saved."""
    page = press(reader, "edit")
    assert run(reader).received == []
    text = page.fields("/outbox/1/edit/save")["text"][0].replace("Thank you for", "Many thanks for")
    assert "Saved." in reader.send(page, "/outbox/1/edit/save", text=text).words
    (taken,) = run(reader).received
    assert b"Many thanks for" in taken.content


def test_stopping_lets_it_go_on(reader: PageClient) -> None:
    """The mail stays as it was and leaves; its entry offers the same button, for a window that is lost."""
    press(reader, "edit")
    seen = reader.get("/outbox/1")
    assert "open for editing in another window" in seen.words
    assert "as it was, and goes on" in press(reader, "edit/stop", seen).words
    assert len(run(reader).received) == 1


def test_a_second_window_can_take_over(reader: PageClient) -> None:
    """It is told that the mail is open; after it took over, the first window's words wait for a choice of their own."""
    before = reader.get("/outbox/1")
    first = press(reader, "edit", before)
    assert press(reader, "edit", before).status == 409
    second = reader.send(reader.get("/outbox/1"), "/outbox/1/edit", instead_of=_mark(first))
    assert _mark(second) != _mark(first)
    assert give_sign(reader, first) == '{"held":false}'
    late = reader.send(first, "/outbox/1/edit/save", subject="From the first window")
    assert late.status == 409
    assert late.fields("/outbox/1/edit/save")["subject"] == ["From the first window"]
    reader.send(late, "/outbox/1/edit/save", take_over="yes")
    assert entry(reader).message.subject == "From the first window"
    assert not entry(reader).held


def give_sign(reader: PageClient, page: Seen, **more: str) -> str:
    """Do what the script of an open window does now and then."""
    fields = page.fields("/outbox/1/edit/save")
    return reader.post("/outbox/1/edit/sign", {name: fields[name] for name in ("form_word", "mark")} | more).text


def _mark(page: Seen) -> str:
    return page.fields("/outbox/1/edit/save")["mark"][0]


def test_words_that_were_changed_meanwhile_are_not_lost(reader: PageClient) -> None:
    """Who saves words made from older ones sees both, with everything typed, and saves again on purpose."""
    first = press(reader, "edit")
    with reader.desk.open("outbox edit 1") as workspace:
        from followup_mail.services.queueing.edit_entry import reword_entry

        old = workspace.store.get(1)
        reword_entry(workspace, old, "Their subject", old.message.text, ())
    seen = reader.send(first, "/outbox/1/edit/save", subject="My subject")
    assert seen.status == 409
    assert "changed in the meantime" in seen.words
    assert entry(reader).message.subject == "Their subject"
    reader.send(seen, "/outbox/1/edit/save")
    assert entry(reader).message.subject == "My subject"


def test_what_a_check_finds_is_shown_beside_the_words(reader: PageClient) -> None:
    """An error keeps the words from being used, with everything typed; ticking it uses them all the same."""
    page = press(reader, "edit")
    text = page.fields("/outbox/1/edit/save")["text"][0].replace("Thank you", "Thank you, [NAME],", 1)
    checked = reader.send(page, "/outbox/1/edit/save", text=text, do="check")
    assert "FM101" in checked.text
    seen = reader.send(page, "/outbox/1/edit/save", text=text)
    assert seen.status == 409
    assert "[NAME]" in seen.fields("/outbox/1/edit/save")["text"][0]
    assert "[NAME]" not in entry(reader).message.text
    assert "Saved." in reader.send(seen, "/outbox/1/edit/save", ignore=["FM101", "FM104"]).words
    assert "FM101" in entry(reader).ignored_rules


def test_an_edit_is_one_step_that_can_be_taken_back(reader: PageClient) -> None:
    """Holding and letting go are no steps; taking back the saving brings the old words, and holds nothing."""
    was = entry(reader).message.subject
    reader.send(press(reader, "edit"), "/outbox/1/edit/save", subject="Another subject")
    with reader.desk.open() as workspace:
        step = look_back(workspace)
        assert step.operation.command == "outbox edit 1"
        take_step_back(workspace, step)
    assert (entry(reader).message.subject, entry(reader).held) == (was, "")


def run_out(mark: str) -> None:
    """Let the time pass within which an open window has to give a sign."""
    timer = EDITS._open[mark].timer
    assert timer is not None
    timer.function(*timer.args)


def test_silence_lets_it_go_on(reader: PageClient) -> None:
    """A window that gave signs and gives none any more holds nothing; one that never could is held until it ends."""
    page = press(reader, "edit")
    mark = _mark(page)
    assert give_sign(reader, page) == '{"held":true}'
    run_out(mark)
    assert not entry(reader).held
    assert reader.get(f"/outbox/1/edit?mark={mark}").address.startswith("/outbox/1?")


def test_an_edit_cannot_begin_when_it_has_left(reader: PageClient) -> None:
    """A button of an older page does not open a mail that was sent meanwhile."""
    old = reader.get("/outbox/1")
    run(reader)
    seen = press(reader, "edit", old)
    assert seen.status == 409
    assert not entry(reader).held


def test_other_buttons_leave_an_open_edit_alone(reader: PageClient) -> None:
    """Giving the mail another moment from elsewhere does not let it go while it is open to be changed."""
    press(reader, "edit")
    press(reader, "reschedule", at="fri 10:00")
    assert entry(reader).held == "open in an editor"


def test_a_hold_that_was_left_behind_is_lifted(reader: PageClient) -> None:
    """A mail that an editor left held when its process ended is let go by its button."""
    with reader.desk.open() as workspace:
        from followup_mail.services.queueing.edit_session import open_session, start_editing, stop_editing

        session = start_editing(workspace, open_session(workspace, 1))
        from followup_mail.outbox.editors import note_open_here

        note_open_here(session.by, is_open=False)  # as after this process has ended
    seen = reader.get("/outbox/1")
    assert "an editor that has closed" in seen.words
    assert "It goes on." in press(reader, "go-on", seen).words
    assert not entry(reader).held
    with reader.desk.open() as workspace:
        stop_editing(workspace, session)
